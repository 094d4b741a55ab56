"""The sites on disk: one for each generator, written once, kept between runs; copies of them are measured."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from itertools import repeat
from pathlib import Path

from bench.corpus import Corpus
from bench.generators import Generator
from bench.machine import processors

__all__ = ["copied", "written"]

BENCH = Path(__file__).parent
BATCH = 250


def written(generator: Generator, corpus: Corpus, folder: Path) -> Path:
    """The generator's site of this corpus, written unless one stands that the same code wrote.

    A site half written (the run was stopped) has no stamp, and is written again.
    """
    root = folder / f"{generator.name}-{corpus.stories}-{corpus.seed}-{generator.links}"
    stamp = root.with_suffix(".stamp")
    code = _code()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == code:
        return root
    stamp.unlink(missing_ok=True)
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    generator.write_frame(root, corpus)
    starts = range(0, corpus.stories, BATCH)
    with ProcessPoolExecutor(processors()) as pool:
        list(pool.map(_write_batch, repeat(generator), repeat(corpus), repeat(root), starts))
    stamp.write_text(code, encoding="ascii")
    return root


def copied(site: Path, target: Path) -> Path:
    """A fresh copy of a site, with the times of its files."""
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(site), str(target)], check=True)
    return target


def _write_batch(generator: Generator, corpus: Corpus, root: Path, start: int) -> None:
    for number in range(start, min(start + BATCH, corpus.stories)):
        generator.write_story(root, corpus, corpus.story(number))


def _code() -> str:
    """A digest of all that a site is made by."""
    state = blake2b(digest_size=16)
    made_by = [BENCH / name for name in ("lexicon.toml", "lexicon.py", "prose.py", "corpus.py", "sites.py")]
    made_by += [path for folder in ("generators", "plain", "paper") for path in (BENCH / folder).rglob("*") if path.is_file()]
    for path in sorted(made_by):
        if path.suffix != ".pyc":
            state.update(f"{path.relative_to(BENCH)}\0{path.stat().st_size}\0".encode())
            state.update(path.read_bytes())
    return state.hexdigest()
