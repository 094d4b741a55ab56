"""Sections that stories name and no file describes: a folder's name written wrong would open a section of its own.

A publication that describes no section at all is free to have folders only; as soon as one is described, all have to be.
"""

from __future__ import annotations

from collections.abc import Iterable

from slugline.catalog.lookup import StoryPlace, places_by_section, section_slugs
from slugline.catalog.store import State
from slugline.errors import Problem, did_you_mean
from slugline.urls import slugify

__all__ = ["undescribed_sections"]


def undescribed_sections(
    db: State, named: Iterable[str], before: set[str], unreadable: Iterable[str], *, every: bool
) -> tuple[list[Problem], dict[Problem, str]]:
    """One problem a section, however many stories are in it; and a text on the line to blame.

    Args:
        db: the state, with the changes in it.
        named: the sections of the stories that changed.
        before: the sections that files described before the changes.
        unreadable: files of sections that have errors of their own: what they describe is not missing.
        every: whether all stories changed.
    """
    described = section_slugs(db)
    described.update(slugify(path.rpartition("/")[2].rpartition(".")[0]) for path in unreadable)
    if not described:
        return [], {}
    suspects = {*named, *before} - described
    if not suspects and (before or every):
        return [], {}
    problems: list[Problem] = []
    needles: dict[Problem, str] = {}
    # Every story is looked at: seldom, and where the first section is described whatever was a section before counts.
    for section, places in sorted(places_by_section(db).items()):
        if section in described:
            continue
        problem = _problem(section, places, described)
        problems.append(problem)
        if slugify(places[0].key.split("/")[1]) != section:
            needles[problem] = "section:"
    return problems, needles


def _problem(section: str, places: list[StoryPlace], described: set[str]) -> Problem:
    count = len(places)
    stories = "one story is" if count == 1 else f"{count} stories are"
    close = did_you_mean(section, described)
    make = f"`slugline new section {section}` describes it"
    return Problem(
        f"content/{places[0].key}",
        0,
        f"no file describes the section `{section}`; {stories} in it",
        f"{close} Or {make}" if close else make,
        "warning" if all(place.draft for place in places) else "error",
    )
