"""Who wrote a story: the names that the page's data gives, with the roles and tasks that its byline shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from slugline.importing.bylines import Byline, Bylines, cased, merged
from slugline.importing.html.furniture import tokens
from slugline.importing.html.saying import Saying
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import text_of
from slugline.importing.model import Person
from slugline.importing.rules import Rules, load_rules, plain_words

__all__ = ["bios_of", "people_of"]

_BYLINE = names(
    "byline bylines author authors contributor contributors writer writers vcard redactor auteur autor verfasser username"
)
_ROLE = names("role title job jobtitle position function")
_NO_NAME = re.compile(r"https?://|@|\d|\bstaff account\b", re.IGNORECASE)
_NO_PROFILE = re.compile(r"/(?:topics?|tags?|sections?|categor\w+|themen?|rubrik\w*)/", re.IGNORECASE)
_CONNECTS = names("am on le el il em den op vom du del at um à a | - – · • ,")
"""What stands between a name and a date."""

_DIGIT = re.compile(r"\d")
_MAX = 220


def people_of(
    head: Sequence[Element],
    lines: Iterable[tuple[int, str]],
    sayings: Sequence[Saying],
    sites: Iterable[str],
    rules: Rules,
    bylines: Bylines,
) -> tuple[Person, ...]:
    """The authors of a story, in their order.

    Args:
        head: elements around the headline and at the foot of the story, where a byline stands.
        lines: lines in the story's element that name authors.
        sayings: what the page's data says, the most trustworthy first.
        sites: names of the publication.
        rules: for the labels of bylines.
        bylines: the reader of bylines.
    """
    known = {plain_words(site) for site in sites} - {""}
    said: list[Person] = []
    for saying in sayings:
        said = [one for person in saying.people for one in _readable(person, known, bylines, rules)]
        if any(" " in person.name or person.name[:1].isupper() for person in said):
            break
    shown = [byline for element in head if (byline := _read(element, rules, bylines))]
    shown += [byline for line, text in lines if (byline := _read_line(text, line, rules, bylines))]
    shown = [byline._replace(people=tuple(one for one in byline.people if _is_somebody(one.name, known))) for byline in shown]
    shown = [byline for byline in shown if byline.people]
    names = {plain_words(person.name) for byline in shown for person in byline.people}
    shown = [
        byline._replace(people=tuple(one for one in byline.people if not _is_longer(plain_words(one.name), names)))
        for byline in shown
    ]
    shown = [byline for byline in shown if byline.people]
    weak = said and all(" " not in person.name and person.name == person.name.lower() for person in said)
    if not said or (weak and shown and said[0].name.isascii()):
        return merged(person for byline in shown[:3] for person in byline.people)
    named = {plain_words(person.name) for person in said}
    people = list(said)
    for byline in shown:
        theirs = {plain_words(person.name) for person in byline.people}
        together = bool(named & theirs)
        people += [person for person in byline.people if together or person.task]
    found = merged(people)
    tasks = {plain_words(person.name): person.task for byline in shown for person in byline.people if person.task}
    return tuple(person._replace(task=tasks.get(plain_words(person.name), person.task), extra={}) for person in found)


def _is_longer(name: str, names: set[str]) -> bool:
    """Whether a name is another one with something behind it, as of a line that holds a name and a section."""
    return any(name.startswith(f"{other} ") and " " in other for other in names)


def bios_of(boxes: Iterable[Element], people: tuple[Person, ...]) -> tuple[Person, ...]:
    """People with the bios that boxes about authors hold; a box that names none of them is not used."""
    found = list(people)
    for box in boxes:
        leaves = (
            one for one in box.iter("p", "div", "span") if not any(inner.tag in ("p", "div") for inner in one.iterdescendants())
        )
        texts = [text_of(one) for one in leaves]
        bio = max((text for text in texts if text.count(" ") > 5), key=len, default="")
        words = plain_words(text_of(box))
        for place, person in enumerate(found):
            alone = len(found) == 1
            if bio and not person.bio and (plain_words(person.name) in words or alone):
                line = person.line or box.sourceline or 0
                found[place] = person._replace(bio=bio, line=line)
                break
    return tuple(found)


def _readable(person: Person, sites: set[str], bylines: Bylines, rules: Rules) -> Iterator[Person]:
    """The people that a name in the page's data stands for; "By A and B" in one field are two."""
    name = " ".join(person.name.split()).strip(" ,;|")
    label = rules.label(name)
    if label and label.value and {"byline", "contributor"} & set(label.kinds):
        name = label.value
    if not _is_somebody(name, sites) or (person.extra.get("house") and not bylines.is_agency(name)):
        return
    several = re.search(r"[,;&|]|\s(?:and|y|et|und|e|و)\s", name)
    if several and (read := bylines.read(name, person.line, led=True)) and len(read.people) > 1:
        yield from read.people
        return
    if several and (read := bylines.read(name, person.line, led=True)) and read.people[0].role:
        yield read.people[0]._replace(role=person.role or read.people[0].role)
        return
    yield person._replace(name=cased(name), extra={})


def _is_somebody(name: str, sites: set[str]) -> bool:
    plain = plain_words(name).strip(" :.")
    nobody = plain in sites or plain in load_rules().words["nobody"]
    return bool(name) and not nobody and not _NO_NAME.search(name) and len(name) < 100


def _read(element: Element, rules: Rules, bylines: Bylines) -> Byline | None:
    """The byline that an element is; None if it is none."""
    words = tokens(element)
    marked = "author" in (element.get("rel") or "").split() or "author" in (element.get("itemprop") or "").split()
    if not (words & _BYLINE or marked) or words & {"bio", "box", "avatar", "image"}:
        return None
    if any(tokens(around) & _BYLINE and len(text_of(around)) <= _MAX for around in element.iterancestors()):
        return None  # the whole of it has been read, or will be
    line = element.sourceline or 0
    text = text_of(element)
    if not text or len(text) > _MAX:
        return None
    pieces, whole = list(_pieces(element, rules)), len(list(_texts(element)))
    for joined in (" | ".join(pieces), " ".join(pieces)):
        found = _read_text(joined, line, rules, bylines) if whole > 1 and pieces else None
        if found and all(len(person.name.split()) < 6 for person in found.people):
            linked = {plain_words(text_of(one)) for one in element.iter("a")}
            people = tuple(person for person in found.people if plain_words(person.name) in linked)
            # Where each author is a link, what else has the shape of a name is where they work.
            return found._replace(people=people) if len(people) > 1 else found
    if found := _read_text(text, line, rules, bylines):
        return found
    links = (
        one for one in element.iter("a", "span") if "author" in (one.get("rel") or "") or tokens(one) & {"fn", "name", "author"}
    )
    inner = [text_of(one) for one in links]
    inner += [text_of(one) for one in element.iter("h3", "h4", "h5", "p", "div", "li") if {"author", "name"} <= tokens(one)]
    inner += [text_of(one) for one in element.iter("a") if not _NO_PROFILE.search(one.get("href") or "") and not inner]
    known = (name for name in dict.fromkeys(inner) if bylines.is_name(name, strict=False) and _is_somebody(name, set()))
    signed = tuple(Person(name, line=line) for name in known)
    return Byline(signed) if signed else None


def _pieces(element: Element, rules: Rules) -> Iterator[str]:
    """The texts of an element one by one, without dates, buttons and signs."""
    for text, owner in _texts(element):
        inside = [owner, *owner.iterancestors()]
        if any(one.tag in ("time", "button", "svg", "script", "style") for one in inside):
            continue
        if any("date" in tokens(one) or "time" in tokens(one) for one in inside if element in one.iterancestors()):
            continue
        piece = " ".join(text.split()).strip(" ,;|•·—–-")
        alone = plain_words(piece).strip(" :.")
        label = rules.label(f"{piece} x")
        joins = label is not None and label.value == "x" and "byline" in label.kinds
        links = (one for one in inside if one.tag == "a" and element in one.iterancestors())
        if any(_NO_PROFILE.search(one.get("href") or "") for one in links):
            continue
        if piece and not rules.kinds(piece) and (joins or alone not in rules.words["nobody"]):
            yield piece


def _texts(element: Element) -> Iterator[tuple[str, Element]]:
    for one in element.iter():
        if isinstance(one.tag, str) and one.text:
            yield one.text, one
        if one is not element and one.tail:
            yield one.tail, one.getparent()


def _read_line(text: str, line: int, rules: Rules, bylines: Bylines) -> Byline | None:
    """The byline that a line is, if it begins as bylines do or is nothing but a name that is known."""
    label = rules.label(text)
    if not (label and label.value and {"byline", "contributor"} & set(label.kinds)):
        return None
    return _read_text(text, line, rules, bylines)


def _read_text(text: str, line: int, rules: Rules, bylines: Bylines) -> Byline | None:
    label = rules.label(text)
    task = ""
    if label and label.value and {"byline", "contributor"} & set(label.kinds):
        if "byline" not in label.kinds:
            task = label.lead.rsplit(" ", 1)[0].capitalize()
        text = label.value
    if (dated := _DIGIT.search(text)) and (words := text[: dated.start()].split()):
        # "Rolf Sommer am 16.11.2022": what is before the date, without the word that leads to it.
        while len(words) > 1 and words[-1].casefold() in _CONNECTS:
            text = " ".join(words[:-1])
            words.pop()
    text = re.sub(r"(?:^|\s)\|\s*(and|y|et|und|e|&|و)\s*\|\s*", r" \1 ", text.strip(" |"))
    return bylines.read(text, line, led=True, task=task)
