"""Which pages there are: grants worked out again where what they asked changed.

A *grant* (:mod:`slugline.pages.kinds.kind`) is a page of a sort: it asks queries, has a trace, and gives pages and further
grants instead of bytes. The grants of stories are worked out from the catalog's rows at once, because there are many.
"""

from __future__ import annotations

import json
from typing import TypeVar

from slugline.build.clashes import clash_problem, length_problems
from slugline.build.ledger import Ledger
from slugline.build.plan import Plan
from slugline.build.traces import TraceWriter
from slugline.catalog import topics as topic
from slugline.catalog.decoding import parsed
from slugline.catalog.lookup import all_references, live_stories, live_url, referrers, story_references
from slugline.catalog.queries import Query
from slugline.catalog.store import State, fact, set_fact
from slugline.catalog.topics import EVERYTHING
from slugline.catalog.trace import Answers, Trace
from slugline.pages.kinds.registry import ROOT
from slugline.pages.page import STORY, Route
from slugline.settings.schema import Settings
from slugline.settings.traced import traced_settings

__all__ = ["plan_grants"]

T = TypeVar("T")

_STORY_SETTINGS = "settings that stories grant pages by"


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
        found = plan.kinds.expand(grant, trace.ask, traced_settings(settings, trace.fact))
        ledger.write_grant(grant, traces.rows(trace.complete()))
        given = {route.page.name for route in found.routes} | set(found.grants)
        before = ledger.granted(grant)
        routes.update((route.page.name, route) for route in found.routes)
        added |= {(grant, name) for name in given - before}
        dropped |= {(grant, name) for name in before - given}
        # A new grant has never been worked out; after a change of everything none is to be trusted.
        pending += [name for name in found.grants if deep or name not in before]
    _story_grants(plan, ledger, db, answers, settings, topics, routes, added, dropped)
    lost = _drop_lost_grants(plan, ledger, added, dropped)
    ledger.grant(added, dropped)
    if lost:
        # A lost grant may have been worked out all the same, when what it read changed too.
        routes = {name: route for name, route in routes.items() if ledger.is_granted(name)}
    orphans = sorted({name for _, name in dropped if not ledger.is_granted(name)})
    for name in orphans:
        # A grant has no output path.
        if (row := ledger.find(name)) and row[1]:
            plan.left[row[1]] = name
    for number, path in ledger.drop(orphans):
        # What an orphan asked may have changed as well; its id is free for a new page from here on.
        plan.dirty.pop(number, None)
        if path:
            plan.removed.append(path)
    plan.problems += length_problems(db, routes.values(), plan.kinds)
    ids, left, clashes = ledger.place(list(routes.values()), plan.kinds.templates)
    plan.soil(ids, "new, or moved to another address")
    plan.left.update(left)
    plan.removed += left
    plan.problems += [clash_problem(db, clash, plan.kinds) for clash in clashes]


def _story_grants(
    plan: Plan,
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

    # Which pages a story has beside its own is a matter of the settings too: of those that were read for the last one.
    read = set(parsed(fact(db, _STORY_SETTINGS, "[]")))
    settings = traced_settings(settings, read.add)
    if EVERYTHING in topics or read.intersection(topic.facts_in(topics)) or not ledger.granted(ROOT):
        before = {pair for pair in ledger.all_granted() if pair[0].startswith(STORY)}
        after: set[tuple[str, str]] = set()
        references = all_references(db)
        for key, address in live_stories(db):
            for route in plan.kinds.story_routes(key, address, references.get(key, ()), ask, settings):
                routes[route.page.name] = route
                after.add((STORY + key, route.page.name))
        added |= after - before
        dropped |= before - after
        set_fact(db, _STORY_SETTINGS, json.dumps(sorted(read)))
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
            for route in plan.kinds.story_routes(key, url, story_references(db, key), ask, settings):
                routes[route.page.name] = route
                names.add(route.page.name)
        added |= {(grant, name) for name in names - before_names}
        dropped |= {(grant, name) for name in before_names - names}
    set_fact(db, _STORY_SETTINGS, json.dumps(sorted(read)))


def _drop_lost_grants(plan: Plan, ledger: Ledger, added: set[tuple[str, str]], dropped: set[tuple[str, str]]) -> set[str]:
    """What a lost grant gave, or would give, is lost too; the lost grants."""
    pending = [name for _, name in dropped if plan.kinds.is_grant(name)]
    lost: set[str] = set()
    while pending:
        grant = pending.pop()
        lost.add(grant)
        for name in ledger.granted(grant):
            if (grant, name) not in dropped:
                dropped.add((grant, name))
                if plan.kinds.is_grant(name):
                    pending.append(name)
    if lost:
        added.difference_update([pair for pair in added if pair[0] in lost])
    return lost
