"""Broadsheet's menus: sections and pages of `main` at the head, the search where there is one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publications import SETTINGS, Publication, assert_same_tree
from slugline.errors import PublicationError

BROADSHEET = SETTINGS.replace('"tiny"', '"broadsheet"')


@pytest.fixture
def paper(tmp_path: Path) -> Publication:
    """A publication with Broadsheet, a section and a story."""
    paper = Publication(tmp_path / "paper", BROADSHEET, ())
    paper.source("sections/world.md", {"title": "World"})
    paper.article("world/one")
    return paper


def menu(paper: Publication, page: str) -> list[tuple[str, str]]:
    """The links of the main menu of a page: what they are called, and how they are marked."""
    html = paper.read(f"build/{page}")
    nav = re.search(r'<nav class="section-nav".*?</nav>', html, re.DOTALL)
    if nav is None:
        return []
    return [(name, mark) for mark, name in re.findall(r'<a href="[^"]*"(?: aria-current="(\w+)")?>([^<]*)</a>', nav[0])]


def test_pages_of_the_main_menu_come_after_the_sections_in_their_order(paper: Publication) -> None:
    paper.page("contact", menu="main", order=2)
    paper.page("events", menu="main", order=1)
    paper.page("terms", menu="legal")
    paper.build()
    assert menu(paper, "index.html") == [("World", ""), ("Events", ""), ("Contact", "")]
    assert menu(paper, "world/index.html") == [("World", "page"), ("Events", ""), ("Contact", "")]
    assert menu(paper, "events/index.html") == [("World", ""), ("Events", "page"), ("Contact", "")]
    assert menu(paper, "terms/index.html") == [("World", ""), ("Events", ""), ("Contact", "")]


def test_a_page_that_enters_or_leaves_the_menu_changes_it_everywhere(paper: Publication) -> None:
    paper.page("events")
    paper.build()
    for where in ("main", "about", "main"):
        paper.page("events", menu=where)
        paper.build()
        assert (("Events", "") in menu(paper, "index.html")) == (where == "main")
        assert_same_tree(paper.tree(), paper.clean_tree())


def test_the_menu_is_there_without_any_section(tmp_path: Path) -> None:
    paper = Publication(tmp_path / "paper", BROADSHEET, ())
    paper.page("events", menu="main")
    paper.build()
    assert menu(paper, "index.html") == [("Events", "")]


def test_what_has_no_field_is_not_called_a_search(paper: Publication) -> None:
    paper.build()
    for page in ("index.html", "search/index.html", "world/index.html"):
        html = paper.read(f"build/{page}")
        assert ">Search<" not in html
        assert html.count('href="/search/"') == 1
        assert ">Find a story</a>" in html


def test_with_an_index_the_search_is_at_the_head_and_at_the_foot(paper: Publication) -> None:
    paper.write("slugline.toml", f"{BROADSHEET}\n[search]\nindex = true\n")
    paper.build()
    assert paper.read("build/index.html").count(">Search<") == 2

MENU = """
[[menu.main]]
page = "events"
title = "What is on"

[[menu.main]]
section = "world"

[[menu.main]]
tag = "tides"

[[menu.main]]
title = "Shop"
url = "https://shop.example/"

[[menu.footer]]
page = "events"
"""


def test_menus_of_the_settings_are_in_their_order(paper: Publication) -> None:
    paper.page("events")
    paper.write("slugline.toml", BROADSHEET + MENU)
    paper.article("world/two", tags=["Tides"])
    paper.check()
    assert menu(paper, "world/index.html") == [("What is on", ""), ("World", "page"), ("Tides", ""), ("Shop", "")]
    assert menu(paper, "events/index.html")[0] == ("What is on", "page")
    foot = re.search(r"<h2>Sections</h2>\n<ul>\n(.*?)</ul>", paper.read("build/index.html"), re.DOTALL)
    assert foot is not None
    assert re.findall(r">([^<]+)</a>", foot[1]) == ["Events"]


def test_what_is_not_public_leaves_its_place_empty(paper: Publication) -> None:
    paper.page("events", expires="2026-03-02")
    paper.write("slugline.toml", BROADSHEET + MENU)
    paper.source("tags/tides.md", {"title": "Tides"})
    paper.check()
    assert [name for name, _ in menu(paper, "index.html")] == ["What is on", "World", "Shop"]
    later = datetime(2026, 4, 1, tzinfo=UTC)
    paper.check(now=later)
    assert [name for name, _ in menu(paper, "index.html")] == ["World", "Shop"]


def test_what_is_not_there_is_an_error_with_its_line(paper: Publication) -> None:
    paper.page("events")
    paper.write("slugline.toml", BROADSHEET + MENU)
    with pytest.raises(PublicationError) as caught:
        paper.build()
    (problem,) = caught.value.problems
    assert problem.path == "slugline.toml"
    assert problem.line == 22
    assert problem.message == "the menu `main` names the tag `tides`, and there is none"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('secton = "world"', "an entry of `menu.main` has an unknown key `secton`"),
        ('title = "World"', "an entry of `menu.main` names no targets"),
        ('section = "world"\npage = "about"', "an entry of `menu.main` names 2 targets"),
        ('url = "https://shop.example/"', "an entry of `menu.main` has no address, or no title"),
        ("section = 1", "`menu.main` must be a list of tables of texts, not [{'section': 1}]"),
    ],
)
def test_entries_that_are_none(paper: Publication, entry: str, message: str) -> None:
    paper.write("slugline.toml", f"{BROADSHEET}\n[[menu.main]]\n{entry}\n")
    with pytest.raises(PublicationError) as caught:
        paper.build()
    assert [problem.message for problem in caught.value.problems] == [message]
