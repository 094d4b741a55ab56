"""The middle of a seed, from the first paragraph to where the story ends: what is body text, what stands between."""

from __future__ import annotations

import functools
import itertools

from slugline.importing.authorship import led_byline
from slugline.importing.claims import claim, is_lower_furniture, take_headlines, take_tags
from slugline.importing.furniture import take_together
from slugline.importing.model import Person
from slugline.importing.photos import Pictured, dashed_credit, is_caption_above, pictured, take_photo
from slugline.importing.rules import fold, plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.units import Unit, ends_sentence, is_prose

__all__ = ["begins_bio", "end_of_story", "read_story", "take_bio"]

_SOFT_ENDS = ("share", "social", "tags", "about_author", "bio")


def end_of_story(sheet: Sheet, start: int) -> int:
    """The index of the line that ends the story for good: a comment section or a copyright notice.

    Such a line counts only if little text follows it; one that stands in the middle is a line like any other.
    """
    told = [0, *itertools.accumulate(_is_body(sheet, unit) for unit in sheet.units)]
    for place in range(start, len(sheet.units)):
        unit = sheet.units[place]
        if is_lower_furniture(sheet, unit):
            continue
        before, after = told[place] - told[start], told[-1] - told[place + 1]
        if not before:
            continue
        if "comments" in unit.kinds and (_holds_comments(sheet, place) or after <= max(1, before // 2)):
            return place
        final = "comment_form" in unit.kinds or ("copyright" in unit.kinds and "#" in fold(unit.text))
        if final and (after <= max(1, before // 2) or _holds_comments(sheet, place)):
            return place
    return len(sheet.units)


def read_story(sheet: Sheet, start: int, end: int) -> None:
    """Sort the units of the story; bios at its end are told from its last paragraphs."""
    place, closed = start, False
    pending: list[Unit] = []
    last_prose = max((at for at in range(start, end) if is_prose(sheet.units[at].text)), default=start)
    while place < end:
        unit = sheet.units[place]
        if not is_lower_furniture(sheet, unit) and (after := take_together(sheet, place)) > place:
            place = after
            continue
        place += 1
        if is_lower_furniture(sheet, unit):
            sheet.keep(unit)
        elif ("related_list" in unit.kinds and sheet.body) or _heads_links(sheet, place - 1):
            sheet.take(unit, "related")
            first, place = place, take_headlines(sheet, place, 10)
            if _is_open_list(sheet, first, place, end):
                _give_back(sheet, first, place)
        elif unit.label and "tags" in unit.label.kinds and not unit.label.value:
            sheet.take(unit, "tags")
            place = take_tags(sheet, place)
        elif unit.label and "related" in unit.label.kinds and not unit.label.value and unit.text.endswith(":") and sheet.body:
            sheet.take(unit, "related")
            place = take_headlines(sheet, place, 10 if sheet.apart else 1)
        elif _heads_newsletter(sheet, place - 1):
            sheet.take(unit, "newsletter")
        elif ("about_author" in unit.kinds or _names_bio(sheet, unit)) and (sheet.body or closed):
            sheet.take(unit, "about_author")
            closed, place = True, _read_bios(sheet, place, end)
        elif unit.label and "bio" in unit.label.kinds and unit.label.value:
            take_bio(sheet, unit, unit.label.value)
            closed = True
        elif sheet.is_title(unit.text):
            sheet.take(unit, "headline")
        elif sheet.body and _is_author(sheet, unit):
            sheet.take(unit, "byline")
            closed = True
        elif not sheet.body and not unit.gap and begins_bio(sheet, unit) and place < end and sheet.units[place].gap:
            # In the same group of lines as the byline and the date: who the author is.
            take_bio(sheet, unit, unit.text)
        elif is_caption_above(sheet, place - 1):
            take_photo(sheet, unit, Pictured(unit.text, ""))
        elif place <= last_prose and (found := dashed_credit(unit, sheet.tools.rules)):
            take_photo(sheet, unit, found)
        elif kind := claim(sheet, unit):
            closed = closed or (kind in _SOFT_ENDS and len(sheet.body) > 0)
        elif (led := led_byline(sheet, unit)) and len(unit.text) < 120 and not ends_sentence(unit.text):
            known = {plain_words(person.name) for person in sheet.people}
            closed = closed or (bool(sheet.body) and all(plain_words(person.name) in known for person in led[0].people))
            sheet.people.extend(person for person in led[0].people if plain_words(person.name) not in known)
            sheet.take(unit, "byline")
            if closed and sum(_is_body(sheet, later) for later in sheet.units[place:end]) <= 1:
                place = _read_bios(sheet, _past_buttons(sheet, place, end), end)
        elif closed and (begins_bio(sheet, unit) or _is_author_card(sheet, unit)):
            _take_author_line(sheet, unit)
        elif sheet.body and below_card(sheet, unit):
            take_bio(sheet, unit, unit.text)
        elif unit.kinds and not is_prose(unit.text) and "form_field" not in unit.kinds:
            sheet.take(unit, unit.kinds[0])
        elif closed and (not ends_sentence(unit.text) or unit.text.endswith("?")):
            # A heading of what is still to come, or a line of the page below the story: what follows decides.
            pending.append(unit)
        else:
            if closed:
                sheet.doubt(unit, "what follows the foot of the story is kept in the body")
                closed = False
            for held in pending:
                sheet.keep(held)
            pending.clear()
            sheet.keep(unit)
    for held in pending:
        sheet.doubt(held, "a line below the foot of the story is left out; is it part of the story?")
        sheet.take(held, "footer")
    _take_last_lines(sheet, below=place < len(sheet.units) or closed)
    _take_last_bios(sheet)


def _take_last_lines(sheet: Sheet, *, below: bool) -> None:
    """Numbers of buttons, and tags without a label, below the last paragraph; ``below``: more of the page comes after."""
    found: list[Unit] = []
    while len(sheet.body) > 1 and not any(char.isalpha() for char in sheet.body[-1].text):
        found.append(sheet.body.pop())
    for unit in reversed(found):
        sheet.take(unit, "counter")
    if len(sheet.body) > 1 and _is_initials(sheet, sheet.body[-1].text):
        sheet.take(sheet.body.pop(), "byline")
    if not below or not sheet.apart:
        return
    start = len(sheet.body)
    while start > 1 and _is_bare_tag(sheet.body[start - 1]):
        start -= 1
        if sheet.body[start].gap:
            break
    run = sheet.body[start:]
    if len(run) > 1 and run[0].gap and not any(unit.gap for unit in run[1:]) and is_prose(sheet.body[start - 1].text):
        del sheet.body[start:]
        for unit in run:
            sheet.doubt(unit, "a line below the foot of the story is left out; is it part of the story?")
            sheet.take(unit, "footer")


def _is_initials(sheet: Sheet, text: str) -> bool:
    """Whether a line is the initials of an author: "lb" below what Lukas Brenner wrote."""
    plain = plain_words(text).replace(".", "").replace(" ", "")
    return 1 < len(plain) < 5 and any(
        plain == "".join(word[:1] for word in plain_words(person.name).replace("-", " ").split()) for person in sheet.people
    )


def _is_bare_tag(unit: Unit) -> bool:
    words = unit.text.split()
    return len(words) < 4 and len(unit.text) < 40 and unit.text[:1].isupper() and unit.text[-1:].isalnum()


def _is_author(sheet: Sheet, unit: Unit) -> bool:
    """Whether a line is nothing but the byline again, the role beside the name perhaps."""
    if sheet.is_author(unit.text):
        return True
    if len(unit.text) > 100 or ends_sentence(unit.text) or unit.kinds or unit.label:
        return False
    if not any(unit.text.startswith(person.name) for person in sheet.people):
        return False
    byline = sheet.tools.bylines.read(unit.text, unit.line, led=False)
    return byline is not None and not byline.doubts and all(sheet.is_author(person.name) for person in byline.people)


def begins_bio(sheet: Sheet, unit: Unit) -> bool:
    """Whether a paragraph begins like a bio: an author's name and a verb such as "is" or "covers"."""
    words = _opening(unit.text)
    verbs = sheet.tools.rules.words["bio"]
    if " ".join(words[:2]) in sheet.tools.rules.words["author"] and sheet.people and words[2:3] and words[2] in verbs:
        return True
    for person in sheet.people:
        name = plain_words(person.name).split()
        if words[: len(name) - 1] == name[:-1] and words[len(name) - 1 :][:1] in ([f"{name[-1]}'s"], [f"{name[-1]}’s"]):
            return True
        for called in (name, name[-1:], name[:1]):
            if words[: len(called)] == called and len(words) > len(called):
                following = [word.strip(",.") for word in words[len(called) : len(called) + 1]]
                if called == name and words[len(called) - 1].endswith(","):
                    return True
                if following[0] in verbs or (called == name and words[len(called)].startswith(("(", "@"))):
                    return True
        if words[: len(name)] == [*name[:-1], f"{name[-1]},"]:
            return True
    return False


@functools.lru_cache(maxsize=256)
def _opening(text: str) -> list[str]:
    """The first words of a paragraph, which is asked more than once what it is."""
    return plain_words(text[:160]).split()


def below_card(sheet: Sheet, unit: Unit) -> bool:
    """Whether a paragraph stands right below an author's name or role, as a bio does."""
    last = sheet.parts[-1] if sheet.parts else None
    below = last is not None and last.kind in ("byline", "role") and last.line == unit.line - 1 and not unit.gap
    return below and ends_sentence(unit.text) and not unit.kinds


def take_bio(sheet: Sheet, unit: Unit, text: str) -> None:
    """Place a unit as the bio of the author whom it names; of the only or last author where it names none."""
    plain = plain_words(text)
    named = [person for person in sheet.people if plain_words(person.name) in plain[:120]]
    if not named:
        named = [
            person for person in sheet.people if plain_words(person.name).split()[-1] in plain[:120].replace(",", " ").split()
        ]
    if not named:
        named = sheet.people[-1:] if not sheet.bios else [p for p in sheet.people if p.name == sheet.bios[-1][0]]
        if len(sheet.people) > 1 and named:
            sheet.doubt(unit, f"the bio names nobody; it is taken for that of {named[0].name}")
    if named:
        sheet.bios.append((named[0].name, unit._replace(text=text)))
    else:
        sheet.doubt(unit, "a bio without an author's name is not used")
    sheet.take(unit, "bio")


def _read_bios(sheet: Sheet, place: int, end: int) -> int:
    """The bios below a label such as "About the author"; the index after the last."""
    first = True
    while place < end:
        unit = sheet.units[place]
        if unit.kinds or (unit.label and unit.label.value and "bio" not in unit.label.kinds):
            break
        byline = None if is_prose(unit.text) else sheet.tools.bylines.read(unit.text, unit.line, led=False)
        if _is_author_card(sheet, unit):
            _take_author_line(sheet, unit)
        elif byline and not sheet.people:
            sheet.people.extend(byline.people)
            sheet.take(unit, "byline")
        elif not sheet.people and (name := _named_in_bio(sheet, unit)):
            sheet.people.append(name)
            sheet.doubt(unit, f"{name.name} is taken for the author because of the bio; there is no byline")
            take_bio(sheet, unit, unit.text)
        elif first or begins_bio(sheet, unit) or (sheet.bios and not unit.gap):
            if not ends_sentence(unit.text):
                break
            take_bio(sheet, unit, unit.text)
        else:
            break
        first = False
        place += 1
    return place


def _past_buttons(sheet: Sheet, place: int, end: int) -> int:
    """Take the buttons right below a name: "312 followers", "Follow"."""
    while place < end and not sheet.units[place].gap and {"social", "reading"} & set(sheet.units[place].kinds):
        sheet.take(sheet.units[place], sheet.units[place].kinds[0])
        place += 1
    return place


def _names_bio(sheet: Sheet, unit: Unit) -> bool:
    """A heading such as "About Jane Doe"."""
    if len(unit.text) > 80:
        return False
    plain = plain_words(unit.text).rstrip(" :")
    return any(
        plain == f"{word} {plain_words(person.name)}" for person in sheet.people for word in sheet.tools.rules.words["about"]
    )


def _named_in_bio(sheet: Sheet, unit: Unit) -> Person | None:
    words = unit.text.split()
    verbs = sheet.tools.rules.words["bio"]
    for count in (2, 3, 4):
        name = " ".join(words[:count]).rstrip(",")
        if len(words) > count and plain_words(words[count]) in verbs and sheet.tools.bylines.is_name(name):
            byline = sheet.tools.bylines.read(name, unit.line, led=False)
            return byline.people[0] if byline else None
    return None


def _is_author_card(sheet: Sheet, unit: Unit) -> bool:
    """A name, or the role just below one, as it stands beside a portrait."""
    if sheet.is_author(unit.text):
        return True
    last = sheet.parts[-1].kind if sheet.parts else ""
    role = sheet.tools.bylines.is_role(unit.text) and len(unit.text) < 80 and not ends_sentence(unit.text)
    byline = None if is_prose(unit.text) else sheet.tools.bylines.read(unit.text, unit.line, led=False)
    named = byline is not None and all(sheet.is_author(person.name) for person in byline.people)
    return named or (role and last in ("byline", "about_author"))


def _take_author_line(sheet: Sheet, unit: Unit) -> None:
    if begins_bio(sheet, unit) and ends_sentence(unit.text):
        take_bio(sheet, unit, unit.text)
        return
    byline = sheet.tools.bylines.read(unit.text, unit.line, led=False)
    people = byline.people if byline else ()
    if not people and sheet.people and not sheet.people[-1].role and sheet.tools.bylines.is_role(unit.text):
        sheet.people[-1] = sheet.people[-1]._replace(role=unit.text)
        sheet.take(unit, "role")
        return
    for told in people:
        for place, person in enumerate(sheet.people):
            if plain_words(person.name) == plain_words(told.name) and told.role and not person.role:
                sheet.people[place] = person._replace(role=told.role)
    sheet.take(unit, "byline")


def _take_last_bios(sheet: Sheet) -> None:
    """The last paragraphs of the body, if they begin with an author's name as bios do, and are not all there is."""
    found: list[Unit] = []
    while len(sheet.body) > 1 and begins_bio(sheet, sheet.body[-1]) and _is_plainly_bio(sheet, sheet.body[-1]):
        found.append(sheet.body.pop())
    for unit in reversed(found):
        take_bio(sheet, unit, unit.text)


def _is_plainly_bio(sheet: Sheet, unit: Unit) -> bool:
    """Whether a last paragraph names the author in full, or says what the author is."""
    plain = plain_words(unit.text[:160])
    if any(plain.startswith(plain_words(person.name)) for person in sheet.people):
        return True
    return sheet.tools.bylines.is_role(" ".join(plain.split()[:10]))


def _is_body(sheet: Sheet, unit: Unit) -> bool:
    return is_prose(unit.text) and not unit.kinds and unit.label is None and not begins_bio(sheet, unit)


def _holds_comments(sheet: Sheet, place: int) -> bool:
    """Whether what follows looks like readers' comments: dates, "Reply" links, "says"."""
    says = sheet.tools.rules.words["comment_says"]
    signs = 0
    for unit in sheet.units[place + 1 : place + 40]:
        words = plain_words(unit.text).rstrip(":").split()
        if not words or len(unit.text) > 120:
            continue
        signs += (
            words[-1] in says or "relative_date" in unit.kinds or "form_field" in unit.kinds or sheet.read(unit) is not None
        )
    return signs > 0


def _heads_links(sheet: Sheet, place: int) -> bool:
    """A button such as "Read more" right over headlines, apart from the paragraphs around it."""
    unit = sheet.units[place]
    if "navigation" not in unit.kinds or not unit.gap or not sheet.body:
        return False
    below = list(itertools.takewhile(lambda later: not later.gap, sheet.units[place + 1 : place + 12]))
    return bool(below) and not any(
        later.kinds or later.label or ends_sentence(later.text.rstrip("?!")) or len(later.text.split()) < 3 for later in below
    )


def _is_open_list(sheet: Sheet, first: int, after: int, end: int) -> bool:
    """Whether no blank line ends a list of headlines, so that the last of them may be a heading of the story below."""
    if after - first < 2 or after >= end or sheet.units[after].gap:
        return False
    below = (unit for unit in sheet.units[after : min(after + 8, end)] if not (unit.kinds or unit.label))
    later = next((unit for unit in below if pictured(unit, sheet.tools.rules) is None and len(unit.text) > 40), None)
    return later is not None and is_prose(later.text)


def _give_back(sheet: Sheet, first: int, after: int) -> None:
    """Keep the last lines of such a list in the body if they are plainly the story's; either way a person is told."""
    count = _of_story(sheet, first, after)
    if not count:
        last = sheet.units[after - 1]
        sheet.doubt(last, "the last line of a list of other stories is left out; is it a heading of the story?")
        return
    del sheet.parts[-count:]
    for unit in sheet.units[after - count : after]:
        sheet.doubt(unit, "the line below a list of other stories is kept in the body; is it one of the list?")
        sheet.keep(unit)


def _of_story(sheet: Sheet, first: int, after: int) -> int:
    """How many of the last lines are the story's: what a colon asked for, and a line that is shorter than a headline."""
    last = len(sheet.units[after - 1].text.split())
    short = last < min(len(unit.text.split()) for unit in sheet.units[first : after - 1])
    if sheet.body and sheet.body[-1].text.endswith(":"):
        return 2 if short and after - first > 2 else 1
    if not short:
        return 0
    headed = any(
        len(unit.text.split()) < 9 and not (unit.kinds or unit.label) and not ends_sentence(unit.text)
        for before, unit, later in zip(sheet.units, sheet.units[1:], sheet.units[2:], strict=False)
        if is_prose(before.text) and is_prose(later.text)
    )
    return int(last < 4 or headed)


def _heads_newsletter(sheet: Sheet, place: int) -> bool:
    """The name of a newsletter right over the invitation to it."""
    unit = sheet.units[place]
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    if later is None or later.gap or not unit.gap or "newsletter" not in later.kinds:
        return False
    return sheet.apart and len(unit.text) < 60 and not ends_sentence(unit.text) and not unit.kinds
