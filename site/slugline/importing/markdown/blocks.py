"""Pieces → chunks of Markdown: paragraphs, headings, lists, quotations, code, tables, figures, players and links.

Each kind of element has a function here that makes chunks of it; chunks are joined by blank lines. Lists and quotations
ask for the chunks of what is inside them and indent it; beyond :data:`MAX_DEPTH` they no longer do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from slugline.importing.markdown.counting import lines_of, visible
from slugline.importing.markdown.figures import figure, tabled_picture
from slugline.importing.markdown.inline import line, split_at_breaks
from slugline.importing.markdown.lists import definition_list, list_of_items
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.pictures import figure_line, is_ornament
from slugline.importing.markdown.players import embed, recording
from slugline.importing.markdown.tables import is_layout, table
from slugline.importing.markdown.trees import classes, removed, text_of
from slugline.importing.markdown.walking import Block, Paragraph, Run, pieces

__all__ = ["MAX_DEPTH", "chunks_of"]

MAX_DEPTH = 10
"""Lists in lists in quotations…: what is deeper is written without its indentation."""

_INDENT = "    "
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?|brush:|highlight-source)[-:\s]*([\w+#-]+)")
_VERSE = ("verse", "poem", "poetry")
_PULL = ("pullquote", "pull-quote", "pull_quote")


def chunks_of(root: Element, work: Work) -> list[str]:
    """The chunks of what is inside an element."""
    found: list[str] = []
    last = ""
    for piece in pieces(root, work):
        made = list(_paragraph(piece, work)) if isinstance(piece, Paragraph) else _block(piece, work)
        tag = "" if isinstance(piece, Paragraph) else piece.element.tag
        if made and tag == last and tag in ("ol", "blockquote", "dl", "ul") and work.raw_html:
            # Two of a kind with nothing between would become one.
            found.append("<!-- -->")
        found += made
        last = tag if made else last
    return found


def _paragraph(piece: Paragraph, work: Work) -> Iterator[str]:
    for part in split_at_breaks([_plainer(run) for run in piece.runs]):
        pictures = [run for run in part if run.kind == "image"]
        texts = [run for run in part if run.kind != "image"]
        if pictures and (made := figure_line(pictures, work)):
            yield made
        if any(run.kind == "note" or run.text.strip() for run in texts) and (made := line(texts, work)):
            yield made


def _plainer(run: Run) -> Run:
    """A picture that is an emoji or a counting pixel as text."""
    if run.kind == "image" and (text := is_ornament(run.element)) is not None:
        return Run("text", text, run.marks, run.href)
    return run


def _block(piece: Block, work: Work) -> list[str]:
    element = piece.element
    work.depth += 1
    try:
        if work.depth > MAX_DEPTH and element.tag in _NESTING:
            work.told["what was nested very deep is written without its indentation"] = None
            return _flat(element, work)
        return _BLOCKS[element.tag](element, work, piece.href)
    finally:
        work.depth -= 1


def _flat(element: Element, work: Work) -> list[str]:
    """The text of an element as paragraphs, whatever it is made of; for what is nested beyond measure."""
    return [line([Run("text", text)], work) for text in lines_of(visible(element))]


def _heading(element: Element, work: Work, _: str) -> list[str]:
    runs: list[Run] = []
    after: list[str] = []
    for piece in pieces(element, work):
        if isinstance(piece, Paragraph):
            if runs:
                runs.append(Run("text", " "))
            runs += [_plainer(run) for run in piece.runs]
        else:
            after += _block(piece, work)
    pictures = [run for run in runs if run.kind == "image"]
    if pictures and (made := figure_line(pictures, work)):
        after.insert(0, made)
    text = line([run for run in runs if run.kind != "image"], work, heading=True)
    if not text:
        return after
    if work.depth > 1:
        return [f"**{text}**" if "*" not in text else text, *after]
    level = min(max(int(element.tag[1]) + work.shift, 2), 6)
    name = element.get("id") or ""
    named = f" {{#{name}}}" if name in work.anchors else ""
    return [f"{'#' * level} {re.sub(r'#(?=#*$)', '&#35;', text)}{named}", *after]


def _quotation(element: Element, work: Work, _: str) -> list[str]:
    for cite in [*element.iter("cite"), *element.iter("footer")]:
        if (text := (cite.text or "").lstrip()) and cite.getparent() in (element, *element.findall("footer")):
            cite.text = text if text[0] in "—–-~" else f"— {text}"
            if cite.tag == "cite":
                cite.tag = "footer"
    chunks = chunks_of(element, work)
    if not chunks:
        return []
    name = (element.get("class") or "").lower()
    for site, what in (("twitter-", "post on X"), ("instagram-", "Instagram post"), ("tiktok-", "TikTok video")):
        if site in name:
            work.count(f"1 {what} kept as a quotation", f"{{}} {what}s kept as quotations")
    if any(word in classes(element) for word in _PULL) and work.raw_html and work.depth == 1:
        return ['<blockquote class="pull" markdown="1">', *chunks, "</blockquote>"]
    return ["\n".join(f"> {text}".rstrip() for text in "\n\n".join(chunks).split("\n"))]


def _code(element: Element, work: Work, _: str) -> list[str]:
    if any(word in classes(element) for word in _VERSE):
        runs: list[Run] = []
        for piece in pieces(element, work):
            if isinstance(piece, Paragraph):
                for run in piece.runs:
                    for place, part in enumerate(run.text.split("\n") if run.kind == "text" else [""]):
                        runs += [Run("break")] if place else []
                        runs.append(run._replace(text=part) if run.kind == "text" else run)
        return [made for part in split_at_breaks(runs) if (made := line(part, work))]
    for br in list(element.iter("br")):
        br.tail = "\n" + (br.tail or "")
    text = "".join(element.itertext()).strip("\n").expandtabs(4)
    if not text.strip():
        return []
    code = element.find("code")
    said = f"{element.get('class') or ''} {(code.get('class') or '') if code is not None else ''}"
    language = found[1] if (found := _LANGUAGE.search(said)) else ""
    if work.depth > 1 or "\x0c" in text:
        return ["\n".join(f"{_INDENT}{row}".rstrip() for row in text.split("\n"))]
    fence = "```"
    while fence in text:
        fence += "`"
    return [f"{fence}{language}\n{text}\n{fence}"]


def _pull_quote(element: Element, work: Work, href: str) -> list[str]:
    inner = element.find(".//blockquote")
    return _quotation(inner if inner is not None and text_of(inner) == text_of(element) else element, work, href)


def _figure(element: Element, work: Work, href: str) -> list[str]:
    if any(word in classes(element) for word in _PULL):
        return _pull_quote(element, work, href)
    return figure(element, work, partial(chunks_of, work=work), href)


def _table(element: Element, work: Work, _: str) -> list[str]:
    if not is_layout(element):
        return table(element, work)
    found = tabled_picture(element, work)
    if found is not None:
        return found
    for inner in element.iter():
        if inner.tag in _TABLE_PARTS and next(inner.iterancestors("table"), None) is element:
            inner.tag = "div"
    element.tag = "div"
    work.depth -= 1  # it is gone, and what was in it is where it was
    try:
        return chunks_of(element, work)
    finally:
        work.depth += 1


def _rule(_: Element, __: Work, ___: str) -> list[str]:
    return ["* * *"]


def _details(element: Element, work: Work, _: str) -> list[str]:
    summary = element.find("summary")
    title = text_of(summary) if summary is not None else ""
    if summary is not None:
        removed(summary)
    chunks = chunks_of(element, work)
    if not work.raw_html or work.depth > 1 or work.plain:
        return [*([line([Run("text", title, frozenset({"strong"}))], work)] if title else []), *chunks]
    head = f"\n<summary>{escape(title, quote=False)}</summary>" if title else ""
    return [f'<details markdown="1">{head}', *chunks, "</details>"]


_NESTING = names("ul ol dl blockquote table figure details aside")
_TABLE_PARTS = names("caption thead tbody tfoot tr td th col colgroup")

_BLOCKS: dict[str, Callable[[Element, Work, str], list[str]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), lambda element, work, _: list_of_items(element, work, partial(chunks_of, work=work))),
    "dl": lambda element, work, _: definition_list(element, work, partial(chunks_of, work=work)),
    "blockquote": _quotation,
    "aside": _pull_quote,
    "pre": _code,
    "hr": _rule,
    "table": _table,
    "figure": _figure,
    "details": _details,
    **dict.fromkeys(("audio", "video"), lambda element, work, _: recording(element, work)),
    **dict.fromkeys(("iframe", "embed", "object"), lambda element, work, _: embed(element, work)),
}
