"""Bylines → people: "By A and B", "A, Asia Correspondent", "By A, Role; B, Role", "Words by A, photographs by B".

A byline is a row of *pieces* parted by commas, bars and words for "and". Each piece is a name, a role, a place or a
task; what a name is, is told by its shape (two to six capitalised words, particles between them) and by what it is
not: no word of a job, no small word of a sentence. Scripts without capitals have no such shape; there the small words
and the place decide.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from slugline.importing.model import Person
from slugline.importing.rules import MARKS, Rules, plain_words

__all__ = ["Byline", "Bylines", "cased", "merged"]

_MAX_BYLINE = 200
_MAX_LINE = 1_000
_SEPARATORS = re.compile(r"\s*[;|•·／,،]\s*|\s+[/–—-]\s+|\s{2,}|\t")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|['’.‑-]|[{MARKS}])*")
_NUMBER, _DIGITS = re.compile(r"\d"), re.compile(r"(?<!\w)\d|\d\d")
_CONTACT = re.compile(r"[(<]?\b[\w.+-]+@[\w-]+\.[\w.]+\b[)>]?|(?<!\w)\(?@\w{2,30}\b\)?|\(?https?://\S+\)?")
_BRACKETED = re.compile(r"\s*\(([^()]{2,80})\)")
_ALSO_NAMES = frozenset({"dan", "ed", "en", "i"})
"""Words for "and" that are a first name, or a small word in another language."""

_EDGES = " ,;:|–—-()[]*_"


class Byline(NamedTuple):
    """Who a line names.

    Attributes:
        people: in the line's order.
        doubts: what could not be told, in words.
        place: where the author wrote from ("Seoul"), if the line says so.
    """

    people: tuple[Person, ...]
    doubts: tuple[str, ...] = ()
    place: str = ""


class _Piece(NamedTuple):
    kind: Literal["name", "role", "place", "house", "task", "other"]
    text: str
    task: str = ""
    place: str = ""


class Bylines:
    """The reader of bylines."""

    def __init__(self, rules: Rules, house: Iterable[str] = ()) -> None:
        """``house``: names of the publication, which stand in a byline without being anyone's role."""
        self._rules = rules
        self._house = frozenset(map(plain_words, house)) - {""}
        self._english = frozenset(rules.by_language["en"]["stop"])
        self._days = frozenset(name for names in rules.words["weekdays"] for name in names.split("|"))
        self._long_roles = tuple(role for role in rules.words["role"] if len(role) > 6)
        self._words = rules.words
        joins = sorted((re.escape(word) for word in rules.words["join"] if word != "و"), key=len, reverse=True)
        self._join = re.compile(rf"\s+(?:{'|'.join(joins)})\s+|\s+و\s?(?=[\u0600-\u06ff]{{2}})", re.IGNORECASE)
        self._leading_join = re.compile(rf"^(?:{'|'.join(joins)})\s+", re.IGNORECASE)

    def is_name(self, text: str, *, strict: bool = True) -> bool:
        """Whether a text has the shape of a person's name; ``strict`` where nothing but its place speaks for it."""
        words = text.split()
        if not 1 <= len(words) <= 6 or len(text) > 60 or any(not _WORD.fullmatch(word) for word in words):
            return False
        plain = [plain_words(word) for word in words]
        known = self._words
        core = [word for word in plain if word not in known["suffix"] and word not in known["title"]]
        if not core or self.is_role(text) or (len(core) == 1 and core[0] in self._days):
            return False
        if strict and (len(core) < 2 or " ".join(plain) in known["section"] or not known["section"].isdisjoint(core)):
            return False
        for word, small in zip(words, plain, strict=True):
            if small in known["particle"]:
                continue
            # "Una" is an article in one language and a name in another: capitals decide, but for English headlines.
            if len(small) > 1 and small in (self._english if word[:1].isupper() else known["stop"]):
                return False
            if word[:1].islower() and not any(char.isupper() for char in word):
                return False
        return any(word not in known["particle"] for word in core)

    @functools.lru_cache(maxsize=4096)  # noqa: B019  # there is one for each publication, and it lasts as long as the process
    def is_role(self, text: str) -> bool:
        """Whether a text says what someone is: one of its words is a word of a job."""
        words = [plain_words(word).strip(".,()") for word in re.split(r"[\s/-]+", text)]
        if not 0 < len(words) <= 12:
            return False
        # German joins: "Wissenschaftsredakteurin".
        return any(word in self._words["role"] or word.endswith(self._long_roles) for word in words)

    def is_house(self, text: str) -> bool:
        """Whether a text is the publication's own name."""
        return plain_words(text) in self._house

    def is_agency(self, text: str) -> bool:
        """Whether a text is the name of a news agency, or the newsroom's word for itself."""
        plain = plain_words(text).strip(" .")
        desk, _, place = plain.partition(" ")
        return plain in self._words["agency"] or (place in self._words["city"] and desk in self._words["agency"])

    def is_affiliation(self, text: str) -> bool:
        """Whether a text begins with the name of an agency, as "BBC News, Manchester" below a name does."""
        words = plain_words(text).replace(",", "").split()
        if not 0 < len(words) <= 6 or not text[:1].isupper():
            return False
        return any(" ".join(words[:count]) in self._words["agency"] for count in range(1, len(words) + 1))

    def read(self, text: str, line: int, *, led: bool, task: str = "") -> Byline | None:
        """The people whom a line names; None if it does not look like a byline.

        ``led``: the line began with a word such as "By", so that names of any shape count. ``task``: what the people
        did.
        """
        if len(text) > _MAX_LINE:
            # Addresses and brackets do not count, but nobody has so many; and looking for them takes the square of the time.
            return None
        text = _BRACKETED.sub(r", \1", _CONTACT.sub(" ", text))
        text = self._for_house(text.strip(_EDGES))
        if not text or len(text) > _MAX_BYLINE:
            return None
        people: list[Person] = []
        doubts: list[str] = []
        place = ""
        for piece in self._pieces(text, led):
            task = piece.task or task
            place = place or piece.place
            if piece.kind == "house":
                continue
            if piece.kind == "name":
                if len(people) == 1 and not people[0].role and not self._parted(text, piece.text):
                    doubts.append(f"`{piece.text}` is taken for a second author")
                people.append(Person(cased(piece.text), line=line, task=task))
            elif not people:
                if piece.kind != "role" or not led or not piece.text[:1].isupper() or piece.text.count(" ") > 5:
                    return None
                people.append(Person(piece.text, line=line, task=task))
            elif piece.kind == "task":
                people[-1] = people[-1]._replace(task=piece.text)
            elif piece.kind == "place" and people[-1].role and plain_words(piece.text) in self._words["section"]:
                # "Chief Correspondent, Asia": what the job is about.
                people[-1] = people[-1]._replace(role=f"{people[-1].role}, {piece.text}")
            elif piece.kind == "place":
                place = place or piece.text
            elif (_DIGITS if led else _NUMBER).search(piece.text):
                return None
            elif people[-1].role:
                people[-1] = people[-1]._replace(role=f"{people[-1].role}, {piece.text}")
            elif piece.kind == "role" or (led and len(piece.text.split()) <= 8):
                if piece.kind != "role":
                    doubts.append(f"`{piece.text}` is taken for the role of {people[-1].name}")
                people[-1] = people[-1]._replace(role=piece.text)
            else:
                return None
        return Byline(tuple(people), tuple(doubts), place) if people else None

    def _for_house(self, text: str) -> str:
        """A byline without "for The Update Desk" at its end."""
        words = text.split()
        for place in range(1, len(words) - 1):
            if words[place] in ("for", "para", "pour", "für") and plain_words(" ".join(words[place + 1 :])) in self._house:
                return " ".join(words[:place])
        return text

    def _pieces(self, text: str, led: bool) -> Iterator[_Piece]:
        first = True
        for raw in _SEPARATORS.split(text):
            part = raw.strip(_EDGES)
            led_by = self._leading_join.match(part)
            if led_by and not (led_by[0].strip().lower() in _ALSO_NAMES and part[:1].isupper()):
                part = part[led_by.end() :]
            if not part:
                continue
            if not first and plain_words(part) in self._words["suffix"]:
                continue
            for half in self._halves(part):
                name, role = self._name_then_role(half)
                yield self._piece(name, led, first)
                first = False
                if role:
                    yield _Piece("role", role)

    def _piece(self, text: str, led: bool, first: bool) -> _Piece:
        label = self._rules.label(text)
        task = ""
        if label and label.value and not {"contributor", "byline"}.isdisjoint(label.kinds):
            task = _task(label.lead) if "contributor" in label.kinds else ""
            text = label.value
        name, place = self._placed(text)
        if self.is_house(name) and not first:
            return _Piece("house", name)
        if not first and plain_words(name) in self._words["task"]:
            return _Piece("task", name.capitalize())
        if self.is_role(name) and (not first or not self.is_agency(name)):
            return _Piece("role", text)
        if self.is_agency(name):
            return _Piece("name", name, task, place)
        if not name:
            return _Piece("place", place)
        where = name.partition(" ")[2] if name[:1].islower() and plain_words(name.split()[0]) in self._words["place"] else name
        if not first and not task and where.count(" ") == 0 and not where[:1].islower() and not place:
            # "Jane Doe, Seoul", "Jane Doe, de Lisboa": a single word after a name is where, not who.
            return _Piece("place", where)
        if not any(char.isalpha() for char in name):
            return _Piece("other", text)
        loud = led and name == name.upper() and name.count(" ") < 6 and not _NUMBER.search(name)
        if self.is_name(name, strict=not led and not task) or loud:
            return _Piece("name", name if name.endswith("r.") else name.rstrip("."), task, place)
        return _Piece("other", text, task)

    def _name_then_role(self, part: str) -> tuple[str, str]:
        """A part such as "Jane Doe Environment correspondent" at the border of name and role, which nothing marks."""
        words = part.split()
        sections, roles = self._words["section"], self._words["role"]
        plain = [plain_words(word) for word in words]
        if not 4 <= len(words) <= 7 or plain[-1] not in roles:
            return part, ""
        start = len(words) - 1
        while start > 2 and (plain[start - 1] in sections or plain[start - 1] in roles or words[start - 1][:1].islower()):
            start -= 1
        name = " ".join(words[:start])
        return (name, " ".join(words[start:])) if self.is_name(name) else (part, "")

    @functools.lru_cache(maxsize=256)  # noqa: B019  # as for `is_role`
    def _halves(self, part: str) -> tuple[str, ...]:
        """A part at its "and", if there is a person on one side and a person or a role on the other."""
        # What is behind each "and" is divided in turn, and was so once already for every "and" before it: the cache makes
        # of this a number of steps that grows with the square of their number, and not by doubling.
        for found in self._join.finditer(part):
            one, two = part[: found.start()], part[found.end() :]
            word = found[0].strip()
            if word.lower() in _ALSO_NAMES and (word[:1].isupper() or not self._are_whole_names(one, two)):
                continue
            label = self._rules.label(two)
            if label and "contributor" in label.kinds:
                return (one, two)
            left, right = self._placed(one)[0], self._halves(two)
            ends_in_name = self.is_name(self._placed(right[0])[0], strict=False)
            if ends_in_name and (
                plain_words(left) in self._words["task"]
                or self.is_name(left, strict=False)
                or self.is_role(left)
                or self.is_agency(left)
            ):
                return (one, *right)
        return (part,)

    def _are_whole_names(self, one: str, two: str) -> bool:
        """Whether both sides of a word are names of two words and more."""
        sides = (self._placed(one)[0], " ".join(two.split()[:3]))
        return all(" " in side for side in sides) and self.is_name(sides[0]) and two.lstrip()[:1].isupper()

    def _placed(self, text: str) -> tuple[str, str]:
        """A name without "in Seoul" behind it, and the place."""
        words = text.split()
        for at in range(len(words) - 1):
            word = words[at]
            leads = word == "à" or (word in self._words["place"] and word not in self._words["particle"] and word != "a")
            if leads and words[at + 1][:1].isupper():
                if len(words) - at <= 4:
                    return " ".join(words[:at]), " ".join(words[at + 1 :])
                break
        return text, ""

    def _parted(self, text: str, name: str) -> bool:
        """Whether more than a comma says that a name is one of several: an "and" somewhere in the line."""
        return bool(self._join.search(text)) or self.is_agency(name)


def merged(people: Iterable[Person]) -> tuple[Person, ...]:
    """People without repeats: the same name once, with the first role and bio that is given."""
    found: dict[str, Person] = {}
    for person in people:
        key = plain_words(person.name)
        known = found.get(key)
        if known:
            found[key] = known._replace(role=known.role or person.role, bio=known.bio or person.bio)
        else:
            found[key] = person
    return tuple(found.values())


def _task(lead: str) -> str:
    """The task that a label names: "Photographs by" → "Photographs"."""
    words = lead.split()
    return " ".join(words[:-1] if len(words) > 1 else words).capitalize()


def cased(name: str) -> str:
    """A name in capitals, or with the surname in capitals, as names are written."""
    if name == name.lower() or " " not in name:
        return name
    if name == name.upper():
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    first, *rest = name.split()
    loud = "".join(rest)
    if first == first.upper() or loud != loud.upper() or not any(len(word) > 3 for word in rest):
        return name
    return " ".join((first, *(re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word) for word in rest)))
