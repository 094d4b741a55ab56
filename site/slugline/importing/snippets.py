"""What editors' blocks and cards stand for, as plain HTML: one way to write a figure, an embed, a file, for every system.

The converter (:mod:`slugline.importing.markdown`) makes Markdown of it; nothing here is safe by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from slugline.shortcodes.services import find_embed

__all__ = [
    "attribute",
    "button",
    "clip",
    "embed",
    "figure",
    "file_link",
    "gallery",
    "paragraph",
]


def attribute(value: str) -> str:
    """A value between double quotes."""
    return escape(value, quote=True)


def paragraph(html: str) -> str:
    """A paragraph, if there is anything to say."""
    return f"<p>{html}</p>" if html.strip() else ""


def figure(src: str, alt: str = "", caption: str = "", credit: str = "") -> str:
    """A picture. ``caption`` is HTML, ``alt`` and ``credit`` are plain text."""
    return f'<figure><img src="{attribute(src)}" alt="{attribute(alt)}">{_caption(caption, credit)}</figure>'


def gallery(figures: Iterable[str], caption: str = "") -> str:
    """Pictures that belong together; ``caption`` is HTML."""
    inner = "\n".join(figures)
    return f"<figure>{inner}{_caption(caption, '')}</figure>" if inner else paragraph(caption)


def embed(url: str, caption: str = "") -> str:
    """What another site shows: as a frame, of which the converter makes a shortcode, or as a link to it."""
    if find_embed(url):
        return f'<iframe src="{attribute(url)}"></iframe>{paragraph(caption)}'
    shown = f'<p><a href="{attribute(url)}">{escape(url)}</a></p>'
    return shown + paragraph(caption)


def clip(kind: str, src: str, caption: str = "", poster: str = "") -> str:
    """Sound or film; ``kind`` is audio or video."""
    still = f' poster="{attribute(poster)}"' if poster else ""
    return f'<figure><{kind} controls src="{attribute(src)}"{still}></{kind}>{_caption(caption, "")}</figure>'


def file_link(url: str, name: str, note: str = "") -> str:
    """A file to load; ``note`` is plain text behind it."""
    return paragraph(f'<a href="{attribute(url)}">{escape(name or url)}</a>{" " + escape(note) if note else ""}')


def button(url: str, text: str) -> str:
    """A link that was drawn as a button; ``text`` is HTML."""
    return paragraph(f'<a href="{attribute(url)}">{text}</a>' if url else text)


def _caption(caption: str, credit: str) -> str:
    if not caption and not credit:
        return ""
    shown = f'<span class="credit">{escape(credit)}</span>' if credit else ""
    return f"<figcaption>{' '.join(filter(None, (caption, shown)))}</figcaption>"
