"""Formats that a publication's extensions read: a function turns a file into Markdown with front matter, story by story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from slugline.errors import Problem
from slugline.extensions.loading import Extension, ExtensionFailed, Extensions, extensions_in
from slugline.extensions.packages import modules_of
from slugline.importing import posts
from slugline.importing.formats import Reader
from slugline.importing.model import Imported, Item, Refused
from slugline.importing.settings import ImportSettings
from slugline.settings.schema import Settings

__all__ = ["own_readers"]


def own_readers(root: Path, settings: Settings) -> tuple[Reader, ...]:
    """The readers of a publication's extensions.

    Raises:
        PublicationError: the extensions cannot be loaded.
    """
    source = extensions_in(root, modules_of(settings.extensions.packages, settings.line("extensions", "packages")))
    if not source:
        return ()
    extensions = Extensions(source)
    return tuple(_reader(extensions, one) for one in extensions.of("importer").values())


def _reader(extensions: Extensions, extension: Extension) -> Reader:
    ending = extension.declared.name

    def sniff(path: str) -> bool:
        return path.lower().endswith(ending)

    # What an extension reads is read in this process: its functions do not cross to another.
    return Reader(ending[1:], sniff, _read(extensions, extension), many=True)


def _read(extensions: Extensions, extension: Extension) -> Callable[[str, str, ImportSettings], Iterator[Item]]:
    def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
        try:
            for name, text in extensions.call_all(extension, Path(path)):
                item = posts.read_text(str(text), str(name), path, source, settings)
                yield replace(item, key=str(name)) if isinstance(item, Imported) else item
        except ExtensionFailed as failed:
            problem = failed.problem
            yield Refused(source, problem._replace(message=f"{problem.message} (while reading {source})"))
        except (TypeError, ValueError) as error:
            what = f"what it gives for {source} is no story: {error}"
            yield Refused(source, Problem(extension.place, extension.line, what, "give a name and Markdown with front matter"))

    return read
