"""Blocks → HTML that says what they show, without what they look like.

Most of WordPress's own blocks hold that HTML already; the others are drawn here. A block of a plugin keeps its HTML, and
is reported; one that WordPress or a plugin draws when the page is shown has none, and is reported as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from slugline.importing import snippets
from slugline.importing.markdown.model import names
from slugline.importing.wordpress.autop import autop
from slugline.importing.wordpress.blocks import Block, blocks_of
from slugline.importing.wordpress.shortcodes import expand
from slugline.importing.wordpress.surroundings import Surroundings, attributes

__all__ = ["draw"]

_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b([^<>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_CAPTION = re.compile(r"<figcaption\b[^<>]*>(.*?)</figcaption>", re.IGNORECASE | re.DOTALL)
_CITE = re.compile(r"<cite\b[^<>]*>(.*?)</cite>", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"<blockquote\b[^<>]*>(.*?)</blockquote>", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"<figure\b[^<>]*>(?:(?!<figure\b).)*?</figure>|<li\b[^<>]*>.*?</li>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_COVER_TEXT = re.compile(r"<(p|h[1-6])\b[^<>]*>.*?</\1>", re.IGNORECASE | re.DOTALL)
_BACKGROUND = re.compile(r"background-image:\s*url\([\"']?([^\"')<>]+)", re.IGNORECASE)
_SOURCE = re.compile(r"<(audio|video)\b[^<>]*>", re.IGNORECASE)

_PLAIN = names(
    "paragraph heading list list-item quote table code columns column group details separator buttons preformatted verse"
    " html accordion accordion-item accordion-heading accordion-panel math"
)
_SILENT = names("more nextpage spacer")


def draw(html: str, around: Surroundings) -> str:
    """The HTML of a post of the block editor."""
    return "\n\n".join(filter(None, (_draw(block, around) for block in blocks_of(html))))


def _draw(block: Block, around: Surroundings) -> str:
    # Until WordPress 5.6 each site that can be embedded had a block of its own (`core-embed/youtube`).
    name = "embed" if block.name.startswith("core-embed/") else block.name
    if (special := _SPECIAL.get(name)) is not None:
        return special(block, around)
    if block.name in _SILENT:
        return ""
    if block.name in _PLAIN:
        return _inside(block, around)
    html = _inside(block, around)
    if not html.strip():
        return around.nothing(
            f"the block `{block.name}` is drawn by WordPress when it is shown: nothing of it is in the export"
        )
    around.unread[block.name] += 1
    return html


def _inside(block: Block, around: Surroundings) -> str:
    """The HTML of a block with the blocks in it drawn where they stand."""
    return "".join(
        _COMMENT.sub("", piece) if isinstance(piece, str) else f"\n{_draw(piece, around)}\n" for piece in block.pieces
    )


def _image(block: Block, around: Surroundings) -> str:
    html = block.html
    picture = _PICTURE.search(html)
    number = block.text("id")
    tag = picture[0] if picture else f'<img src="{snippets.attribute(block.text("url"))}" alt="{escape(block.text("alt"))}">'
    return around.picture(tag, _caption(html) or block.text("caption"), number)


def _gallery(block: Block, around: Surroundings) -> str:
    inner = [_draw(one, around) for one in block.inner]
    if inner:
        return snippets.gallery(inner, _caption(_COMMENT.sub("", block.html)))
    # Before WordPress 5.9 the pictures stood in the block itself, in a list.
    html = block.html
    body = html[html.find("<ul") :] if "<ul" in html else html[html.find(">") + 1 :]
    figures = []
    for item in _ITEM.finditer(body):
        if picture := _PICTURE.search(item[0]):
            number = attributes(picture[0]).get("data-id", "")
            figures.append(around.picture(picture[0], _caption(item[0]), number))
    if figures:
        return snippets.gallery(figures, _caption(body[body.rfind("</ul>") :]) if "</ul>" in body else "")
    numbers = block.attributes.get("ids")
    return around.gallery(map(str, numbers)) if isinstance(numbers, list) and numbers else around.nothing("a gallery is empty")


def _cover(block: Block, around: Surroundings) -> str:
    url = block.text("url") or around.address_of(block.text("id"))
    inner = "\n".join(_draw(one, around) for one in block.inner)
    # Of before 2018: the words on the picture are HTML of the cover itself.
    words = "" if inner else "\n".join(found[0] for found in _COVER_TEXT.finditer(block.html))
    inner = inner or words
    if not url and (found := _BACKGROUND.search(block.html)):
        url = unescape(found[1])
    if not url:
        return inner or _inside(block, around)
    if block.text("backgroundType") == "video":
        return snippets.clip("video", url) + inner
    picture = _PICTURE.search(block.html)
    tag = picture[0] if picture else f'<img src="{snippets.attribute(url)}" alt="{escape(block.text("alt"))}">'
    return around.picture(tag, "", block.text("id")) + inner


def _media_text(block: Block, around: Surroundings) -> str:
    inner = "\n".join(_draw(one, around) for one in block.inner)
    if clip := _SOURCE.search(block.html):
        return snippets.clip("video", attributes(clip[0]).get("src", "")) + inner
    picture = _PICTURE.search(block.html)
    return (around.picture(picture[0], "", block.text("mediaId")) if picture else "") + inner


def _embed(block: Block, around: Surroundings) -> str:
    url = block.text("url")
    if not url:
        found = re.search(r"https?://[^\s<>\"]+", block.html)
        url = unescape(found[0]) if found else ""
    caption = _caption(block.html)
    return snippets.embed(url, caption) if url else around.nothing("an embed names no address") + snippets.paragraph(caption)


def _clip(block: Block, around: Surroundings) -> str:
    tag = _SOURCE.search(block.html)
    given = attributes(tag[0]) if tag else {}
    source = given.get("src") or block.text("src") or around.address_of(block.text("id"))
    caption = _caption(block.html)
    if not source:
        return around.nothing(f"a block of {block.name} names no file") + snippets.paragraph(caption)
    return snippets.clip(block.name, source, caption, given.get("poster", ""))


def _file(block: Block, around: Surroundings) -> str:
    links = [(attributes(given), text) for given, text in _LINK.findall(block.html)]
    named = [(given, text) for given, text in links if "download" not in given] or links
    url = block.text("href") or (named[0][0].get("href", "") if named else "") or around.address_of(block.text("id"))
    if not url:
        return around.nothing("a block of a file names none")
    text = re.sub(r"<[^<>]*>", "", named[0][1]) if named else ""
    return snippets.file_link(url, unescape(text).strip() or url.rpartition("/")[2])


def _button(block: Block, around: Surroundings) -> str:
    link = _LINK.search(block.html)
    if link is None:
        return _inside(block, around)
    return snippets.button(attributes(link[1]).get("href", ""), link[2].strip())


def _pullquote(block: Block, around: Surroundings) -> str:
    html = _inside(block, around)
    quoted = _QUOTED.search(html)
    if quoted is None:
        return html
    return f'<blockquote class="pullquote">{quoted[1]}{_source(html[quoted.end() :])}</blockquote>'


def _source(html: str) -> str:
    found = _CITE.search(html)
    return f"<p>{found[0]}</p>" if found else ""


def _table(block: Block, around: Surroundings) -> str:
    html = _inside(block, around)
    caption = _caption(html)
    table = re.search(r"<table\b.*</table>", html, re.IGNORECASE | re.DOTALL)
    return (table[0] if table else html) + (snippets.paragraph(caption) if table else "")


def _footnotes(block: Block, around: Surroundings) -> str:  # noqa: ARG001
    items = "".join(f'<li id="{snippets.attribute(name)}" class="footnote">{text}</li>' for name, text in around.footnotes)
    if not items:
        return ""
    around.footnotes = ()
    return f'<ol class="footnotes">{items}</ol>'


def _freeform(block: Block, around: Surroundings) -> str:
    return autop(expand(block.html, around))


def _shortcode(block: Block, around: Surroundings) -> str:
    return autop(expand(block.html, around))


def _reusable(block: Block, around: Surroundings) -> str:
    number = block.text("ref")
    html = around.blocks.get(number)
    if html is None or number in around.within:
        return around.nothing(f"the reusable block {number} is not in the export")
    around.within.append(number)
    drawn = draw(html, around)
    around.within.pop()
    return drawn


def _missing(block: Block, around: Surroundings) -> str:
    inner = Block(block.text("originalName") or "missing", {})
    inner.pieces = block.pieces
    return _draw(inner, around) if inner.name != "missing" else _inside(block, around)


def _social(block: Block, around: Surroundings) -> str:
    links = [(one.text("service"), one.text("url")) for one in block.inner]
    items = "".join(f'<li><a href="{snippets.attribute(url)}">{escape(name or url)}</a></li>' for name, url in links if url)
    return f"<ul>{items}</ul>" if items else around.nothing("a list of social links is empty")


def _caption(html: str) -> str:
    found = _CAPTION.search(html)
    return found[1].strip() if found else ""


_SPECIAL: dict[str, Callable[[Block, Surroundings], str]] = {
    "image": _image,
    "gallery": _gallery,
    "cover": _cover,
    "media-text": _media_text,
    "embed": _embed,
    "audio": _clip,
    "video": _clip,
    "file": _file,
    "button": _button,
    "pullquote": _pullquote,
    "table": _table,
    "footnotes": _footnotes,
    "freeform": _freeform,
    "shortcode": _shortcode,
    "block": _reusable,
    "missing": _missing,
    "social-links": _social,
}
