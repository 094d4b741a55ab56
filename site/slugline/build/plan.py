"""Which pages to render, and the reason of each.

The rule: a page is rendered again only if something in its trace changed. Facts that changed are known as topics; the queries
with those topics are asked once each; those whose answer has the digest it had before change nothing (early cutoff), and the
pages that asked the others are dirty. Grants (:mod:`slugline.build.grants`) are pages of a sort, and go the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from slugline.build.ledger import Ledger
from slugline.build.reasons import in_words
from slugline.catalog.queries import Entry, Fact, Facts, from_text
from slugline.catalog.trace import Answers
from slugline.errors import Problem
from slugline.pages.kinds.registry import PageKinds

__all__ = ["Plan", "plan_queries", "plan_templates"]


class Plan:
    """What a build is going to do; filled step by step.

    Args:
        kinds: the kinds of pages that there are.

    Attributes:
        dirty: id of each page to render, with the reason.
        grants: names of grants to work out again.
        answers: new digests of the answers that changed.
        removed: output paths that no page owns any more.
        left: the same, and those that other pages took, with the names of the pages that had them.
        problems: pages that clash.
    """

    def __init__(self, kinds: PageKinds) -> None:
        self.kinds = kinds
        self.dirty: dict[int, str] = {}
        self.grants: set[str] = set()
        self.answers: dict[int, bytes] = {}
        self.removed: list[str] = []
        self.left: dict[str, str] = {}
        self.problems: list[Problem] = []

    def soil(self, ids: Iterable[int], reason: str) -> None:
        """Make pages dirty; the first reason counts."""
        for number in ids:
            self.dirty.setdefault(number, reason)


def plan_queries(plan: Plan, ledger: Ledger, answers: Answers, topics: Iterable[str]) -> None:
    """Ask the queries with touched topics; readers of those whose answer changed are dirty."""

    def title(kind: str, slug: str) -> str:
        return answers.ask(Entry(kind, slug)).value.title

    touched = set(topics)
    for number, text, before in sorted(ledger.queries(touched)):
        query = from_text(text)
        after = answers.ask(query).digest
        if after == before:
            continue
        plan.answers[number] = after
        if isinstance(query, Facts):
            query = Fact(query.changed(touched))
        reason = in_words(query, title)
        for page, name in ledger.readers(number):
            if plan.kinds.is_grant(name):
                plan.grants.add(name)
            else:
                plan.dirty.setdefault(page, reason)


def plan_templates(plan: Plan, ledger: Ledger, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Pages whose template, or anything that it can use, changed are dirty."""
    for template in ledger.templates():
        if before.get(template) != after.get(template):
            plan.soil(ledger.with_template(template), f"the template {template}, or one that it uses, changed")
