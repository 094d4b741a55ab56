"""docs/themes.md describes the theme that ships and what templates get: every template, block, partial, name and option."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, meta

from publications import Factory
from slugline.pages.kinds.front import Front
from slugline.pages.pictures import ImageView
from slugline.pages.query_api import TemplateQueries
from slugline.pages.site import Feed, Site
from slugline.pages.views.article import ArticleView
from slugline.pages.views.author import AuthorView, BylineEntry
from slugline.pages.views.card import Card
from slugline.pages.views.entry import EntryView
from slugline.pages.views.month import MonthView
from slugline.pages.views.page import PageView
from slugline.pages.views.plain_page import PlainPageView
from slugline.theme.filters import FILTERS, format_date
from slugline.theme.shared import SHOW, SharedTag

ROOT = Path(__file__).resolve().parent.parent.parent
THEME = ROOT / "themes" / "broadsheet"
PAGE = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
EVERYWHERE = {"site", "page", "query", "asset", "asset_text", "_"}
TEMPLATES = sorted(path.name for path in THEME.glob("*.html") if path.name != "base.html")
PARTIALS = sorted(path.name for path in (THEME / "partials").glob("*.html"))
VALUES = {
    "Card": Card,
    "Article": ArticleView,
    "Byline entry": BylineEntry,
    "Author": AuthorView,
    "Section, tag, series": EntryView,
    "Month": MonthView,
    "Page beside the news": PlainPageView,
    "Image": ImageView,
    "Front": Front,
    "Feed": Feed,
    "`page`": PageView,
}


def words(text: str) -> set[str]:
    """The names in a cell or paragraph: ``a``, ``b(…)``."""
    return set(re.findall(r"`([a-z_]+)(?:\([^`]*)?`", text))


def row(first: str) -> list[str]:
    """The cells after the first, of the table row whose first cell names this file."""
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" |")]
        if line.startswith("|") and f"`{first}`" in cells[0]:
            return cells[1:]
    pytest.fail(f"docs/themes.md has no row for {first}")


def described(name: str) -> set[str]:
    """The names that the paragraph about a kind of value gives, without what it says of each in brackets."""
    heading = r"\s+".join(re.escape(word) for word in name.split())
    text = re.search(rf"\*\*{heading}\*\*(.*?)(?=\n\n|\*\*)", PAGE, re.DOTALL)
    assert text, name
    plain, before = text[1], ""
    while plain != before:
        before, plain = plain, re.sub(r"(?<![a-z_])\([^()]*\)", "", plain)
    return words(plain)


def public(kind: type) -> set[str]:
    """What a template can read of a value: fields, properties, methods, and what its makers set."""
    found: set[str] = set()
    for base in kind.__mro__:
        if not base.__module__.startswith("slugline."):
            continue
        tree = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(tree, ast.ClassDef)
        found |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        found |= {node.target.id for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
        found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    return {name for name in found if not name.startswith("_")}


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def unset(path: Path) -> set[str]:
    """The names that a template reads and neither sets nor imports."""
    environment = Environment(extensions=[SharedTag])  # nothing is rendered
    environment.filters |= FILTERS
    text = source(path)
    own = {name for line in re.findall(r"{% from .*? import (.*?)(?: with context)? %}", text) for name in line.split(", ")}
    own |= set(re.findall(r"{% set (\w+)", text))
    return meta.find_undeclared_variables(environment.parse(text)) - EVERYWHERE - {SHOW} - own


def macros(path: Path) -> set[str]:
    """The macros of a partial as the page of documentation writes them, long defaults as ``…``."""
    declared = re.findall(r"{% macro (\w+\(.*\)) %}", source(path))
    return {re.sub(r'"\(.*?"', "…", signature) for signature in declared}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_templates_row_has_its_names_and_its_blocks_and_no_others(name: str) -> None:
    _, names, blocks = row(name)
    given = words(re.sub(r"\([^()]*\)", "", names))
    assert unset(THEME / name) - given == set()
    frame = set(re.findall(r"{% block (\w+)", source(THEME / "base.html")))
    assert words(blocks) == set(re.findall(r"{% block (\w+)", source(THEME / name))) - frame


def test_the_blocks_of_the_frame_are_listed() -> None:
    sentence = re.search(r"All extend `base.html`, whose blocks are (.*?)\.", PAGE, re.DOTALL)
    assert sentence
    assert words(sentence[1]) == set(re.findall(r"{% block (\w+)", source(THEME / "base.html")))


def test_the_names_that_pages_set_for_the_frame_are_listed() -> None:
    sentence = re.search(r"names that `base.html` reads, and nothing else does: (.*?)\.\n", PAGE, re.DOTALL)
    assert sentence
    assert words(sentence[1]) == unset(THEME / "base.html")


@pytest.mark.parametrize("name", PARTIALS)
def test_a_partials_row_has_its_macros_with_their_arguments(name: str) -> None:
    _, needs = row(name)
    assert set(re.findall(r"`(\w+\([^`]*\))`", needs)) == macros(THEME / "partials" / name)


@pytest.mark.parametrize("name", PARTIALS)
def test_a_partial_reads_nothing_of_the_page_but_its_arguments(name: str) -> None:
    _, needs = row(name)
    handed = words(needs) if "shared" in needs else set()
    assert unset(THEME / "partials" / name) == handed


@pytest.mark.parametrize("name", [name for name in TEMPLATES if "stories" in row(name)[1] or "months" in row(name)[1]])
def test_a_page_with_a_list_has_a_block_for_its_head_its_list_and_its_foot(name: str) -> None:
    assert {"list_head", "list", "list_foot"} <= words(row(name)[2])


def test_no_row_is_about_a_file_that_is_not_there() -> None:
    named = set(re.findall(r"`([\w-]+\.html)`", "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))))
    assert named == {*TEMPLATES, *PARTIALS}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_value_has_the_names_that_are_described_and_no_others(name: str) -> None:
    listed = described(name) | (described("Card") if name == "Article" else set())
    assert listed - ({"all"} if name == "Article" else set()) == public(VALUES[name])


def test_what_broadsheet_reads_of_the_site_and_the_page_is_described() -> None:
    text = "".join(source(path) for path in THEME.rglob("*.html"))
    for name in ("site", "page"):
        assert set(re.findall(rf"\b{name}\.([a-z_]+)", text)) - described(f"`{name}`") == set()
    assert described("`site`") - public(Site) == set()


def test_every_question_is_listed() -> None:
    assert set(re.findall(r"`query\.([a-z]+)\(", PAGE)) == public(TemplateQueries)


def test_every_filter_is_listed_and_every_form_of_a_date_is_one() -> None:
    sentence = re.search(r"\*\*Filters\*\*(.*?)\n\n", PAGE, re.DOTALL)
    assert sentence
    assert words(re.sub(r"\([A-Z][^()]*\)", "", sentence[1])) == set(FILTERS)
    forms = re.findall(r'"([a-z-]+)"', sentence[1])
    assert len(forms) > 6
    written = [format_date(datetime(2026, 3, 1, 9, 30, tzinfo=UTC), form, "en") for form in forms]
    assert len(set(written)) == len(forms)


def test_every_option_is_listed_with_its_default() -> None:
    options: dict[str, Any] = tomllib.loads(source(THEME / "theme.toml"))["options"]
    table = PAGE[PAGE.index("## Options of Broadsheet") : PAGE.index("## Templates")]
    rows = [[cell.strip() for cell in line.strip("|").split(" |")] for line in table.splitlines() if line.startswith("| `")]
    assert {name for cells in rows for name in words(cells[0])} == set(options)
    for names, default, _ in rows:
        if default.startswith("`"):
            for name in words(names):
                assert default == f"`{options[name]!r}`".replace("'", '"').replace("False", "false")


def test_every_name_of_a_templates_row_is_there_when_it_renders(publication: Factory) -> None:
    courier = publication()
    courier.author("jane-doe")
    courier.source("pages/about.md", {"title": "About"})
    courier.article("world/first", authors=["jane-doe"], tags=["Ferry"], series="Long road")
    told = {}
    for name in TEMPLATES:
        names = sorted(words(re.sub(r"\([^()]*\)", "", row(name)[1])) | EVERYWHERE)
        courier.write(f"themes/tiny/{name}", "".join(f"{word}={{{{ {word} is defined }}}};" for word in names))
        told[name] = "".join(f"{word}=True;" for word in names)
    courier.check()
    pages = {
        "404.html": "404.html",
        "archive.html": "2026/01/index.html",
        "archives.html": "archive/index.html",
        "article.html": "world/2026/01/first/index.html",
        "author.html": "author/jane-doe/index.html",
        "front.html": "index.html",
        "page.html": "about/index.html",
        "search.html": "search/index.html",
        "section.html": "world/index.html",
        "series.html": "series/long-road/index.html",
        "tag.html": "tag/ferry/index.html",
    }
    assert {name: courier.read(f"build/{path}") for name, path in pages.items()} == told
