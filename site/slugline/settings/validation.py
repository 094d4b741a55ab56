"""What types cannot say of settings: a time zone that does not exist, an address that is none, a number out of its range.

:data:`RULES` is a list of functions of one shape: each looks at the settings and yields what is wrong with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slugline.aliases import read_alias
from slugline.errors import Problem, did_you_mean
from slugline.languages import language_problem
from slugline.settings.schema import (
    FEED_FORMATS,
    FEED_LISTS,
    IMAGE_FORMATS,
    LEVELS,
    MENU_TARGETS,
    MENUS,
    SETTINGS_FILE,
    SHARE_SERVICES,
    Settings,
)
from slugline.urls import is_local, pattern_problem

__all__ = ["address_problem", "local_problem", "validate"]


class Invalid(NamedTuple):
    """A setting whose value cannot be.

    Attributes:
        section, key: which setting.
        message: what is wrong.
        hint: what to write instead.
    """

    section: str
    key: str
    message: str
    hint: str = ""


def validate(settings: Settings) -> list[Problem]:
    """Every problem that the rules find."""
    found = [invalid for rule in RULES for invalid in rule(settings)]
    return [
        Problem(SETTINGS_FILE, settings.line(section, key), message, hint) for section, key, message, hint in found
    ]


_NO_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

_ADDRESS_HINT = "write it as `https://www.example.org`, with a path if the site has one"


def address_problem(address: str) -> str:
    """What is wrong with the address of a site, and how it is written; empty if nothing is."""
    try:
        parts = urlsplit(address)
        # What is not printable, `urlsplit` leaves out without a word; of the port it only says something when asked.
        whole = address.isprintable() and not _NO_ADDRESS.search(address) and (parts.port is None or parts.port > 0)
        if whole and parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment:
            return ""
    except ValueError:
        pass
    return f"is not the address of a site; {_ADDRESS_HINT}"


def local_problem(settings: Settings) -> Problem | None:
    """A warning where the site is said to be at an address that only this machine, or this network, can reach."""
    address = settings.publication.base_url
    if not is_local(address):
        return None
    line = settings.line("publication", "base_url")
    said = "is not set" if not line else f"is `{address}`"
    message = f"`publication.base_url` {said}: links in feeds, sitemaps and previews would lead nowhere for readers"
    return Problem(SETTINGS_FILE, line or settings.line("publication"), message, _ADDRESS_HINT, "warning")


def _publication(settings: Settings) -> Iterator[Invalid]:
    publication = settings.publication
    if not publication.name.strip():
        yield Invalid("publication", "name", "`publication.name` is empty", "name the publication")
    try:
        ZoneInfo(publication.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError, RecursionError):
        from zoneinfo import available_timezones  # noqa: PLC0415  # only an error pays for reading the list

        hint = did_you_mean(publication.timezone, available_timezones()) or "use an IANA name such as `Europe/London`"
        yield Invalid("publication", "timezone", f"there is no time zone `{publication.timezone}`", hint)
    if hint := language_problem(publication.language):
        yield Invalid("publication", "language", f"`{publication.language}` is no code of a language", hint)
    if address_problem(publication.base_url):
        message = f"`{publication.base_url}` is not the address of a site"
        yield Invalid("publication", "base_url", message, _ADDRESS_HINT)


def _addresses(settings: Settings) -> Iterator[Invalid]:
    if wrong := pattern_problem(settings.urls.article):
        yield Invalid("urls", "article", f"`urls.article` cannot be an address: {wrong}")
    for address in settings.urls.gone:
        if wrong := read_alias(address).problem:
            yield Invalid("urls", "gone", f"`{address}` in `urls.gone` {wrong}", "write it as /old/address/")
    endpoint = settings.comments.endpoint
    if endpoint and not endpoint.startswith(("https://", "http://", "/")):
        yield Invalid("comments", "endpoint", f"`{endpoint}` is not an address", "begin it with https:// or /")


def _numbers(settings: Settings) -> Iterator[Invalid]:
    archives = settings.archives
    for section, key, value, least in (
        ("reading", "words_per_minute", settings.reading.words_per_minute, 1),
        ("archives", "length", archives.length, 1),
        ("archives", "front", archives.front, 1),
        ("archives", "band", archives.band, 0),
        ("feeds", "length", settings.feeds.length, 1),
    ):
        if value < least:
            yield Invalid(section, key, f"`{section}.{key}` is {value}", f"it must be at least {least}")


def _images(settings: Settings) -> Iterator[Invalid]:
    images = settings.images
    if not images.widths or any(not 16 <= width <= 8192 for width in images.widths):
        hint = "write it as `widths = [240, 480, 960, 1600]`"
        yield Invalid("images", "widths", "`images.widths` must be whole numbers from 16 to 8192, at least one", hint)
    for name in images.formats:
        if name not in IMAGE_FORMATS:
            hint = did_you_mean(name, IMAGE_FORMATS) or f"known are {', '.join(IMAGE_FORMATS)}; [] for none"
            yield Invalid("images", "formats", f"pictures cannot be made as `{name}`", hint)
    if not 1 <= images.quality <= 100:
        yield Invalid("images", "quality", f"`images.quality` is {images.quality}", "it goes from 1 to 100; 80 is usual")


def _embeds(settings: Settings) -> Iterator[Invalid]:
    for name, parts in settings.embeds.services.items():
        hint = 'write `match = "https://video.example/v/{id}"` and `frame = "https://video.example/embed/{id}"`'
        for key in ("match", "frame"):
            address = parts.get(key, "")
            if not address.startswith(("https://", "http://")) or "{id}" not in address:
                yield Invalid("embeds", "services", f"`{key}` of the service `{name}` is no address with an {{id}} in it", hint)
        for key in parts.keys() - {"match", "frame", "ratio"}:
            yield Invalid("embeds", "services", f"the service `{name}` has an unknown key `{key}`", hint)
        if not re.fullmatch(r"[1-9]\d{0,3}:[1-9]\d{0,3}", parts.get("ratio", "16:9")):
            yield Invalid("embeds", "services", f"`ratio` of the service `{name}` is none", 'write it as "16:9"')


_LINKS = ("https://", "http://", "/", "mailto:")


def _menus(settings: Settings) -> Iterator[Invalid]:
    for name in MENUS:
        for entry in getattr(settings.menu, name):
            targets = [key for key in entry if key in MENU_TARGETS]
            hint = "write `section`, `page`, `tag`, `series` or `author` with a slug, or `url` and `title`"
            if unknown := sorted(entry.keys() - {*MENU_TARGETS, "title"}):
                yield Invalid("menu", name, f"an entry of `menu.{name}` has an unknown key `{unknown[0]}`", hint)
            elif len(targets) != 1:
                yield Invalid("menu", name, f"an entry of `menu.{name}` names {len(targets) or 'no'} targets", hint)
            elif "url" in entry and not (entry["url"].startswith(_LINKS) and entry.get("title")):
                yield Invalid("menu", name, f"an entry of `menu.{name}` has no address, or no title", hint)


def _share(settings: Settings) -> Iterator[Invalid]:
    yield from _unknown(
        "share", "services", settings.share.services, SHARE_SERVICES, "no share link is known for `{}`"
    )


def _feeds(settings: Settings) -> Iterator[Invalid]:
    feeds = settings.feeds
    yield from _unknown("feeds", "formats", feeds.formats, FEED_FORMATS, "`{}` is none of `feeds.formats`")
    yield from _unknown(
        "feeds", "section_formats", feeds.section_formats, FEED_FORMATS, "`{}` is none of `feeds.section_formats`"
    )
    yield from _unknown("feeds", "list_formats", feeds.list_formats, FEED_FORMATS, "`{}` is none of `feeds.list_formats`")
    yield from _unknown("feeds", "lists", feeds.lists, FEED_LISTS, "`{}` is none of `feeds.lists`")


def _feed_ids(settings: Settings) -> Iterator[Invalid]:
    base = settings.feeds.id_base
    if base and not _URI.fullmatch(base):
        hint = "write the address at which readers first found the site, or a name such as `tag:example.org,2026:news`"
        yield Invalid("feeds", "id_base", f"`feeds.id_base` cannot be a part of ids: `{base}`", hint)


def _levels(settings: Settings) -> Iterator[Invalid]:
    for name, level in settings.check.levels.items():
        if level not in LEVELS:
            yield Invalid("check", "levels", f"`{level}` is no level for `{name}`", f"write one of {', '.join(LEVELS)}")


def _unknown(section: str, key: str, chosen: Iterable[str], known: tuple[str, ...], message: str) -> Iterator[Invalid]:
    for one in chosen:
        if one not in known:
            hint = did_you_mean(one, known) or f"known are {', '.join(known)}"
            yield Invalid(section, key, message.format(one), hint)


RULES: tuple[Callable[[Settings], Iterable[Invalid]], ...] = (
    _publication,
    _addresses,
    _numbers,
    _images,
    _embeds,
    _menus,
    _share,
    _feeds,
    _feed_ids,
    _levels,
)
"""All rules; the problems that they find are reported in the order of the file."""
