"""How Markdown is to be rendered: the settings under ``[markdown]``."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import NamedTuple

from slugline.files import digest
from slugline.frozen import Frozen
from slugline.shortcodes.signature import Signature
from slugline.shortcodes.standard import STANDARD

__all__ = ["Added", "MarkupOptions"]

VERSION = "1"
"""Incremented whenever this package renders the same text to other bytes, which invalidates the bodies rendered before."""


class Added(NamedTuple):
    """What a publication adds to its texts beside what its settings say.

    Attributes:
        shortcodes: those that a text may use.
        modules: Markdown extensions of the publication's own folder: name, path, digest of each.
    """

    shortcodes: tuple[Signature, ...] = tuple(STANDARD.values())
    modules: tuple[tuple[str, str, str], ...] = ()

    def sign(self) -> str:
        """What texts depend on: wherever the files lie."""
        return repr((self.shortcodes, [(name, value) for name, _, value in self.modules]))


class MarkupOptions(Frozen):
    """How Markdown is to be rendered.

    Attributes:
        extensions: additional Python-Markdown extensions, by entry-point name or dotted name.
        extension_settings: extension name → its settings, as pairs, so that options can be compared and hashed.
        smart: typographic quotes, dashes and ellipses in the language of the text.
        raw_html: whether HTML in Markdown is passed through; if not, it is escaped.
        added: shortcodes and Markdown extensions of the publication's own.
        services: name of a service whose pages can be embedded, beside those that are known → its parts, as pairs.
        third_parties: "deny" where frames and scripts from elsewhere are errors.
    """

    extensions: tuple[str, ...] = ()
    extension_settings: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = ()
    smart: bool = True
    raw_html: bool = True
    added: Added = Added()
    services: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    third_parties: str = "warn"

    def fingerprint(self) -> bytes:
        """A digest of all that decides what a text is rendered to, apart from the text, its language and its place."""
        return digest(
            VERSION,
            _version("markdown"),
            str(self.smart),
            str(self.raw_html),
            repr(self.extension_settings),
            repr((self.added.sign(), self.services, self.third_parties)),
            *(part for name in self.extensions for part in (name, *_origin(name))),
        )


def _origin(name: str) -> Iterator[str | bytes]:
    """What changes with an added extension: its package's version, or the text of its module."""
    # Reading the packages' metadata takes longer to load than a story to render.
    from importlib.metadata import entry_points  # noqa: PLC0415

    for entry in entry_points(group="markdown.extensions", name=name):
        yield f"{entry.value} {entry.dist.version if entry.dist else ''}"
        return
    module = name.partition(":")[0]
    yield _version(module.partition(".")[0])
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return
    if spec is not None and spec.origin is not None and spec.has_location:
        with open(spec.origin, "rb") as file:
            yield file.read()


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version(package)
    except (PackageNotFoundError, ValueError):
        return ""
