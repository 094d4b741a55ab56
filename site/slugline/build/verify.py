"""`--verify`: the pages that the plan left alone, rendered too and compared, and every grant worked out again."""

from __future__ import annotations

from slugline.build.grants import plan_grants
from slugline.build.inputs import RenderInputs
from slugline.build.ledger import url_of
from slugline.build.plan import Plan
from slugline.build.render import make_all
from slugline.build.session import Session
from slugline.build.workshop import Job
from slugline.catalog.topics import EVERYTHING
from slugline.catalog.trace import Answers
from slugline.errors import Problem, PublicationError
from slugline.files import digest

__all__ = ["verify_pages"]

_HINT = "delete .slugline/ and build again; and please report it as a bug of Slugline"


def verify_pages(session: Session, inputs: RenderInputs, plan: Plan, answers: Answers, part: float) -> int:
    """Compare a part of the pages that the plan left alone with what a clean build makes; how many pages were compared.

    Args:
        session: the build under way, its dirty pages rendered.
        inputs: what its pages depend on besides content.
        plan: what was rendered.
        answers: the catalog, as the plan asked it.
        part: from 0 to 1.

    Raises:
        PublicationError: a page that was left alone is not what a clean build would make.
    """
    ledger = session.ledger
    check = Plan(inputs.kinds)
    plan_grants(check, ledger, session.db, answers, session.settings, {EVERYTHING})
    problems = [Problem("", 0, f"the page {path} should not exist", _HINT) for path in check.removed]
    problems += [
        Problem("", 0, f"the page {url_of(row.path)} is missing", _HINT)
        for row in ledger.rows(set(check.dirty) - set(plan.dirty))
    ]
    jobs = [Job(row, True) for row in ledger.all_rows() if row.id not in plan.dirty and _is_sampled(row.name, part)]
    workshop, arguments = inputs.workshop(None, compare=False), inputs.workshop_arguments(None, compare=False)
    for number, outcome in enumerate(make_all(workshop, arguments, jobs, session.jobs), 1):
        session.progress("verify", number, len(jobs))
        problems += outcome.problems
        if not outcome.problems and (outcome.findings or outcome.digest != outcome.row.digest):
            url = url_of(outcome.row.path)
            problems.append(Problem("", 0, f"the unchanged page {url} is not what a clean build makes", _HINT))
    if problems:
        raise PublicationError(problems)
    return len(jobs)


def _is_sampled(name: str, part: float) -> bool:
    # By name, so that the same sample is taken wherever the check runs.
    return int.from_bytes(digest(name)[:4], "little") < part * 2**32
