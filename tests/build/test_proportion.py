"""Work in proportion, with the theme that ships: an edit renders what it changes, and hardly anything beside."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publications import Publication

_SETTINGS = """\
[publication]
name = "The Courier"
tagline = "News of the ports"
description = "What happens in the ports."
timezone = "Europe/London"
base_url = "https://courier.example"

[archives]
length = 6
"""

_STORIES = 120
_SECTIONS = ("world", "culture", "sport", "city")
_TAGS = ("Asia", "Trade", "Ports", "Rivers", "Courts", "Schools")
_AUTHORS = ("jane-doe", "john-roe", "ann-poe", "max-moe", "eve-low")
_FIRST = datetime(2025, 10, 1, 8, tzinfo=UTC)
_OLD = "articles/world/story-040.md"

_THEME = Path(__file__).parents[2] / "themes" / "broadsheet"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publication]:
    """A publication of which every edit below is one more; none minds which were made before it."""
    paper = Publication(tmp_path_factory.mktemp("proportion") / "courier", _SETTINGS, themes=())
    for slug in _SECTIONS:
        paper.source(f"sections/{slug}.md", {"title": slug.title(), "description": f"All of {slug}."})
    for slug in _AUTHORS:
        paper.author(slug, "A bio.", role="Reporter")
    paper.page("about", "Who we are.", menu="about")
    paper.page("legal", "What is said.", menu="legal")
    paper.source("tags/asia.md", {"title": "Asia", "description": "From the east."})
    for number in range(_STORIES):
        moment = _FIRST + timedelta(hours=20 * number)
        paper.article(
            f"{_SECTIONS[number % 4]}/story-{number:03d}",
            "\n\n".join(["It began with a letter from the port. " * 8] * 4),
            date=moment.isoformat(),
            authors=[_AUTHORS[number % 5]],
            tags=[_TAGS[number % 6], _TAGS[number // 6 % 6]],
            dek=f"What became of the letter, part {number}.",
        )
    paper.build()
    yield paper
    shutil.rmtree(paper.root)


def setting(section: str, line: str) -> Callable[[Publication], object]:
    """An edit that sets something in a section that is not there yet."""
    return added("slugline.toml", f"\n[{section}]\n{line}\n")


def replaced(path: str, old: str, new: str) -> Callable[[Publication], object]:
    """An edit of a text."""
    return lambda paper: paper.replace(path, old, new)


def added(path: str, text: str) -> Callable[[Publication], object]:
    """An edit at the end of a file."""
    return lambda paper: paper.write(path, paper.read(path) + text)


def own_partial(sign: str) -> Callable[[Publication], object]:
    """An own theme that extends the shipped one, with one partial of its own."""

    def edit(paper: Publication) -> None:
        paper.write("themes/own/theme.toml", 'name = "own"\nextends = "broadsheet"\n')
        text = (_THEME / "partials" / "pagination.html").read_text(encoding="utf-8")
        paper.write("themes/own/partials/pagination.html", text.replace("<nav", f"<nav{sign}"))
        if "[theme]" not in paper.read("slugline.toml"):
            setting("theme", 'name = "own"')(paper)

    return edit


EDITS: dict[str, Callable[[Publication], object]] = {
    "tagline": replaced("slugline.toml", "News of", "More news of"),
    "robots": setting("robots", 'ai = "deny"'),
    "humans.txt": setting("well_known", 'humans = "Us."'),
    "stories on the front": replaced("slugline.toml", "length = 6", "length = 6\nfront = 9"),
    "stories in a feed": setting("feeds", "length = 10"),
    "share services": setting("share", 'services = ["email"]'),
    "a setting of `slugline check`": setting("check.levels", 'dek = "off"'),
    "addresses that are gone": setting("urls", 'gone = ["/gone/"]'),
    "a plain page added": lambda paper: paper.page("jobs", "We look for people."),
    "a plain page edited": added("content/pages/about.md", "\nAnd where.\n"),
    "a section's description": replaced("content/sections/culture.md", "All of culture", "Much of culture"),
    "a section's text": added("content/sections/culture.md", "\nA text.\n"),
    "a tag's description": replaced("content/tags/asia.md", "From the east", "From the far east"),
    "an author's bio": replaced("content/authors/jane-doe.md", "A bio.", "Another bio."),
    "an author's role": replaced("content/authors/jane-doe.md", "Reporter", "Correspondent"),
    "an author's address": replaced("content/authors/jane-doe.md", "role:", "email: jane@courier.example\nrole:"),
    "words at the end of an old story": added(f"content/{_OLD}", "\nOne more sentence stands here.\n"),
    "words in an old story": replaced(f"content/{_OLD}", "a letter from", "a card from"),
    "an own theme with the same partial": own_partial(""),
    "an own theme with another partial": own_partial(" data-ours"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_renders_what_it_changes(paper: Publication, name: str) -> None:
    paper.settle()
    assert paper.build().rendered == ()
    EDITS[name](paper)
    report = paper.build()
    changed = report.written + report.removed
    assert len(report.rendered) <= 1.5 * changed + 5, sorted(report.rendered)[:40]
    # Were everything rendered, this test would fail: there is enough of it.
    assert report.pages > 200
    assert paper.build().rendered == ()


def test_after_all_of_them_the_output_is_that_of_a_clean_build(paper: Publication) -> None:
    paper.check()


def test_an_edit_that_shows_somewhere_changes_something(paper: Publication) -> None:
    paper.replace("slugline.toml", " of the ports", " of no ports")
    assert [page.url for page in paper.build().rendered] == ["/"]
