"""Bring the catalog up to date with what was parsed, and say which facts that touched.

A change touches the topics (:mod:`slugline.catalog.topics`) of every query whose answer it could alter; so the planner looks
only at those, however large the archive is. The touched topics are kept in the database until a build has finished, so
that a build that fails or is killed leaves its debt to the next one.

Longer than others: one run of changes is one object, which counts what all of its parts touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from slugline.catalog import topics
from slugline.catalog.clock import Clock
from slugline.catalog.store import State
from slugline.catalog.topics import EVERYTHING

if TYPE_CHECKING:
    from slugline.catalog.rows import ArticleRow, ItemRow

__all__ = ["MAX_WINDOW", "CatalogUpdate", "MediaRow", "key_of_place", "tick"]

MAX_WINDOW = 20
"""How many stories before or after it a story may look at."""

_MANY = 1000
_BATCH = 500


class MediaRow(NamedTuple):
    """A file beside the content.

    Attributes:
        size: in bytes.
        picture: the plan of a picture as text; empty for other files.
        text: of a table; empty for other files.
    """

    path: str
    digest: bytes
    size: int
    picture: str = ""
    text: str = ""


class _Standing(NamedTuple):
    """Where a live story stands; what listings of it depend on."""

    place: str
    lists: tuple[tuple[str, str], ...]
    digest: bytes
    embargo: int


def key_of_place(place: str) -> str:
    """The key of the story that stands at a place."""
    return place.split(" ", 2)[2]


def tick(db: State, last: Clock | None, clock: Clock) -> set[str]:
    """Let out, or take back, the stories that the clock's step concerns; the topics that were touched."""
    if last == clock:
        return set()
    embargo = "sort > :now"
    out = "(NOT draft OR (:drafts AND draft = 1)) AND (expires = '' OR expires > :now)"
    live = f"{out} AND (:future OR sort <= :now)"
    stepped = last is not None and last[1:] == clock[1:] and last.now <= clock.now
    columns = "id, key, place, lists, digest, unlisted, live, embargo"
    changed = f"(live != ({live}) OR embargo != ({embargo}))"
    # A step forward concerns few: those that waited, and those whose time is over.
    steps = ("(live = 0 OR embargo = 1) AND sort <= :now", "expires != '' AND expires <= :now AND live")
    sql = " UNION ".join(
        f"SELECT {columns}, {live}, {embargo} FROM article WHERE {where} AND {changed}"
        for where in (steps if stepped else ("1",))
    )
    values = clock._asdict()
    found = db.execute(sql, values).fetchall()
    items = db.execute(f"SELECT kind, slug, {out} FROM item WHERE live != ({out})", values).fetchall()
    change = CatalogUpdate(db, clock, len(found) + len(items))
    for row_id, key, place, lists, digest, unlisted, was_live, was_embargo, is_live, is_embargo in found:
        names = change.lists(lists, unlisted)
        old = _Standing(place, names, digest, was_embargo) if was_live else None
        new = _Standing(place, names, digest, is_embargo) if is_live else None
        db.execute("UPDATE article SET live = ?, embargo = ? WHERE id = ?", (is_live, is_embargo, row_id))
        change.move(row_id, old, new)
        change.touched.update((topics.story(key), topics.year(place)))
    for kind, slug, is_live in items:
        db.execute("UPDATE item SET live = ? WHERE kind = ? AND slug = ?", (is_live, kind, slug))
        change.touch_item(kind, slug)
    return change.finish()


class CatalogUpdate:
    """One run of changes: writes rows as they come, gathers list entries and writes them sorted at the end.

    Args:
        db: the state, inside a transaction.
        clock: the build's.
        changes: how many sources the run is about; see :data:`~slugline.catalog.topics.EVERYTHING`.

    Attributes:
        replaced: items that took the place of another file's: (kind, slug, that file, the new one).
    """

    def __init__(self, db: State, clock: Clock, changes: int) -> None:
        self.db = db
        self.clock = clock
        self.fresh = not db.execute("SELECT EXISTS (SELECT 1 FROM article)").fetchone()[0]
        bulk = self.fresh or changes > _MANY
        self.next_id = db.execute("SELECT coalesce(max(id), 0) + 1 FROM article").fetchone()[0]
        self.touched: set[str] = {EVERYTHING} if bulk else set()
        self.bulk = bulk
        self.moved: set[tuple[str, str]] = set()
        self.added: list[tuple[str, str, int]] = []
        self.dropped: list[tuple[str, str]] = []
        self.counts: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.labels: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.named: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        self.references: list[tuple[str, str]] = []
        self.articles: list[tuple[object, ...]] = []
        self.stories: list[tuple[object, ...]] = []
        self.replaced: list[tuple[str, str, str, str]] = []
        self._named: dict[str, tuple[str, str]] = {}

    def put_article(self, row: ArticleRow) -> None:
        """Insert or update one article."""
        db, clock = self.db, self.clock
        live, embargo = int(clock.live(row.sort, row.draft, row.expires)), int(clock.embargo(row.sort))
        old = None
        found = None
        if not self.fresh:
            found = db.execute(
                "SELECT a.id, a.place, a.lists, a.digest, a.live, a.embargo, a.draft, a.expires, a.unlisted, s.digest "
                "FROM article a JOIN story s ON s.id = a.id WHERE a.key = ?",
                (row.key,),
            ).fetchone()
        if found:
            row_id = found[0]
            old = _Standing(found[1], self.lists(found[2], found[8]), found[3], found[5]) if found[4] else None
            states = (live, embargo, row.draft, row.expires, row.unlisted)
            if found[1:] == (row.place, row.lists, row.digest, *states, row.story_digest):
                return
            db.execute("DELETE FROM reference WHERE owner = ?", (row.key,))
            self._count_labels(self.lists(found[2], 0), -1)
        else:
            row_id = self.next_id
            self.next_id += 1
        self.articles.append(
            (
                *(row_id, row.key, row.place, row.sort, row.draft, live, embargo, row.expires, row.unlisted),
                *(row.url, row.lists, row.teaser, row.digest),
            )
        )
        self.stories.append((row_id, row.details, row.html, row.story_digest))
        if not self.fresh or len(self.articles) >= _BATCH:
            self._write_articles()
        self.references += [(target, row.key) for target in row.references]
        names = self.lists(row.lists, row.unlisted)
        self._count_labels(self.lists(row.lists, 0) if row.unlisted else names, 1)
        new = _Standing(row.place, names, row.digest, embargo) if live else None
        self.move(row_id, old, new)
        self.touched.update((topics.story(row.key), topics.year(row.place)))
        if found:
            self.touched.add(topics.year(found[1]))

    def _write_articles(self) -> None:
        # Where there were none before, nobody asks for one meanwhile, and many at once are written in half the time.
        self.db.executemany("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self.articles)
        self.db.executemany("INSERT OR REPLACE INTO story VALUES (?, ?, ?, ?)", self.stories)
        self.articles.clear()
        self.stories.clear()

    def put_item(self, row: ItemRow) -> None:
        """Insert or update one item; a slug that its file had before is dropped."""
        db = self.db
        for kind, slug in db.execute("SELECT kind, slug FROM item WHERE source = ?", (row.source,)).fetchall():
            if (kind, slug) != (row.kind, row.slug):
                self._drop_item(kind, slug)
        other = db.execute("SELECT source FROM item WHERE kind = ? AND slug = ?", row[:2]).fetchone()
        if other and other[0] != row.source:
            self.replaced.append((row.kind, row.slug, other[0], row.source))
        db.execute("DELETE FROM reference WHERE owner = ?", (row.source,))
        live = int(self.clock.live("", row.draft, row.expires))
        # What the old addresses lead to changes, whether they are those of before or of now.
        self.touch_item(row.kind, row.slug)
        db.execute("DELETE FROM alias WHERE kind = ? AND slug = ?", row[:2])
        states = (row.draft, row.expires, live, row.unlisted, row.noindex, row.public)
        db.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row[:5], *states))
        aliases = [(alias, row.kind, row.slug) for alias in row.aliases]
        db.executemany("INSERT OR REPLACE INTO alias VALUES (?, ?, ?)", aliases)
        self.references += [(target, row.source) for target in row.references]
        self.touch_item(row.kind, row.slug)

    def put_media(self, row: MediaRow) -> None:
        """Insert or update one file."""
        self.db.execute("INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?, ?)", row)
        self.touched.add(topics.media(row.path))

    def remove(self, path: str) -> None:
        """Forget a source, whatever it was."""
        db = self.db
        found = db.execute(
            "SELECT id, place, lists, digest, live, embargo, unlisted FROM article WHERE key = ?", (path,)
        ).fetchone()
        if found:
            row_id, place, lists, digest, live, embargo, unlisted = found
            self._count_labels(self.lists(lists, 0), -1)
            self.move(row_id, _Standing(place, self.lists(lists, unlisted), digest, embargo) if live else None, None)
            self.touched.add(topics.year(place))
            db.execute("DELETE FROM article WHERE id = ?", (row_id,))
            db.execute("DELETE FROM story WHERE id = ?", (row_id,))
        # The story is touched even where there was none: a link may wait for it.
        self.touched.add(topics.story(path))
        for kind, slug in db.execute("SELECT kind, slug FROM item WHERE source = ?", (path,)).fetchall():
            self._drop_item(kind, slug)
        if db.execute("DELETE FROM media WHERE path = ?", (path,)).rowcount:
            self.touched.add(topics.media(path))
        db.execute("DELETE FROM reference WHERE owner = ?", (path,))

    def lists(self, text: str, unlisted: int) -> tuple[tuple[str, str], ...]:
        """The lists that a row is on, each with the label it gives to it; one that many rows name is in memory once.

        An unlisted story is on none: only its old addresses lead to it.
        """
        names = []
        lines = text.split("\n")
        for line in [line for line in lines if line.startswith(("alias:", "recased:"))] if unlisted else lines:
            pair = self._named.get(line)
            if pair is None:
                name, _, label = line.partition("\t")
                pair = self._named[line] = (name, label)
            names.append(pair)
        return tuple(names)

    def move(self, row_id: int, old: _Standing | None, new: _Standing | None) -> None:
        """Note that a story's standing changed from one to the other; None stands for "not live"."""
        if old == new:
            return
        for standing, step in ((old, -1), (new, 1)):
            if standing is None:
                continue
            month = standing.place[:7]
            for name, label in standing.lists:
                if step < 0:
                    self.dropped.append((name, standing.place))
                else:
                    self.added.append((name, standing.place, row_id))
                self.counts[name, month] += step
                if not self.bulk:
                    self.moved.add((name, standing.place))
                    if label:
                        self.named[name, label, standing.place] += step

    def _count_labels(self, names: Iterable[tuple[str, str]], step: int) -> None:
        for name, label in names:
            if label:
                self.labels[name, label] += step

    def finish(self) -> set[str]:
        """Write the gathered entries and counts; the topics that were touched."""
        db = self.db
        self._write_articles()
        db.executemany("DELETE FROM entry WHERE list = ? AND place = ?", self.dropped)
        for table, rows in (("entry VALUES (?, ?, ?)", self.added), ("reference VALUES (?, ?)", self.references)):
            rows.sort()
            db.executemany(f"INSERT OR REPLACE INTO {table}", rows)
            rows.clear()
        steps = sorted((name, month, step) for (name, month), step in self.counts.items() if step)
        names = {name for name, _, _ in steps}
        before = {name: self._months(name) for name in names}
        db.executemany(
            "INSERT INTO bucket VALUES (?, ?, ?) "
            "ON CONFLICT (list, month) DO UPDATE SET stories = stories + excluded.stories",
            steps,
        )
        db.executemany("DELETE FROM bucket WHERE list = ? AND month = ? AND stories = 0", [step[:2] for step in steps])
        for name in names:
            after = self._months(name)
            if after != before[name]:
                self.touched.add(topics.months(name))
            if bool(after) != bool(before[name]):
                # Its first story gives it a page, and its last takes the page away.
                kind, _, slug = name.partition(":")
                self.touch_item(kind, slug)
        for (name, label), step in sorted(self.labels.items()):
            if step:
                db.execute(
                    "INSERT INTO label VALUES (?, ?, ?) "
                    "ON CONFLICT (list, label) DO UPDATE SET stories = stories + excluded.stories",
                    (name, label, step),
                )
                db.execute("DELETE FROM label WHERE list = ? AND label = ? AND stories = 0", (name, label))
        if self.bulk:
            return {EVERYTHING}
        for (name, _, _), step in self.named.items():
            if step:
                kind, _, slug = name.partition(":")
                self.touched |= {topics.label(name), topics.entry(kind, slug), topics.entries(kind)}
        for name, place in self.moved:
            self.touched |= {topics.stories(name), topics.month(name, place[:7])}
            if name and not name.startswith("type:"):
                self._touch_windows(name, place)
        return self.touched

    def _touch_windows(self, name: str, place: str) -> None:
        # A story looks at up to MAX_WINDOW others on either side: those within that distance may see the change.
        for sign, order in ((">", "ASC"), ("<", "DESC")):
            near = self.db.execute(
                f"SELECT place FROM entry WHERE list = ? AND place {sign} ? ORDER BY place {order} LIMIT ?",
                (name, place, MAX_WINDOW),
            )
            self.touched.update(topics.window(key_of_place(other)) for (other,) in near)
        self.touched.add(topics.window(key_of_place(place)))

    def _months(self, name: str) -> list[str]:
        return [month for (month,) in self.db.execute("SELECT month FROM bucket WHERE list = ?", (name,))]

    def _drop_item(self, kind: str, slug: str) -> None:
        self.touch_item(kind, slug)
        self.db.execute("DELETE FROM item WHERE kind = ? AND slug = ?", (kind, slug))
        self.db.execute("DELETE FROM alias WHERE kind = ? AND slug = ?", (kind, slug))

    def touch_item(self, kind: str, slug: str) -> None:
        """Note that something is described otherwise than before, or that it has a page now or has none any more."""
        self.touched |= {
            topics.items(kind),
            topics.item(kind, slug),
            topics.lists(kind),
            topics.entries(kind),
            topics.entry(kind, slug),
        }
        for (alias,) in self.db.execute("SELECT alias FROM alias WHERE kind = ? AND slug = ?", (kind, slug)):
            self.touched |= {topics.lists("alias"), topics.stories(f"alias:{alias}")}
