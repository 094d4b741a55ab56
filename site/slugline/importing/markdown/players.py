"""Recordings and embeds.

A player where the file comes along; the shortcode `embed` for a service that it knows, which asks it for nothing until a
reader does; else a link.
"""

from __future__ import annotations

import re
from html import escape

from slugline.importing.escaping import as_inline
from slugline.importing.markdown.addresses import address, is_picture, written
from slugline.importing.markdown.embeds import embedded
from slugline.importing.markdown.inline import line
from slugline.importing.markdown.model import Element, Work
from slugline.importing.markdown.pictures import picture
from slugline.importing.markdown.walking import Run
from slugline.shortcodes.services import find_embed

__all__ = ["embed", "recording"]

_SAY_NOTHING = frozenset({"youtube video player", "video player", "vimeo-player", "embedded post", "embedded content"})
_NO_LABEL = re.compile(r"[\[\]{}\\\s]+")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


def recording(element: Element, work: Work, *, caption: str = "") -> list[str]:
    """An audio or video element: a player if its file comes along, else a link to it."""
    sources = [element.get("src") or "", *(source.get("src") or "" for source in element.iter("source"))]
    source = next((value.strip() for value in sources if value.strip()), "")
    target = address(source, work.base)
    given = work.image(target or source) if work.image and source else None
    words = [line([Run("text", caption, frozenset({"em"}))], work)] if caption else []
    kind = element.tag
    if given and work.raw_html and work.depth == 1:
        below = f"\n<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
        return [f'<figure>\n<{kind} controls src="{escape(written(given))}"></{kind}>{below}\n</figure>']
    where = given or target
    if not where:
        if source or not words:
            what = "a video" if kind == "video" else "a recording"
            work.warn(element, f"{what} is left out: it names no address that leads there")
        return words
    work.count(f"1 {kind} element made a link", f"{{}} {kind} elements made links")
    return [_link_to(where, element.get("title") or "", work), *words]


def embed(element: Element, work: Work) -> list[str]:
    """A frame, or what an old page embedded: a link to the page that shows it."""
    sources = (element.get(name) or "" for name in ("data-src", "data-lazy-src", "src", "data"))
    source = next((value.strip() for value in sources if value.strip() and not value.startswith("about:")), "")
    if is_picture(source) and element.tag in ("object", "embed"):
        element.set("src", source)
        made = picture(element, work)
        return [made] if made else []
    target = address(source, work.base)
    if not target or target.startswith("#"):
        inner = [chunk for one in element.iter("iframe", "embed") if one is not element for chunk in embed(one, work)]
        if not inner:
            work.warn(element, "an embed is left out: it names no address that leads anywhere")
        return inner
    what, page = embedded(target)
    title = " ".join((element.get("title") or "").split())
    if work.depth == 1 and not work.plain and (url := next(filter(find_embed, (page, target)), "")):
        work.count("1 embed of another service", "{} embeds of other services")
        label = "" if title.lower() in _SAY_NOTHING else _NO_LABEL.sub(" ", title).strip()
        return [f"::embed[{label}]{{url={url}}}" if label else f"::embed{{url={url}}}"]
    work.warn(element, f"an embed ({what}) is now a link to {page}")
    return [_link_to(page, title, work)]


def _link_to(target: str, title: str, work: Work) -> str:
    """A paragraph that is a link to something that cannot be shown here."""
    if not title or title.lower() in _SAY_NOTHING or work.plain:
        title = ""
        if _ADDRESS.fullmatch(target):
            work.added.append(target)
            return f"<{target}>"
    label = title or target.rstrip("/").rsplit("/", 1)[-1]
    work.added.append(label)
    return f"[{as_inline(label, brackets=True, paired='~^')}]({written(target)})"
