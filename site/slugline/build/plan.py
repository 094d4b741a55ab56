"""Which pages to render, and the reason of each.

The rule: a page is rendered again only if something in its trace changed. Facts that changed are known as topics; the queries
with those topics are asked once each; those whose answer has the digest it had before change nothing (early cutoff), and the
pages that asked the others are dirty. Grants (:mod:`slugline.pages.routes`) are pages of a sort, and go the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from slugline.build.clashes import clash_problem
from slugline.build.ledger import Ledger
from slugline.build.traces import TraceWriter
from slugline.catalog import topics as topic
from slugline.catalog.lookup import all_references, live_stories, live_url, referrers, story_references
from slugline.catalog.queries import Query, from_text
from slugline.catalog.store import State
from slugline.catalog.topics import EVERYTHING
from slugline.catalog.trace import Answers, Trace
from slugline.config import Settings
from slugline.errors import Problem
from slugline.pages.contexts import template_of
from slugline.pages.page import STORY, Route
from slugline.pages.routes import ROOT, expand, story_routes

__all__ = ["Plan", "plan_grants", "plan_queries", "plan_templates"]

T = TypeVar("T")

_GRANTS = frozenset(("assets", "items", "lists", "archive", "sitemaps", "redirects", "segment", "segments"))


class Plan:
    """What a build is going to do; filled step by step.

    Attributes:
        dirty: id of each page to render, with the reason.
        grants: names of grants to work out again.
        answers: new digests of the answers that changed.
        removed: output paths that no page owns any more.
        left: the same, and those that other pages took, with the names of the pages that had them.
        problems: pages that clash.
    """

    def __init__(self) -> None:
        self.dirty: dict[int, str] = {}
        self.grants: set[str] = set()
        self.answers: dict[int, bytes] = {}
        self.removed: list[str] = []
        self.left: dict[str, str] = {}
        self.problems: list[Problem] = []

    def soil(self, ids: Iterable[int], reason: str) -> None:
        """Make pages dirty; the first reason stands."""
        for number in ids:
            self.dirty.setdefault(number, reason)


def plan_queries(plan: Plan, ledger: Ledger, answers: Answers, topics: Iterable[str]) -> None:
    """Ask the queries with touched topics; readers of those whose answer changed are dirty."""
    for number, text, before in sorted(ledger.queries(topics)):
        query = from_text(text)
        after = answers.ask(query).digest
        if after == before:
            continue
        plan.answers[number] = after
        reason = describe(query)
        for page, name in ledger.readers(number):
            if _is_grant(name):
                plan.grants.add(name)
            else:
                plan.dirty.setdefault(page, reason)


def plan_templates(plan: Plan, ledger: Ledger, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Pages whose template, or anything that it can use, changed are dirty."""
    for template in ledger.templates():
        if before.get(template) != after.get(template):
            plan.soil(ledger.with_template(template), f"template {template}, or one that it uses")


def plan_grants(
    plan: Plan, ledger: Ledger, db: State, answers: Answers, settings: Settings, topics: set[str]
) -> None:
    """Work out again what the touched grants give; new and moved pages are dirty, orphans are removed."""
    added: set[tuple[str, str]] = set()
    dropped: set[tuple[str, str]] = set()
    routes: dict[str, Route] = {}
    if EVERYTHING in topics or ledger.empty():
        pending = [ROOT]
        deep = True
    else:
        pending = sorted(plan.grants)
        deep = False
    done: set[str] = set()
    traces = TraceWriter()
    while pending:
        grant = pending.pop()
        if grant in done:
            continue
        done.add(grant)
        trace = Trace(answers)
        found = expand(grant, trace.ask, settings)
        ledger.write_grant(grant, traces.rows(trace.reads))
        given = {route.page.name for route in found.routes} | set(found.grants)
        before = ledger.granted(grant)
        routes.update((route.page.name, route) for route in found.routes)
        added |= {(grant, name) for name in given - before}
        dropped |= {(grant, name) for name in before - given}
        # A new grant has never been worked out; after a change of everything none is to be trusted.
        pending += [name for name in found.grants if deep or name not in before]
    _story_grants(ledger, db, answers, settings, topics, routes, added, dropped)
    lost = _drop_lost_grants(ledger, added, dropped)
    ledger.grant(added, dropped)
    if lost:
        # A lost grant may have been worked out all the same, when what it read changed too.
        routes = {name: route for name, route in routes.items() if ledger.is_granted(name)}
    orphans = sorted({name for _, name in dropped if not ledger.is_granted(name)})
    for name in orphans:
        if row := ledger.find(name):
            plan.left[row[1]] = name
    for number, path in ledger.drop(orphans):
        # What an orphan asked may have changed as well; its id is free for a new page from here on.
        plan.dirty.pop(number, None)
        if path:
            plan.removed.append(path)
    kinds = {route.page.kind for route in routes.values()}
    ids, left, clashes = ledger.place(list(routes.values()), {kind: template_of(kind) for kind in kinds})
    plan.soil(ids, "new, or moved to another address")
    plan.left.update(left)
    plan.removed += left
    plan.problems += [clash_problem(db, clash) for clash in clashes]


def describe(query: Any) -> str:
    """A query as `--why` names it: ``Listing("section:world", limit=30)`` and so on, without what is default."""
    *values, name = query
    shown = [f"{field}={value!r}" for field, value in zip(query._fields, values, strict=False) if value not in ("", 0, ())]
    return f"{name}({', '.join(shown)})"


def _story_grants(
    ledger: Ledger,
    db: State,
    answers: Answers,
    settings: Settings,
    topics: set[str],
    routes: dict[str, Route],
    added: set[tuple[str, str]],
    dropped: set[tuple[str, str]],
) -> None:
    def ask(query: Query[T]) -> T:
        return answers.ask(query).value

    # Which pages a story has beside its own is a matter of the settings too.
    if {EVERYTHING, topic.fact("settings")} & topics or not ledger.granted(ROOT):
        before = {pair for pair in ledger.all_granted() if pair[0].startswith(STORY)}
        after: set[tuple[str, str]] = set()
        references = all_references(db)
        for key, address in live_stories(db):
            for route in story_routes(key, address, references.get(key, ()), ask, settings):
                routes[route.page.name] = route
                after.add((STORY + key, route.page.name))
        added |= after - before
        dropped |= before - after
        return
    keys = set(topic.stories_in(topics))
    for path in topic.media_in(topics):
        keys.update(referrers(db, path))
    for key in sorted(keys):
        grant = STORY + key
        before_names = ledger.granted(grant)
        url = live_url(db, key)
        names = set()
        if url is not None:
            for route in story_routes(key, url, story_references(db, key), ask, settings):
                routes[route.page.name] = route
                names.add(route.page.name)
        added |= {(grant, name) for name in names - before_names}
        dropped |= {(grant, name) for name in before_names - names}


def _drop_lost_grants(ledger: Ledger, added: set[tuple[str, str]], dropped: set[tuple[str, str]]) -> set[str]:
    """What a lost grant gave, or would give, is lost too; the lost grants."""
    pending = [name for _, name in dropped if _is_grant(name)]
    lost: set[str] = set()
    while pending:
        grant = pending.pop()
        lost.add(grant)
        for name in ledger.granted(grant):
            if (grant, name) not in dropped:
                dropped.add((grant, name))
                if _is_grant(name):
                    pending.append(name)
    if lost:
        added.difference_update([pair for pair in added if pair[0] in lost])
    return lost


def _is_grant(name: str) -> bool:
    return name == ROOT or name.split(" ", maxsplit=1)[0] in _GRANTS
