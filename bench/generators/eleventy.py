"""Eleventy, from npm, where Node is there; installed into the benchmark's own folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from bench.corpus import Corpus, Head, Story
from bench.generators.base import NAME, TAGLINE, Generator, Links, Unavailable, front_matter, scalar, write

__all__ = ["Eleventy"]


class Eleventy(Generator):
    """Nunjucks layouts; Markdown is not run through a template language first, which is the default and slower."""

    name = "eleventy"
    base_template = "_includes/base.njk"

    def __init__(self, tools: Path, links: Links = "files") -> None:
        super().__init__(tools / "eleventy", links)

    def version(self) -> str:
        """As its package has it; installs it first where it is missing.

        Raises:
            Unavailable: Node or npm is missing, or the installation fails.
        """
        described = self.tools / "node_modules/@11ty/eleventy/package.json"
        if not shutil.which("node"):
            raise Unavailable("Node is not installed")
        if not described.is_file():
            self._install()
        return str(json.loads(described.read_text(encoding="utf-8"))["version"])

    def command(self, root: Path, output: Path) -> list[str]:
        """Eleventy's own entry point, run by Node; it takes its output relative to the site, where it is started."""
        entry = self.tools / "node_modules/@11ty/eleventy/cmd.cjs"
        return ["node", str(entry), "--quiet", f"--output={os.path.relpath(output, root)}"]

    def write_frame(self, root: Path, corpus: Corpus) -> None:
        """Sections and authors are data files; lists of them are collections of the configuration's."""
        self.copy_frame(root, "static/style.css")
        modules = root / "node_modules"
        if not modules.exists():
            modules.symlink_to(self.tools.resolve() / "node_modules")
        sections = [
            {"slug": section.slug, "title": section.title, "description": section.description}
            for section in corpus.sections
        ]
        authors = [{"slug": author.slug, "name": author.name, "role": author.role} for author in corpus.authors]
        publication = {"name": NAME, "tagline": TAGLINE}
        for name, value in (("sections", sections), ("staff", authors), ("publication", publication)):
            write(root / f"content/_data/{name}.json", json.dumps(value, indent=1))

    def story_path(self, head: Head) -> str:
        """Below a folder of their own, whose data file gives all of them their layout."""
        return f"content/articles/{head.path}.md"

    def story_text(self, corpus: Corpus, story: Story) -> str:
        """YAML front matter; the tags make Eleventy's collections."""
        fields = {
            "title": scalar(story.head.title),
            "date": f"{story.head.date:%Y-%m-%dT%H:%M:%SZ}",
            "authors": list(story.authors),
            "tags": list(story.tags),
            "dek": scalar(story.dek),
            "summary": scalar(story.summary) if story.summary else None,
        }
        return front_matter(fields, self.body(corpus, story))

    def file_link(self, source: Head, target: Head) -> str:  # noqa: ARG002
        """The finished address.

        Eleventy resolves paths of sources only by parsing every finished page, which more than doubles its time; it is
        spared that.
        """
        return f"/{target.path}/"

    def _install(self) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise Unavailable("npm is not installed")
        self.tools.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(__file__).parent.parent / "eleventy-package.json", self.tools / "package.json")
        command = [npm, "install", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(command, cwd=self.tools, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unavailable(f"npm could not install Eleventy: {done.stderr.strip()[-500:]}")
