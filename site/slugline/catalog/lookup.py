"""The reads of content that are no page's question: those of the planner, of checks and of tools. Nothing records them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from slugline.catalog.decoding import whole
from slugline.catalog.rows import Story, item_value, story_value, teaser_value
from slugline.catalog.store import State
from slugline.model import Teaser

__all__ = [
    "DescribedItem",
    "Labelled",
    "Listed",
    "StoredStory",
    "StoryPlace",
    "StoryText",
    "aliases",
    "all_references",
    "all_stories",
    "author_slugs",
    "authors_of",
    "broken_references",
    "described_items",
    "is_live",
    "is_referred_to",
    "item_named",
    "item_source",
    "labels",
    "labels_of",
    "lists_of",
    "live_stories",
    "live_url",
    "media_paths",
    "named_by",
    "others_at",
    "places_by_section",
    "referrers",
    "section_aliases",
    "section_slugs",
    "spellings",
    "story_count",
    "story_references",
    "story_text",
    "story_url",
    "texts_linking_out",
    "texts_to_check",
    "under",
    "year_digests",
    "year_texts",
]


class Listed(NamedTuple):
    """A story, live or not, and what it is listed under: one a line, as :class:`~slugline.catalog.rows.ArticleRow` has it."""

    key: str
    lists: str


class Labelled(NamedTuple):
    """A story, live or not, and the name that it gives to a list."""

    key: str
    label: str


class StoredStory(NamedTuple):
    """A story, live or not, without its text; ``sort`` is its date as articles sort."""

    teaser: Teaser
    story: Story
    sort: str


class StoryPlace(NamedTuple):
    """Where a story lies, live or not, and whether it is a draft."""

    key: str
    draft: bool


class StoryText(NamedTuple):
    """The HTML of a text, and the file below the content folder that it comes from."""

    source: str
    html: str


class DescribedItem(NamedTuple):
    """An author, section, tag, series or page with the file that describes it."""

    kind: str
    slug: str
    source: str
    value: Any


def story_url(db: State, key: str) -> str | None:
    """The URL of a story, live or not; None if there is none."""
    row = db.execute("SELECT url FROM article WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def live_url(db: State, key: str) -> str | None:
    """The URL of a live story; None if there is none."""
    row = db.execute("SELECT url FROM article WHERE key = ? AND live", (key,)).fetchone()
    return row[0] if row else None


def is_live(db: State, key: str) -> bool | None:
    """Whether a story is live; None if there is none."""
    row = db.execute("SELECT live FROM article WHERE key = ?", (key,)).fetchone()
    return bool(row[0]) if row else None


def live_stories(db: State) -> list[tuple[str, str]]:
    """Every live story: (key, URL)."""
    return db.execute("SELECT key, url FROM article WHERE live").fetchall()


def all_stories(db: State) -> Iterator[StoredStory]:
    """Every story, live or not, by key."""
    sql = "SELECT a.teaser, a.embargo, s.details, a.sort FROM article a JOIN story s ON s.id = a.id ORDER BY a.key"
    for teaser, embargo, details, sort in db.execute(sql):
        yield StoredStory(teaser_value(teaser, embargo=bool(embargo)), story_value(details, ""), sort)


def others_at(db: State, url: str, key: str) -> list[str]:
    """The keys of other stories that have a URL."""
    sql = "SELECT key FROM article WHERE url = ? AND key != ? ORDER BY key"
    return [other for (other,) in db.execute(sql, (url, key))]


def under(db: State, name: str) -> Iterator[Listed]:
    """The stories, drafts and those under embargo too, that name a list without giving it a label: "author:jane", "alias:/x/".

    A walk through all of them: for what is seldom asked.
    """
    sql = "SELECT key, lists FROM article WHERE instr(lists, ?) ORDER BY key"
    for row in db.execute(sql, (name,)):
        found = Listed(*row)
        if name in found.lists.split("\n"):
            yield found


def labels(db: State) -> dict[str, list[str]]:
    """The names that stories, live or not, give to each list."""
    found: dict[str, list[str]] = {}
    for name, label in db.execute("SELECT list, label FROM label ORDER BY list, label"):
        found.setdefault(name, []).append(label)
    return found


def labels_of(db: State, name: str) -> list[str]:
    """What :func:`labels` says of one list."""
    return [label for (label,) in db.execute("SELECT label FROM label WHERE list = ? ORDER BY label", (name,))]


def named_by(db: State, name: str) -> Iterator[Labelled]:
    """The stories, live or not, that give a name to a list, oldest first. A walk through all: for what is seldom asked."""
    start = f"{name}\t"
    for key, lists in db.execute("SELECT key, lists FROM article WHERE instr(lists, ?) ORDER BY place", (start,)):
        for line in lists.split("\n"):
            if line.startswith(start):
                yield Labelled(key, line[len(start) :])


def spellings(db: State) -> Iterator[tuple[str, Labelled]]:
    """Every name that a story, live or not, gives to a list that has several, with the list; oldest first."""
    several = {name for (name,) in db.execute("SELECT list FROM label GROUP BY list HAVING count(*) > 1")}
    several |= {f"{kind}:{slug}" for kind, slug in db.execute("SELECT kind, slug FROM item")}
    for key, lists in db.execute("SELECT key, lists FROM article ORDER BY place"):
        for line in lists.split("\n"):
            name, _, label = line.partition("\t")
            if label and name in several:
                yield name, Labelled(key, label)


def aliases(db: State) -> Iterator[tuple[str, str]]:
    """The old addresses of live stories, in order, each with the URL of the story; of several the newest comes last."""
    sql = (
        "SELECT e.list, a.url FROM entry e JOIN article a ON a.id = e.id "
        "WHERE (e.list > 'alias:' AND e.list < 'alias;') OR (e.list > 'recased:' AND e.list < 'recased;') "
        "ORDER BY e.list, e.place"
    )
    for name, url in db.execute(sql):
        yield name.partition(":")[2], url


def section_aliases(db: State) -> list[tuple[str, str]]:
    """The old addresses of sections, in order, each with the slug of the section."""
    return sorted((alias, item.slug) for item in described_items(db, "section") for alias in item.value.aliases)


def story_references(db: State, owner: str) -> list[str]:
    """The files that a source points at, in order."""
    sql = "SELECT target FROM reference WHERE owner = ? ORDER BY target"
    return [target for (target,) in db.execute(sql, (owner,))]


def all_references(db: State) -> dict[str, list[str]]:
    """What :func:`story_references` says of every source that points at any."""
    found: dict[str, list[str]] = {}
    for owner, target in db.execute("SELECT owner, target FROM reference ORDER BY target"):
        found.setdefault(owner, []).append(target)
    return found


def referrers(db: State, target: str) -> list[str]:
    """The sources that point at a file."""
    return [owner for (owner,) in db.execute("SELECT owner FROM reference WHERE target = ?", (target,))]


def broken_references(db: State) -> list[tuple[str, str]]:
    """(source, file) wherever a source points at a file that does not exist, in order."""
    sql = (
        "SELECT r.owner, r.target FROM reference r "
        "WHERE NOT EXISTS (SELECT 1 FROM article WHERE key = r.target) "
        "AND NOT EXISTS (SELECT 1 FROM media WHERE path = r.target) "
        "AND NOT EXISTS (SELECT 1 FROM item WHERE source = r.target) ORDER BY r.owner, r.target"
    )
    return db.execute(sql).fetchall()


def is_referred_to(db: State, path: str) -> bool:
    """Whether any text points at a file, or any value of front matter."""
    return db.execute("SELECT 1 FROM reference WHERE target = ? LIMIT 1", (path,)).fetchone() is not None


def story_count(db: State) -> int:
    """How many stories there are, drafts and those under embargo included."""
    return int(db.execute("SELECT count(*) FROM article").fetchone()[0])


def media_paths(db: State) -> set[str]:
    """The files beside the content."""
    return {path for (path,) in db.execute("SELECT path FROM media")}


def author_slugs(db: State) -> set[str]:
    """The authors that a file describes."""
    return {slug for (slug,) in db.execute("SELECT slug FROM item WHERE kind = 'author'")}


def section_slugs(db: State) -> set[str]:
    """The sections that a file describes."""
    return {slug for (slug,) in db.execute("SELECT slug FROM item WHERE kind = 'section'")}


def places_by_section(db: State) -> dict[str, list[StoryPlace]]:
    """The stories of each section, drafts and those under embargo too, by key.

    A walk through all of them: for what is seldom asked.
    """
    found: dict[str, list[StoryPlace]] = {}
    for key, lists, draft in db.execute("SELECT key, lists, draft FROM article ORDER BY key"):
        name = next(line for line in lists.split("\n") if line.startswith("section:"))
        found.setdefault(name.removeprefix("section:"), []).append(StoryPlace(key, bool(draft)))
    return found


def authors_of(db: State, source: str) -> list[str]:
    """The slugs of the authors that a file describes."""
    sql = "SELECT slug FROM item WHERE source = ? AND kind = 'author'"
    return [slug for (slug,) in db.execute(sql, (source,))]


def lists_of(db: State, source: str) -> list[str]:
    """What a file describes that stories are listed under: "tag:asia"."""
    return [f"{kind}:{slug}" for kind, slug in db.execute("SELECT kind, slug FROM item WHERE source = ?", (source,))]


def item_source(db: State, kind: str, slug: str) -> str:
    """The file that describes an item, below the content folder; empty if none does."""
    row = db.execute("SELECT source FROM item WHERE kind = ? AND slug = ?", (kind, slug)).fetchone()
    return str(row[0]) if row else ""


def item_named(db: State, kind: str, slug: str) -> tuple[str, str] | None:
    """What a file calls a section, tag, series or author, and that file; None where no file describes it."""
    row = db.execute("SELECT value, source FROM item WHERE kind = ? AND slug = ?", (kind, slug)).fetchone()
    if row is None:
        return None
    value = item_value(kind, row[0])
    return (value.name if kind == "author" else value.title), row[1]


def described_items(db: State, *kinds: str) -> Iterator[DescribedItem]:
    """The items of some kinds, by file."""
    sql = f"SELECT kind, slug, source, value, digest FROM item WHERE kind IN ({_marks(kinds)}) ORDER BY source"
    for kind, slug, source, value, digest in db.execute(sql, kinds):
        yield DescribedItem(kind, slug, source, item_value(kind, whole(digest, value)))


def story_text(db: State, key: str) -> str | None:
    """The HTML of a story, live or not; None if there is none."""
    sql = "SELECT s.html FROM article a JOIN story s ON s.id = a.id WHERE a.key = ?"
    row = db.execute(sql, (key,)).fetchone()
    return row[0] if row else None


def texts_to_check(db: State) -> list[StoryText]:
    """The texts that hold pictures, or links to addresses of the site, parts of a text or somebody's own files, by source.

    Of other items than stories: all.
    """
    signs = (
        "instr(s.html, '<img')",
        "instr(s.html, 'href=\"/')",
        "instr(s.html, '#') AND instr(s.html, 'href=\"')",
        "instr(s.html, 'file:')",
        "instr(s.html, ':\\')",
        "instr(s.html, '\\\\')",
        "instr(s.html, 'content:/')",
    )
    sql = f"SELECT a.key, s.html FROM article a JOIN story s ON s.id = a.id WHERE {' OR '.join(signs)}"
    found = [StoryText(*row) for row in db.execute(sql)]
    items = described_items(db, "author", "section", "tag", "series", "page")
    found += [StoryText(item.source, item.value.html) for item in items]
    return sorted(found)


def texts_linking_out(db: State) -> Iterator[StoryText]:
    """The texts of stories that link to addresses elsewhere, by key."""
    sql = "SELECT a.key, s.html FROM article a JOIN story s ON s.id = a.id WHERE instr(s.html, 'href=\"http') ORDER BY a.key"
    for row in db.execute(sql):
        yield StoryText(*row)


def year_digests(db: State, year: str) -> Iterator[tuple[str, bytes, bytes]]:
    """The live stories of a year, oldest first: URL, the digests of the narrow row and of the wide one."""
    yield from db.execute(f"SELECT a.url, a.digest, s.digest {_YEAR}", _year_bounds(year))


def year_texts(db: State, year: str) -> Iterator[tuple[str, Teaser, str]]:
    """The live stories of a year, oldest first: URL, teaser, HTML."""
    for url, teaser, html in db.execute(f"SELECT a.url, a.teaser, s.html {_YEAR}", _year_bounds(year)):
        yield url, teaser_value(teaser, embargo=False), html


_YEAR = (
    "FROM entry e JOIN article a ON a.id = e.id JOIN story s ON s.id = a.id "
    "WHERE e.list = '' AND e.place >= ? AND e.place < ? ORDER BY e.place"
)


def _year_bounds(year: str) -> tuple[str, str]:
    # Places begin with their month; "." is the next character after the hyphen.
    return f"{year}-", f"{year}."


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
