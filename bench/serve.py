"""How soon dev mode shows an edit: ``python -m bench.serve --help``.

A server of its own process serves a copy of the corpus with the default theme; a client holds the stream of events of one page
open, as a browser does, and edits are written as an editor writes them. What is measured, in milliseconds of wall time:

- *body*: from the end of the write of a story to its page's ``reload`` event; a paragraph is added at each edit.
- *style*: the same for the theme's style sheet and the ``styles`` event.
- *template*: the same for the theme's base template and the ``reload`` event of the open page. The rest of the site is still
  being rendered from the edit before: the measurement is taken where it is hardest.
- *start*: from the start of the process to the last byte of the front, with the state of an earlier run.
- *memory*: the server's resident memory after 50 edits and after a thousand, each edit waited for.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from bench import sites
from bench.corpus import Corpus
from bench.generators import Slugline

__all__ = ["Stream", "server"]

BARS = {"body": 60.0, "style": 40.0, "template": 150.0, "start": 1000.0}
"""Milliseconds; for 10,000 stories."""


class Stream:
    """The events of one open page.

    Args:
        address: of the server.
        page: the page's output path.
    """

    def __init__(self, address: tuple[str, int], page: str) -> None:
        self._socket = socket.create_connection(address, timeout=60)
        query = urlencode({"page": page, "digest": "0"})
        request = f"GET /_slugline/events?{query} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n\r\n"
        self._socket.sendall(request.encode())
        self._read = b""
        # The digest of nothing is wrong: the server has the page loaded again, and knows from then on what is shown.
        self.wait("reload")

    def wait(self, kind: str) -> float:
        """The moment at which an event of that kind came, by ``time.perf_counter``."""
        while True:
            line, found, rest = self._read.partition(b"\n")
            if not found:
                more = self._socket.recv(1 << 16)
                if not more:
                    raise ConnectionError("the server closed the stream")
                self._read += more
                continue
            self._read = rest
            if line.startswith(b"data: ") and json.loads(line[6:])["kind"] == kind:
                return time.perf_counter()

    def drain(self) -> None:
        """Forget what has come so far."""
        self._socket.setblocking(False)
        try:
            while self._socket.recv(1 << 16):
                pass
        except BlockingIOError:
            pass
        self._socket.settimeout(60)
        self._read = b""

    def close(self) -> None:
        """Leave."""
        self._socket.close()


@contextmanager
def server(root: Path) -> Iterator[tuple[tuple[str, int], int]]:
    """Dev mode on a publication: its address and the process's id, once it answers."""
    command = [sys.executable, "-m", "slugline", "serve", "--root", str(root), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1] / "site")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "serves the publication" in line:
                host, _, port = line.split("/")[2].partition(":")
                break
        else:
            raise RuntimeError("dev mode did not start")
        # What it goes on to say must not fill the pipe.
        os.set_blocking(process.stderr.fileno(), False)
        yield (host, int(port)), process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description="How soon dev mode shows an edit.")
    parser.add_argument("--stories", type=int, default=10_000, help="size of the corpus (default: 10000)")
    parser.add_argument("--edits", type=int, default=50, help="edits of each kind (default: 50)")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between edits (default: 1)")
    parser.add_argument("--memory", action="store_true", help="measure memory over a thousand edits as well")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "slugline-bench")
    chosen = parser.parse_args()
    generator = Slugline(chosen.work / "tools", full=True)
    site = sites.written(generator, Corpus(chosen.stories), chosen.work / "sites")
    root = chosen.work / "copies" / f"serve-{chosen.stories}"
    if not (root / "slugline.toml").is_file():
        sites.copied(site, root)
        themes = Path(__file__).resolve().parents[1] / "themes"
        shutil.copytree(themes / "broadsheet", root / "themes" / "broadsheet", ignore=shutil.ignore_patterns("*.py"))
    with server(root):
        pass
    began = time.perf_counter()
    with server(root) as (address, pid):
        _front(address)
        report("start", [(time.perf_counter() - began) * 1000])
        theme = root / "themes" / "broadsheet"
        stories = sorted((root / "content" / "articles").rglob("*.md"))
        chance = random.Random(1)
        chosen_stories = [chance.choice(stories) for _ in range(chosen.edits)]
        report("body", [_body(address, root, story, chosen.pause) for story in chosen_stories])
        page = _page(root, stories[0])
        sheet = Appended(theme / "assets" / "style.css.jinja", lambda number: f"\nbody {{ --edit: {number}; }}\n")
        report("style", _edits(address, page, "styles", sheet, chosen.edits, chosen.pause))
        base = Appended(theme / "base.html", lambda number: f"<!-- {number} -->\n")
        report("template", _edits(address, page, "reload", base, chosen.edits, chosen.pause))
        base.restore()
        if chosen.memory:
            time.sleep(30)
            _memory(address, root, stories, pid)
        sheet.restore()


class Appended:
    """A file that each edit writes anew with something else at its end."""

    def __init__(self, path: Path, addition: Callable[[int], str]) -> None:
        self.path = path
        self.addition = addition
        self.text = path.read_text(encoding="utf-8")

    def edit(self, number: int) -> float:
        """Write; the moment after."""
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(self.text + self.addition(number))
        return time.perf_counter()

    def restore(self) -> None:
        """Write what was there before."""
        self.path.write_text(self.text, encoding="utf-8")


def report(name: str, values: list[float]) -> None:
    """Print a row: the median, the ninth tenth, and the bar."""
    ninth = quantiles(values, n=10)[-1] if len(values) > 1 else values[0]
    print(f"| {name} | {median(values):.1f} | {ninth:.1f} | {BARS[name]:.0f} |", flush=True)


def _body(address: tuple[str, int], root: Path, story: Path, pause: float) -> float:
    stream = Stream(address, _page(root, story))
    time.sleep(pause)
    stream.drain()
    took = (-Appended(story, lambda _: f"\nAdded at {time.time()}.\n").edit(0) + stream.wait("reload")) * 1000
    stream.close()
    return took


def _edits(
    address: tuple[str, int], page: str, kind: str, edited: Appended, edits: int, pause: float
) -> list[float]:
    stream = Stream(address, page)
    found = []
    for number in range(edits):
        time.sleep(pause)
        stream.drain()
        found.append((-edited.edit(number) + stream.wait(kind)) * 1000)
    stream.close()
    return found


def _page(root: Path, story: Path) -> str:
    """The output path of a story of the corpus: the pattern of the default settings, its slug the file's name."""
    return f"{story.relative_to(root / 'content' / 'articles').with_suffix('').as_posix()}/index.html"


def _front(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=60) as connection:
        connection.sendall(f"GET / HTTP/1.1\r\nHost: {address[0]}\r\nConnection: close\r\n\r\n".encode())
        while connection.recv(1 << 16):
            pass


def _memory(address: tuple[str, int], root: Path, stories: list[Path], pid: int) -> None:
    sizes = []
    streams = {story: Stream(address, _page(root, story)) for story in stories[:20]}
    texts = {story: story.read_text(encoding="utf-8") for story in streams}
    for number in range(1000):
        story = stories[number % len(streams)]
        stream = streams[story]
        stream.drain()
        story.write_text(f"{texts[story]}\nEdit {number}.\n", encoding="utf-8")
        stream.wait("reload")
        if number in (49, 999):
            time.sleep(5)
            sizes.append(_resident(pid))
    print(f"| memory | {sizes[0]:.1f} MB | {sizes[1]:.1f} MB | {sizes[1] / sizes[0] - 1:+.1%} |", flush=True)


def _resident(pid: int) -> float:
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024


if __name__ == "__main__":
    main()
