"""Pieces → chunks of Markdown: paragraphs, headings, lists, quotations, code, tables, figures, players and links.

Each kind of element has a function here that makes chunks of it; chunks are joined by blank lines. Lists and quotations
ask for the chunks of what is inside them and indent it; beyond :data:`MAX_DEPTH` they no longer do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

from slugline.importing.escaping import as_inline
from slugline.importing.markdown.addresses import address, image_source, is_picture, written
from slugline.importing.markdown.embeds import embedded
from slugline.importing.markdown.figures import caption_of, figure_line, is_ornament, picture, text_of
from slugline.importing.markdown.inline import line, split_at_breaks
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.sanitising import safe_raw
from slugline.importing.markdown.tables import alignment, header_and_rows, is_layout, is_plain, rows_of
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
    if run.kind == "image" and (text := is_ornament(run.element)):
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
    from slugline.importing.markdown.counting import lines_of, visible  # noqa: PLC0415

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
    named = f" {{#{name}}}" if name in work.anchors and re.fullmatch(r"[\w-]+", name) else ""
    return [f"{'#' * level} {re.sub(r'#(?=#*$)', '&#35;', text)}{named}", *after]


def _list(element: Element, work: Work, _: str) -> list[str]:
    ordered = element.tag == "ol"
    number = _number(element.get("start"), 1)
    if ordered and element.get("reversed") is not None:
        work.warn(element, "a list that counts down is written counting up")
    items: list[list[str]] = []
    for child in _items(element):
        if ordered and not items and child.get("value"):
            number = _number(child.get("value"), number)
        chunks = chunks_of(child, work)
        if chunks:
            items.append(chunks)
    if not items:
        return []
    loose = any(len([chunk for chunk in chunks if not _is_list(chunk)]) > 1 or "\n\n" in chunks[0] for chunks in items)
    lines = []
    for place, chunks in enumerate(items):
        sign = f"{number + place}. " if ordered else "- "
        if len(sign) < len(_INDENT) and chunks[0].startswith(_INDENT):
            chunks.insert(0, "&#8203;")
        lines.append(sign + _indented(_joined(chunks, tight=not loose)).lstrip(" "))
    return [("\n\n" if loose else "\n").join(lines)]


def _items(element: Element) -> Iterator[Element]:
    """The items of a list; text and elements that stand between them are items too."""
    stray: list[Element] = []
    if (element.text or "").strip():
        stray.append(_stray(element, element.text))
    for child in list(element):
        tail, child.tail = child.tail, None
        if child.tag == "li":
            yield from stray
            stray = []
            yield child
        elif child.tag in ("ul", "ol"):
            yield from stray
            stray = []
            around = element.makeelement("li", {})
            around.append(child)
            yield around
        else:
            around = element.makeelement("li", {})
            around.append(child)
            stray.append(around)
        if (tail or "").strip():
            stray.append(_stray(element, tail))
    yield from stray


def _stray(element: Element, text: str | None) -> Element:
    made = element.makeelement("li", {})
    made.text = text
    return made


def _definitions(element: Element, work: Work, _: str) -> list[str]:
    lines: list[str] = []
    found: list[str] = []
    has_term = False
    for child in element.iter("dt", "dd"):
        if next(child.iterancestors("dl"), None) is not element:
            continue
        if child.tag == "dt":
            runs = [run for piece in pieces(child, work) if isinstance(piece, Paragraph) for run in piece.runs]
            text = line([run for run in runs if run.kind != "image"], work, heading=True)
            if text:
                if has_term and lines and lines[-1].startswith(":"):
                    lines.append("")
                lines.append(text)
                has_term = True
            continue
        chunks = chunks_of(child, work)
        if not chunks:
            continue
        if not has_term or work.depth > 2:
            # A meaning without its term is only a paragraph.
            found += ["\n".join(lines)] if lines else []
            found += chunks
            lines = []
            continue
        if lines and lines[-1].startswith(":"):
            lines.append("")
        text = _indented("\n\n".join(chunks))
        lines.append(f":   {text.lstrip(' ')}")
    if lines and not any(text.startswith(":") for text in lines):
        return [*found, *lines]
    return [*found, *(["\n".join(lines)] if lines else [])]


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
    if any(word in _classes(element) for word in _PULL) and work.raw_html and work.depth == 1:
        return ['<blockquote class="pull" markdown="1">', *chunks, "</blockquote>"]
    return ["\n".join(f"> {text}".rstrip() for text in "\n\n".join(chunks).split("\n"))]


def _pull_quote(element: Element, work: Work, href: str) -> list[str]:
    inner = element.find(".//blockquote")
    return _quotation(inner if inner is not None and text_of(inner) == text_of(element) else element, work, href)


def _code(element: Element, work: Work, _: str) -> list[str]:
    if any(word in _classes(element) for word in _VERSE):
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


def _rule(_: Element, __: Work, ___: str) -> list[str]:
    return ["* * *"]


def _table(element: Element, work: Work, href: str) -> list[str]:
    rows = rows_of(element)
    if is_layout(element):
        found = _tabled_picture(element, work)
        if found is not None:
            return found
        for inner in list(element.iter("caption", "thead", "tbody", "tfoot", "tr", "td", "th")):
            if inner in element.iterdescendants():
                inner.tag = "div"
        element.tag = "div"
        return chunks_of(element, work)
    caption = element.find("caption")
    title = line([Run("text", text_of(caption), frozenset({"strong"}))], work) if caption is not None else ""
    found = header_and_rows(element) if is_plain(element) else None
    if found is None or work.depth > 1:
        if not work.raw_html:
            work.warn(element, "a table that Markdown has no form for is written row by row")
            return [title] * bool(title) + [
                line([Run("text", " | ".join(text_of(cell) for cell in row))], work) for row in rows
            ]
        work.count("1 table kept as HTML", "{} tables kept as HTML")
        return [_raw(element, work)]
    header, body = found
    lines = [_row(header, work), "|" + "|".join(alignment(body or [header], place) for place in range(len(header))) + "|"]
    lines += [_row(row, work) for row in body]
    return [*([title] if title else []), "\n".join(lines)]


def _row(cells: Sequence[Element], work: Work) -> str:
    texts = []
    for cell in cells:
        runs: list[Run] = []
        for piece in pieces(cell, work):
            if isinstance(piece, Paragraph):
                runs += [Run("break")] * bool(runs)
                runs += [_plainer(run) for run in piece.runs]
        texts.append(line([run for run in runs if run.kind != "image"], work, cell=True))
    return "| " + " | ".join(texts) + " |"


def _tabled_picture(element: Element, work: Work) -> list[str] | None:
    """A picture with its caption in the row below, as old editors placed them."""
    rows = rows_of(element)
    images = [image for image in element.iter("img") if not is_ornament(image)]
    if len(images) != 1 or len(rows) > 2 or any(len(row) > 1 for row in rows):
        return None
    texts = [row[0] for row in rows if text_of(row[0])]
    if len(texts) > 1 or (texts and images[0] in texts[0].iterdescendants()):
        return None
    caption, credit = caption_of(texts[0], work) if texts else ("", "")
    if len(caption) > 600:
        return None
    link = next(images[0].iterancestors("a"), None)
    href = address(link.get("href") or "", work.base) if link is not None else ""
    made = picture(images[0], work, caption=caption, credit=credit, href=href)
    return [made] if made else [line([Run("text", text)], work) for text in (caption, credit) if text]


def _figure(element: Element, work: Work, href: str) -> list[str]:
    if any(word in _classes(element) for word in _PULL):
        return _pull_quote(element, work, href)
    captions = [one for one in element.iter("figcaption") if next(one.iterancestors("figure"), None) is element]
    inner = [one for one in element.iter("figure") if one is not element]
    caption, credit = "", ""
    for one in captions:
        words, by = caption_of(one, work)
        caption, credit = f"{caption} {words}".strip(), f"{credit} {by}".strip()
        _drop(one)
    for one in [] if inner else list(element.iter()):
        if one is not element and isinstance(one.tag, str) and _is_credit(one) and one.getparent() is not None and not credit:
            if one.find(".//img") is None and (by := text_of(one)):
                credit = by
                _drop(one)
    for script in list(element.iter("noscript")):
        script.drop_tag()
    images = _distinct([image for image in element.iter("img") if not is_ornament(image)])
    alone = images and not inner and not text_of(element) and not _has_block(element)
    if alone:
        runs = [Run("image", href=_link_of(image, work) or href, element=image) for image in images]
        made = figure_line(runs, work, caption=caption, credit=credit)
        if made:
            return [made]
    recordings = [one for one in element.iter("audio", "video") if not images]
    if recordings and not text_of(element):
        made_all = [chunk for one in recordings for chunk in _recording(one, work, caption=f"{caption} {credit}".strip())]
        if made_all:
            return made_all
    chunks = [] if alone else chunks_of(element, work)
    words = f"{caption} {credit}".strip()
    return [*chunks, *([line([Run("text", words, frozenset({"em"}))], work)] if words else [])]


def _is_credit(element: Element) -> bool:
    said = (element.get("class") or "").lower()
    return element.tag in ("p", "div", "span", "small", "cite") and ("credit" in said or "copyright" in said)


def _distinct(images: list[Element]) -> list[Element]:
    """Pictures without those that a loader shows a second time."""
    kept: list[Element] = []
    seen: set[str] = set()
    for image in images:
        source = image_source(image)
        if source and (not source.startswith("data:") or len(images) == 1) and source not in seen:
            seen.add(source)
            kept.append(image)
    return kept


def _link_of(image: Element, work: Work) -> str:
    link = next(image.iterancestors("a"), None)
    return address(link.get("href") or "", work.base) if link is not None else ""


def _has_block(element: Element) -> bool:
    return any(one.tag in ("blockquote", "table", "pre", "iframe", "audio", "video", "embed", "object") for one in element.iter())


def _drop(element: Element) -> None:
    tail = element.tail
    element.tail = None
    parent = element.getparent()
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _details(element: Element, work: Work, _: str) -> list[str]:
    summary = element.find("summary")
    title = text_of(summary) if summary is not None else ""
    if summary is not None:
        _drop(summary)
    chunks = chunks_of(element, work)
    if not work.raw_html or work.depth > 1 or work.plain:
        return [*([line([Run("text", title, frozenset({"strong"}))], work)] if title else []), *chunks]
    head = f"\n<summary>{escape(title, quote=False)}</summary>" if title else ""
    return [f'<details markdown="1">{head}', *chunks, "</details>"]


def _recording(element: Element, work: Work, href: str = "", *, caption: str = "") -> list[str]:
    """An audio or video element: a player if its file comes along, else a link to it."""
    sources = [element.get("src") or "", *(source.get("src") or "" for source in element.iter("source"))]
    source = next((value.strip() for value in sources if value.strip()), "")
    target = address(source, work.base)
    given = work.image(target or source) if work.image and source else None
    words = [line([Run("text", caption, frozenset({"em"}))], work)] if caption else []
    kind = element.tag
    if given and work.raw_html and work.depth == 1:
        player = f'<{kind} controls src="{escape(written(given))}"></{kind}>'
        below = f"\n<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
        return [f"<figure>\n{player}{below}\n</figure>"]
    where = given or target
    if not where:
        if source or not words:
            work.warn(element, f"{'a video' if kind == 'video' else 'a recording'} is left out: it names no address that leads there")
        return words
    work.count(f"1 {kind} element made a link", f"{{}} {kind} elements made links")
    return [_link_to(where, element.get("title") or "", work), *words]


def _embed(element: Element, work: Work, _: str) -> list[str]:
    sources = (element.get(name) or "" for name in ("data-src", "data-lazy-src", "src", "data"))
    source = next((value.strip() for value in sources if value.strip() and not value.startswith("about:")), "")
    if is_picture(source) and element.tag in ("object", "embed"):
        element.set("src", source)
        made = picture(element, work)
        return [made] if made else []
    target = address(source, work.base)
    if not target or target.startswith("#"):
        inner = [chunk for one in element.iter("iframe", "embed") if one is not element for chunk in _embed(one, work, "")]
        if not inner:
            work.warn(element, "an embed is left out: it names no address that leads anywhere")
        return inner
    what, page = embedded(target)
    work.warn(element, f"an embed ({what}) is now a link to {page}")
    return [_link_to(page, " ".join((element.get("title") or "").split()), work)]


def _link_to(target: str, title: str, work: Work) -> str:
    """A paragraph that is a link to something that cannot be shown here."""
    if title and not work.plain and title.lower() not in ("youtube video player", "video player", "vimeo-player"):
        work.added.append(title)
        return f"[{as_inline(title, brackets=True, paired='~^')}]({written(target)})"
    if re.fullmatch(r"https?://[^\s<>\\]+", target) and not work.plain:
        work.added.append(target)
        return f"<{target}>"
    label = target.rstrip("/").rsplit("/", 1)[-1]
    work.added.append(label)
    return f"[{as_inline(label, brackets=True, paired='~^')}]({written(target)})"


def _raw(element: Element, work: Work) -> str:
    """An element kept as HTML, its addresses made those that Markdown would have."""
    from lxml import html as lxml_html  # noqa: PLC0415

    for link in element.iter("a"):
        target = address(link.get("href") or "", work.base)
        if target and not target.startswith("#"):
            link.set("href", target)
        else:
            link.attrib.pop("href", None)
    for image in list(element.iter("img")):
        made = picture(image, work)
        target = address(image_source(image), work.base)
        given = (work.image(target or image_source(image)) if work.image else None) or target
        if made and given:
            image.set("src", given)
        elif image.getparent() is not None:
            image.drop_tree()
    for note in list(element.iter("slug-note")):
        note.tag = "sup"
        note.text = note.get("number")
    for frame in list(element.iter("iframe", "embed", "object", "audio", "video")):
        for chunk in _embed(frame, work, "") if frame.tag in ("iframe", "embed", "object") else _recording(frame, work):
            work.told[f"in a table that is kept as HTML: {chunk}"] = None
            work.added.pop()
        frame.drop_tree()
    element.tail = None
    html = safe_raw(lxml_html.tostring(element, encoding="unicode"))
    return re.sub(r"\n\s*\n+", "\n", html).strip()


def _classes(element: Element) -> str:
    around = element.getparent()
    outer = (around.get("class") or "") if around is not None and around.tag in ("div", "aside", "figure") else ""
    return f"{element.get('class') or ''} {outer}".lower()


def _number(value: str | None, default: int) -> int:
    try:
        return max(0, min(int(value or default), 999_999_999))
    except ValueError:
        return default


def _is_list(chunk: str) -> bool:
    return re.match(r"(?:- |\d+\. )", chunk) is not None


def _joined(chunks: list[str], *, tight: bool) -> str:
    return ("\n" if tight else "\n\n").join(chunks)


def _indented(text: str) -> str:
    return "\n".join(f"{_INDENT}{row}" if row else "" for row in text.split("\n"))


_NESTING = names("ul ol dl blockquote table figure details aside")

_BLOCKS: dict[str, Callable[[Element, Work, str], list[str]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "ul": _list,
    "ol": _list,
    "dl": _definitions,
    "blockquote": _quotation,
    "aside": _pull_quote,
    "pre": _code,
    "hr": _rule,
    "table": _table,
    "figure": _figure,
    "details": _details,
    "audio": _recording,
    "video": _recording,
    "iframe": _embed,
    "embed": _embed,
    "object": _embed,
}
