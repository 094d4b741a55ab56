"""What the importer's tests share: a seed to vary, a newsroom to import into, and the reader with its tools."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slugline.importing import Imported, ImportReport, ImportSettings, Refused, run_import
from slugline.importing.bylines import Bylines
from slugline.importing.moments import Moments
from slugline.importing.rules import Rules, load_rules
from slugline.importing.text import read_text

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
SETTINGS = ImportSettings(publication="The Update Desk", timezone="Europe/London")

SEED = """\
Harbour Board Votes to Rebuild the Old Fish Market

Ines Marlow, City Correspondent
3 Min Read

The harbour board voted on Tuesday to rebuild the fish market that burned down two winters ago.

Work is expected to start in May and to take eighteen months, if the winter is kind.

Share This Article
Ines Marlow is a reporter who has covered the coast and its towns for nine years.
Leave a Comment

© 2026 The Update Desk. All rights reserved.
Terms of Service Privacy Policy
"""
STORY = "articles/news/harbour-board-votes-to-rebuild-the-old-fish-market.md"


class Newsroom:
    """A folder with ``seeds/`` and ``content/``, and imports of the one into the other."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content = root / "content"
        self.seeds = root / "seeds"
        self.seeds.mkdir(parents=True)

    def seed(self, name: str, text: str | bytes = SEED) -> Path:
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *paths: Path, now: datetime = NOW, settings: ImportSettings = SETTINGS, **options: object) -> ImportReport:
        return run_import(
            paths or [self.seeds],
            root=self.root,
            into=self.content,
            now=now,
            settings=settings,
            **options,  # type: ignore[arg-type]
        )

    def read(self, path: str) -> str:
        return (self.content / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> str:
        text = self.read(path)
        assert old in text
        changed = text.replace(old, new)
        (self.content / path).write_text(changed, "utf-8")
        return changed

    def files(self) -> dict[str, bytes]:
        """Every file of the content folder but the record of imports."""
        found = (path for path in self.content.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(self.content).as_posix(): path.read_bytes() for path in sorted(found)}

    def actions(self, report: ImportReport) -> list[str]:
        return [outcome.action for outcome in report.outcomes]

    def ledger(self) -> list[dict[str, object]]:
        lines = (self.content / ".imports.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def forget(self) -> None:
        (self.content / ".imports.jsonl").unlink()

    def clear(self) -> None:
        shutil.rmtree(self.content)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "paper")


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="session")
def bylines(rules: Rules) -> Bylines:
    return Bylines(rules, ["The Update Desk"])


@pytest.fixture(scope="session")
def moments(rules: Rules) -> Moments:
    return Moments(rules)


@pytest.fixture
def read() -> Callable[..., Imported]:
    """Read a seed that is expected to be an article."""

    def reading(text: str | bytes, **changes: object) -> Imported:
        settings = replace(SETTINGS, **changes)  # type: ignore[arg-type]
        item = read_text(text if isinstance(text, bytes) else text.encode(), "seed.txt", settings)
        assert isinstance(item, Imported), item
        return item

    return reading


@pytest.fixture
def refuse() -> Callable[..., Refused]:
    """Read a seed that is expected to be refused."""

    def reading(raw: bytes) -> Refused:
        item = read_text(raw, "seed.txt", SETTINGS)
        assert isinstance(item, Refused), item
        return item

    return reading
