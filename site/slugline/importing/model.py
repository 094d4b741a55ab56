"""What an importer finds, as frozen values: the same ones whatever the format it was read from.

A *reader* turns one file into *items*; an item is an :class:`Imported` thing or a :class:`Refused` file. Everything
that a file says is in one of three places: in the Markdown body, in a field of the item, or in its *parts*, the list
of what was recognised as something else (a share line, a copyright notice) and where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from slugline.errors import Problem

__all__ = ["Comment", "Imported", "Item", "Kind", "Media", "Noted", "Part", "Person", "Photo", "Refused", "Stated"]

Kind = Literal["article", "author", "page", "section", "tag"]


class Person(NamedTuple):
    """Someone whom a story or an export names.

    Attributes:
        name: as written.
        role: what the person is ("Middle East Correspondent").
        bio: Markdown; empty where the source has none.
        line: the line of the source that names the person, 0 where lines mean nothing.
        task: what the person did for this story where it is not the writing ("Photographs").
        slug: the wish for an address, from an export that has one; empty: made of the name.
        extra: further front matter of the author's file, as an export gives it.
    """

    name: str
    role: str = ""
    bio: str = ""
    line: int = 0
    task: str = ""
    slug: str = ""
    extra: Mapping[str, Any] = {}


class Photo(NamedTuple):
    """The words that stood with a picture, where the picture itself is not in the source."""

    caption: str
    credit: str
    line: int


class Media(NamedTuple):
    """A file that comes along: ``source`` is where it lies, ``target`` its name in the folder of the story.

    A target that begins with a slash counts from the content folder. ``content`` are its bytes where it lies inside of the
    source.
    """

    source: str
    target: str
    content: bytes | None = None


class Comment(NamedTuple):
    """What a reader wrote below a story.

    ``date`` is as the source gives it; ``text`` is plain, with blank lines between paragraphs.
    """

    name: str
    date: str
    text: str
    line: int = 0


class Part(NamedTuple):
    """A stretch of the source that is not body text: what it was taken for, where it stands, what it says."""

    kind: str
    line: int
    text: str
    words: int


class Stated(NamedTuple):
    """A moment that the source states.

    ``2026-01-24``, ``2026-01-24T09:00`` (where the publication stands), or with an offset or ``Z`` behind it.
    """

    iso: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """One article, author or page, ready to be written.

    Attributes:
        source: the file's name for people: relative, with forward slashes.
        kind: what it becomes.
        title: the headline; an author's name.
        body: Markdown; an author's bio.
        digest: hexadecimal, of the source's bytes (or of the item's, where a file holds many).
        story: hexadecimal, of the words alone: the same for the same story under another file name or with other
            furniture around it.
        key: tells the items of one file apart; empty where the file holds one.
        identity: what the system that it comes from calls the item, the same in every export of it
            ("wordpress:example.org#12"); empty where a file is all there is.
        slug: the wish for an address, from an export that has one; empty: made of the title. A page's may have folders.
        meta: further front matter, in the order in which it is to be written.
        date, updated: None where the source says nothing.
        people: of the byline, in its order; or people with a bio that the byline does not name (``task`` is "bio").
        sections: what the source says of the section, nearest first ("Asia", "World").
        photos, media, comments, parts: see their types.
        problems: warnings with the line of the source.
        words_in: words of the source that were taken for body text.
        words_out: words in the Markdown; another figure than ``words_in`` is an error.
        words_total: words of the whole source.
        mended: what was repaired or made safe on the way ("12 soft hyphens removed").
        asked: the slugs that the reader looked for among the publication's sections, and whether each was there: with
            other answers the file is to be read again.
    """

    source: str
    kind: Kind
    title: str
    body: str
    digest: str
    story: str
    key: str = ""
    identity: str = ""
    slug: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    date: Stated | None = None
    updated: Stated | None = None
    people: tuple[Person, ...] = ()
    sections: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    media: tuple[Media, ...] = ()
    comments: tuple[Comment, ...] = ()
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()
    words_in: int = 0
    words_out: int = 0
    words_total: int = 0
    mended: tuple[str, ...] = ()
    asked: tuple[tuple[str, bool], ...] = ()


class Refused(NamedTuple):
    """A file, or an item of one, that is not imported, and why: an error if it cannot be, a warning if it is not meant to."""

    source: str
    problem: Problem
    key: str = ""
    title: str = ""


class Noted(NamedTuple):
    """Something that a person should know of a file as a whole."""

    source: str
    problem: Problem


Item = Imported | Refused | Noted
