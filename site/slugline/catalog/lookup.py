"""The reads of content that are no page's question: those of the planner, of checks and of tools. Nothing records them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from slugline.catalog.decoding import whole
from slugline.catalog.rows import Story, item_value, story_value, teaser_value
from slugline.catalog.store import State
from slugline.catalog.topics import stories_in
from slugline.model import Teaser

__all__ = [
    "DescribedItem",
    "HiddenSection",
    "Listed",
    "StoredStory",
    "StoryPlace",
    "all_references",
    "all_stories",
    "author_slugs",
    "authors_of",
    "broken_references",
    "changed_stories",
    "described_items",
    "draft_sources",
    "hidden_sections",
    "is_live",
    "is_named",
    "is_public_item",
    "is_referred_to",
    "item_named",
    "item_source",
    "lists_of",
    "live_stories",
    "live_url",
    "media_paths",
    "others_at",
    "places_by_section",
    "referrers",
    "section_slugs",
    "shared_addresses",
    "story_count",
    "story_references",
    "story_url",
    "under",
    "waiting_references",
]


class Listed(NamedTuple):
    """A story, live or not, and what it is listed under: one a line, as :class:`~slugline.catalog.rows.ArticleRow` has it.

    ``draft`` and ``expires`` are as there.
    """

    key: str
    lists: str
    draft: int
    expires: str


class HiddenSection(NamedTuple):
    """A section that is a draft's, or will expire: the file that describes it; ``draft`` and ``expires`` as of a story."""

    source: str
    draft: int
    expires: str


class StoredStory(NamedTuple):
    """A story, live or not, without its text; ``sort`` is its date as articles sort."""

    teaser: Teaser
    story: Story
    sort: str


class StoryPlace(NamedTuple):
    """Where a story lies, live or not, and whether it is a draft."""

    key: str
    draft: bool


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


def changed_stories(db: State, topics: Iterable[str]) -> tuple[str, ...]:
    """The addresses of the live stories that topics name one by one."""
    return tuple(url for key in stories_in(topics) if (url := live_url(db, key)) is not None)


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
    """The keys of other stories, drafts aside, that have a URL."""
    sql = "SELECT key FROM article WHERE url = ? AND key != ? AND NOT draft ORDER BY key"
    return [other for (other,) in db.execute(sql, (url, key))]


def shared_addresses(db: State) -> set[str]:
    """The URLs that several stories have, drafts aside."""
    return {url for (url,) in db.execute("SELECT url FROM article WHERE NOT draft GROUP BY url HAVING count(*) > 1")}


def under(db: State, name: str) -> Iterator[Listed]:
    """The stories, drafts and those under embargo too, that name a list without giving it a label: "author:jane", "alias:/x/".

    A walk through all of them: for what is seldom asked.
    """
    sql = "SELECT key, lists, draft, expires FROM article WHERE instr(lists, ?) ORDER BY key"
    for row in db.execute(sql, (name,)):
        found = Listed(*row)
        if name in found.lists.split("\n"):
            yield found


def is_named(db: State, name: str) -> bool:
    """Whether any story, public or not, names a list, with a label or without."""
    sql = "SELECT lists FROM article WHERE instr(lists, ?)"
    return any(
        line.partition("\t")[0] == name for (lists,) in db.execute(sql, (name,)) for line in lists.split("\n")
    )


def hidden_sections(db: State) -> dict[str, HiddenSection]:
    """The sections that are drafts or will expire, by slug."""
    sql = "SELECT slug, source, draft, expires FROM item WHERE kind = 'section' AND (draft OR expires != '')"
    return {slug: HiddenSection(*rest) for slug, *rest in db.execute(sql)}


def draft_sources(db: State, sources: Iterable[str]) -> set[str]:
    """Those of some sources that are drafts."""
    found = set()
    for source in sources:
        sql = (
            "SELECT EXISTS (SELECT 1 FROM article WHERE key = :s AND draft) "
            "OR EXISTS (SELECT 1 FROM item WHERE source = :s AND draft)"
        )
        if db.execute(sql, {"s": source}).fetchone()[0]:
            found.add(source)
    return found


def is_public_item(db: State, kind: str, slug: str) -> bool | None:
    """Whether what a file describes is neither a draft nor expired; None if no file describes it."""
    row = db.execute("SELECT live FROM item WHERE kind = ? AND slug = ?", (kind, slug)).fetchone()
    return bool(row[0]) if row else None


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


def waiting_references(db: State, now: str) -> list[tuple[str, str]]:
    """(source, file) wherever a story under embargo points at a file that does not exist, in order."""
    sql = (
        "SELECT r.owner, r.target FROM article a JOIN reference r ON r.owner = a.key "
        "WHERE (a.live = 0 OR a.embargo = 1) AND a.sort > ? AND NOT a.draft "
        "AND NOT EXISTS (SELECT 1 FROM article WHERE key = r.target) "
        "AND NOT EXISTS (SELECT 1 FROM media WHERE path = r.target) "
        "AND NOT EXISTS (SELECT 1 FROM item WHERE source = r.target) ORDER BY r.owner, r.target"
    )
    return db.execute(sql, (now,)).fetchall()


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


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
