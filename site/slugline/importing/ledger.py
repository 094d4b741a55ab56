"""What has been imported, kept in the content folder beside what came of it: ``content/.imports.jsonl``.

One line an output, sorted, so that a version control system merges it like text. It is what makes a second import
change nothing and an editor's work safe: a file whose digest is no longer the one written here has been edited, one
that is gone has been removed on purpose. It is content, not build state: deleting ``.slugline/`` does not touch it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any

from slugline.files import digest, write_atomic

__all__ = ["LEDGER_FILE", "Entry", "Ledger", "State"]

LEDGER_FILE = ".imports.jsonl"

State = str
"""What became of an output: "ours" (as it was written), "edited", "removed", or "foreign" (never recorded)."""


@dataclass(slots=True)
class Entry:
    """One output.

    Attributes:
        output: its path below the content folder.
        written: hexadecimal digest of the bytes that the importer wrote.
        story: hexadecimal digest of the words; empty where the output is no story.
        seeds: source → digest; the first is the one that the output is made from, the others tell the same story.
        date, date_source: what the output was dated with, and where that came from ("text", "option", "import").
        role: of an author's file, the role that was written into it.
    """

    output: str
    written: str
    story: str = ""
    seeds: dict[str, str] = field(default_factory=dict)
    date: str = ""
    date_source: str = ""
    role: str = ""


class Ledger:
    """The entries of one content folder."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.changed = False
        self.outputs: dict[str, Entry] = {}
        self.by_seed: dict[str, Entry] = {}
        self.by_story: dict[str, Entry] = {}
        self.damaged = 0
        try:
            with open(self.path, encoding="utf-8") as file:
                lines = file.read().splitlines()
        except (FileNotFoundError, NotADirectoryError):
            lines = []
        except (OSError, UnicodeDecodeError):
            lines, self.damaged = [], 1
        for line in lines:
            if line.strip():
                self._load(line)

    @property
    def path(self) -> str:
        """Where the ledger lies."""
        return os.path.join(self.content, LEDGER_FILE)

    def record(self, entry: Entry) -> None:
        """Add an entry, or put it in the place of the one for the same output."""
        old = self.outputs.get(entry.output)
        if old is not None and old.story != entry.story and self.by_story.get(old.story) is old:
            del self.by_story[old.story]
        self.outputs[entry.output] = entry
        self._index(entry)
        self.changed = True

    def alias(self, entry: Entry, seed: str, seed_digest: str) -> None:
        """Note that a seed tells the story of an output."""
        if entry.seeds.get(seed) != seed_digest or self.by_seed.get(seed) is not entry:
            self._forget(seed, entry)
            entry.seeds[seed] = seed_digest
            self.by_seed[seed] = entry
            self.changed = True

    def state(self, output: str) -> State:
        """What became of an output; see :data:`State`. Where nothing is, that is "removed", recorded or not."""
        entry = self.outputs.get(output)
        try:
            with open(os.path.join(self.content, output), "rb") as file:
                found = digest(file.read()).hex()
        except (FileNotFoundError, NotADirectoryError):
            return "removed"
        except OSError:
            return "foreign"
        if entry is None:
            return "foreign"
        return "ours" if found == entry.written else "edited"

    def save(self) -> None:
        """Write the ledger if anything changed.

        Raises:
            OutputError: it cannot be written.
        """
        if not self.changed:
            return
        lines = [_line(self.outputs[output]) for output in sorted(self.outputs)]
        write_atomic(self.path, "".join(lines).encode())
        self.changed = False

    def _load(self, line: str) -> None:
        try:
            data = json.loads(line)
            entry = Entry(**data)
            texts = (entry.output, entry.written, entry.story, entry.date, entry.date_source, entry.role)
            seeds = [*entry.seeds, *entry.seeds.values()]
            if not all(isinstance(text, str) for text in (*texts, *seeds)) or ".." in entry.output.split("/"):
                raise ValueError(line)
        except (ValueError, TypeError, AttributeError, RecursionError):
            # A line that a merge left broken: what it stood for is found again by the words of the file.
            self.damaged += 1
            self.changed = True
            return
        self.outputs[entry.output] = entry
        self._index(entry)

    def _index(self, entry: Entry) -> None:
        for seed in entry.seeds:
            self.by_seed[seed] = entry
        if entry.story and self.by_story.get(entry.story, entry).output == entry.output:
            self.by_story[entry.story] = entry

    def _forget(self, seed: str, new: Entry) -> None:
        old = self.by_seed.get(seed)
        if old is not None and old is not new:
            old.seeds.pop(seed, None)


def _line(entry: Entry) -> str:
    data: dict[str, Any] = {"output": entry.output, "written": entry.written}
    for key in ("story", "seeds", "date", "date_source", "role"):
        if value := getattr(entry, key):
            data[key] = value
    return json.dumps(data, ensure_ascii=False) + "\n"
