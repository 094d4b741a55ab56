"""What is measured: a candidate, its copy of the site, and the works that it does there.

A round is all works of all candidates in turn. Each edit is a real one to the copy's files, differs from every other,
and is looked for in the output afterwards; neither the edit nor the looking is part of the time.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.corpus import Corpus, Head
from bench.equality import WorkDiffers
from bench.generators import Generator
from bench.measure import Run, peak_memory, timed

__all__ = ["FULL", "INCREMENTAL", "Candidate", "Contestant", "Floor"]

INCREMENTAL = ("unchanged", "body", "story", "template")
FULL = ("clean", *INCREMENTAL)
NEWEST = 30


class Contestant(Protocol):
    """Whatever takes its turn in a round."""

    @property
    def name(self) -> str:
        """Who."""
        ...

    @property
    def stories(self) -> int:
        """The size of the corpus."""
        ...

    @property
    def works(self) -> Sequence[str]:
        """What it does in a round, in this order."""
        ...

    def run(self, work: str) -> Run:
        """Do a work once and say what it took."""
        ...


@dataclass
class Candidate:
    """A generator, with a copy of its site that it may change.

    Attributes:
        generator: who builds.
        corpus: what the site was written from.
        root: the copy of the site.
        output: the finished site.
        works: what is measured, in this order: a clean build first, which the others start from.
        log: what the last build said.
    """

    generator: Generator
    corpus: Corpus
    root: Path
    output: Path
    works: Sequence[str]
    log: Path
    _edits: int = field(default=0, init=False)
    _added: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        """The generator's name."""
        return self.generator.name

    @property
    def stories(self) -> int:
        """The size of the corpus."""
        return self.corpus.stories

    def run(self, work: str) -> Run:
        """Edit, build, look.

        Raises:
            CommandFailed: the build failed.
            WorkDiffers: the edit is not in the output.
        """
        match work:
            case "clean":
                self.start_over()
                return self._build()
            case "unchanged":
                return self._build()
            case "body":
                head, sentence = self._edit_body()
                run = self._build()
                self._expect(f"{head.path}/index.html", sentence)
                return run
            case "story":
                head = self._add_story()
                run = self._build()
                self._expect(f"{head.path}/index.html", "<main")
                self._expect("index.html", head.slug)
                return run
            case "template":
                self._edits += 1
                self.generator.edit_template(self.root, self._edits)
                run = self._build()
                self._expect("index.html", f'content="{self._edits}"')
                return run
        raise ValueError(f"no work is called {work}")

    def start_over(self) -> None:
        """Remove the output and whatever the generator keeps."""
        shutil.rmtree(self.output, ignore_errors=True)
        self.generator.forget(self.root)

    def memory(self) -> int:
        """The peak memory of a clean build, in bytes."""
        self.start_over()
        return peak_memory(self._command(), self.root, self.generator.environment(), self.log)

    def _build(self) -> Run:
        return timed(self._command(), self.root, self.generator.environment(), self.log)

    def _command(self) -> list[str]:
        return self.generator.command(self.root, self.output)

    def _edit_body(self) -> tuple[Head, str]:
        """Add a sentence to a story: every other time to one of the newest, else to any."""
        self._edits += 1
        rng = random.Random(f"edit/{self._edits}")
        newest = self._edits % 2 == 0
        first = self.stories - NEWEST if newest else 0
        head = self.corpus.head(first + int(rng.random() * (self.stories - first)))
        sentence = f"Put right after a reader wrote in (correction {self._edits})."
        with open(self.root / self.generator.story_path(head), "a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n")
        return head, sentence

    def _add_story(self) -> Head:
        """Write a story that is newer than all others."""
        story = self.corpus.story(self.stories + self._added)
        self._added += 1
        self.generator.write_story(self.root, self.corpus, story)
        return story.head

    def _expect(self, page: str, text: str) -> None:
        path = self.output / page
        if not path.is_file() or text not in path.read_text(encoding="utf-8"):
            raise WorkDiffers(f"{self.name}: after the build {page} does not show {text!r}")


@dataclass
class Floor:
    """What the machine needs for the files alone: reading all sources, writing the finished site.

    Attributes:
        source: the content that is read with ``cat``.
        finished: the site that is copied with ``cp -r``.
        copy: where to.
        stories: the size of the corpus.
        log: what the commands said.
    """

    source: Path
    finished: Path
    copy: Path
    stories: int
    log: Path
    name: str = "floor"
    works: Sequence[str] = ("read", "copy")
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, work: str) -> Run:
        """Read, or copy."""
        if work == "read":
            # cat itself writes to /dev/null, so that the kernel's reading and cat's own work are all there is.
            reading = ["-exec", "sh", "-c", 'cat "$@" > /dev/null', "sh", "{}", "+"]
            return timed(["find", str(self.source), "-type", "f", *reading], self.source, self.environment, self.log)
        shutil.rmtree(self.copy, ignore_errors=True)
        run = timed(["cp", "-r", str(self.finished), str(self.copy)], self.source, self.environment, self.log)
        subprocess.run(["rm", "-rf", str(self.copy)], check=True)
        return run
