"""Broadsheet's menus: sections and pages of `main` at the head, the search where there is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publications import SETTINGS, Publication, assert_same_tree

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
