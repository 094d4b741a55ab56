"""The reader of Word documents (``.docx``): what stringers send. One file becomes one story.

`mammoth <https://github.com/mwilliamson/python-mammoth>`_ makes HTML of a document's structure and leaves its looks. The lines
at its head are read as a text seed's are: headline, dek, byline, date.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import io
import os
import zipfile
from collections.abc import Iterator

from slugline.errors import Problem, UsageError
from slugline.files import digest
from slugline.importing.bylines import Bylines
from slugline.importing.exported import plain_line
from slugline.importing.html.bytes import looks_like_html
from slugline.importing.markdown import require, to_markdown
from slugline.importing.markdown.model import Element
from slugline.importing.markdown.sanitising import parse_page
from slugline.importing.markdown.trees import removed, text_of
from slugline.importing.model import Imported, Item, Media, Part, Person, Refused, Stated
from slugline.importing.moments import Moments
from slugline.importing.rules import Rules, headline_key, load_rules, words_of
from slugline.importing.settings import ImportSettings
from slugline.importing.units import ends_sentence
from slugline.urls import slugify

__all__ = ["read", "sniff"]

_MAX_BYTES = 64 * 1024 * 1024
_MAX_UNPACKED = 512 * 1024 * 1024
_HEAD = 6
"""Blocks below the headline in which byline, date and dek are looked for."""

_MAX_DEK = 300
_PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp"}
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.dek:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Caption'] => p.caption:fresh
"""


def sniff(path: str) -> bool:
    """Whether a file is a Word document of today's kind, by its name."""
    return path.lower().endswith(".docx")


def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The one item of a document; never raises for what the file holds."""
    require()
    try:
        import mammoth  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "Word documents cannot be read without `mammoth`: install it with `pip install 'slugline[import]'`"
        ) from None
    try:
        size = os.path.getsize(path)
        with open(path, "rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        yield Refused(source, Problem(source, 0, f"the file cannot be read: {error.strerror}", "check who owns it"))
        return
    if size > _MAX_BYTES:
        what = f"the document is larger than {_MAX_BYTES >> 20} MB"
        yield Refused(source, Problem(source, 0, what, "take pictures out of it"))
        return
    if reason := _broken(raw):
        yield Refused(source, Problem(source, 0, reason, "open it in a word processor, and save it as .docx"))
        return
    try:
        made = mammoth.convert_to_html(io.BytesIO(raw), style_map=_STYLES)
    except Exception as error:  # whatever a broken document makes the library raise
        what = f"the document cannot be read: {type(error).__name__}: {error}"
        yield Refused(source, Problem(source, 0, what, "open it in a word processor, and save it again"))
        return
    yield _item(made.value, raw, path, source, settings)


def _broken(raw: bytes) -> str:
    """Why bytes are no document that may be opened; empty if they are one."""
    if looks_like_html(raw[:4096]):
        return "the file is a web page under the name of a document"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MAX_UNPACKED:
                return f"the document unpacks to more than {_MAX_UNPACKED >> 20} MB"
            if "word/document.xml" not in packed.namelist():
                return "the file is no Word document"
    except (zipfile.BadZipFile, OSError, ValueError):
        return "the file is no Word document, or only a part of one"
    return ""


class _Pictures:
    """The pictures of a document: written into its HTML as data, they come along as files."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.media: dict[str, Media] = {}

    def claim(self, tree: Element) -> list[str]:
        """Give each picture its name; what is wrong with those that do not come along."""
        told = []
        for image in tree.iter("img"):
            kind, _, data = (image.get("src") or "").removeprefix("data:").partition(";base64,")
            with contextlib.suppress(ValueError):
                content = base64.b64decode(data)
                if (suffix := _PICTURES.get(kind)) and content:
                    name = f"picture-{digest(content).hex()[:8]}{suffix}"
                    self.media[name] = Media(self._path, name, content)
                    image.set("src", f"https://document.invalid/{name}")
                    continue
            image.set("src", "")
            told.append(f"a picture of the kind `{kind or 'unknown'}` does not come along")
        return told

    def place_of(self, address: str) -> str | None:
        """The name that :meth:`claim` has given; None for any other address."""
        name = address.rpartition("/")[2]
        return name if name in self.media else None


def _item(html: str, raw: bytes, path: str, source: str, settings: ImportSettings) -> Item:
    from lxml import html as lxml_html  # noqa: PLC0415

    tree = parse_page(f"<div>{html}</div>")
    story = tree.find(".//div") if tree is not None else None
    if story is None or not text_of(story):
        return Refused(source, Problem(source, 0, "the document has no text", "is it a story?"))
    pictures = _Pictures(path)
    doubts = pictures.claim(story)
    for cell in list(story.iter("td", "th")):
        if len(cell) == 1 and cell[0].tag == "p" and not (cell[0].tail or "").strip():
            cell[0].drop_tag()
    head = _Head(settings)
    parts = head.take(story)
    if not head.title:
        what = "the document has no headline: its first paragraph is a sentence"
        return Refused(source, Problem(source, 1, what, "put the headline on a line of its own above the text"))
    fragment = lxml_html.tostring(story, encoding="unicode")
    converted = to_markdown(fragment, image=pictures.place_of, raw_html=settings.raw_html)
    if not converted.words_in:
        return Refused(source, Problem(source, 0, "the document has a headline and no text", "is it a story?"))
    doubts += [what for _, what in converted.warnings]
    return Imported(
        source=source,
        kind="article",
        title=head.title,
        body=converted.body,
        digest=digest(raw).hex(),
        story=digest(headline_key(head.title), " ".join(converted.text).casefold()).hex(),
        slug=slugify(head.title),
        meta={"dek": head.dek} if head.dek else {},
        date=head.date,
        people=head.people,
        media=tuple(pictures.media.values()),
        parts=parts,
        problems=tuple(Problem(source, 0, what, "", "warning") for what in dict.fromkeys(doubts)),
        words_in=converted.words_in,
        words_out=converted.words_out,
        words_total=converted.words_in + sum(part.words for part in parts),
        mended=converted.notes,
    )


class _Head:
    """What the first blocks of a document say besides the story."""

    def __init__(self, settings: ImportSettings) -> None:
        self._rules, self._moments, self._bylines = _tools(settings.publication)
        self.title = self.dek = ""
        self.people: tuple[Person, ...] = ()
        self.date: Stated | None = None

    def take(self, story: Element) -> tuple[Part, ...]:
        """Take the head out of the story."""
        parts: list[Part] = []
        blocks = [one for one in story if text_of(one)]
        heading = next((one for one in blocks[:_HEAD] if one.tag == "h1"), None)
        first = heading if heading is not None else (blocks[0] if blocks else None)
        if first is None or (first.tag == "p" and (ends_sentence(text_of(first)) and len(text_of(first)) > 60)):
            return ()
        self.title = plain_line(text_of(first))
        parts.append(_taken(first, "headline"))
        for block in [one for one in blocks if one is not first][:_HEAD]:
            kind = self._kind(text_of(block), block)
            if not kind:
                break
            parts.append(_taken(block, kind))
        return tuple(parts)

    def _kind(self, text: str, block: Element) -> str:
        if block.tag != "p" or len(text) > _MAX_DEK:
            return ""
        label = self._rules.label(text)
        led = label is not None and bool(label.value) and "byline" in label.kinds
        byline = self._bylines.read(label.value if led and label else text, 0, led=led)
        if byline and not self.people and (led or not byline.doubts):
            self.people = byline.people
            return "byline"
        if (found := self._moments.read(text)) and (iso := found.published or found.updated) and self.date is None:
            self.date = Stated(iso)
            return "date"
        short = not ends_sentence(text) or "dek" in (block.get("class") or "").split()
        if not self.dek and not self.people and short and len(words_of(text)) > 3:
            self.dek = plain_line(text)
            return "dek"
        return ""


def _taken(block: Element, kind: str) -> Part:
    text = text_of(block)
    removed(block)
    return Part(kind, 0, text, len(words_of(text)))


@functools.cache
def _tools(publication: str) -> tuple[Rules, Moments, Bylines]:
    rules = load_rules()
    return rules, Moments(rules), Bylines(rules, [publication])
