"""What lies beside a story: readers' comments as data, and the files that it shows."""

from __future__ import annotations

import json
import os

from slugline.errors import Problem
from slugline.files import copy_atomic, digest, write_atomic
from slugline.importing.ledger import Entry, Ledger
from slugline.importing.model import Imported

__all__ = ["bring_files", "write_comments"]


def write_comments(item: Imported, output: str, ledger: Ledger, *, force: bool, dry_run: bool) -> None:
    """Readers' comments as a data file of their own; one that was edited or removed is left.

    Raises:
        OutputError: it cannot be written.
    """
    target = f"data/comments/{output.removeprefix('articles/').removesuffix('.md')}.json"
    listed = [{"name": one.name, "date": one.date, "text": one.text} for one in item.comments]
    content = (json.dumps({"article": output, "comments": listed}, ensure_ascii=False, indent=1) + "\n").encode()
    written = digest(content).hex()
    place = os.path.join(ledger.content, target)
    state = ledger.state(target)
    if state == "foreign" and _is(place, content):
        # Of an import that was killed before it could record it.
        ledger.record(Entry(target, written))
        return
    if state != "ours" and (state != "removed" or target in ledger.outputs) and not force:
        return
    if state == "ours" and ledger.outputs[target].written == written:
        return
    if not dry_run:
        write_atomic(place, content)
    ledger.record(Entry(target, written))


def bring_files(item: Imported, output: str, content: str) -> list[Problem]:
    """Copy the files of a story that are not there yet; another one in the place of one of them stays, and is told.

    Raises:
        OutputError: one cannot be copied.
    """
    problems = []
    for media in item.media:
        folder = "" if media.target.startswith("/") else f"{os.path.dirname(output)}/"
        target = folder + media.target.lstrip("/")
        place = os.path.join(content, target)
        size = os.path.getsize(media.source) if media.content is None else len(media.content)
        if not os.path.exists(place):
            if media.content is None:
                copy_atomic(media.source, place)
            else:
                write_atomic(place, media.content)
        elif os.path.getsize(place) != size:
            what = f"another file than {os.path.basename(media.source)} is at content/{target} already, and stays"
            problems.append(Problem(item.source, 0, what, "compare the two", "warning"))
    return problems


def _is(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False
