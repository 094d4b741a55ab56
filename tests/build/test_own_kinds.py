"""Pages, checks, importers and Markdown extensions of a publication's own, and those of installed packages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from publications import SETTINGS, Factory, Publication
from slugline.checks.run import check
from slugline.cli import main
from slugline.errors import PublicationError

PROJECTS = """\
from slugline.extensions import Page, Paper, pages


@pages("project.html")
def projects(paper: Paper):
    for row in paper.query.data("projects", default=()):
        yield Page(f"/projects/{row['slug']}/", row["name"], row.get("text", ""), stories=row.get("tag", ""))
"""
ROWS = "slug,name,text,tag\nbridge,The bridge,About it,bridges\nwall,The wall,,\n"
TEMPLATE = "<title>{{ page.title }}</title>{{ page.description }} {{ query.count(tag=stories) if stories }} {{ site.name }}"


@pytest.fixture
def paper(publication: Factory) -> Publication:
    made = publication()
    made.write("extensions/projects.py", PROJECTS)
    made.write("content/data/projects.csv", ROWS)
    made.write("themes/tiny/project.html", TEMPLATE)
    made.article("world/one", "Words.")
    made.check()
    return made


def rendered(paper: Publication) -> set[str]:
    return {page.url for page in paper.check().rendered}


def messages(paper: Publication) -> list[str]:
    with pytest.raises(PublicationError) as caught:
        paper.build()
    return [f"{problem.path}:{problem.line}: {problem.message}" for problem in caught.value.problems]


# Pages


def test_pages_stand_at_their_addresses_and_in_the_sitemap(paper: Publication) -> None:
    assert paper.read("build/projects/bridge/index.html").startswith("<title>The bridge</title>About it 0")
    assert "<loc>https://courier.example/projects/wall/</loc>" in paper.read("build/sitemaps/pages.xml")


def test_a_page_is_rendered_for_what_changed_of_it(paper: Publication) -> None:
    paper.replace("content/data/projects.csv", "About it", "More about it")
    assert rendered(paper) == {"/projects/bridge/"}
    paper.article("world/two", "Words.", tags=["Bridges"])
    assert {url for url in rendered(paper) if url.startswith("/projects")} == {"/projects/bridge/"}
    assert "it 1" in paper.read("build/projects/bridge/index.html")
    paper.write("themes/tiny/project.html", TEMPLATE + "!")
    assert rendered(paper) == {"/projects/bridge/", "/projects/wall/"}


def test_pages_come_and_go(paper: Publication) -> None:
    paper.write("content/data/projects.csv", ROWS.replace("wall,The wall,,\n", "dam,The dam,,\n"))
    assert "/projects/dam/" in rendered(paper)
    assert not (paper.output / "projects/wall").exists()
    paper.delete("extensions/projects.py")
    paper.check()
    assert not (paper.output / "projects").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "/projects/{row['slug']}/",
            "/projects/{row['slug']}",
            "`projects` gives a page at `/projects/bridge`, which is no address of one",
        ),
        ("/projects/{row['slug']}/", "/projects/", "`projects` gives two pages at /projects/"),
        ("stories=", "site=", "`projects` gives a page the value `site`, which is a name that templates have already"),
        ("stories=row.get", "stories=row.gett", "AttributeError: 'dict' object has no attribute 'gett'"),
        (
            'stories=row.get("tag", "")',
            "stories={1, 2}",
            "`projects` gives what is no page: Object of type set is not JSON serializable",
        ),
        ("yield Page", "yield dict", "`projects` gives what is no page: dict is no Page"),
        ("project.html", "nowhere.html", "the theme has no `nowhere.html`, which `projects` renders its pages with"),
    ],
)
def test_what_is_no_page_is_an_error(paper: Publication, old: str, new: str, message: str) -> None:
    text = PROJECTS.replace(old, new)
    if "dict" in new:
        text = text.replace("yield dict(f", "yield dict(a=f").replace(', row["name"], row.get("text", "")', "")
    paper.write("extensions/projects.py", text)
    found = messages(paper)
    assert found[0].partition(": ")[2] == message
    assert found[0].startswith("extensions/projects.py:")


def test_a_page_where_another_is(paper: Publication) -> None:
    paper.write("extensions/projects.py", PROJECTS.replace("/projects/{row['slug']}/", "/world/"))
    paper.write("content/data/projects.csv", "slug,name\nbridge,The bridge\n")
    assert any("/world/" in message for message in messages(paper))


# Checks

CHECK = """\
from slugline.extensions import check


@check
def short_title(paper):
    for card in paper.query.articles():
        if len(card.title) < 5:
            yield card, f"the headline has {len(card.title)} characters", "say more"
"""


def test_a_check_of_the_papers_own(paper: Publication) -> None:
    paper.write("extensions/checks.py", CHECK)
    found = [graded for graded in check(paper.root) if graded.finding.check == "short-title"]
    assert [(one.level, one.finding.path, one.finding.message) for one in found] == [
        ("warning", "content/articles/world/one.md", "the headline has 3 characters")
    ]
    paper.write("slugline.toml", SETTINGS + '\n[check.levels]\nshort-title = "error"\n')
    assert main(["check", "--root", str(paper.root)]) == 1
    paper.write("slugline.toml", SETTINGS + '\n[check.levels]\nshort-title = "off"\n')
    assert not [graded for graded in check(paper.root) if graded.finding.check == "short-title"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("    return 1 / 0", "ZeroDivisionError: division by zero"),
        ("    yield 1", "the check `short-title` gives what is no finding: cannot unpack non-iterable int object"),
    ],
)
def test_a_check_that_fails(paper: Publication, body: str, message: str) -> None:
    paper.write("extensions/checks.py", CHECK.partition("    for")[0] + body + "\n")
    with pytest.raises(PublicationError) as caught:
        check(paper.root)
    assert (caught.value.problems[0].path, caught.value.problems[0].message) == ("extensions/checks.py", message)


# Importers

IMPORTER = """\
from slugline.extensions import importer


@importer(".quark")
def quark(path):
    for block in path.read_text(encoding="utf-8").split("===\\n"):
        title, _, text = block.partition("\\n")
        yield title.lower(), f"---\\ntitle: {title}\\ndate: 2026-01-02\\n---\\n\\n{text}\\n\\n::: not a shortcode\\n"
"""


def test_an_importer_of_the_papers_own(paper: Publication, capsys: pytest.CaptureFixture[str]) -> None:
    paper.write("extensions/quark.py", IMPORTER)
    paper.write("seeds/week.quark", "First\nWords of the first.\n===\nSecond\nOther words.\n")
    assert main(["import", "--root", str(paper.root), "--section", "world", str(paper.root / "seeds")]) == 0
    capsys.readouterr()
    first = paper.read("content/articles/world/first.md")
    assert "title: First" in first
    assert "Words of the first." in first
    assert (paper.root / "content/articles/world/second.md").exists()
    paper.check()


def test_an_importer_that_fails_refuses_the_file(paper: Publication, capsys: pytest.CaptureFixture[str]) -> None:
    paper.write("extensions/quark.py", IMPORTER.replace("split(", "spilt("))
    paper.write("seeds/week.quark", "First\nWords.\n")
    assert main(["import", "--root", str(paper.root), str(paper.root / "seeds")]) == 1
    assert "extensions/quark.py" in capsys.readouterr().err


# Markdown extensions

HOUSE_STYLE = """\
import re

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor


class Style(Postprocessor):
    def run(self, text):
        return text.replace("colour", "color")


class HouseStyle(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Style(md), "style", 1)


def makeExtension(**settings):
    return HouseStyle(**settings)
"""


def test_a_markdown_extension_of_the_papers_own_needs_no_path(paper: Publication) -> None:
    paper.write("extensions/house_style.py", HOUSE_STYLE)
    paper.write("slugline.toml", SETTINGS + '\n[markdown]\nextensions = ["house_style"]\n')
    paper.article("world/one", "The colour of it.")
    paper.check()
    assert "The color of it." in paper.read("build/world/2026/01/one/index.html")
    paper.replace("extensions/house_style.py", '"color"', '"hue"')
    paper.check()
    assert "The hue of it." in paper.read("build/world/2026/01/one/index.html")
    paper.write("extensions/house_style.py", "import nothing_of_the_sort\n")
    assert messages(paper)[0].startswith("extensions/house_style.py:1: the Markdown extension `house_style` cannot be loaded")


# Packages


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package as pip installs one."""
    site = tmp_path / "site-packages"
    info = site / "tides-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tides\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[slugline.extensions]\ntides = tides_for_slugline\n", encoding="utf-8")
    (site / "tides_for_slugline.py").write_text(
        "from slugline.extensions import output, shortcode\n\n\n@output('/tides.txt')\ndef tides(paper):\n"
        "    return paper.site.name\n\n\n@shortcode\ndef tide(paper, place: str):\n    return f'{place} is high'\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "tides_for_slugline", raising=False)
    return site


def test_a_package_counts_where_the_settings_name_it(
    paper: Publication, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.exists()
    assert not (paper.output / "tides.txt").exists()
    paper.write("slugline.toml", SETTINGS + '\n[extensions]\npackages = ["tides"]\n')
    paper.article("world/one", "::tide[Saltmere]")
    paper.build()
    assert paper.read("build/tides.txt") == "The Courier"
    assert "Saltmere is high" in paper.read("build/world/2026/01/one/index.html")
    assert main(["extensions", "--root", str(paper.root)]) == 0
    assert "shortcode tide                           package tides:" in capsys.readouterr().out


def test_a_package_that_is_not_there(paper: Publication, package: Path) -> None:
    assert package.exists()
    paper.write("slugline.toml", SETTINGS + '\n[extensions]\npackages = ["tide"]\n')
    assert messages(paper) == ["slugline.toml:15: no package with extensions is called `tide`"]


# Layouts, and front matter of the paper's own


def test_a_layout_renders_a_story_or_a_page(paper: Publication) -> None:
    layout = "{% set body = body | default(article) %}WIDE {{ body.title }} {{ body.html }}"
    paper.write("themes/tiny/layouts/wide.html", layout)
    paper.article("world/one", "Words.", layout="wide")
    paper.page("about", "About us.", layout="wide")
    paper.check()
    assert paper.read("build/world/2026/01/one/index.html").startswith("WIDE One")
    assert paper.read("build/about/index.html").startswith("WIDE About")
    paper.write("themes/tiny/layouts/wide.html", "WIDER")
    assert rendered(paper) == {"/world/2026/01/one/", "/about/"}
    paper.delete("themes/tiny/layouts/wide.html")
    assert messages(paper) == [
        "content/articles/world/one.md:4: the theme has no layout `wide`",
        "content/pages/about.md:3: the theme has no layout `wide`",
    ]


def test_a_layout_is_a_name(paper: Publication) -> None:
    paper.article("world/one", "Words.", layout="../base.html")
    assert messages(paper) == ["content/articles/world/one.md:4: `layout: ../base.html` is no name of a template"]


def test_cards_have_the_front_matter_that_slugline_does_not_know(paper: Publication) -> None:
    words = '{% for card in query.articles() %}{{ card.extra.get("mood", "none") }} {% endfor %}'
    paper.write("themes/tiny/404.html", words)
    paper.article("world/two", "Words.", mood="calm")
    paper.check()
    assert "calm none" in paper.read("build/404.html") or "none calm" in paper.read("build/404.html")
    paper.replace("content/articles/world/two.md", "calm", "loud")
    assert "/404.html" in rendered(paper)
    paper.replace("themes/tiny/404.html", 'card.extra.get("mood", "none")', "card.extra.mood")
    assert 'the front matter has no `mood`: where it is optional, write `extra.get("mood")`' in messages(paper)[0]
