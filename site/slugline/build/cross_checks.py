"""What takes two files to see: checked against the catalog, before anything is rendered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from slugline.build.parse_sources import ParsedSource
from slugline.build.scan.listings import Scan
from slugline.build.section_checks import undescribed_sections
from slugline.catalog.lookup import (
    HiddenSection,
    Listed,
    author_slugs,
    hidden_sections,
    is_referred_to,
    others_at,
    shared_addresses,
    story_count,
    under,
)
from slugline.catalog.rows import ArticleRow, ItemRow
from slugline.catalog.store import State
from slugline.errors import Problem, did_you_mean
from slugline.placement import kind_of, unread

__all__ = ["ChangeNotes", "cross_check", "deletions", "unread_files"]

_MANY = 20
"""Stories; so many may be deleted in a build without a question, and are looked at one by one."""


class _Note(NamedTuple):
    """What the checks need of a changed story."""

    url: str
    listed: Listed


class ChangeNotes:
    """What to check after a run of changes: small notes of each row, because the rows themselves are large."""

    def __init__(self) -> None:
        self.articles: list[_Note] = []
        self.items: list[tuple[str, str, str]] = []
        self.unreadable: list[str] = []
        self.failed: dict[str, str] = {}

    def add(self, source: ParsedSource) -> None:
        """Note one source."""
        row = source.row
        if isinstance(row, ArticleRow):
            self.articles.append(_Note(row.url, Listed(row.key, row.lists, row.draft, row.expires)))
        elif isinstance(row, ItemRow):
            self.items.append((row.kind, row.slug, row.source))
        elif any(problem.severity == "error" for problem in source.problems):
            self.failed[source.path] = source.slug
        if row is None and not source.same and source.digest:
            self.unreadable.append(source.path)

    @property
    def failed_authors(self) -> set[str]:
        """The slugs of authors whose files have errors: each is one mistake, not one of every story that names them."""
        return {slug for path, slug in self.failed.items() if path.startswith("authors/")}


def cross_check(
    db: State,
    notes: ChangeNotes,
    replaced: Iterable[tuple[str, str, str, str]],
    gone_authors: Iterable[str],
    sections_before: set[str],
) -> tuple[list[Problem], dict[Problem, str]]:
    """Problems among files, and for each a text on the line to blame.

    Addresses taken twice, authors and sections that no file describes, public stories in sections that are not.

    Args:
        db: the state, with the changes in it.
        notes: what changed.
        replaced: items that took the place of another file's: (kind, slug, that file, the new one).
        gone_authors: slugs of authors whose file is gone.
        sections_before: slugs of the sections that files described before.
    """
    problems = _same_item(notes, replaced)
    needles = {**_same_address(db, notes), **_unknown_authors(db, notes, gone_authors), **_hidden_sections(db, notes)}
    named = {_section_of(story) for _, story in notes.articles}
    unreadable = [path for path in notes.unreadable if path.startswith("sections/")]
    every = len(notes.articles) == story_count(db)
    undescribed, more = undescribed_sections(db, named, sections_before, unreadable, every=every)
    return [*problems, *needles, *undescribed], {**needles, **more}


def _same_address(db: State, notes: ChangeNotes) -> dict[Problem, str]:
    problems = {}
    stories = notes.articles
    if len(stories) > _MANY:
        # One question for all of them.
        taken = shared_addresses(db)
        stories = [note for note in stories if note.url in taken]
    for url, story in stories:
        # A draft is in nobody's way; where drafts are rendered, the plan finds the two pages.
        for other in () if story.draft else others_at(db, url, story.key):
            message = f"has the same address as content/{other}: {url}"
            problems[Problem(f"content/{story.key}", 0, message, "give one of them another `slug`")] = "slug:"
    return problems


def _unknown_authors(db: State, notes: ChangeNotes, gone_authors: Iterable[str]) -> dict[Problem, str]:
    problems = {}
    failed = notes.failed_authors
    authors = author_slugs(db)
    credited = [story for _, story in notes.articles]
    for slug in set(gone_authors) - authors - failed:
        # Drafts and stories under embargo too, though they are on no list: a walk through all, which is seldom.
        credited += under(db, f"author:{slug}")
    for story in credited:
        for slug in _authors_without_file(story, authors):
            if slug in failed:
                continue
            hint = did_you_mean(slug, authors) or "a person without a file is written as a name: `Jane Doe`"
            message = f"the author `{slug}` has no file content/authors/{slug}.md"
            problems[Problem(f"content/{story.key}", 0, message, hint, "warning" if story.draft else "error")] = slug
    return problems


def _authors_without_file(story: Listed, authors: Collection[str]) -> list[str]:
    return [
        line[7:]
        for line in story.lists.split("\n")
        if line.startswith("author:") and "\t" not in line and line[7:] not in authors
    ]


def _hidden_sections(db: State, notes: ChangeNotes) -> dict[Problem, str]:
    """Public stories in a section that is a draft, or that will expire before them.

    The second is found at once and not when the section expires: the clock alone never fails a build.
    """
    hidden = hidden_sections(db)
    if not hidden:
        return {}
    stories = {story.key: story for _, story in notes.articles}
    changed = {source for _, _, source in notes.items}
    for slug, section in hidden.items():
        if section.source in changed:
            stories.update((story.key, story) for story in under(db, f"section:{slug}"))
    problems = {}
    for _, story in sorted(stories.items()):
        slug = _section_of(story)
        if slug in hidden and (wrong := _outlives(story, slug, hidden[slug])):
            problems[wrong] = "section:"
    return problems


def _section_of(story: Listed) -> str:
    return story.lists.partition("\nsection:")[2].partition("\n")[0]


def _outlives(story: Listed, slug: str, section: HiddenSection) -> Problem | None:
    if story.draft:
        return None
    file = f"content/{section.source}"
    if section.draft:
        message = f"the story is no draft, and its section `{slug}` is one ({file})"
        hint = f"write `draft: true` here too, move the story to another section, or take `draft` out of {file}"
    elif not story.expires or story.expires > section.expires:
        message = f"the story is public for longer than its section `{slug}`, which expires ({file})"
        hint = f"write the section's `expires` here too, move the story to another section, or take `expires` out of {file}"
    else:
        return None
    return Problem(f"content/{story.key}", 0, message, hint)


def deletions(db: State, found: Scan) -> list[Problem]:
    """A warning where most stories are gone at once, as when a folder was not mounted or a checkout is half done.

    Args:
        db: the state, as the last build left it.
        found: the scan of the content folder.
    """
    gone = sum(kind_of(path) == "article" for path in found.removed)
    if gone <= _MANY:
        return []
    moved = sum(not known and kind_of(path) == "article" for path, known in found.candidates)
    before = story_count(db)
    if gone - moved <= max(_MANY, before // 2):
        return []
    message = f"{gone - moved} of {before} stories are gone since the last build, and are taken off the site"
    hint = "if that is a mistake, put the files back and build again before anything is uploaded"
    return [Problem("content", 0, message, hint, "warning")]


def unread_files(db: State, paths: Iterable[str]) -> list[Problem]:
    """A warning for each file that nothing reads.

    Args:
        db: the state, with the references of all texts.
        paths: the files to look at, below the content folder.
    """
    problems = []
    for path in paths:
        if path.startswith("articles/") and path.endswith(".md"):
            continue  # nearly all of them
        message, hint, unless_used = unread(path)
        if message and not (unless_used and is_referred_to(db, path)):
            problems.append(Problem(f"content/{path}", 0, message, hint, "warning"))
    return problems


def _same_item(notes: ChangeNotes, replaced: Iterable[tuple[str, str, str, str]]) -> list[Problem]:
    first: dict[tuple[str, str], str] = {}
    problems = []
    # A file whose item was replaced still claims it, unless it changed too and claims another now.
    changed = {source for _, _, source in notes.items}
    claims = notes.items + [(kind, slug, old) for kind, slug, old, _ in replaced if old not in changed]
    for kind, slug, source in sorted(claims):
        other = first.setdefault((kind, slug), source)
        if other != source:
            message = f"describes the {kind} `{slug}`, as content/{other} does"
            problems.append(Problem(f"content/{source}", 0, message, "give one of them another `slug`, or delete it"))
    return problems
