"""Pagefind: documents → the files of an index.

Its program is driven directly, over its pipe: a request is JSON in base64 with a comma after it, and so is each answer. The
Python package that wraps it waits a tenth of a second for each answer, and cannot receive more than two megabytes.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from types import TracebackType
from typing import IO, Any, Self

from slugline.errors import SluglineError
from slugline.search.documents import Document

__all__ = ["SearchFailed", "engine_version", "make_index"]

_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.", "pagefind-playground")
"""Interfaces that Pagefind includes; a theme has its own."""

_ENTRY = "pagefind-entry.json"

_TIMEOUT = 300.0
"""Seconds for one answer."""


class SearchFailed(SluglineError):
    """The index could not be made."""


def engine_version() -> str:
    """What makes the index, "pagefind 1.5.2"; empty where it is not installed."""
    if find_spec("pagefind_bin") is None:
        return ""
    # Only a publication with a search index pays for loading what reads the packages' metadata.
    from importlib.metadata import version  # noqa: PLC0415

    return f"pagefind {version('pagefind_bin')}"


def make_index(documents: Iterable[Document], language: str) -> dict[str, bytes]:
    """The files of an index, by path.

    The same documents in the same order give the same bytes; that holds because each is sent after the last was answered, and
    because no filters are used, which Pagefind writes in an order of its own.

    Args:
        documents: in a fixed order.
        language: of the publication, for the endings of words; stories in others are found word by word.

    Raises:
        SearchFailed: the indexer ended with an error.
    """
    try:
        with _Service() as service:
            config = {"force_language": language.lower().partition("-")[0]}
            index = service.request("NewIndex", config=config)["index_id"]
            for one in documents:
                service.request("AddFile", index_id=index, file_path=None, url=one.url, file_contents=one.html)
            files = service.request("GetFiles", index_id=index)["files"]
    except (OSError, ValueError, KeyError) as error:
        raise SearchFailed(f"the search index could not be made: {error}; is Pagefind installed completely?") from error
    wanted = {
        str(file["path"]): base64.b64decode(file["content"]) for file in files if not file["path"].startswith(_UNUSED)
    }
    languages = json.loads(wanted[_ENTRY])["languages"].values()
    if all(entry.get("wasm") for entry in languages):
        wanted.pop("wasm.unknown.pagefind", None)
    return dict(sorted(wanted.items()))


class _Service:
    """Pagefind's program, at the other end of a pipe."""

    def __init__(self) -> None:
        import subprocess  # noqa: PLC0415  # only a build that makes an index starts it

        self.process = subprocess.Popen(  # noqa: S603  # the package's own program
            [str(import_module("pagefind_bin").get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.number = 0
        self.rest = b""
        self.requested = time.monotonic()
        self.ended = threading.Event()
        self.watch = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self.watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self.watch.join()
        self.process.kill()
        self.process.communicate()

    def _watch(self) -> None:
        # A pipe has no timeout; a program that was killed ends the waiting at both ends.
        while not self.ended.wait(_TIMEOUT / 10):
            if time.monotonic() - self.requested > _TIMEOUT:
                self.process.kill()
                return

    def request(self, kind: str, **values: Any) -> dict[str, Any]:
        """The answer to a request; raises ValueError where it is an error."""
        self.number += 1
        self.requested = time.monotonic()
        message = json.dumps({"message_id": self.number, "payload": {"type": kind, **values}})
        pipe = _open(self.process.stdin)
        pipe.write(base64.b64encode(message.encode()) + b",")
        pipe.flush()
        while True:
            answer = json.loads(base64.b64decode(self._answer()))
            payload: dict[str, Any] = answer["payload"]
            if payload["type"] == "Error":
                raise ValueError(payload.get("message", "it gave no reason"))
            if answer.get("message_id") == self.number:
                return payload

    def _answer(self) -> bytes:
        parts = [self.rest]
        while b"," not in parts[-1]:
            block = _open(self.process.stdout).read1(1 << 20)  # type: ignore[attr-defined]  # a buffered pipe has it
            if not block:
                raise ValueError("its program ended")
            parts.append(block)
        whole, _, self.rest = b"".join(parts).partition(b",")
        return whole


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
