"""What is known about a body once it has been rendered."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Body", "Heading", "ImageRef", "Remark"]


class Heading(NamedTuple):
    """One heading of a body.

    Attributes:
        level: 2 to 6; the only level 1 of a page is its headline.
        id: unique in the body, the target of ``#id``.
        text: plain text, without markup and footnote marks.
    """

    level: int
    id: str
    text: str


class ImageRef(NamedTuple):
    """One image of a body.

    Attributes:
        src: as in the HTML, ``content:`` references included.
        alt: plain text.
        caption: plain text; the title that was given in the Markdown.
        credit: plain text; from the attribute list, ``{credit="Photo: Jane Doe"}``.
    """

    src: str
    alt: str
    caption: str
    credit: str


class Remark(NamedTuple):
    """What to warn of in a body: the line, counted from 1 in the Markdown (0: not known), what is wrong and how to mend it."""

    line: int
    message: str
    hint: str


class Body(NamedTuple):
    """A rendered body and what can be said of it.

    Attributes:
        html: the rendered body; references to other files of the publication are still ``content:`` references.
        words: counted on the rendered text; code, captions and markup are left out, CJK is counted by character.
        excerpt: plain text of the first paragraph that has text, at most 280 characters, cut between words.
        headings: in order.
        links: every distinct ``href``, in order of appearance, as in the HTML.
        images: in order; an image that is used twice is listed twice.
        files: other references to files in HTML of the author's own (films, their posters, ``srcset``), as ``content:``
            references; those that may be an address of the site instead have a slash behind the colon.
        remarks: what to warn of.
    """

    html: str
    words: int
    excerpt: str
    headings: tuple[Heading, ...]
    links: tuple[str, ...]
    images: tuple[ImageRef, ...]
    files: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
