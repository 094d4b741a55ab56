"""HTML from elsewhere → a tree that holds nothing dangerous, with notes of what was taken out.

`nh3` (ammonia) parses as browsers do, and lets through only what is listed here: no scripts, styles, handlers, forms, and
no address but of the schemes named. The tree is built from what it wrote, so nothing that a laxer parser would have
read another way is left in it. Frames and recordings pass this stage only to be made links or players of known shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from slugline.importing.decoding import tidy
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.trees import removed

__all__ = ["SCHEMES", "clean_tree", "numbered", "parse_page", "safe_raw"]

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "sms", "geo", "magnet", "xmpp", "irc"})
"""The schemes that a link may have."""

_BLOCK_TAGS = names(
    "address article aside blockquote body caption center col colgroup dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul"
)
_INLINE_TAGS = names(
    "a abbr b bdi bdo big br cite code del dfn em font i img ins kbd mark q rp rt ruby s samp small span strike strong sub "
    "sup time tt u var wbr"
)
_EMBEDS = names("audio embed iframe object picture source track video")
_TAGS = _BLOCK_TAGS | _INLINE_TAGS | _EMBEDS

_GLOBAL = frozenset({"class", "id", "lang", "dir", "title", "hidden", "role", "itemprop", "data-line"})
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(_GLOBAL),
    "a": {"href", "name"},
    "img": {
        *("src", "srcset", "alt", "width", "height", "data-src", "data-lazy-src", "data-original", "data-srcset"),
        *("data-lazy-srcset", "data-orig-file", "data-large-file", "data-full-url", "data-image", "data-url"),
    },
    "source": {"src", "srcset", "type", "data-srcset"},
    "iframe": {"src", "data-src", "data-lazy-src"},
    "embed": {"src", "type"},
    "object": {"data", "type"},
    "audio": {"src"},
    "video": {"src", "poster"},
    "blockquote": {"cite", "data-instgrm-permalink"},
    "q": {"cite"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"align", "colspan", "rowspan", "style", "headers"},
    "th": {"align", "colspan", "rowspan", "style", "scope", "headers"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "table": {"border"},
    "div": {"data-url", "data-href", "align"},
}
_KEPT_TAGS = (_BLOCK_TAGS | _INLINE_TAGS) - names("form nav search fieldset legend font body center big tt wbr")
_KEPT_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls"},
    "video": {"src", "controls", "poster"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers", "style"},
    "th": {"colspan", "rowspan", "scope", "headers", "style"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
}
_GONE = {"script", "style", "template", "svg", "noembed", "noframes", "applet"}
_UNSEEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_UNSEEN = re.compile(r"style\s*=\s*[\"'][^\"'<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SUSPECT = re.compile(
    r"<\s*(?:script|style|svg|template|applet|form|math)|\bon[a-z]{3,}\s*=|script\s*:|<\s*(?:base|meta|link)\b|srcdoc|formaction",
    re.IGNORECASE,
)
_DEEPEST = 200
_VOID = names("br hr img source embed col track wbr area input")
_A_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?:[^>"]|"[^"]*")*>""")
# Whoever has no scripts sees what is in it, and so do readers here; the parser would take it for text.
_NOSCRIPT = re.compile(r"</?noscript\b[^>]*>", re.IGNORECASE)
# The next parser does not know that these have no end, and would put what follows inside of them.
_ENDLESS = re.compile(r"""<(?P<name>embed|source|track|wbr)\b(?P<rest>(?:[^>"]|"[^"]*")*)>""")
_ON = re.compile(r"on[a-z]+", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\ufeff]+")


def clean_tree(fragment: str, work: Work) -> Element:
    """A fragment's tree, safe: a ``div`` with what a reader sees in it."""
    import nh3  # noqa: PLC0415

    if _SUSPECT.search(fragment):
        _note_removed(fragment, work)
    if _UNSEEN.search(fragment):
        fragment = _without_unseen(fragment, work)
    cleaned = nh3.clean(
        _NOSCRIPT.sub("", fragment),
        tags=set(_TAGS),
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        filter_style_properties={"text-align"},
        link_rel=None,
        url_schemes=set(SCHEMES) | {"data"},
    )
    cleaned = _ENDLESS.sub(_ended, _shallow(cleaned, work))
    return _tidied(_parse(f"<div>{cleaned}</div>"))


def _without_unseen(fragment: str, work: Work) -> str:
    """A fragment without the elements that its styles hide from readers; what they say is told."""
    from lxml import html as lxml_html  # noqa: PLC0415

    tree = _parse(f"<div>{fragment}</div>")
    for element in list(tree.iter()):
        style = (element.get("style") or "") if isinstance(element.tag, str) else ""
        if _UNSEEN_STYLE.search(style) and element.getparent() is not None:
            words = " ".join("".join(element.itertext()).split())
            if words:
                work.warn(element, f"words that a style hides are left out: {words[:160]}")
            removed(element)
    return str(lxml_html.tostring(tree, encoding="unicode"))


def safe_raw(html: str) -> str:
    """A piece of HTML that is to stay HTML, with nothing in it but structure: no classes, ids, frames or handlers."""
    import nh3  # noqa: PLC0415

    cleaned = nh3.clean(
        html,
        tags=set(_KEPT_TAGS) | {"audio", "video"},
        clean_content_tags=_GONE | {"iframe", "object", "embed"},
        attributes=_KEPT_ATTRIBUTES,
        filter_style_properties={"text-align"},
        link_rel=None,
        url_schemes=set(SCHEMES),
    )
    return cleaned.replace(' style=""', "")


def parse_page(html: str) -> Element | None:
    """The tree of a whole page, for looking at; nothing of it is safe to write anywhere.

    None for a page that is nested beyond what the parser can hold, and of which it would lose a part.
    """
    from lxml import etree  # noqa: PLC0415
    from lxml import html as lxml_html  # noqa: PLC0415

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        # Nothing that a parser would make an element of.
        tree = lxml_html.document_fromstring(b"<p></p>")
    return None if any("depth" in entry.message for entry in parser.error_log) else tree


def numbered(tree: Element) -> None:
    """Mark each element with the line of its page, so that warnings can name it after the tree was cleaned."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.sourceline:
            element.set("data-line", str(element.sourceline))


def _ended(found: re.Match[str]) -> str:
    if found["name"] == "embed":
        return f"<iframe{found['rest']}></iframe>"
    return f"<source{found['rest']}></source>" if found["name"] == "source" else ""


def _shallow(cleaned: str, work: Work) -> str:
    """Clean HTML in which nothing is nested deeper than the next parser goes; what is deeper loses its tags."""
    if cleaned.count("<") < _DEEPEST:
        return cleaned
    depth = deepest = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal depth, deepest
        if found["name"] in _VOID:
            return found[0]
        depth += -1 if found["end"] else 1
        deepest = max(deepest, depth)
        if depth + bool(found["end"]) <= _DEEPEST:
            return found[0]
        return "<br>" if found["name"] in _BLOCK_TAGS else ""

    shallow = _A_TAG.sub(replace, cleaned)
    if deepest > _DEEPEST:
        work.told["what was nested very deep is written without its structure"] = None
    return shallow


def _parse(html: str) -> Element:
    from lxml import etree  # noqa: PLC0415
    from lxml import html as lxml_html  # noqa: PLC0415

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml_html.fragment_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        tree = lxml_html.Element("div")
    if tree.tag != "div":
        around = lxml_html.Element("div")
        around.append(tree)
        tree = around
    return tree


def _tidied(tree: Element) -> Element:
    for element in tree.iter():
        if element.text:
            element.text = tidy(element.text)[0]
        if element.tail:
            element.tail = tidy(element.tail)[0]
    for element in list(tree.iter()):
        if element.get("hidden") is not None and element.getparent() is not None:
            element.drop_tree()
    return tree


def _note_removed(fragment: str, work: Work) -> None:
    """Count what is dangerous in a fragment before it is taken out."""
    for element in _parse(f"<div>{fragment}</div>").iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "script":
            work.count("1 script removed", "{} scripts removed")
            if src := element.get("src"):
                work.told[f"script removed: {src[:200]}"] = None
        elif tag == "style":
            work.count("1 style sheet removed", "{} style sheets removed")
        elif tag == "svg":
            work.count("1 drawing (SVG) removed", "{} drawings (SVG) removed")
            if words := " ".join(_texts(element)):
                work.warnings.append((0, f"a drawing (SVG) is left out; it says: {words[:300]}"))
        elif tag in ("form", "template", "applet", "math"):
            work.count(f"1 `{tag}` element removed", f"{{}} `{tag}` elements removed")
        for name, value in element.items():
            if _ON.fullmatch(name):
                work.count("1 event handler removed", "{} event handlers removed")
            elif (scheme := _scheme(value)) and scheme.endswith("script"):
                work.count(f"1 `{scheme}:` address removed", f"{{}} `{scheme}:` addresses removed")
            elif name in ("srcdoc", "formaction"):
                work.count(f"1 `{name}` removed", f"{{}} `{name}` removed")


def _texts(element: Element) -> Iterable[str]:
    return (" ".join(text.split()) for text in element.itertext() if text.strip())


def _scheme(value: Any) -> str:
    head = _BLANKS.sub("", str(value)[:200]).partition(":")
    return head[0].lower() if head[1] and head[0].isalpha() else ""
