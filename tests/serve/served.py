"""A server in a process of its own, as people start it, and a client that hears what a browser hears."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from publications import Publication

SITE = Path(__file__).resolve().parents[2] / "site"
PATIENCE = 30.0
"""Seconds after which something that ought to happen is taken not to happen: no measure of speed."""


class Reply:
    """An answer: status, headers with names in lower case, body."""

    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split(" ")[1]) if first else 0
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


class Ear:
    """The events of one open page."""

    def __init__(self, server: Served, page: str, digest: str, *, missing: bool = False) -> None:
        query = urlencode({"page": page, "digest": digest, "missing": "1" if missing else ""})
        self.socket = server.connect()
        self.socket.sendall(f"GET /_slugline/events?{query} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        self.socket.settimeout(PATIENCE)
        self.read = b""
        self.heard: list[dict[str, Any]] = []

    def wait(self, kind: str) -> dict[str, Any]:
        """The next event of a kind; those of other kinds before it are kept in ``heard``."""
        end = time.monotonic() + PATIENCE
        while True:
            # Signs of life keep the stream going for as long as nothing happens.
            assert time.monotonic() < end, f"no {kind!r} came; heard {self.heard}"
            line, found, rest = self.read.partition(b"\n")
            if not found:
                more = self.socket.recv(1 << 16)
                assert more, f"the stream ended; heard {self.heard}"
                self.read += more
                continue
            self.read = rest
            if line.startswith(b"data: "):
                message: dict[str, Any] = json.loads(line[6:])
                self.heard.append(message)
                if message["kind"] == kind:
                    return message

    def close(self) -> None:
        self.socket.close()


class Served:
    """A publication that is served.

    Args:
        paper: the publication.
        arguments: of ``slugline serve``.
    """

    def __init__(self, paper: Publication, *arguments: str, port: str = "0") -> None:
        self.paper = paper
        self.lines: list[str] = []
        self.ears: list[Ear] = []
        command = [sys.executable, "-m", "slugline", "serve", "--port", port, "--jobs", "1", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=paper.root,
            env={**os.environ, "PYTHONPATH": str(SITE)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        said = self.said("serves the publication")
        self.url = said.split(" ")[0].rstrip("/")
        self.host = self.url.split("/")[2]
        self.port = int(self.host.rpartition(":")[2])

    def said(self, text: str) -> str:
        """The first line that holds a text, once there is one."""
        return self.until(lambda: next((line for line in self.lines if text in line), ""), text)

    def until(self, found: Callable[[], Any], what: str = "") -> Any:
        """What a function returns, once that is true."""
        end = time.monotonic() + PATIENCE
        while not (value := found()):
            assert time.monotonic() < end, f"{what or 'it'} did not happen; the server said: {self.lines}"
            assert self.process.poll() is None, f"the server ended; it said: {self.lines}"
            time.sleep(0.01)
        return value

    def connect(self) -> socket.socket:
        try:
            return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        except ConnectionRefusedError as error:
            self._reader.join(1)
            raise AssertionError(f"nobody listens; the server said: {self.lines}") from error

    def send(self, raw: bytes) -> Reply:
        """The answer to a request as it is written on the wire."""
        with self.connect() as connection:
            connection.sendall(raw)
            answer = b""
            try:
                while more := connection.recv(1 << 16):
                    answer += more
            except ConnectionResetError:
                pass
        return Reply(answer)

    def get(self, path: str, *, host: str = "", method: str = "GET", **headers: str) -> Reply:
        """The answer to a plain request."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or self.host}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.send("\r\n".join((*lines, "", "")).encode("latin-1"))

    def text(self, path: str) -> str:
        """A page's text."""
        return self.get(path).body.decode()

    def ear(self, url: str) -> Ear:
        """The events of a page as it is served now."""
        body = self.text(url)
        data = dict(part.split("=", 1) for part in body.partition("live.js\" ")[2].partition(" defer")[0].split(" "))
        page, digest, missing = (data[f"data-{name}"].strip('"') for name in ("page", "digest", "missing"))
        ear = Ear(self, page, digest, missing=bool(missing))
        ear.wait("mended")
        self.ears.append(ear)
        return ear

    def stop(self, how: int = signal.SIGINT) -> int:
        """Ctrl-C; the exit code."""
        for ear in self.ears:
            ear.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))
