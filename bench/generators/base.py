"""What the benchmark asks of a generator."""

from __future__ import annotations

import abc
import json
import os
import posixpath
import re
import shutil
from pathlib import Path
from typing import Literal

from bench.corpus import Corpus, Head, Story

__all__ = ["NAME", "TAGLINE", "Generator", "Links", "Unavailable", "front_matter", "write"]

Links = Literal["files", "addresses"]
"""How a story links to another: as each generator resolves the path of a source file, or with the finished address."""

NAME = "The County Messenger"
TAGLINE = "News from the county, every day."

PLAIN = Path(__file__).parent.parent / "plain"
"""The plain site of each generator: its templates and settings."""
_TARGET = re.compile(r"\]\(story:(\d+)\)")
_EDITION = re.compile(r'<meta name="edition" content="\d+">')
# Words that begin with a letter; one word alone could be a boolean (`no`) to YAML.
_PLAIN = re.compile(r"(?!.*(?::(?: |\Z)| #))[A-Za-z]\S* [^\"]*\S\Z")


class Unavailable(Exception):
    """This generator cannot run here; the message says what is missing."""


class Generator(abc.ABC):
    """One generator, with its plain site.

    Args:
        tools: a folder of the benchmark's own where a generator may install itself.
        links: how stories link to each other.
    """

    name: str
    base_template: str
    """The file that every page is made with, relative to the site."""
    state = False
    """Whether it keeps what it knows from one process to the next."""

    frame = ""
    """The folder of the plain site's frame, where it is not called like the generator."""

    def __init__(self, tools: Path, links: Links = "files") -> None:
        self.tools = tools
        self.links = links

    @abc.abstractmethod
    def version(self) -> str:
        """The version that will run.

        Raises:
            Unavailable: it cannot run here.
        """

    @abc.abstractmethod
    def command(self, root: Path, output: Path) -> list[str]:
        """The command that builds the site at ``root`` into ``output``."""

    @abc.abstractmethod
    def write_frame(self, root: Path, corpus: Corpus) -> None:
        """Settings, templates, authors, sections: everything but the stories."""

    @abc.abstractmethod
    def story_path(self, head: Head) -> str:
        """Where a story's source lies below the site."""

    @abc.abstractmethod
    def story_text(self, corpus: Corpus, story: Story) -> str:
        """A story's source."""

    @abc.abstractmethod
    def file_link(self, source: Head, target: Head) -> str:
        """A link to another story's source, as this generator resolves it."""

    def environment(self) -> dict[str, str]:
        """Variables of the process that are not the benchmark's own."""
        return {}

    def forget(self, root: Path) -> None:  # noqa: B027 (most generators keep nothing)
        """Remove what the last build left in the site, so that the next starts from nothing."""

    def write_story(self, root: Path, corpus: Corpus, story: Story) -> None:
        """Write a story's source."""
        write(root / self.story_path(story.head), self.story_text(corpus, story))

    def body(self, corpus: Corpus, story: Story) -> str:
        """The body, with its links to other stories as this generator is to have them."""

        def express(match: re.Match[str]) -> str:
            target = corpus.head(int(match[1]))
            link = self.file_link(story.head, target) if self.links == "files" else f"/{target.path}/"
            return f"]({link})"

        return _TARGET.sub(express, story.body)

    def edit_template(self, root: Path, edition: int) -> None:
        """Change the number of the edition, which the base template puts into every page."""
        path = root / self.base_template
        before = path.read_text(encoding="utf-8")
        path.write_text(_EDITION.sub(f'<meta name="edition" content="{edition}">', before), encoding="utf-8")

    def copy_frame(self, root: Path, stylesheet: str) -> None:
        """Copy this generator's templates and settings, and the stylesheet that all share."""
        shutil.copytree(PLAIN / (self.frame or self.name), root, dirs_exist_ok=True)
        target = root / stylesheet
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PLAIN / "style.css", target)


def relative_link(source: Head, target: Head) -> str:
    """The path of the target's source from the folder of the source's."""
    return posixpath.relpath(f"{target.path}.md", posixpath.dirname(source.path))


def scalar(text: str) -> str:
    """Text as a value in YAML: bare where that is safe, as editors type it."""
    return text if _PLAIN.match(text) else json.dumps(text, ensure_ascii=False)


def front_matter(fields: dict[str, str | list[str] | None], body: str = "") -> str:
    """A source with YAML front matter; a field that is None is left out."""
    lines = ["---"]
    for key, value in fields.items():
        if isinstance(value, list):
            lines.append(f"{key}: [{', '.join(value)}]")
        elif value is not None:
            lines.append(f"{key}: {value}")
    return "\n".join((*lines, "---", "", body)) if body else "\n".join((*lines, "---", ""))


def write(path: Path, text: str) -> None:
    """Write a text file, with the folders on its way."""
    try:
        path.write_text(text, encoding="utf-8")
    except FileNotFoundError:
        os.makedirs(path.parent, exist_ok=True)
        path.write_text(text, encoding="utf-8")
