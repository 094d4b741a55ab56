"""Publish docs/ as a site, with Slugline itself: `python tools/docs_site.py [FOLDER]` (`docs-site/` unless given).

The publication is `tools/docs/`; its content is made here. README.md has the contents: each heading below "Documentation" is a
part, each row of its table a page with what it is for. The files keep their places among each other, so the links between
them, which GitHub follows as well, need no rewriting.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "tools" / "docs"


class Entry(NamedTuple):
    """A row of the contents: a file's path from the root, its title, what it is for, and the part that it belongs to."""

    path: str
    title: str
    purpose: str
    part: str


def contents(readme: str) -> list[Entry]:
    """The rows of README.md's tables below "Documentation", in order, README.md itself first."""
    text = readme.partition("\n## Documentation\n")[2].partition("\n## ")[0]
    found: list[Entry] = []
    part = ""
    for line in text.splitlines():
        if line.startswith("### "):
            part = line.removeprefix("### ")
            if not found:
                found.append(Entry("README.md", "Start here", "What it is, and an editor’s day with it", part))
        elif row := re.fullmatch(r"\| \[(.+?)\]\((.+?\.md)\) \| (.+) \|", line):
            purpose = row[3].replace("`", "")
            found.append(Entry(row[2], row[1], purpose[0].upper() + purpose[1:], part))
    return found


def released(changelog: str) -> datetime:
    """The date of the newest version: the documents' own, and the instant of their build."""
    newest = re.search(r"^## \[?\d.*?(\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE)
    if newest is None:
        raise SystemExit("CHANGELOG.md has no version with a date")
    return datetime.fromisoformat(newest[1]).replace(tzinfo=UTC)


def slug(path: str) -> str:
    """The address of a page, from its file: ``docs/check.md`` → ``check``."""
    return Path(path).stem.lower()


def assemble(folder: Path) -> datetime:
    """Copy the publication into a folder, and make its content of the documents.

    Returns:
        The instant to build it for.

    Raises:
        SystemExit: a document is not in README.md's contents.
    """
    shutil.copytree(PAPER, folder, dirs_exist_ok=True)
    stories = folder / "content" / "articles"
    shutil.copytree(ROOT / "docs", stories / "docs")
    shutil.copy(ROOT / "LICENSE", stories)
    entries = contents((ROOT / "README.md").read_text(encoding="utf-8"))
    named = {entry.path for entry in entries}
    if missing := sorted({f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} - named):
        raise SystemExit(f"README.md does not list {', '.join(missing)}")
    moment = released((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    for number, entry in enumerate(entries):
        # The first line is the title as GitHub shows it.
        body = (ROOT / entry.path).read_text(encoding="utf-8").partition("\n")[2]
        # The theme lists the newest first: a minute between two pages puts them in the order of the contents.
        date = moment - timedelta(minutes=number)
        front = {"title": entry.title, "dek": entry.purpose, "date": date.isoformat()}
        _write(stories / entry.path, {**front, "section": slug(entry.part), "slug": slug(entry.path)}, body)
    for order, part in enumerate(dict.fromkeys(entry.part for entry in entries)):
        _write(folder / "content" / "sections" / f"{slug(part)}.md", {"title": part, "order": order}, "")
    return moment


def _write(path: Path, front: dict[str, str | int], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # JSON's texts and numbers are YAML's as well.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items()]
    path.write_text(f"---\n{''.join(lines)}---\n{body}", encoding="utf-8")


def main(output: Path) -> int:
    """Build the site into a folder; returns the build's exit code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    address = project.get("urls", {}).get("Documentation")
    with tempfile.TemporaryDirectory() as folder:
        moment = assemble(Path(folder))
        command = [sys.executable, "-m", "slugline", "build", "--root", folder, "--output", str(output.resolve())]
        command += ["--now", moment.isoformat(), *(["--base-url", address] if address else [])]
        return subprocess.run(command, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs-site"))
