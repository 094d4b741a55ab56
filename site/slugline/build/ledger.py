"""What the last build did: which pages there are and why, what each asked and used, what it wrote.

All of it is written in the one transaction that ends a build, so the ledger speaks of finished builds only.

Longer than others: every statement on the ledger's tables is here, so that none is anywhere else.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from slugline.catalog.store import DamagedState
from slugline.catalog.topics import EVERYTHING
from slugline.files import number_of
from slugline.pages.page import Page, Route

__all__ = ["Clash", "Ledger", "PageRow", "Read", "Written", "route_of", "url_of"]


_MANY = 1000

_INSERT = "INSERT INTO page (id, name, path, folded, template, queries, size, mtime) VALUES (?, ?, ?, ?, ?, x'', 0, 0)"


class PageRow(NamedTuple):
    """An output as the ledger knows it; ``digest`` is empty while it was never written."""

    id: int
    name: str
    path: str
    template: str
    digest: bytes
    size: int
    mtime: int


class Read(NamedTuple):
    """One query of a trace, as it is stored: number and topic are digests of their texts."""

    number: int
    topic: int
    text: str
    answer: bytes


class Written(NamedTuple):
    """The outcome for one page, to be stored: its trace, and its file as it is now."""

    id: int
    template: str
    reads: Sequence[Read]
    digest: bytes
    size: int
    mtime: int


class Clash(NamedTuple):
    """A page that wants an output path, and the name of the page that has it or one that differs in case only."""

    route: Route
    other: str


class Ledger:
    """The ledger's part of the state."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        # Ids of pages that have no trace yet: to look for one would take longer than to write it.
        self._untraced: set[int] = set()

    def empty(self) -> bool:
        """Whether no build has finished yet."""
        return not self.db.execute("SELECT EXISTS (SELECT 1 FROM page)").fetchone()[0]

    def pending(self) -> set[str]:
        """The topics that builds have touched and none has finished with."""
        return {topic for (topic,) in self.db.execute("SELECT topic FROM pending")}

    def owe(self, topics: Iterable[str]) -> None:
        """Note topics as touched."""
        self.db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(topic,) for topic in sorted(topics)])

    def settle(self) -> None:
        """Forget the touched topics: a build has finished."""
        self.db.execute("DELETE FROM pending")

    def outputs(self) -> list[tuple[int, str, int, int]]:
        """Every output: (id, path, size, modification time)."""
        return self.db.execute("SELECT id, path, size, mtime FROM page WHERE path IS NOT NULL").fetchall()

    def paths(self) -> frozenset[str]:
        """The output paths of all pages."""
        return frozenset(path for (path,) in self.db.execute("SELECT path FROM page WHERE path IS NOT NULL"))

    def paths_of(self, kind: str) -> frozenset[str]:
        """The output paths of the pages of one kind."""
        sql = "SELECT path FROM page WHERE path IS NOT NULL AND name > ? AND name < ?"
        return frozenset(path for (path,) in self.db.execute(sql, (f"{kind} ", f"{kind}!")))

    def below(self, folder: str) -> list[str]:
        """The names of the pages whose output paths begin with that of a folder, which ends with a slash."""
        sql = "SELECT name FROM page WHERE path >= ? AND path < ? ORDER BY name"
        return [name for (name,) in self.db.execute(sql, (folder, f"{folder[:-1]}0"))]

    def stored_queries(self) -> list[tuple[int, int, str]]:
        """Every query: (number, number of its topic, the query as text)."""
        return self.db.execute("SELECT id, topic, body FROM query").fetchall()

    def traces(self) -> list[tuple[int, str, str | None, str | None, bytes]]:
        """Every page and grant: (id, name, path, folded path, the packed numbers of what it asked)."""
        return self.db.execute("SELECT id, name, path, folded, queries FROM page").fetchall()

    def last_id(self) -> int:
        """The highest id of a page: at least as many as there are."""
        return int(self.db.execute("SELECT coalesce(max(id), 0) FROM page").fetchone()[0])

    def count(self) -> int:
        """How many outputs there are."""
        return int(self.db.execute("SELECT count(*) FROM page WHERE path IS NOT NULL").fetchone()[0])

    def rows(self, ids: Iterable[int]) -> list[PageRow]:
        """The pages of those ids, ordered by name."""
        sql = "SELECT id, name, path, template, coalesce(digest, x''), size, mtime FROM page WHERE id = ?"
        wanted = set(ids)
        if len(wanted) > _MANY:
            # A walk through all of them costs less than so many single steps.
            every = self.db.execute(sql.removesuffix(" WHERE id = ?"))
            found = [PageRow(*row) for row in every if row[0] in wanted]
        else:
            found = [PageRow(*_present(self.db.execute(sql, (number,)).fetchone())) for number in wanted]
        return sorted(found, key=lambda row: row.name)

    def at(self, path: str) -> PageRow | None:
        """The page whose output path that is."""
        row = self.db.execute("SELECT id FROM page WHERE path = ?", (path,)).fetchone()
        return self.rows([row[0]])[0] if row else None

    def retime(self, times: Mapping[int, int]) -> None:
        """Note that the files of outputs have other modification times, their bytes being the same."""
        self.db.executemany("UPDATE page SET mtime = ? WHERE id = ?", [(time, number) for number, time in times.items()])

    def all_rows(self) -> list[PageRow]:
        """All pages, ordered by name."""
        return self.rows(number for number, _, _, _ in self.outputs())

    def existing(self, ids: Iterable[int]) -> set[int]:
        """Those of the ids that are still pages."""
        sql = "SELECT EXISTS (SELECT 1 FROM page WHERE id = ?)"
        return {number for number in ids if self.db.execute(sql, (number,)).fetchone()[0]}

    def queries(self, topics: Iterable[str]) -> list[tuple[int, str, bytes]]:
        """The known queries with one of those topics: (number, the query as text, digest of its last answer)."""
        wanted = set(topics)
        if EVERYTHING in wanted:
            found = self.db.execute("SELECT id, body, answer FROM query").fetchall()
        else:
            found = []
            for topic in sorted(wanted):
                sql = "SELECT id, body, answer FROM query WHERE topic = ?"
                found += self.db.execute(sql, (number_of(topic),)).fetchall()
        return found

    def readers(self, query: int) -> list[tuple[int, str]]:
        """Who asked a query: (id, name)."""
        sql = "SELECT p.id, p.name FROM reads r JOIN page p ON p.id = r.page WHERE r.query = ?"
        return self.db.execute(sql, (query,)).fetchall()

    def with_template(self, template: str) -> list[int]:
        """The pages that a template rendered."""
        return [number for (number,) in self.db.execute("SELECT id FROM page WHERE template = ?", (template,))]

    def templates(self) -> list[str]:
        """The templates that rendered something."""
        # Step by step through the index: DISTINCT would walk all of it, and there are few templates for many pages.
        sql = (
            "WITH RECURSIVE known (one) AS (SELECT min(template) FROM page WHERE template > '' UNION ALL "
            "SELECT (SELECT min(p.template) FROM page p WHERE p.template > k.one) FROM known k "
            "WHERE k.one IS NOT NULL) "
            "SELECT one FROM known WHERE one IS NOT NULL"
        )
        return [name for (name,) in self.db.execute(sql)]

    def granted(self, parent: str) -> set[str]:
        """The pages and grants that a grant gave."""
        return {name for (name,) in self.db.execute("SELECT page FROM route WHERE parent = ?", (parent,))}

    def all_granted(self) -> set[tuple[str, str]]:
        """Every (grant, page or grant)."""
        return set(self.db.execute("SELECT parent, page FROM route"))

    def grant(self, added: Iterable[tuple[str, str]], dropped: Iterable[tuple[str, str]]) -> None:
        """Change which grants give what."""
        self.db.executemany("DELETE FROM route WHERE parent = ? AND page = ?", sorted(dropped))
        self.db.executemany("INSERT OR IGNORE INTO route VALUES (?, ?)", sorted(added))

    def is_granted(self, name: str) -> bool:
        """Whether any grant still gives a page."""
        return bool(self.db.execute("SELECT EXISTS (SELECT 1 FROM route WHERE page = ?)", (name,)).fetchone()[0])

    def find(self, name: str) -> tuple[int, str] | None:
        """The id and output path of a page by name, if the ledger has it; a grant's path is empty."""
        sql = "SELECT id, coalesce(path, '') FROM page WHERE name = ?"
        row: tuple[int, str] | None = self.db.execute(sql, (name,)).fetchone()
        return row

    def drop(self, names: Iterable[str]) -> list[tuple[int, str]]:
        """Remove pages and grants with their traces; the id of each, and its output path (a grant's is empty)."""
        dropped = []
        for name in names:
            row = self.db.execute("SELECT id, path, queries FROM page WHERE name = ?", (name,)).fetchone()
            if row is None:
                continue
            self._forget_reads(row[0], row[2])
            self.db.execute("DELETE FROM page WHERE id = ?", (row[0],))
            dropped.append((row[0], row[1] or ""))
        return dropped

    def place(
        self, routes: Sequence[Route], templates: Mapping[str, str]
    ) -> tuple[list[int], dict[str, str], list[Clash]]:
        """Give pages their output paths: the ids of new or moved ones, the paths that pages left with their names, clashes."""
        found = self._known([route.page.name for route in routes])
        moved = [route for route in routes if (row := found[route.page.name]) is None or row[1] != route.path]
        left = {row[1]: route.page.name for route in moved if (row := found[route.page.name]) is not None}
        # Paths are set free first: one page may take the place that another leaves in the same build.
        for route in moved:
            if row := found[route.page.name]:
                self.db.execute("UPDATE page SET path = NULL, folded = NULL WHERE id = ?", (row[0],))
        ids: list[int] = []
        clashes: list[Clash] = []
        moved.sort()
        added = [route for route in moved if found[route.page.name] is None] if len(moved) > _MANY else []
        if added and (taken := self._insert(added, templates)):
            ids += taken
            moved = [route for route in moved if found[route.page.name] is not None]
        for route in moved:
            row, template = found[route.page.name], templates.get(route.page.kind, "")
            folded = route.path.casefold()
            try:
                if row:
                    sql = "UPDATE page SET path = ?, folded = ?, digest = NULL, size = 0, mtime = 0 WHERE id = ?"
                    self.db.execute(sql, (route.path, folded, row[0]))
                    ids.append(row[0])
                else:
                    cursor = self.db.execute(_INSERT, (None, route.page.name, route.path, folded, template))
                    ids.append(int(cursor.lastrowid or 0))
                    self._untraced.add(ids[-1])
            except sqlite3.IntegrityError:
                clashes.append(self._clash(route, folded))
        return ids, left, clashes

    def _known(self, names: Sequence[str]) -> dict[str, tuple[int, str] | None]:
        """What :meth:`find` says of each name."""
        if len(names) <= _MANY:
            return {name: self.find(name) for name in names}
        wanted = dict.fromkeys(names)
        known: dict[str, tuple[int, str] | None] = {**wanted}
        for number, name, path in self.db.execute("SELECT id, name, coalesce(path, '') FROM page"):
            if name in wanted:
                known[name] = (number, path)
        return known

    def _insert(self, routes: Sequence[Route], templates: Mapping[str, str]) -> list[int]:
        """Many new pages at once; their ids, or none if any clashes: which one does shows when they are taken one by one."""
        first = self.last_id() + 1
        rows = [
            (number, route.page.name, route.path, route.path.casefold(), templates.get(route.page.kind, ""))
            for number, route in enumerate(routes, first)
        ]
        self.db.execute("SAVEPOINT many")
        try:
            self.db.executemany(_INSERT, rows)
        except sqlite3.IntegrityError:
            self.db.execute("ROLLBACK TO many")
            rows = []
        self.db.execute("RELEASE many")
        ids = [row[0] for row in rows]
        self._untraced.update(ids)
        return ids

    def write(self, outcomes: Iterable[Written]) -> None:
        """Store traces and outputs."""
        queries: dict[int, Read] = {}
        reads: list[tuple[int, int]] = []
        pages = []
        for outcome in outcomes:
            asked = {read.number: read for read in outcome.reads}
            numbers = array("q", asked)
            if outcome.id in self._untraced:
                self._untraced.discard(outcome.id)
            else:
                (before,) = _present(self.db.execute("SELECT queries FROM page WHERE id = ?", (outcome.id,)).fetchone())
                if before:
                    # What it asked before is stored already, each answer as the plan has brought it up to date.
                    known = _unpacked(before)
                    gone = sorted(set(known).difference(asked))
                    self._forget_reads(outcome.id, array("q", gone).tobytes())
                    for number in known:
                        asked.pop(number, None)
            reads += [(number, outcome.id) for number in asked]
            queries.update(asked)
            pages.append(
                (outcome.template, numbers.tobytes(), outcome.digest, outcome.size, outcome.mtime, outcome.id)
            )
        self.db.executemany("INSERT OR REPLACE INTO query VALUES (?, ?, ?, ?)", sorted(queries.values()))
        self.db.executemany("INSERT OR IGNORE INTO reads VALUES (?, ?)", sorted(reads))
        self.db.executemany(
            "UPDATE page SET template = ?, queries = ?, digest = ?, size = ?, mtime = ? WHERE id = ?", pages
        )

    def write_grant(self, name: str, reads: Sequence[Read]) -> None:
        """Store the trace of a grant."""
        self.db.execute(
            "INSERT OR IGNORE INTO page (name, template, queries, size, mtime) VALUES (?, '', x'', 0, 0)", (name,)
        )
        row = self.find(name)
        assert row is not None
        self.write([Written(row[0], "", reads, b"", 0, 0)])

    def answers(self, changed: Mapping[int, bytes]) -> None:
        """Store new digests of answers."""
        self.db.executemany("UPDATE query SET answer = ? WHERE id = ?", [(new, old) for old, new in changed.items()])

    def _forget_reads(self, page: int, packed: bytes) -> None:
        for number in _unpacked(packed):
            self.db.execute("DELETE FROM reads WHERE query = ? AND page = ?", (number, page))
            self.db.execute(
                "DELETE FROM query WHERE id = ? AND NOT EXISTS (SELECT 1 FROM reads WHERE query = ?)", (number, number)
            )

    def _clash(self, route: Route, folded: str) -> Clash:
        (other,) = self.db.execute("SELECT name FROM page WHERE folded = ?", (folded,)).fetchone()
        return Clash(route, other)


def route_of(row: PageRow) -> Route:
    """The route of a page of the ledger."""
    return Route(Page.from_name(row.name), url_of(row.path), row.path)


def _present(row: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """The row of a page that other rows name."""
    if row is None:
        raise DamagedState("the build state names a page that it does not have")
    return row


def _unpacked(packed: bytes) -> array[int]:
    """The numbers of the queries that a page asked."""
    try:
        return array("q", packed)
    except (TypeError, ValueError) as error:
        raise DamagedState(f"the build state has a trace of no form: {error}") from error


def url_of(path: str) -> str:
    """The URL at which a server shows the file at an output path."""
    if path.endswith("/index.html"):
        return f"/{path[:-10]}"
    return "/" if path == "index.html" else f"/{path}"
