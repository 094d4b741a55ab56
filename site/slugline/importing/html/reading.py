"""The reader of web pages: one saved page becomes one article, with what its data says and only its story's text.

The page is asked in this order: its structured data (JSON-LD, microdata, meta tags), then what it shows. The element
that holds the story is looked for, cleaned of everything else, and made Markdown. At the end the words of the Markdown
are counted against those of that element; if they differ, the page is refused.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

from slugline.errors import Problem
from slugline.files import digest
from slugline.importing.bylines import Bylines
from slugline.importing.decoding import MAX_BYTES, NotTextError
from slugline.importing.html.amp import as_plain_html
from slugline.importing.html.bytes import looks_like_html, page_text
from slugline.importing.html.cleaning import clean_story, parts_outside
from slugline.importing.html.container import Prose, find_story, measure
from slugline.importing.html.dates import dates_of
from slugline.importing.html.fronting import front_matter, lead_picture, remote_pictures
from slugline.importing.html.headline import headline_of
from slugline.importing.html.jsonld import json_ld
from slugline.importing.html.kinds import is_standing_page, why_no_story
from slugline.importing.html.leads import dek_of, head_of, lead_image, lines_around
from slugline.importing.html.mathml import formulas_as_tex
from slugline.importing.html.metatags import meta_tags, saved_from
from slugline.importing.html.microdata import microdata
from slugline.importing.html.people import bios_of, people_of
from slugline.importing.html.readers import AGREED, ask
from slugline.importing.html.remarks import comments_of, without_comments
from slugline.importing.html.saved import SavedFiles
from slugline.importing.html.saying import Saying
from slugline.importing.html.topics import language_said, sections_of, tags_of
from slugline.importing.languages import DAY_FIRST, language_of
from slugline.importing.markdown import Converted, require, to_markdown
from slugline.importing.markdown.model import Element
from slugline.importing.markdown.sanitising import numbered, parse_page
from slugline.importing.markdown.trees import text_of
from slugline.importing.model import Imported, Item, Person, Refused
from slugline.importing.moments import Moments
from slugline.importing.remote import in_front
from slugline.importing.rules import headline_key, load_rules, words_of
from slugline.importing.settings import ImportSettings
from slugline.importing.sheet import Toolbox

__all__ = ["EXTENSIONS", "read", "read_page", "sniff"]

EXTENSIONS = (".html", ".htm", ".xhtml", ".shtml")
"""The endings of a page's name."""

_MAYBE = (".txt", ".text", ".php", ".asp", ".aspx", "")
_SHORT = 0.6
_WORTH_IT, _TITLE = 150, 12
"""Words of a text without a headline that is a story all the same, and of the headline that it gets."""

_DAY_FIRST = ("en-GB", "en-AU", "en-NZ", "en-IE", "en-IN", "en-ZA")


def sniff(path: str) -> bool:
    """Whether a file is a web page: by its name, or, where that says nothing, by its first bytes."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in EXTENSIONS:
        return True
    if suffix not in _MAYBE:
        return False
    try:
        with open(path, "rb") as file:
            return looks_like_html(file.read(4096))
    except OSError:
        return False


def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The one item of a page; never raises for what the file holds."""
    require()
    try:
        size = os.path.getsize(path)
        if size > MAX_BYTES:
            what = f"the page is larger than {MAX_BYTES >> 20} MB"
            yield Refused(source, Problem(source, 0, what, "take pictures and scripts that are written into it out of it"))
            return
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        yield Refused(source, Problem(source, 0, f"the file cannot be read: {error.strerror}", "check who owns it"))
        return
    yield read_page(raw, path, source, settings)


def read_page(raw: bytes, path: str, source: str, settings: ImportSettings) -> Item:
    """A page's bytes as an item; ``path`` is where files lie that were saved with it."""
    try:
        html, mended = page_text(raw)
    except NotTextError as error:
        return Refused(source, Problem(source, 0, str(error), error.hint))
    tree = parse_page(html)
    if tree is None:
        what = "the page is nested so deep that a part of it would be lost"
        return Refused(source, Problem(source, 0, what, "save the story alone, or as plain text"))
    as_plain_html(tree)
    body = tree.find("body")
    if body is None:
        body = tree
    problems = formulas_as_tex(tree)
    said = _said(tree, problems)
    data_body = next((saying.body for saying in said.sayings if saying.body), "")
    choice = ask(without_comments(tree))
    prose = measure(body, choice, sure=choice.agreement >= AGREED)
    story = find_story(body, prose)
    if reason := why_no_story(body, story, prose, said.sayings, said.types, sure=choice.agreement >= AGREED):
        hint = "nothing to do; if it is a story, import its text as plain text"
        return Refused(source, Problem(source, 0, f"the page is {reason}, and is not imported", hint, "warning"))
    if story is None:
        story = body
    page = _Page(html, tree, body, story, choice.agreement, prose, said, data_body, mended)
    return _item(page, digest(raw).hex(), path, source, settings, problems)


class _Said(NamedTuple):
    sayings: tuple[Saying, ...]
    types: frozenset[str]


class _Page(NamedTuple):
    html: str
    tree: Element
    body: Element
    story: Element
    agreement: float
    prose: Prose
    said: _Said
    data_body: str
    mended: tuple[str, ...]


def _said(tree: Element, problems: list[tuple[int, str]]) -> _Said:
    data, types = json_ld(tree, problems)
    return _Said(tuple(filter(None, (data, microdata(tree), meta_tags(tree)))), types)


def _item(
    page: _Page, page_digest: str, path: str, source: str, settings: ImportSettings, problems: list[tuple[int, str]]
) -> Imported | Refused:
    tools = _toolbox(settings)
    sayings = page.said.sayings
    sites = [site for site in (settings.publication, *(saying.site for saying in sayings)) if site]
    title, shown = headline_of(page.body, page.story, page.prose, sayings, sites)
    if not title:
        if not (title := _first_words(page)):
            hint = "give the page a headline: an <h1>, or a <title>"
            return Refused(source, Problem(source, page.story.sourceline or 0, "the page has no headline", hint))
        what = "the page has no headline; the first words of its text stand in its place"
        problems.append((page.story.sourceline or 0, what))
    language = language_said(sayings) or language_of(text_of(page.story), tools.rules)
    day_first = True if language[:2] in DAY_FIRST or language in _DAY_FIRST else None
    address = next((saying.url for saying in sayings if saying.url), "") or saved_from(page.html)
    base = _base(page.tree, address)
    head = head_of(page.body, page.story, shown, page.prose)
    around = lines_around(page.body, page.story, shown, head)
    dek = dek_of(head, page.story, shown, sayings, title)
    files = SavedFiles(path, source)
    lead = lead_image(page.body, page.story, shown, page.prose, sayings)
    comments = comments_of(page.body)
    boxes = [one for one, kind in page.prose.furniture.items() if kind == "about_author"]
    tags_shown = tags_of(page.body, sayings, (), ())
    sections = sections_of(page.body, sayings, address)
    first = people_of(head, around, sayings, sites, tools.rules, tools.bylines)
    published, updated, doubts = dates_of(head, sayings, around, tools.moments, day_first=day_first)

    outside = list(parts_outside(page.body, page.story))
    names = frozenset(person.name for person in first)
    cleaned = clean_story(page.story, page.prose, title=title, dek=dek, people=names, tools=tools)
    if published is None or updated is None:
        published, updated, doubts = dates_of(head, sayings, [*around, *cleaned.moments], tools.moments, day_first=day_first)
    signed = people_of(head, [*around, *cleaned.bylines], sayings, sites, tools.rules, tools.bylines) or first
    people = bios_of(boxes, signed)
    files.claim(page.story)
    numbered(page.story)
    converted, whole = _converted(page, base, files, settings)
    if not converted.words_in:
        return Refused(
            source, Problem(source, page.story.sourceline or 0, "the page has no text of a story", "is it an article?")
        )
    if converted.words_in != converted.words_out:
        what, hint = "the Markdown would not show the words of the page", "report this page: it is a mistake of the importer"
        return Refused(source, Problem(source, page.story.sourceline or 0, what, hint))
    problems += [*converted.warnings, *doubts, *cleaned.doubts, *files.problems, *whole]
    if page.agreement < AGREED and not whole:
        share = f"three readers of the page agree by {page.agreement:.0%} on its story"
        what = f"{share}: look whether this is all of it, and nothing else"
        problems.append((page.story.sourceline or 0, what))
    if next((saying for saying in sayings if not saying.free), None):
        problems.append((0, "the page says that readers have to pay for it: look whether the whole story is here"))
    is_page = is_standing_page(page.body, sayings, page.said.types)
    meta = front_matter(
        page.said.sayings, page.story, title, dek, language, address, tags_shown + cleaned.tags, sections, settings
    )
    image = lead_picture(lead, converted, files, base, problems)
    problems += remote_pictures(converted, image)
    if image:
        meta |= in_front(image)
    if is_page:
        meta = {key: value for key, value in meta.items() if key in ("lang", "aliases", "summary")}
    parts = tuple(sorted([*outside, *cleaned.parts], key=lambda part: part.line))
    return Imported(
        source=source,
        kind="page" if is_page else "article",
        title=title,
        body=converted.body,
        digest=page_digest,
        story=digest(headline_key(title), " ".join(converted.text).casefold()).hex(),
        meta=meta,
        date=None if is_page else published,
        updated=None if is_page else updated,
        people=() if is_page else _signed(people),
        sections=sections,
        media=files.media,
        comments=comments,
        parts=parts,
        problems=tuple(Problem(source, line, what, "", "warning") for line, what in sorted(set(problems))),
        words_in=converted.words_in,
        words_out=converted.words_out,
        words_total=converted.words_in + sum(part.words for part in parts),
        mended=(*page.mended, *converted.notes),
    )


def _first_words(page: _Page) -> str:
    """The first heading of a page without a headline, else the beginning of its text; empty where that is no story."""
    headings = (text_of(one) for one in page.body.iter("h2", "h3", "h4") if text_of(one))
    first = next(headings, "") or text_of(page.story)
    words = first.split()
    if page.prose.words.get(page.story, 0) < _WORTH_IT:
        return ""
    return " ".join(words[:_TITLE]) + ("…" if len(words) > _TITLE else "")


@functools.cache
def _toolbox(settings: ImportSettings) -> Toolbox:
    rules = load_rules(settings.patterns)
    return Toolbox(
        rules, Bylines(rules, [settings.publication]), Moments(rules), settings.publication, frozenset(settings.sections)
    )


def _base(tree: Element, address: str) -> str:
    element = tree.find(".//base")
    href = (element.get("href") or "").strip() if element is not None else ""
    if href:
        return urljoin(address, href) if address else href if href.startswith(("http://", "https://")) else ""
    return address


def _converted(page: _Page, base: str, files: SavedFiles, settings: ImportSettings) -> tuple[Converted, list[tuple[int, str]]]:
    """The story as Markdown; from the page's own data where what is shown is only the beginning of it."""
    from lxml import html as lxml_html  # noqa: PLC0415

    fragment = lxml_html.tostring(page.story, encoding="unicode", with_tail=False)
    converted = to_markdown(fragment, base=base, image=files.place_of, raw_html=settings.raw_html)
    wanted = words_of(page.data_body)
    if len(wanted) > 60 and len(converted.text) < _SHORT * len(wanted):
        paragraphs = re.split(r"\n\s*\n|\n", page.data_body.strip())
        written = "".join(f"<p>{_escaped(one)}</p>" for one in paragraphs if one.strip())
        whole = to_markdown(written, base=base, image=files.place_of)
        what = "the page shows only the beginning of the story; the text that its data holds is taken, without links"
        return whole, [(page.story.sourceline or 0, what)]
    return converted, []


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if "<p" not in text else text


def _signed(people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(person._replace(extra={}) for person in people)
