"""Pelican, from PyPI, with its usual Markdown extensions plus the typography that the others have."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from pathlib import Path

from bench.corpus import Corpus, Head, Story
from bench.generators.base import NAME, TAGLINE, Generator, Unavailable, relative_link, write

__all__ = ["Pelican"]


class Pelican(Generator):
    """No cache: Pelican's own is off unless asked for, and its documentation advises against it for a publication."""

    name = "pelican"
    base_template = "theme/templates/base.html"

    def version(self) -> str:
        """As the package's metadata has it.

        Raises:
            Unavailable: the package is not installed.
        """
        try:
            return importlib.metadata.version("pelican")
        except importlib.metadata.PackageNotFoundError as error:
            raise Unavailable(
                "the package `pelican` is not installed (pip install -r bench/requirements.txt)"
            ) from error

    def command(self, root: Path, output: Path) -> list[str]:
        """``python -m pelican``, which is what its console script runs."""
        settings = str(root / "pelicanconf.py")
        return [sys.executable, "-m", "pelican", str(root / "content"), "-o", str(output), "-s", settings, "--quiet"]

    def write_frame(self, root: Path, corpus: Corpus) -> None:
        """Sections and roles are settings: Pelican has no page for either."""
        self.copy_frame(root, "theme/static/style.css")
        publication = {
            "name": NAME,
            "tagline": TAGLINE,
            "sections": {section.slug: [section.title, section.description] for section in corpus.sections},
            "roles": {author.name: author.role for author in corpus.authors},
        }
        write(root / "publication.json", json.dumps(publication, indent=1))

    def story_path(self, head: Head) -> str:
        """The same folders as everywhere; Pelican reads the section from the head."""
        return f"content/{head.path}.md"

    def story_text(self, corpus: Corpus, story: Story) -> str:
        """Pelican's own form of head: keys and values, without fences."""
        names = {author.slug: author.name for author in corpus.authors}
        fields = {
            "Title": story.head.title,
            "Date": f"{story.head.date:%Y-%m-%dT%H:%M:%SZ}",
            "Category": story.head.section,
            "Authors": "; ".join(names[slug] for slug in story.authors),
            "Tags": ", ".join(story.tags),
            "Dek": story.dek,
            **({"Abstract": story.summary} if story.summary else {}),
        }
        return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "\n" + self.body(corpus, story)

    def file_link(self, source: Head, target: Head) -> str:
        """Pelican's ``{filename}`` before a relative path."""
        return "{filename}" + relative_link(source, target)
