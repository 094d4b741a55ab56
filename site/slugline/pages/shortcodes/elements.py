"""What the standard shortcodes are made of: for each, the variables that its template has beside what the text gives."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from slugline.catalog.queries import Item, Media, Permalink, TeaserOf, TextOf
from slugline.model import Image
from slugline.pages.pictures import image_view
from slugline.pages.render_context import RenderContext
from slugline.pages.shortcodes.tables import ShownTable, shown_table
from slugline.pages.views.card import Card
from slugline.placement import kind_of
from slugline.shortcodes.marks import Use
from slugline.shortcodes.services import Embed, added_services, find_embed
from slugline.tabular import Table, read_table
from slugline.urls import media_url

__all__ = ["ELEMENTS", "Asked", "MediaFile", "media_file", "shown", "table_of"]

_LONG = 30
"""Rows from which on a table can be searched."""


class Asked(NamedTuple):
    """Who asks for an element: the page, the source of the text, its language, for a page or a feed."""

    context: RenderContext
    source: str
    lang: str
    form: str

    def report(self, use: Use, message: str, hint: str) -> None:
        """Report a mistake on the line of the shortcode."""
        self.context.report_line(self.source, use.line, message, hint)


class MediaFile(NamedTuple):
    """A file beside the text, or elsewhere.

    Attributes:
        ending: of its name, in lower case, without the dot.
        size: in bytes; 0 where it is not known.
    """

    url: str
    name: str
    ending: str
    size: int


def media_file(asked: Asked, use: Use, path: str) -> MediaFile | None:
    """The file of a parameter; None where a text gives none, and where there is none, which is reported."""
    if not path:
        return None
    name = posixpath.basename(path.split("?", maxsplit=1)[0])
    ending = posixpath.splitext(name)[1][1:].lower()
    if "://" in path:
        return MediaFile(path, name, ending, 0)
    found = asked.context.ask(Media(path)) if kind_of(path) == "media" else None
    if found is None:
        _missing(asked, use, path)
        return None
    return MediaFile(asked.context.site.href(media_url(path)), name, ending, found[1])


def _missing(asked: Asked, use: Use, path: str) -> None:
    hint = "put the file beside the text, or mend the path"
    asked.report(use, f"the shortcode `{use.name}` names `content/{path}`, which does not exist", hint)


def _related(asked: Asked, use: Use) -> dict[str, Any]:
    key = use.values["story"]
    address = asked.context.ask(Permalink(key)) if kind_of(key) == "article" else None
    if address is None:
        _missing(asked, use, key)
    # A story that is not public yet, or no more, leaves nothing behind.
    teaser = asked.context.ask(TeaserOf(key)) if address else None
    return {"story": Card(asked.context, teaser) if teaser and not teaser.unlisted else None}


def _document(asked: Asked, use: Use) -> dict[str, Any]:
    return {"file": media_file(asked, use, use.values["file"])}


def _video(asked: Asked, use: Use) -> dict[str, Any]:
    values = use.values
    poster = values["poster"]
    width, _, height = values["ratio"].partition(":")
    return {
        "file": media_file(asked, use, values["file"]),
        "captions": media_file(asked, use, values["captions"]),
        "poster": image_view(asked.context, Image(poster), asked.source) if poster else None,
        "width": int(width),
        "height": int(height),
    }


def _map(asked: Asked, use: Use) -> dict[str, Any]:
    return {"image": image_view(asked.context, Image(use.values["file"], use.values["alt"]), asked.source)}


def _rating(_: Asked, use: Use) -> dict[str, Any]:
    value, best = use.values["value"], use.values["of"]
    whole = int(value)
    half = 1 if value - whole >= 0.5 else 0
    return {"full": min(whole, best), "half": half if whole < best else 0, "empty": max(0, best - whole - half)}


def _embed(asked: Asked, use: Use) -> dict[str, Any]:
    values = use.values
    embeds = asked.context.site.settings.embeds
    found = find_embed(values["url"], added_services(embeds.services))
    if found is None and not values["frame"]:
        # With a text from elsewhere: the settings have lost a service since it was read.
        asked.report(use, f"no service is known that has {values['url']}", "give its `frame=https://…`, or write a link")
        return {"embed": None}
    if values["frame"]:
        host = values["url"].split("/")[2].removeprefix("www.")
        found = Embed(found.service if found else host, values["url"], values["frame"], found.ratio if found else "16:9")
    assert found is not None
    width, _, height = (values["ratio"] or found.ratio).partition(":")
    return {"embed": found, "width": int(width), "height": int(height), "at_once": embeds.load == "at once"}


def table_of(asked: Asked, use: Use) -> Table | None:
    """The table of a file; None where there is none that can be read, which is reported."""
    path = use.values["file"]
    if kind_of(path) == "data":
        rows = asked.context.ask(Item("data", posixpath.splitext(path.partition("/")[2])[0]))
        if isinstance(rows, list) and rows and all(isinstance(row, Mapping) for row in rows):
            heads = tuple(dict.fromkeys(str(key) for row in rows for key in row))
            return Table(heads, tuple(tuple(_text(row.get(head, "")) for head in heads) for row in rows))
        if rows is not None:
            asked.report(use, f"`content/{path}` is no table", "write it as a list of mappings, or as CSV")
            return None
    text = asked.context.ask(TextOf(path)) if kind_of(path) == "media" else None
    if text is None:
        if kind_of(path) == "media" and asked.context.ask(Media(path)) is not None:
            hint = "save the table as .csv in UTF-8, of at most a megabyte"
            asked.report(use, f"`content/{path}` is no table that can be shown", hint)
        else:
            _missing(asked, use, path)
        return None
    table = read_table(text)
    if table.problem:
        line = f", line {table.line}" if table.line else ""
        hint = "save it as CSV, one row a line under one line of heads"
        asked.report(use, f"the table content/{path}{line}: {table.problem}", hint)
        return None
    return table


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def shown(asked: Asked, use: Use, table: Table | None, order: str = "") -> ShownTable | None:
    """A table as it is shown, in the order of a column; None where there is none, or no such column, which is reported."""
    if table is None:
        return None
    try:
        return shown_table(table, order)
    except LookupError:
        hint = f"it has {', '.join(table.heads)}"
        asked.report(use, f"`sort={order}`: the table content/{use.values['file']} has no such column", hint)
        return None


def _table(asked: Asked, use: Use) -> dict[str, Any]:
    table = shown(asked, use, table_of(asked, use), use.values["sort"])
    search = use.values["search"]
    long = table is not None and len(table.rows) >= _LONG
    return {"table": table, "search": long if search is None else search, "file": _download(asked, use)}


def _download(asked: Asked, use: Use) -> MediaFile | None:
    """The file of a table, to be downloaded; data are none."""
    return media_file(asked, use, use.values["file"]) if kind_of(use.values["file"]) == "media" else None


Made = Callable[[Asked, Use], dict[str, Any]]

ELEMENTS: Mapping[str, Made] = {
    "related": _related,
    "document": _document,
    "audio": _document,
    "video": _video,
    "map": _map,
    "rating": _rating,
    "embed": _embed,
    "table": _table,
}
"""Those that need more than what the text gives; charts are in a module of their own."""
