"""The publication's settings, ``slugline.toml``: declared, typed, frozen; every problem reported at once.

Each section of the file is a class below and each key a field of it, declared with the sentence that documents it.
Adding a setting is adding a field: reading, checking and the "did you mean" of misspelt keys follow.
"""

from __future__ import annotations

import os
import tomllib
import types
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slugline.declared import Field, Frozen, doc, fresh
from slugline.errors import Problem, PublicationError, did_you_mean
from slugline.files import digest
from slugline.images.settings import Images, image_settings_problems
from slugline.outlets import (
    FEED_FORMATS,
    FEED_LISTS,
    LEVELS,
    Check,
    Feeds,
    Metadata,
    Publisher,
    Redirects,
    Robots,
    Search,
    Sitemaps,
    WellKnown,
)
from slugline.text import decode
from slugline.urls import pattern_problem

__all__ = [
    "SETTINGS_FILE",
    "Archives",
    "Comments",
    "Import",
    "Markdown",
    "Publication",
    "Reading",
    "Settings",
    "Share",
    "Theme",
    "Urls",
    "address_problem",
    "load_settings",
    "type_of",
]

SETTINGS_FILE = "slugline.toml"
SHARE_SERVICES = ("x", "facebook", "linkedin", "whatsapp", "telegram", "bluesky", "reddit", "email")

Section = TypeVar("Section", bound=Frozen)


class Publication(Frozen):
    """Who publishes."""

    name: str = doc("The name on the masthead.")
    timezone: str = doc("An IANA time zone (`Europe/London`): dates without a zone are in it.")
    base_url: str = doc("Where the site will stand, with its path if it has one.", "http://localhost:8000")
    tagline: str = doc("The line under the name.", "")
    description: str = doc("One or two sentences for search engines and feeds.", "")
    language: str = doc("The language of the stories and of the theme (BCP 47: `en`, `de-CH`).", "en")
    copyright: str = doc("The line at the foot of each page.", "")
    logo: str = doc("A picture of the masthead, below `content/`.", "")


class Urls(Frozen):
    """Addresses."""

    article: str = doc(
        "The pattern of an article's address: {section}, {yyyy}, {mm}, {dd}, {slug}.", "/{section}/{yyyy}/{mm}/{slug}/"
    )


class Reading(Frozen):
    """Read time."""

    words_per_minute: int = doc("How fast people read; the read time is words divided by it, rounded up.", 200)


class Markdown(Frozen):
    """How Markdown becomes HTML."""

    engine: Literal["python-markdown"] = doc("There is one; earlier versions had two.", "python-markdown")
    extensions: tuple[str, ...] = doc("More Python-Markdown extensions, by name.", ())
    settings: dict[str, dict[str, Any]] = doc("Settings of those extensions, one table each.", {})
    smart: bool = doc("Typographic quotes and dashes in the story's language.", True)
    raw_html: bool = doc("Whether HTML in Markdown is HTML; if not it is shown as text.", True)


class Theme(Frozen):
    """What the site looks like."""

    name: str = doc("A folder below `themes/`, or a theme that ships with Slugline.", "broadsheet")
    options: dict[str, Any] = doc("Options of the theme; see its documentation.", {})


class Comments(Frozen):
    """The comment form."""

    enabled: bool = doc("Whether articles have a comment form; front matter can say otherwise.", True)
    endpoint: str = doc("Where the form posts to; without one there is no form.", "")


class Share(Frozen):
    """The share footer: plain links, nothing is loaded from anyone."""

    services: tuple[str, ...] = doc(f"Which, in order, of {', '.join(SHARE_SERVICES)}.", SHARE_SERVICES)


class Archives(Frozen):
    """Lists of stories and their archives."""

    length: int = doc("Stories on the newest page of a section, author, tag, and on each page of an archive.", 30)
    front: int = doc("Stories that the front may show beside its bands.", 12)
    band: int = doc("Stories of each section's band on the front.", 5)
    months: bool = doc("Whether there are archives by month.", True)


class Serve(Frozen):
    """Dev mode."""

    import_seeds: bool = doc("Import a seed as soon as it is dropped into `seeds/`.", False)


class Import(Frozen):
    """The importer."""

    section: str = doc("The section of stories whose text names none.", "news")
    patterns: dict[str, list[str]] = doc("More patterns of furniture; see docs/importing.md.", {})


class Settings(Frozen):
    """All settings. ``text`` is the file as it was read, for the lines of errors found later."""

    publication: Publication
    urls: Urls = fresh(Urls)
    reading: Reading = fresh(Reading)
    markdown: Markdown = fresh(Markdown)
    theme: Theme = fresh(Theme)
    comments: Comments = fresh(Comments)
    share: Share = fresh(Share)
    archives: Archives = fresh(Archives)
    images: Images = fresh(Images)
    search: Search = fresh(Search)
    feeds: Feeds = fresh(Feeds)
    sitemaps: Sitemaps = fresh(Sitemaps)
    robots: Robots = fresh(Robots)
    metadata: Metadata = fresh(Metadata)
    publisher: Publisher = fresh(Publisher)
    redirects: Redirects = fresh(Redirects)
    well_known: WellKnown = fresh(WellKnown)
    check: Check = fresh(Check)
    serve: Serve = fresh(Serve)
    imports: Import = fresh(Import, key="import")
    text: str = fresh(str, key="")

    hidden: ClassVar[frozenset[str]] = frozenset(("text",))

    def digest(self, *sections: str) -> bytes:
        """A digest of the named sections' values: what a stage that reads them depends on."""
        return digest(*(repr(getattr(self, name)) for name in sections))

    def with_base_url(self, base_url: str) -> Settings:
        """The same settings for a site that stands elsewhere."""
        return self.replaced(publication=self.publication.replaced(base_url=base_url.rstrip("/")))

    def line(self, section: str, key: str = "") -> int:
        """The line of the settings file on which a section or one of its keys stands; 0 if it does not."""
        return _line(self.text, section, key)


def load_settings(root: str | os.PathLike[str]) -> Settings:
    """The settings of the publication whose root this is.

    Raises:
        PublicationError: the file is missing, is not TOML, or says something that no setting can be; with all problems.
    """
    path = os.path.join(root, SETTINGS_FILE)
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except FileNotFoundError:
        hint = "run the command in the publication's folder, give --root, or make a publication with `slugline init`"
        raise PublicationError([Problem(SETTINGS_FILE, 0, "there is no slugline.toml here", hint)]) from None
    except OSError as error:
        raise PublicationError([Problem(SETTINGS_FILE, 0, f"cannot be read: {error.strerror}")]) from error
    text, problems = decode(raw, SETTINGS_FILE)
    if problems:
        raise PublicationError(problems)
    return parse_settings(text)


def parse_settings(text: str) -> Settings:
    """Settings from the text of a settings file; raises like :func:`load_settings`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        # Without a line it is the end of the text that is wrong.
        line = int(said.rpartition("line ")[2].split(",")[0]) if "line " in said else len(text.splitlines())
        message = f"the settings are not valid TOML: {said.partition(' (at')[0].lower()}"
        hint = "let each key and each `[section]` stand once" if " twice" in said else "texts need quotes"
        raise PublicationError([Problem(SETTINGS_FILE, line, message, hint)]) from None
    problems: list[Problem] = []
    sections: dict[str, Any] = {}
    known = {item.key: item for item in Settings.fields if item.key}
    for key in data:
        if key not in known:
            hint = did_you_mean(key, known) or f"sections are {', '.join(f'[{name}]' for name in known)}"
            problems.append(Problem(SETTINGS_FILE, _line(text, key, ""), f"unknown section `{key}`", hint))
    for key, item in known.items():
        value = data.get(key, {})
        if not isinstance(value, dict):
            line = _line(text, "", key)
            problems.append(Problem(SETTINGS_FILE, line, f"`{key}` is not a section", f"write `[{key}]` on a line"))
            continue
        sections[item.name] = _section(globals()[item.type], key, value, text, problems)
    if problems:
        raise PublicationError(problems)
    settings = Settings(**sections, text=text)
    problems = list(_further_problems(settings))
    if problems:
        raise PublicationError(problems)
    return settings.with_base_url(settings.publication.base_url)


def _section(
    kind: type[Section], name: str, data: Mapping[str, Any], text: str, problems: list[Problem]
) -> Section | None:
    known = {item.name: item for item in kind.fields}
    values: dict[str, Any] = {}
    bad = False
    for key, value in data.items():
        line = _line(text, name, key)
        if key not in known:
            hint = did_you_mean(key, known) or f"[{name}] knows {', '.join(known)}"
            problems.append(Problem(SETTINGS_FILE, line, f"unknown setting `{name}.{key}`", hint))
            continue
        wanted_type = type_of(known[key])
        converted, expected = _convert(wanted_type, value)
        if expected and get_origin(wanted_type) is dict and isinstance(value, dict):
            inner = get_args(wanted_type)[1]
            for one, held in value.items():
                if wanted := _convert(inner, held)[1]:
                    place = _line(text, f"{name}.{key}", one) or line
                    message = f"`{name}.{key}.{one}` must be {wanted}, not {_shown(held)}"
                    problems.append(Problem(SETTINGS_FILE, place, message))
        elif expected:
            message = f"`{name}.{key}` must be {expected}, not {_shown(value)}"
            problems.append(Problem(SETTINGS_FILE, line, message, _HINTS.get((name, key), "")))
        values[key] = converted
    for key, item in known.items():
        if key not in data and item.required:
            hint = f"{item.doc} Write `{key} = …` under `[{name}]`"
            problems.append(Problem(SETTINGS_FILE, _line(text, name, ""), f"`{name}.{key}` is missing", hint))
            bad = True
    return None if bad else kind(**values)


_HINTS = {
    ("markdown", "engine"): "delete the line: the CommonMark engine was removed; docs/markdown.md describes the dialect",
}
"""(section, key) → what to do about a value that an earlier version took."""

_TYPES: dict[str, Any] = {}


def type_of(item: Field) -> Any:
    """The type that a field is annotated with; only of those that the file speaks of, since reading one takes its time."""
    found = _TYPES.get(item.type)
    if found is None:
        found = _TYPES[item.type] = eval(item.type, {"Any": Any, "Literal": Literal})  # noqa: S307  # this package's own
    return found


def _convert(hint: Any, value: Any) -> tuple[Any, str]:
    """The value as the field wants it, and what was expected instead if it is of another type."""
    origin = get_origin(hint)
    if origin is Literal:
        allowed = get_args(hint)
        return value, "" if value in allowed else " or ".join(f'"{one}"' for one in allowed)
    if origin in (Union, types.UnionType):
        for one in get_args(hint):
            converted, expected = _convert(one, value)
            if not expected:
                return converted, ""
        return value, expected
    if origin is tuple:
        if not isinstance(value, list) or any(_convert(get_args(hint)[0], item)[1] for item in value):
            return (), "a list of whole numbers" if get_args(hint)[0] is int else "a list of texts"
        return tuple(value), ""
    if origin is dict:
        if not isinstance(value, dict) or any(_convert(get_args(hint)[1], item)[1] for item in value.values()):
            return {}, "a table"
        return value, ""
    if origin is list:
        good = isinstance(value, list) and not any(_convert(get_args(hint)[0], item)[1] for item in value)
        return value, "" if good else "a list of texts"
    if hint is Any:
        return value, ""
    names = {str: "a text in quotes", int: "a whole number", bool: "true or false", float: "a number"}
    good = isinstance(value, hint) and not (hint is int and isinstance(value, bool))
    return value, "" if good else names[hint]


_ADDRESS_HINT = "write it as `https://www.example.org`, with a path if the site has one"


def address_problem(address: str) -> str:
    """What is wrong with the address of a site, and how it is written; empty if nothing is."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https") and parts.netloc and not parts.query and not parts.fragment:
        return ""
    return f"is not the address of a site; {_ADDRESS_HINT}"


def _further_problems(settings: Settings) -> list[Problem]:
    """What types cannot say."""
    found: list[tuple[str, str, str, str]] = []
    publication = settings.publication
    if not publication.name.strip():
        found.append(("publication", "name", "`publication.name` is empty", "name the publication"))
    try:
        ZoneInfo(publication.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        from zoneinfo import available_timezones  # noqa: PLC0415  # only an error pays for reading the list

        hint = did_you_mean(publication.timezone, available_timezones()) or "use an IANA name such as `Europe/London`"
        found.append(("publication", "timezone", f"there is no time zone `{publication.timezone}`", hint))
    if address_problem(publication.base_url):
        found.append(("publication", "base_url", f"`{publication.base_url}` is not the address of a site", _ADDRESS_HINT))
    if wrong := pattern_problem(settings.urls.article):
        found.append(("urls", "article", f"`urls.article` cannot be an address: {wrong}", ""))
    for section, key, value, least in (
        ("reading", "words_per_minute", settings.reading.words_per_minute, 1),
        ("archives", "length", settings.archives.length, 1),
        ("archives", "front", settings.archives.front, 1),
        ("archives", "band", settings.archives.band, 0),
        ("feeds", "length", settings.feeds.length, 1),
    ):
        if value < least:
            found.append((section, key, f"`{section}.{key}` is {value}", f"it must be at least {least}"))
    found += [("images", *problem) for problem in image_settings_problems(settings.images)]
    for service in settings.share.services:
        if service not in SHARE_SERVICES:
            hint = did_you_mean(service, SHARE_SERVICES) or f"known are {', '.join(SHARE_SERVICES)}"
            found.append(("share", "services", f"no share link is known for `{service}`", hint))
    feeds = settings.feeds
    for key, chosen, known in (("formats", feeds.formats, FEED_FORMATS), ("lists", feeds.lists, FEED_LISTS)):
        for one in chosen:
            if one not in known:
                hint = did_you_mean(one, known) or f"known are {', '.join(known)}"
                found.append(("feeds", key, f"`{one}` is none of `feeds.{key}`", hint))
    for name, level in settings.check.levels.items():
        if level not in LEVELS:
            hint = f"write one of {', '.join(LEVELS)}"
            found.append(("check", "levels", f"`{level}` is no level for `{name}`", hint))
    endpoint = settings.comments.endpoint
    if endpoint and not endpoint.startswith(("https://", "http://", "/")):
        found.append(("comments", "endpoint", f"`{endpoint}` is not an address", "begin it with https:// or /"))
    return [Problem(SETTINGS_FILE, settings.line(section, key), message, hint) for section, key, message, hint in found]


def _line(text: str, section: str, key: str) -> int:
    """The line of a key in a section, else of the section, else 0; ``key`` empty for the section itself."""
    current, fallback = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            current = stripped.strip("[]").split("]")[0].strip().strip("\"'")
            if current == section or (not fallback and current.startswith(f"{section}.")):
                fallback = number
            if current == f"{section}.{key}":
                return number
            continue
        name = stripped.partition("=")[0].strip().strip("\"'")
        wanted = key if current == section and key else section if not current and not key else None
        if wanted and name == wanted:
            return number
    return fallback


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    return f'"{value}"' if isinstance(value, str) else str(value)
