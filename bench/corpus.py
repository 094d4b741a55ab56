"""The stories: as many as asked for, the same for the same seed, each of 350 to 900 words.

A story is made from its number alone, so that any story can name any other (a link needs its section, month and slug)
without the rest being made, and stories can be made in parallel and in any order. Ten years of news: story 0 is the
oldest, and no two stories have the same minute.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bench.lexicon import LEXICON, Beat
from bench.prose import COUNTS, Voice, count_words, curl, pick

__all__ = ["FEWEST_STORIES", "WORDS_MAX", "WORDS_MIN", "Author", "Corpus", "Head", "Story", "slugify"]

WORDS_MIN, WORDS_MAX = 350, 900
FEWEST_STORIES = len(LEXICON.tags)
"""With fewer, a tag could be without a story, and some generators would leave its page out."""

FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
MINUTES = 3653 * 24 * 60
"""Ten years."""


@dataclass(frozen=True, slots=True)
class Author:
    """One of the paper's staff."""

    slug: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Head:
    """What others need to know of a story: enough to link to it."""

    number: int
    section: str
    slug: str
    title: str
    date: datetime

    @property
    def path(self) -> str:
        """``section/yyyy/mm/slug``: the place of its source below the articles, and of its page below the site."""
        return f"{self.section}/{self.date:%Y/%m}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story.

    Attributes:
        head: what others need to know of it.
        authors: slugs.
        tags: names, as an editor writes them.
        dek: the line under the headline.
        summary: for lists; most stories have none.
        body: Markdown; links to other stories are written ``[text](story:17)``, for each generator's writer to express.
        words: of the visible body.
    """

    head: Head
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    dek: str
    summary: str | None
    body: str
    words: int


def slugify(text: str) -> str:
    """Lower-case letters and digits of ASCII, with hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True)
class Corpus:
    """The stories, sections, authors and tags of a publication.

    Args:
        stories: how many, at least :data:`FEWEST_STORIES`.
        seed: another seed, another corpus.
    """

    stories: int
    seed: int = 1

    def __post_init__(self) -> None:
        if self.stories < FEWEST_STORIES:
            raise ValueError(f"a corpus needs at least {FEWEST_STORIES} stories, so that every tag has one")

    @property
    def sections(self) -> tuple[Beat, ...]:
        """The sections, in the order of the menu."""
        return LEXICON.sections

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of the tags, sorted."""
        return LEXICON.tags

    @property
    def authors(self) -> tuple[Author, ...]:
        """The staff, sorted by name."""
        return tuple(
            Author(slugify(name), name, LEXICON.roles[at % len(LEXICON.roles)])
            for at, name in enumerate(LEXICON.authors)
        )

    def __iter__(self) -> Iterator[Story]:
        return (self.story(number) for number in range(self.stories))

    def head(self, number: int) -> Head:
        """The head of a story; numbers past the end are stories newer than all others."""
        return self._opened(number)[0]

    def story(self, number: int) -> Story:
        """A whole story; numbers past the end are stories newer than all others."""
        head, voice = self._opened(number)
        rng = voice.rng
        dek = voice.say("deks")
        summary = voice.say("deks") if rng.random() < 0.3 else None
        body = self._body(voice, number)
        return Story(head, self._bylines(rng, number), self._tagged(rng, number), dek, summary, body, count_words(body))

    def _opened(self, number: int) -> tuple[Head, Voice]:
        rng = random.Random(f"{self.seed}/{number}")
        beat = pick(rng, LEXICON.sections)
        voice = Voice(rng, beat)
        title = voice.say("headlines")
        slot = MINUTES / self.stories
        minute = int(slot * number + rng.random() * (slot - 1))
        slug = f"{slugify(title)}-{number}"
        return Head(number, beat.slug, slug, title, FIRST_DAY + timedelta(minutes=minute)), voice

    def _bylines(self, rng: random.Random, number: int) -> tuple[str, ...]:
        staff = self.authors
        first = staff[_dealt(self.seed, len(staff), number)]
        second = pick(rng, staff) if rng.random() < 0.2 else first
        return (first.slug,) if second is first else (first.slug, second.slug)

    def _tagged(self, rng: random.Random, number: int) -> tuple[str, ...]:
        chosen = {LEXICON.tags[_dealt(self.seed, len(LEXICON.tags), number)]: None}
        for _ in range(1 + int(rng.random() * 4)):
            # A square makes some tags far commoner than others, as in any archive.
            chosen[LEXICON.tags[int(rng.random() ** 2 * len(LEXICON.tags))]] = None
        return tuple(chosen)

    def _body(self, voice: Voice, number: int) -> str:
        rng = voice.rng
        target = WORDS_MIN + int(rng.random() * (WORDS_MAX - WORDS_MIN))
        blocks = [f"{voice.say('leads')} {voice.say('statements')}"]
        extras = self._extras(voice, number)
        words = count_words(blocks[0])
        while words < target:
            block = extras.pop() if extras and rng.random() < 0.45 else _paragraph(voice)
            words += count_words(block)
            if words > WORDS_MAX:
                break
            blocks.append(block)
        text = "\n\n".join(blocks) + "\n"
        return curl(text) if rng.random() < 0.25 else text

    def _extras(self, voice: Voice, number: int) -> list[str]:
        """What a story has besides plain paragraphs, in the order in which they are taken from the end."""
        rng = voice.rng
        extras = [f"{voice.say('linked')} {voice.say('background')}" for _ in range(1 + int(rng.random() * 3))]
        extras += [f"{voice.say('stressed')} {voice.say('facts')}" for _ in range(1 + int(rng.random() * 2))]
        for _ in range(int(rng.random() * 3) if number else 0):
            target = str(int(rng.random() * number))
            extras.append(f"{voice.say('facts')} {voice.say('internal', target=target)}")
        if rng.random() < 0.4:
            extras.append(_list(voice))
        if rng.random() < 0.4:
            extras.append(f"> {voice.say('quoted')}")
        for _ in range(int(rng.random() * 4)):
            level = "###" if rng.random() < 0.15 else "##"
            extras.append(f"{level} {voice.fill('{Heading}')}\n\n{_paragraph(voice)}")
        return sorted(extras, key=lambda _: rng.random())


def _paragraph(voice: Voice) -> str:
    kinds = ("statements", "facts", "background")
    return " ".join(voice.say(pick(voice.rng, kinds)) for _ in range(2 + int(voice.rng.random() * 2)))


def _list(voice: Voice) -> str:
    items = [voice.fill("{Item}") for _ in range(3 + int(voice.rng.random() * 4))]
    lead = voice.say("list_leads", count=COUNTS[len(items)])
    numbered = voice.rng.random() < 0.25
    lines = [f"{at}. {item}" if numbered else f"- {item}" for at, item in enumerate(items, 1)]
    return "\n".join((lead, "", *lines))


def _dealt(seed: int, size: int, number: int) -> int:
    """Numbers below ``size`` as from packs of cards: each pack is shuffled and dealt to its end."""
    return _pack(seed, size, number // size)[number % size]


@lru_cache(maxsize=1024)
def _pack(seed: int, size: int, at: int) -> tuple[int, ...]:
    rng = random.Random(f"{seed}/pack/{size}/{at}")
    return tuple(sorted(range(size), key=lambda _: rng.random()))
