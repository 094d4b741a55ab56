"""The reader of plain text: one seed, as it was scraped, becomes one article.

The work goes in four steps, each with a module of its own: bytes become clean text, lines become units, units are
sorted into head, story and foot, and the story becomes Markdown. At the end the words of the body are counted against
those of the source; if they differ, nothing is written.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterable, Iterator

from slugline.cpu_limit import OutOfTime, cpu_limit
from slugline.errors import Problem
from slugline.files import digest
from slugline.importing import in_time
from slugline.importing.authorship import take_teller
from slugline.importing.bylines import Bylines, merged
from slugline.importing.claims import publisher_of
from slugline.importing.decoding import MAX_BYTES, Decoded, NotTextError, decode
from slugline.importing.head import read_head
from slugline.importing.languages import language_of
from slugline.importing.model import Imported, Item, Person, Refused
from slugline.importing.moments import Moments
from slugline.importing.parting import parted
from slugline.importing.photos import reserved_credit
from slugline.importing.prose import blocks_of, paragraphs, shown, to_markdown
from slugline.importing.rules import Rules, fold, headline_key, load_rules, words_of
from slugline.importing.settings import ImportSettings
from slugline.importing.sheet import Sheet, Toolbox
from slugline.importing.story import end_of_story, read_story
from slugline.importing.tail import read_tail
from slugline.importing.units import Unit, is_prose, units_of
from slugline.urls import label_signs, slugify

__all__ = ["EXTENSIONS", "read", "read_text", "sniff", "texts_of", "tools_of"]

EXTENSIONS = (".txt", ".text", "")
"""The endings of a seed's name."""


def sniff(path: str) -> bool:
    """Whether a file may be a plain-text seed."""
    return os.path.splitext(path)[1].lower() in EXTENSIONS


def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The one item of a seed; never raises for what the file holds."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        yield Refused(source, Problem(source, 0, f"the file cannot be read: {error.strerror}", "check who owns it"))
        return
    yield read_text(raw, source, settings)


def texts_of(paths: Iterable[str]) -> list[str]:
    """The texts of seeds, without those that cannot be read."""
    found = []
    for path in paths:
        with contextlib.suppress(OSError, NotTextError, OutOfTime), cpu_limit(in_time.SECONDS), open(path, "rb") as file:
            found.append(decode(file.read(MAX_BYTES + 1)).text)
    return found


def tools_of(settings: ImportSettings) -> tuple[Rules, Bylines, Moments]:
    """What lines are asked with."""
    tools = _toolbox(settings)
    return tools.rules, tools.bylines, tools.moments


def read_text(raw: bytes, source: str, settings: ImportSettings) -> Item:
    """A seed's bytes as an item."""
    try:
        decoded = decode(raw)
    except NotTextError as error:
        return Refused(source, Problem(source, 0, str(error), error.hint))
    tools = _toolbox(settings)
    units = _with_values(parted(units_of(decoded.text, tools.rules), tools), tools)
    language = language_of(decoded.text, tools.rules)
    sheet = Sheet(units, tools, language, apart=sum(unit.gap for unit in units) > len(units) / 2)
    sheet.publisher = next((name for unit in units if _is_notice(unit) and (name := publisher_of(unit.text))), "")
    start = read_head(sheet)
    if not sheet.title:
        line = units[start].line if start < len(units) else 1
        hint = "put the headline on the first line, with the story below it"
        return Refused(source, Problem(source, line, "the seed has no headline", hint))
    end = end_of_story(sheet, start)
    read_story(sheet, start, end)
    read_tail(sheet, end)
    if sheet.dek and not sheet.people:
        take_teller(sheet)
    if not any(words_of(unit.text) for unit in sheet.body):
        return Refused(
            source,
            Problem(source, 0, "the seed has no body, only a headline and what stands around it", "is it an article?"),
        )
    return _item(sheet, decoded, digest(raw).hex(), source, settings)


def _is_notice(unit: Unit) -> bool:
    return "copyright" in unit.kinds and reserved_credit(unit.text) is None


@functools.cache
def _toolbox(settings: ImportSettings) -> Toolbox:
    rules = load_rules(settings.patterns)
    return Toolbox(
        rules, Bylines(rules, [settings.publication]), Moments(rules), settings.publication, frozenset(settings.sections)
    )


def _with_values(units: tuple[Unit, ...], tools: Toolbox) -> list[Unit]:
    """Units in which a label alone on its line ("By", "Tags:") is joined with the line that holds its value."""
    joined: list[Unit] = []
    skip = False
    for unit, later, third in zip(units, (*units[1:], None), (*units[2:], None, None)[: len(units)], strict=True):
        if skip:
            skip = False
            continue
        if unit.label and "tags" in unit.label.kinds and third and not third.gap and not (third.kinds or third.label):
            # Tags one a line.
            joined.append(unit)
            continue
        if later is not None and unit.label and not unit.label.value and _is_value(unit, later, tools):
            text = f"{unit.text} {later.text}"
            label = tools.rules.label(text)
            joined.append(unit._replace(text=text, raw=f"{unit.raw} {later.raw}", kinds=(), label=label))
            skip = True
        else:
            joined.append(unit)
    return joined


def _is_value(unit: Unit, later: Unit, tools: Toolbox) -> bool:
    assert unit.label is not None
    kinds = set(unit.label.kinds)
    if later.kinds or later.label or len(later.text) > 200:
        return False
    if {"byline", "contributor"} & kinds:
        return tools.bylines.read(later.text, later.line, led=True) is not None and not is_prose(later.text)
    if {"published", "updated"} & kinds and tools.moments.read(later.text) is not None:
        return True
    return bool({"tags", "section", "caption", "credit"} & kinds) and unit.text.endswith(":") and not is_prose(later.text)


def _item(sheet: Sheet, decoded: Decoded, seed_digest: str, source: str, settings: ImportSettings) -> Imported | Refused:
    blocks = blocks_of(sheet.body)
    body = to_markdown(blocks)
    words = [word for unit in sheet.body for word in words_of(unit.text)]
    out = shown(body)
    if out != words:
        what = "the Markdown would not show the words of the source"
        return Refused(source, Problem(source, 0, what, "report this seed: it is a mistake of the importer"))
    own, named = fold(settings.publication), fold(sheet.publisher)
    if own and named and own not in named and named not in own:
        sheet.doubts.append((0, f"the seed is of `{sheet.publisher}`, not of {settings.publication}"))
    sheet.doubts.extend((block.line, block.doubt) for block in blocks if block.doubt)
    return Imported(
        source=source,
        kind="article",
        title=sheet.title,
        body=body,
        digest=seed_digest,
        story=digest(headline_key(sheet.title), " ".join(words).casefold()).hex(),
        meta=_meta(sheet, settings),
        # "Updated …" alone is the only date that the story has.
        date=sheet.published or sheet.updated,
        updated=sheet.updated if sheet.published else None,
        people=_people(sheet),
        sections=tuple(sheet.sections),
        photos=tuple(sheet.photos),
        comments=tuple(sheet.comments),
        parts=tuple(sheet.parts),
        problems=tuple(Problem(source, line, what, "", "warning") for line, what in sorted({*sheet.doubts, *decoded.doubts})),
        words_in=len(words),
        words_out=len(out),
        words_total=len(words_of(decoded.text)),
        mended=decoded.mended,
        asked=tuple(sorted(sheet.asked.items())),
    )


def _meta(sheet: Sheet, settings: ImportSettings) -> dict[str, object]:
    """Front matter beside the headline, the dates and the authors; the last three keys are extra ones for the theme."""
    photos = [
        {key: value for key, value in (("caption", photo.caption), ("credit", photo.credit)) if value} for photo in sheet.photos
    ]
    tags = {(slug, label_signs(tag)): tag for tag in reversed(sheet.tags) if (slug := slugify(tag))}
    found: dict[str, object] = {
        "dek": sheet.dek,
        "tags": list(tags.values())[::-1],
        "lang": sheet.language if sheet.language != settings.language.partition("-")[0] else "",
        "stated_read_time": sheet.read_time,
        "credit_line": " ".join(sheet.credit_lines),
        "photos": photos,
    }
    return {key: value for key, value in found.items() if value}


def _people(sheet: Sheet) -> tuple[Person, ...]:
    bios: dict[str, list[str]] = {}
    for name, unit in sheet.bios:
        bios.setdefault(name, []).append(unit.text)
    return merged(
        person._replace(bio=paragraphs(bios[person.name])) if person.name in bios else person for person in sheet.people
    )
