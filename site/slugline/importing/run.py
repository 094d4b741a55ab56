"""One import from end to end: find the files, read them on all cores, write what they hold, report."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from slugline.errors import OutputError, Problem, PublicationError, UsageError
from slugline.files import digest, relative_path, remove_left_parts, walk
from slugline.importing.formats import READERS, Reader, reader_for, reader_named
from slugline.importing.html import stories_among
from slugline.importing.in_time import read_in_time
from slugline.importing.learning import FEWEST, MOST, Learnt, Patterns, closest, joined, learn
from slugline.importing.model import Imported, Item, Refused
from slugline.importing.own import own_readers
from slugline.importing.remembered import Remembered, sign_of
from slugline.importing.report import ImportReport, Outcome
from slugline.importing.settings import ImportSettings, import_settings, settings_problems
from slugline.importing.text import texts_of, tools_of
from slugline.importing.writer import Writer, option_date
from slugline.pool import map_shares
from slugline.settings.load import load_settings
from slugline.urls import slugify

__all__ = ["import_into", "run_import"]

_ALONE = 96
"""Up to so many files are read in this process: starting others takes longer."""

_SHARE = 32


class _Source(NamedTuple):
    path: str
    name: str
    reader: Reader | None
    refused: str = ""
    variant: int = 0  # of the settings that it is read with


_REFUSALS = {
    "a symbolic link is not followed": "put the file itself there",
    "the file's name is not UTF-8": "rename the file; `convmv -f latin1 -t utf8` renames whole folders",
}
_LINK, _NOT_UTF8 = _REFUSALS


def run_import(
    paths: Sequence[Path],
    *,
    root: Path,
    into: Path,
    date: str | None = None,
    section: str | None = None,
    force: bool = False,
    dry_run: bool = False,
    media: Path | None = None,
    jobs: int = 1,
    now: datetime,
    settings: ImportSettings,
    format: str = "auto",  # noqa: A002  # the option's name
    own: tuple[Reader, ...] = (),
    on_progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Import files and folders into a content folder.

    What the text does not say is not invented: a story without a date gets ``date``, else the day of ``now`` with a
    warning; one without a section gets ``section``, else the one that its breadcrumb names if the publication has it,
    else the one in the settings. Running it again changes nothing; a file that an editor has changed or removed is
    left alone unless ``force``. The result is the same for any number of ``jobs``.

    Args:
        paths: seeds, or folders of them.
        root: the publication; names in the report are relative to it.
        into: the content folder.
        date: ``2026-01-24`` or with a time.
        section: its slug or name; wins over what the text says.
        force: overwrite what editors have changed, bring back what they have removed.
        dry_run: report what would be done, write nothing.
        media: the folder with the files that an export names by their address.
        jobs: processes to read with.
        now: the instant of the import, with a zone.
        settings: what the importer has to know of the publication.
        format: one of the readers' names, or ``auto``.
        own: the publication's own readers.
        on_progress: called with the files done and the files in all.

    Raises:
        UsageError: a path or ``media`` does not exist, the date or the section cannot be one, or the format is not known.
        OutputError: a file cannot be written; everything before it is, and another run carries on.
    """
    forced = reader_named(format, own)
    slug = slugify(section) if section else None
    if section and not slug:
        raise UsageError(f"--section {section} has no letter to make an address of")
    if media is not None and not os.path.isdir(media):
        raise UsageError(f"there is no folder {media}")
    day = option_date(date, settings.timezone) if date else ""
    sources = list(_sources(paths, root, forced, own))
    if not dry_run:
        remove_left_parts(into)
    writer = Writer(str(into), settings, day=day, section=slug, now=now, force=force, dry_run=dry_run)
    folder = os.fspath(media) if media is not None else ""
    settings = replace(settings, sections=tuple(sorted(writer.sections)), media=folder, content=str(into))
    outcomes: list[Outcome] = []
    memory = Remembered(str(root), repr(replace(settings, sections=())), keep=not dry_run)
    try:
        sources, variants, learnt = _taught(sources, settings, memory)
        with contextlib.closing(_recalled(sources, variants, jobs, memory)) as found:
            for done, items in enumerate(found, 1):
                outcomes.extend(outcome for item in items if (outcome := writer.write(item)) is not None)
                if on_progress:
                    on_progress(done, len(sources))
        authors, further = writer.finish()
    finally:
        # Interrupted or out of disk space: what was written so far is to be known by the next run.
        with contextlib.suppress(OutputError):
            writer.save_record()
        memory.close()
    return ImportReport(tuple(outcomes), tuple(authors), tuple(further), dry_run, tuple(learnt))


def import_into(
    root: Path,
    paths: Sequence[Path],
    *,
    into: Path | None = None,
    date: str | None = None,
    section: str | None = None,
    force: bool = False,
    dry_run: bool = False,
    media: Path | None = None,
    jobs: int = 0,
    now: datetime | None = None,
    format: str = "auto",  # noqa: A002  # the option's name
    on_progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Import into a publication as its settings say; see :func:`run_import` for the arguments.

    ``into`` defaults to the publication's ``content/``, ``jobs`` to the processors there are, ``now`` to this moment.

    Raises:
        PublicationError: the settings are missing or wrong, the publication's own patterns among them.
        UsageError, OutputError: see :func:`run_import`.
    """
    settings = load_settings(root)
    if problems := settings_problems(settings):
        raise PublicationError(problems)
    return run_import(
        paths,
        root=Path(root),
        into=into or Path(root) / "content",
        date=date,
        section=section,
        force=force,
        dry_run=dry_run,
        media=media,
        jobs=jobs or os.cpu_count() or 1,
        now=now or datetime.now(UTC),
        settings=import_settings(settings),
        format=format,
        own=own_readers(Path(root), settings),
        on_progress=on_progress,
    )


def _sources(paths: Sequence[Path], root: Path, forced: Reader | None, own: tuple[Reader, ...]) -> Iterator[_Source]:
    """Every file that is to be read, with the name that people know it by; the same name never twice."""
    base = os.path.realpath(root)
    names: set[str] = set()
    seen: set[str] = set()
    folders: dict[str, str] = {}
    for given in paths:
        if not os.path.exists(given):
            raise UsageError(f"there is no file or folder {given}")
        for path, is_link in stories_among(_files(os.fspath(given))):
            folder = os.path.dirname(path)
            if folder not in folders:
                folders[folder] = os.path.realpath(folder)
            place = os.path.join(folders[folder], os.path.basename(path))
            real = os.path.realpath(path) if os.path.islink(path) else place
            if real in seen and not is_link:
                continue
            seen.add(real)
            name, refused = _name(path, place, os.fspath(given), base), _LINK if is_link else ""
            if not _is_utf8(name):
                # Neither a report nor the record of imports can hold such a name: its bytes are spelled out.
                name, refused = os.fsencode(name).decode(errors="backslashreplace"), refused or _NOT_UTF8
            number = 2
            while name in names:
                name, number = f"{name.removesuffix(f' ({number - 1})')} ({number})", number + 1
            names.add(name)
            yield _Source(path, name, None if refused else forced or reader_for(path, own), refused)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _files(path: str) -> Iterator[tuple[str, bool]]:
    if not os.path.isdir(path):
        yield path, False
        return
    for folder, files, links in walk(path):
        for name, _ in files:
            yield os.path.join(path, folder, name), False
        for link in links:
            yield os.path.join(path, link), True


def _name(path: str, place: str, given: str, base: str) -> str:
    """A file's name relative to the publication, else with its folder's name; never its place on this machine."""
    if place.startswith(base + os.sep):
        return relative_path(place[len(base) + 1 :])
    above = os.path.abspath(given)
    top = os.path.dirname(above if os.path.isdir(above) else os.path.dirname(above))
    return relative_path(os.path.relpath(os.path.abspath(path), top))


def _taught(
    sources: Sequence[_Source], settings: ImportSettings, memory: Remembered
) -> tuple[list[_Source], list[ImportSettings], list[Learnt]]:
    """Sources with the settings that each is read with: those of a folder of pages with what the pages have in common."""
    groups: dict[str, list[int]] = {}
    for place, source in enumerate(sources):
        if source.reader is not None and source.reader.alone:
            groups.setdefault(os.path.dirname(source.name), []).append(place)
    known, now = memory.learnt() if groups else {}, time.time_ns()
    taught, variants, learnt = list(sources), [settings], list[Learnt]()
    for folder, places in groups.items():
        paths = [sources[place].path for place in places]
        signs = [sign_of(path, now) for path in paths]
        sure = all(sign is not None and sign.times for sign in signs)
        sign = digest(*(f"{path} {sign}" for path, sign in zip(paths, signs, strict=True))).hex() if sure else ""
        before = known.get(folder, ("", ()))
        patterns: Patterns = before[1]
        if not sign or before[0] != sign:
            texts = texts_of(paths[:: -(-len(paths) // MOST)])
            if len(paths) < FEWEST:
                patterns = closest(texts, [one for _, one in known.values()])
            else:
                patterns = joined(before[1], learn(texts, *tools_of(settings)))
                memory.note_learnt(folder, sign, patterns)
        if patterns:
            learnt.append(Learnt(folder, len(paths), patterns))
            variants.append(replace(settings, patterns=(*settings.patterns, *patterns)))
            for place in places:
                taught[place] = sources[place]._replace(variant=len(variants) - 1)
    return taught, variants, learnt


def _recalled(
    sources: Sequence[_Source], variants: Sequence[ImportSettings], jobs: int, memory: Remembered
) -> Generator[Iterable[Item]]:
    """The items of each source, in their order; what is the same as in an import before is not read again."""
    now = time.time_ns()
    sections = frozenset(variants[0].sections)
    marks = [f"\0{digest(repr(one.patterns)).hex()[:12]}" if place else "" for place, one in enumerate(variants)]
    signs = [sign_of(source.path, now) if source.reader and source.reader.alone else None for source in sources]
    names = [f"{source.name}{marks[source.variant]}" for source in sources]
    known = [
        memory.knows(source.path, name, sign, sections) for source, name, sign in zip(sources, names, signs, strict=True)
    ]
    unknown = [source for source, same in zip(sources, known, strict=True) if not same]
    with contextlib.closing(_read(unknown, variants, jobs)) as read:
        for source, name, sign, same in zip(sources, names, signs, known, strict=True):
            if same and (item := memory.recall(source.path, name)) is not None:
                yield (item,)
                continue
            items = _items(source, variants) if same else next(read)
            if sign is not None:
                items = list(items)
                if len(items) == 1 and isinstance(items[0], Imported):
                    memory.note(source.path, name, sign, items[0])
            yield items


def _read(sources: Sequence[_Source], variants: Sequence[ImportSettings], jobs: int) -> Generator[Iterable[Item]]:
    """The items of each source, in their order."""
    for streamed, group in itertools.groupby(sources, key=lambda source: source.reader is not None and source.reader.many):
        batch = list(group)
        # The rules are compiled once, before the processes part.
        alone = len(batch) if streamed or jobs < 2 or len(batch) < _ALONE else 1
        for source in batch[:alone]:
            yield _items(source, variants)
        if batch[alone:]:
            shares = map_shares(
                _work,
                # A reader holds functions; its name crosses to the worker and finds them again there.
                [_wired(source) for source in batch[alone:]],
                jobs=jobs,
                size=_SHARE,
                start=_start,
                arguments=(tuple(variants),),
                name=lambda wire: wire.name,
                fallback=_fallen,
            )
            with contextlib.closing(shares):
                for share in shares:
                    yield from share


class _Wire(NamedTuple):
    """A source on its way to a worker, with its reader's name."""

    path: str
    name: str
    reader: str
    refused: str
    variant: int = 0


def _wired(source: _Source) -> _Wire:
    return _Wire(*source[:2], source.reader.name if source.reader else "", source.refused, source.variant)


# The settings that a worker process reads with, in their variants.
_worker: list[ImportSettings] = []


def _start(variants: Sequence[ImportSettings]) -> None:
    _worker[:] = variants


def _work(share: Sequence[_Wire]) -> list[list[Item]]:
    named = {reader.name: reader for reader in READERS}
    sources = [_Source(wire.path, wire.name, named.get(wire.reader), wire.refused, wire.variant) for wire in share]
    return [list(_items(source, _worker)) for source in sources]


def _fallen(wire: _Wire) -> list[list[Item]]:
    name = wire.name
    what = "the process that read the file was ended by the system, three times"
    hint = "free some memory and import again; if that does not help, report it with the file"
    return [[Refused(name, Problem(name, 0, what, hint))]]


def _items(source: _Source, variants: Sequence[ImportSettings]) -> Iterator[Item]:
    reader, settings = source.reader, variants[source.variant]
    if reader is None:
        yield Refused(source.name, Problem(source.name, 0, source.refused, _REFUSALS[source.refused]))
        return
    try:
        if reader.many:
            # Its reader limits the time of each item.
            yield from reader.read(source.path, source.name, settings)
        else:
            yield from read_in_time(lambda: list(reader.read(source.path, source.name, settings)), source.name)
    except UsageError:
        raise  # a package is missing: no file of the format can be read
    except Exception as error:  # one file must not keep the others from being imported
        what = f"the importer failed on this file: {type(error).__name__}: {error}"
        yield Refused(source.name, Problem(source.name, 0, what, "report it with the file: it is a mistake of the importer"))
