"""What takes two files to see: checked against the catalog, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterable

from slugline.build.parse_sources import ParsedSource
from slugline.build.scan.listings import Scan
from slugline.build.section_checks import undescribed_sections
from slugline.catalog.lookup import Listed, author_slugs, is_referred_to, others_at, story_count, under
from slugline.catalog.rows import ArticleRow, ItemRow
from slugline.catalog.store import State
from slugline.errors import Problem, did_you_mean
from slugline.placement import kind_of, unread

__all__ = ["ChangeNotes", "cross_check", "deletions", "unread_files"]

_MANY = 20
"""Stories; so many may be deleted in a build without a question."""


class ChangeNotes:
    """What to check after a run of changes: small notes of each row, because the rows themselves are large."""

    def __init__(self) -> None:
        self.articles: list[tuple[str, str, str]] = []
        self.items: list[tuple[str, str, str]] = []
        self.unreadable: list[str] = []

    def add(self, source: ParsedSource) -> None:
        """Note one source."""
        row = source.row
        if isinstance(row, ArticleRow):
            self.articles.append((row.key, row.url, row.lists))
        elif isinstance(row, ItemRow):
            self.items.append((row.kind, row.slug, row.source))
        elif row is None and not source.same and source.digest:
            self.unreadable.append(source.path)


def cross_check(
    db: State,
    notes: ChangeNotes,
    replaced: Iterable[tuple[str, str, str, str]],
    gone_authors: Iterable[str],
    sections_before: set[str],
) -> tuple[list[Problem], dict[Problem, str]]:
    """Problems among files: addresses taken twice, authors and sections without a file; and a text on the line to blame.

    Args:
        db: the state, with the changes in it.
        notes: what changed.
        replaced: items that took the place of another file's: (kind, slug, that file, the new one).
        gone_authors: slugs of authors whose file is gone.
        sections_before: slugs of the sections that files described before.
    """
    problems = _same_item(notes, replaced)
    needles: dict[Problem, str] = {}
    for key, url, _ in notes.articles:
        for other in others_at(db, url, key):
            message = f"has the same address as content/{other}: {url}"
            problem = Problem(f"content/{key}", 0, message, "give one of them another `slug`")
            problems.append(problem)
            needles[problem] = "slug:"
    authors = author_slugs(db)
    credited = [Listed(key, lists) for key, _, lists in notes.articles]
    for slug in gone_authors:
        if slug not in authors:
            # Drafts and stories under embargo too, though they are on no list: a walk through all, which is seldom.
            credited += under(db, f"author:{slug}")
    for key, lists in credited:
        for line in lists.split("\n"):
            name, _, label = line.partition("\t")
            kind, _, slug = name.partition(":")
            if kind == "author" and not label and slug not in authors:
                hint = did_you_mean(slug, authors) or "a person without a file is written as a name: `Jane Doe`"
                message = f"the author `{slug}` has no file content/authors/{slug}.md"
                problem = Problem(f"content/{key}", 0, message, hint)
                problems.append(problem)
                needles[problem] = slug
    named = {_section(lists) for _, _, lists in notes.articles}
    unreadable = [path for path in notes.unreadable if path.startswith("sections/")]
    found, found_needles = undescribed_sections(db, named, sections_before, unreadable)
    return [*problems, *found], {**needles, **found_needles}


def _section(lists: str) -> str:
    """The section among what a row is listed under: its second line."""
    return lists.split("\n", 2)[1].removeprefix("section:")


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
