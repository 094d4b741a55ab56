"""Slugline from this repository, in the variants that are measured."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.corpus import Corpus, Head, Story
from bench.generators.base import (
    NAME,
    TAGLINE,
    Generator,
    Links,
    Unavailable,
    front_matter,
    relative_link,
    scalar,
    write,
)

__all__ = ["Slugline"]

REPOSITORY = Path(__file__).resolve().parents[2]

PLAIN = """
[theme]
name = "plain"

[archives]
front = 30
length = 30
band = 0
months = false

[search]
enabled = false

[feeds]
enabled = false

[sitemaps]
enabled = false

[robots]
enabled = false

[metadata]
manifest = false
"""
"""The plain site: what the peers' have, and nothing else."""


class Slugline(Generator):
    """The plain site, or everything that comes with the default theme.

    Args:
        tools: not used.
        links: how stories link to each other.
        full: the default theme with feeds, sitemaps and archives instead of the plain site.
    """

    state = True
    frame = "slugline"
    base_template = "themes/plain/base.html"

    def __init__(
        self,
        tools: Path,
        links: Links = "files",
        full: bool = False,
    ) -> None:
        super().__init__(tools, links)
        self.full = full
        self.name = "slugline"
        if full:
            self.name += "-full"
            self.base_template = "themes/paper/base.html"

    def version(self) -> str:
        """Of the working tree.

        Raises:
            Unavailable: its sources are missing.
        """
        sources = REPOSITORY / "site" / "slugline"
        if not (sources / "cli" / "__init__.py").is_file():
            raise Unavailable("the generator's command line is not there")
        return _version()

    def command(self, root: Path, output: Path) -> list[str]:
        """A new process of this Python, as the console script would start it."""
        return [sys.executable, "-m", "slugline", "build", "--root", str(root), "--output", str(output), "--quiet"]

    def environment(self) -> dict[str, str]:
        """The working tree is measured, whatever is installed; compiled once, as an installed package is."""
        return {"PYTHONPATH": str(REPOSITORY / "site"), "PYTHONDONTWRITEBYTECODE": ""}

    def forget(self, root: Path) -> None:
        """Remove the build state."""
        shutil.rmtree(root / ".slugline", ignore_errors=True)

    def write_frame(self, root: Path, corpus: Corpus) -> None:
        """Settings, and a file for each section and author."""
        settings = f"""[publication]
name = "{NAME}"
tagline = "{TAGLINE}"
description = "{TAGLINE}"
timezone = "UTC"
base_url = "https://www.example.org"
"""
        if not self.full:
            self.copy_frame(root, "themes/plain/assets/style.css")
            settings += PLAIN
        else:
            # The theme that ships, its base template with an edition that can be changed.
            base = (REPOSITORY / "themes/broadsheet/base.html").read_text(encoding="utf-8")
            write(root / self.base_template, base.replace("</head>", '<meta name="edition" content="0">\n</head>'))
            write(root / "themes/paper/theme.toml", 'name = "paper"\nextends = "broadsheet"\n')
            settings += '\n[theme]\nname = "paper"\n'
        write(root / "slugline.toml", settings)
        for section in corpus.sections:
            fields: dict[str, str | list[str] | None] = {
                "title": section.title, "description": scalar(section.description),
            }  # fmt: skip
            write(root / f"content/sections/{section.slug}.md", front_matter(fields))
        for author in corpus.authors:
            write(root / f"content/authors/{author.slug}.md", front_matter({"name": author.name, "role": author.role}))

    def story_path(self, head: Head) -> str:
        """Below the folder of its section, by year and month."""
        return f"content/articles/{head.path}.md"

    def story_text(self, corpus: Corpus, story: Story) -> str:
        """YAML front matter; the section is the folder, the slug the file's name."""
        fields = {
            "title": scalar(story.head.title),
            "date": f"{story.head.date:%Y-%m-%dT%H:%M:%SZ}",
            "authors": list(story.authors),
            "tags": list(story.tags),
            "dek": scalar(story.dek),
            "summary": scalar(story.summary) if story.summary else None,
        }
        return front_matter(fields, self.body(corpus, story))

    def file_link(self, source: Head, target: Head) -> str:
        """A relative path to the other source."""
        return relative_link(source, target)


def _version() -> str:
    for line in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("version = "):
            return line.split('"')[1]
    raise Unavailable("pyproject.toml has no version")
