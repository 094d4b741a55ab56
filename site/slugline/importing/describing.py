"""Sections and tags that an export describes → their files, where the publication has none of its own."""

from __future__ import annotations

import os

from slugline.content import dump
from slugline.files import digest, write_atomic
from slugline.importing.ledger import Entry, Ledger
from slugline.importing.model import Imported
from slugline.importing.report import Action

__all__ = ["describe"]


def describe(item: Imported, ledger: Ledger, *, needed: bool, force: bool, dry_run: bool) -> tuple[Action, str]:
    """Write the file of a section or a tag, if it is to be written: what became of it, and its path.

    One that the publication has made itself is left as it is. ``needed``: False if no story can be in it.
    """
    output = f"{item.kind}s/{item.slug}.md"
    content = dump({"title": item.title, **item.meta}, item.body).encode()
    written = digest(content).hex()
    entry, state = ledger.outputs.get(output), ledger.state(output)
    action: Action
    if state == "foreign":
        return ("unchanged" if _same(os.path.join(ledger.content, output), content) else "kept"), output
    seed = item.identity or item.source
    if entry is not None and seed not in entry.seeds:
        return "same", output  # another export has described it first
    if not needed and entry is None:
        return "left", ""
    if state == "removed":
        if entry is not None and not force:
            return "removed", output
        action = "written"
    elif state == "edited":
        if not force:
            return "kept", output
        action = "overwritten"
    elif entry is not None and entry.written == written:
        return "unchanged", output
    else:
        action = "updated"
    if not dry_run:
        write_atomic(os.path.join(ledger.content, output), content)
    ledger.record(Entry(output, written, seeds={seed: item.digest}))
    return action, output


def _same(path: str, content: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read() == content
