"""The cards of Ghost's editor → HTML: the same ones in Lexical and in Mobiledoc, with the same fields.

The fields are those of Ghost's own card definitions (kg-default-cards, kg-default-nodes). A card that addresses members or
is drawn by Ghost alone (sign-up, e-mail) says nothing to readers of the page, and is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from slugline.importing import snippets
from slugline.markup import MarkupOptions, Renderer

__all__ = ["Findings", "card", "text_at"]

_TAG = re.compile(r"<[^<>]*>")
_FRAME = re.compile(r"<iframe\b[^<>]*>", re.IGNORECASE)
_MEMBERS = "what follows was behind the paywall, and is part of the text now"


@dataclass(slots=True)
class Findings:
    """What reading a story's cards brought to light.

    Attributes:
        unread: kinds of cards that are not known, with how often.
        left: kinds of cards that were left out, with how often.
        doubts: for a person to look at.
    """

    unread: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    doubts: list[str] = field(default_factory=list)


Fields = Mapping[str, Any]


def card(name: str, fields: Fields, found: Findings) -> str:
    """The HTML of a card; empty for one that shows nothing to readers of the page."""
    if _hidden(fields):
        found.left[name] += 1
        return ""
    if (read := _CARDS.get(name)) is not None:
        return read(fields)
    if name in _SILENT:
        found.left[name] += 1
    elif name == "paywall":
        if _MEMBERS not in found.doubts:
            found.doubts.append(_MEMBERS)
    elif html := text_at(fields, "html"):
        found.unread[name] += 1
        return html
    else:
        found.unread[name] += 1
    return ""


def text_at(fields: Fields, *names: str) -> str:
    """The first of the named fields that is a text with anything in it."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _hidden(fields: Fields) -> bool:
    """Whether a card was shown in e-mails only, or to no visitor of the page at all."""
    seen = fields.get("visibility")
    if not isinstance(seen, dict):
        return False
    web = seen.get("web")
    if isinstance(web, dict):
        return not web.get("nonMember", True) and not web.get("memberSegment", True)
    return seen.get("showOnWeb") is False or seen.get("emailOnly") is True


def _image(fields: Fields) -> str:
    return snippets.figure(text_at(fields, "src"), _plain(text_at(fields, "alt")), text_at(fields, "caption"))


def _gallery(fields: Fields) -> str:
    images = fields.get("images")
    rows = [one for one in images if isinstance(one, dict)] if isinstance(images, list) else []
    return snippets.gallery([_image(one) for one in rows if text_at(one, "src")], text_at(fields, "caption"))


def _bookmark(fields: Fields) -> str:
    known = fields.get("metadata")
    about: Fields = known if isinstance(known, dict) else fields
    url = text_at(fields, "url") or text_at(about, "url")
    title, description = text_at(about, "title") or url, text_at(about, "description")
    publisher = text_at(about, "publisher") or text_at(about, "author")
    said = f": {escape(_plain(description))}" if description else ""
    by = f" ({escape(_plain(publisher))})" if publisher else ""
    link = f'<p><a href="{snippets.attribute(url)}">{escape(_plain(title))}</a>{said}{by}</p>' if url else ""
    return link + snippets.paragraph(text_at(fields, "caption"))


def _embed(fields: Fields) -> str:
    html, url, caption = text_at(fields, "html"), text_at(fields, "url"), text_at(fields, "caption")
    if url:
        return snippets.embed(url, caption)
    frame = _FRAME.search(html)
    return (f"{frame[0]}</iframe>" if frame else html) + snippets.paragraph(caption)


def _callout(fields: Fields) -> str:
    sign, text = text_at(fields, "calloutEmoji"), text_at(fields, "calloutText", "textValue")
    said = text if text.startswith("<p") else f"<p>{text}</p>"
    return f"<blockquote>{snippets.paragraph(escape(sign))}{said}</blockquote>" if text else ""


def _toggle(fields: Fields) -> str:
    heading, content = text_at(fields, "heading"), text_at(fields, "content")
    said = content if content.startswith("<") else snippets.paragraph(content)
    return f"<details><summary>{escape(_plain(heading))}</summary>{said}</details>"


def _button(fields: Fields) -> str:
    return snippets.button(text_at(fields, "buttonUrl"), escape(_plain(text_at(fields, "buttonText"))))


def _html(fields: Fields) -> str:
    return text_at(fields, "html")


def _markdown(fields: Fields) -> str:
    text = text_at(fields, "markdown")
    try:
        return Renderer(MarkupOptions(smart=False)).render(text, lang="en", source="articles/card.md").html
    except Exception:  # what cannot be rendered is still text
        return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def _code(fields: Fields) -> str:
    language = re.sub(r"[^\w+#-]", "", text_at(fields, "language"))
    named = f' class="language-{language}"' if language else ""
    code = fields.get("code")
    written = escape(code, quote=False) if isinstance(code, str) else ""
    return f"<pre><code{named}>{written}</code></pre>{snippets.paragraph(text_at(fields, 'caption'))}"


def _audio(fields: Fields) -> str:
    title = text_at(fields, "title")
    return snippets.clip("audio", text_at(fields, "src"), escape(title))


def _video(fields: Fields) -> str:
    return snippets.clip("video", text_at(fields, "src"), text_at(fields, "caption"), text_at(fields, "thumbnailSrc"))


def _file(fields: Fields) -> str:
    name = text_at(fields, "fileTitle", "fileName")
    return snippets.file_link(text_at(fields, "src"), _plain(name), _plain(text_at(fields, "fileCaption")))


def _product(fields: Fields) -> str:
    image, title = text_at(fields, "productImageSrc"), text_at(fields, "productTitle")
    shown = snippets.figure(image, _plain(title)) if image else ""
    shown += f"<h3>{title}</h3>" if title else ""
    if fields.get("productRatingEnabled") and (stars := fields.get("productStarRating")):
        shown += f"<p>{escape(str(stars))}/5</p>"
    description = text_at(fields, "productDescription")
    shown += description if description.startswith("<") else snippets.paragraph(description)
    if fields.get("productButtonEnabled") and (url := text_at(fields, "productUrl")):
        shown += snippets.button(url, escape(_plain(text_at(fields, "productButton"))) or escape(url))
    return shown


def _header(fields: Fields) -> str:
    image = text_at(fields, "backgroundImageSrc")
    shown = snippets.figure(image) if image else ""
    heading, below = text_at(fields, "heading", "header"), text_at(fields, "subheading", "subheader")
    shown += (f"<h2>{heading}</h2>" if _plain(heading) else "") + snippets.paragraph(below)
    if fields.get("buttonEnabled") and (url := text_at(fields, "buttonUrl")):
        shown += snippets.button(url, escape(_plain(text_at(fields, "buttonText"))) or escape(url))
    return shown


def _call(fields: Fields) -> str:
    image = text_at(fields, "imageUrl")
    text = text_at(fields, "textValue")
    shown = (snippets.figure(image) if image else "") + (text if text.startswith("<") else snippets.paragraph(text))
    if fields.get("showButton", True) and (url := text_at(fields, "buttonUrl")):
        shown += snippets.button(url, escape(_plain(text_at(fields, "buttonText"))) or escape(url))
    return shown


def _before_after(fields: Fields) -> str:
    images = [
        one for name in ("beforeImage", "afterImage") if isinstance(one := fields.get(name), dict) and text_at(one, "src")
    ]
    return snippets.gallery([_image(one) for one in images], text_at(fields, "caption"))


def _rule(fields: Fields) -> str:  # noqa: ARG001
    return "<hr>"


def _plain(text: str) -> str:
    return " ".join(_TAG.sub("", text).split())


_SILENT = frozenset(("signup", "email", "email-cta", "collection", "tk"))

_CARDS: dict[str, Callable[[Fields], str]] = {
    "image": _image,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "embed": _embed,
    "callout": _callout,
    "toggle": _toggle,
    "button": _button,
    "html": _html,
    "markdown": _markdown,
    "card-markdown": _markdown,
    "code": _code,
    "codeblock": _code,
    "audio": _audio,
    "video": _video,
    "file": _file,
    "product": _product,
    "header": _header,
    "call-to-action": _call,
    "before-after": _before_after,
    "hr": _rule,
    "horizontalrule": _rule,
}
