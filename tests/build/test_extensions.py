"""What a publication adds in Python, and what an edit of it renders."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from publications import Factory, Publication
from slugline.cli import main
from slugline.errors import PublicationError

DESK = """\
from slugline.extensions import Paper, filter, output, query, test
from extensions._signs import SIGN


@filter
def shout(text: str) -> str:
    return text.upper() + SIGN


@test
def long(card) -> bool:
    return len(card.title) > 4


@query
def longest(paper: Paper, limit: int):
    return sorted(paper.query.articles(), key=lambda card: len(card.title), reverse=True)[:limit]
"""
LATEST = """\
from slugline.extensions import output


@output("/latest.json")
def latest(paper):
    return [{"title": card.title, "url": paper.url(card.url)} for card in paper.query.articles(limit=2)]


@output("/plain/names.txt")
def names(paper):
    return paper.site.name
"""
WORDS = '{{ "lost"|shout }} {% for card in query.longest(2) %}{{ card.title }}{{ "+" if card is long }} {% endfor %}'


@pytest.fixture
def paper(publication: Factory) -> Publication:
    made = publication()
    for number, title in enumerate(("One", "Longer", "Longest"), 1):
        made.article(f"world/{number}", "Words.", title=title, date=f"2026-01-0{number}")
    made.write("extensions/desk.py", DESK)
    made.write("extensions/latest.py", LATEST)
    made.write("extensions/_signs.py", 'SIGN = "!"\n')
    made.write("themes/tiny/404.html", WORDS)
    made.check()
    return made


def urls(paper: Publication, **options: object) -> set[str]:
    return {page.url for page in paper.check(**options).rendered}


def test_templates_and_the_site_have_what_they_add(paper: Publication) -> None:
    tree = paper.tree()
    assert tree["404.html"] == b"LOST! Longest+ Longer+ "
    assert [one["title"] for one in json.loads(tree["latest.json"])] == ["Longest", "Longer"]
    assert json.loads(tree["latest.json"])[0]["url"].startswith("https://")
    assert tree["plain/names.txt"].decode() in paper.read("slugline.toml")


def test_pages_are_the_same_in_two_processes(paper: Publication) -> None:
    for number in range(60):
        paper.article(f"world/more-{number}", "Words.", title=f"More {number}", date="2025-01-01")
    shutil.rmtree(paper.root / ".slugline")
    shutil.rmtree(paper.root / "build")
    paper.build(jobs=2)
    two = paper.tree()
    shutil.rmtree(paper.root / ".slugline")
    shutil.rmtree(paper.root / "build")
    paper.build(jobs=1)
    assert paper.tree() == two


def test_an_edit_renders_what_uses_it_and_nothing_else(paper: Publication) -> None:
    paper.replace("extensions/latest.py", "limit=2", "limit=1")
    assert urls(paper) == {"/latest.json", "/plain/names.txt"}
    paper.replace("extensions/desk.py", "upper", "lower")
    assert urls(paper) == {"/404.html"}
    paper.write("extensions/_signs.py", 'SIGN = "?"\n')
    assert urls(paper) == {"/404.html", "/latest.json", "/plain/names.txt"}
    assert paper.tree()["404.html"].startswith(b"lost? ")
    assert urls(paper) == set()


def test_what_they_asked_is_their_trace(paper: Publication) -> None:
    paper.article("world/4", "Words.", title="Four", date="2026-01-04")
    assert {"/latest.json", "/404.html"} <= urls(paper)
    paper.article("world/0", "Words.", title="Zero", date="2020-01-01")
    assert "/latest.json" not in urls(paper)


def test_files_that_come_and_go(paper: Publication) -> None:
    paper.write("extensions/more.py", LATEST.replace("/latest.json", "/more.json").replace("/plain/names.txt", "/more.txt"))
    assert urls(paper) == {"/more.json", "/more.txt"}
    paper.rename("extensions/more.py", "extensions/other.py")
    assert urls(paper) == {"/more.json", "/more.txt"}
    paper.delete("extensions/other.py")
    assert sorted(paper.check().deleted) == ["/more.json", "/more.txt"]
    paper.replace("themes/tiny/404.html", WORDS, "plain")
    for name in ("desk.py", "latest.py", "_signs.py"):
        paper.delete(f"extensions/{name}")
    assert sorted(paper.check().deleted) == ["/latest.json", "/plain/names.txt"]


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "what"),
    [
        ("desk.py", "text.upper()", "text.uper()", "extensions/desk.py:7", "AttributeError: 'str' object has no attribute"),
        ("desk.py", "import SIGN", "import SIGNS", "extensions/desk.py:2", "ImportError"),
        ("desk.py", "len(card.title) > 4", "len(card.titel) > 4", "extensions/desk.py:12", "titel"),
        ("desk.py", "def shout(text: str)", "def shout(text: str", "extensions/desk.py:6", "not valid Python"),
        ("desk.py", "def shout", "def upper", "extensions/desk.py:5", "templates have the filter `upper` already"),
        ("latest.py", "limit=2", "limit=len(7)", "extensions/latest.py:6", "TypeError"),
        ("latest.py", "/plain/names.txt", "/latest.json", "extensions/latest.py:9", "another output `/latest.json` is in"),
        ("latest.py", "/plain/names.txt", "plain/", "extensions/latest.py:9", "is no path of a file"),
        ("latest.py", "paper.site.name", "paper", "extensions/latest.py:9", "is no file"),
        ("latest.py", "/plain/names.txt", "/404.html", "slugline.toml:0", "two pages would stand at /404.html"),
    ],
)
def test_a_fault_names_file_and_line_and_the_last_good_site_stays(
    paper: Publication, file: str, old: str, new: str, place: str, what: str
) -> None:
    before, text = paper.tree(), paper.read(f"extensions/{file}")
    paper.replace(f"extensions/{file}", old, new)
    with pytest.raises(PublicationError) as caught:
        paper.build()
    told = [(f"{problem.path}:{problem.line}", problem.message) for problem in caught.value.problems]
    assert any(place == where and what in message for where, message in told), told
    assert paper.tree() == before
    paper.write(f"extensions/{file}", text)
    paper.check()


def test_the_command_lists_them(paper: Publication, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extensions", "--root", str(paper.root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["filter", "shout", "extensions/desk.py:5"],
        ["output", "/latest.json", "extensions/latest.py:4"],
        ["output", "/plain/names.txt", "extensions/latest.py:9"],
        ["query", "longest", "extensions/desk.py:15"],
        ["test", "long", "extensions/desk.py:10"],
    ]


def test_the_example_on_the_page_runs(publication: Factory) -> None:
    page = (Path(__file__).parents[2] / "docs/extensions.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n# extensions/desk\.py\n(.*?)```", page, re.DOTALL)
    made = publication()
    made.article("world/1", "Words.", title="One", date="2026-01-01")
    made.write("extensions/desk.py", example)
    made.write("themes/tiny/404.html", '{{ "a"|shout }}{% for card in query.longest(5) %}{{ card is long }}{% endfor %}')
    made.check()
    assert made.tree()["404.html"] == b"AFalse"
    assert [one["title"] for one in json.loads(made.tree()["latest.json"])] == ["One"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('open("content/articles/world/1.md").read()', "it reads content/articles/world/1.md behind the build's back"),
        ("__import__('pathlib').Path('slugline.toml').read_text()", "it reads slugline.toml behind the build's back"),
        ("__import__('urllib.request').request.urlopen('http://localhost:1/')", "it asks the network"),
        ("__import__('subprocess').run(['true'])", "it starts a program"),
    ],
)
def test_what_a_build_cannot_know_of_is_an_error(
    paper: Publication, line: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(paper.root)
    paper.write("extensions/latest.py", LATEST.replace("    return [{", f"    {line}\n    return [{{"))
    with pytest.raises(PublicationError) as caught:
        paper.build()
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("extensions/latest.py", 6)
    assert message in problem.message


def test_files_beside_an_extension_may_be_read(paper: Publication) -> None:
    paper.write("extensions/words.txt", "one")
    read = '__import__("pathlib").Path(__file__).with_name("words.txt").read_text()'
    paper.write("extensions/latest.py", LATEST.replace("return paper.site.name", f"return {read}"))
    paper.check()
    assert paper.read("build/plain/names.txt") == "one"
    paper.write("extensions/words.txt", "two")
    paper.check()
    assert paper.read("build/plain/names.txt") == "two"


def test_shared_parts_know_the_language_of_their_page(paper: Publication) -> None:
    words = '{{ page.lang }} {{ page.dir }} {{ query.articles()[0].date | date("long") }}'
    paper.write("themes/tiny/partials/moment.html", words)
    paper.write("themes/tiny/404.html", '{% shared "partials/moment.html" %}')
    paper.check()
    assert paper.read("build/404.html") == "en ltr 3 January 2026"
