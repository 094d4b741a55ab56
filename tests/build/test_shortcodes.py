"""Shortcodes in a whole publication: pages, feeds and the search index; what an edit renders; what is said of mistakes."""

from __future__ import annotations

import json
import re

import pytest

from publications import SETTINGS, SITES, Factory, Publication
from slugline.errors import PublicationError
from slugline.shortcodes.standard import STANDARD

BROADSHEET = SETTINGS.replace('"tiny"', '"broadsheet"')

NOTE = """\
{# shortcode
text: text, required
tone: calm | loud = calm
block or line
label: text
#}
<aside class="{{ tone }}">{{ text }}{{ inner or "" }} {{ form }}</aside>
"""
TIDE = """\
from typing import Literal

from markupsafe import Markup

from slugline.extensions import Paper, shortcode


@shortcode
def tide(paper: Paper, place: str, *, days: int = 1, style: Literal["short", "long"] = "short"):
    return f"{place} <{days}> {style} {len(paper.query.articles(tag='tides'))}"


@shortcode
def frame(paper: Paper, inner: str, wide: bool = False):
    return Markup("<div class='{}'>{}</div>").format("wide" if wide else "", inner)


@shortcode
def dressed(paper: Paper, text: str):
    return {"text": text.upper(), "tone": "loud"}
"""
STORY = "/world/2026/01/one/index.html"


@pytest.fixture
def paper(publication: Factory) -> Publication:
    """A paper with the theme that ships and a theme of its own over it."""
    made = publication(settings=SETTINGS.replace('"tiny"', '"own"'), themes=())
    made.write("themes/own/theme.toml", 'name = "own"\nextends = "broadsheet"\n')
    made.write("themes/own/shortcodes/note.html", NOTE)
    made.write("themes/own/shortcodes/dressed.html", "<b>{{ text }}</b>\n")
    made.write("extensions/tide.py", TIDE)
    made.article("world/one", "Words.\n\n::note[Two]{tone=loud}")
    made.article("world/two", "Words.")
    return made


def story(paper: Publication, path: str = STORY) -> str:
    return paper.read(f"build{path}")


def messages(paper: Publication) -> list[str]:
    with pytest.raises(PublicationError) as caught:
        paper.build()
    return [f"{problem.path}:{problem.line}: {problem.message}" for problem in caught.value.problems]


# Where they are shown


def test_a_template_of_the_theme_is_a_shortcode(paper: Publication) -> None:
    paper.check()
    assert '<aside class="loud">Two page</aside>' in story(paper)
    assert "&lt;aside class=\"loud\"&gt;Two feed" in paper.read("build/feed.xml") or "Two feed" in paper.read("build/feed.xml")
    assert "shortcodes" in re.findall(r'href="/assets/(\w+)', story(paper))
    assert "shortcodes" not in re.findall(r'href="/assets/(\w+)', story(paper, "/world/2026/01/two/index.html"))


def test_functions_of_extensions_are_shortcodes(paper: Publication) -> None:
    paper.article("world/one", "::tide[Saltmere]{days=2}\n\n:::frame{wide}\n*Inside*\n:::\n\n::dressed[words]", tags=["Tides"])
    paper.check()
    assert "Saltmere &lt;2&gt; short 1" in story(paper)
    assert "<div class='wide'><p><em>Inside</em></p></div>" in story(paper)
    assert "<b>WORDS</b>" in story(paper)


def test_plain_pages_sections_and_bios_have_them_too(paper: Publication) -> None:
    paper.page("about", "::note[About]")
    paper.source("sections/world.md", {"title": "World"}, "::note[Section]")
    paper.author("jane", "::note[Bio]", public=True)
    paper.check()
    for path, word in (("about", "About"), ("world", "Section"), ("author/jane", "Bio")):
        page = paper.read(f"build/{path}/index.html")
        assert f'<aside class="calm">{word} page</aside>' in page
        assert "shortcodes" in re.findall(r'href="/assets/(\w+)', page)


def test_no_mark_is_left_anywhere(paper: Publication) -> None:
    paper.article("world/one", "::note[Two]\n\n:::factbox[Three]\nInside\n:::\n\nhttps://youtu.be/abc")
    paper.check()
    for path, content in paper.tree().items():
        assert not re.search(rb"[\x18-\x1b]", content) or not path.endswith((".html", ".xml", ".json", ".txt")), path


# What an edit renders


def rendered(paper: Publication) -> set[str]:
    return {page.url for page in paper.check().rendered}


PAGES = {"/world/2026/01/one/", "/feed.xml", "/feed.atom", "/feed.json", "/world/feed.xml", "/world/feed.json"}
"""Where the text of a story stands, of the publication in these tests."""


def test_an_edited_template_renders_what_shows_it(paper: Publication) -> None:
    paper.check()
    paper.write("themes/own/shortcodes/note.html", NOTE.replace("<aside", "<section").replace("</aside", "</section"))
    assert rendered(paper) == PAGES
    assert '<section class="loud">' in story(paper)


def test_an_edited_function_renders_what_shows_it(paper: Publication) -> None:
    paper.article("world/one", "::tide[Saltmere]")
    paper.check()
    paper.write("extensions/tide.py", TIDE.replace("{days}>", "{days}> days"))
    assert rendered(paper) == PAGES
    assert "&lt;1&gt; days" in story(paper)


def test_what_a_shortcode_takes_is_checked_against_all_texts(paper: Publication) -> None:
    paper.check()
    paper.write("themes/own/shortcodes/note.html", NOTE.replace("tone: calm | loud = calm", "tone: calm | shrill = calm"))
    assert messages(paper) == [
        "content/articles/world/one.md:8: `tone=loud` of the shortcode `note` is not one of calm, shrill"
    ]
    paper.replace("content/articles/world/one.md", "loud", "shrill")
    paper.check()
    assert '<aside class="shrill">' in story(paper)


def test_a_shortcode_that_goes_is_missed_where_it_is_used(paper: Publication) -> None:
    paper.check()
    paper.delete("themes/own/shortcodes/note.html")
    assert messages(paper) == ["content/articles/world/one.md:8: there is no shortcode `note`"]


def test_what_a_function_asks_is_the_trace_of_the_page(paper: Publication) -> None:
    paper.article("world/one", "::tide[Saltmere]")
    paper.check()
    paper.article("world/three", "Words.", tags=["Tides"])
    assert "/world/2026/01/one/" in rendered(paper)
    assert "short 1" in story(paper)


def test_an_edited_table_renders_what_shows_it(paper: Publication) -> None:
    paper.write("content/articles/world/votes.csv", "Ward,Votes\nOld Town,10\nMarsh,9\n")
    paper.article("world/one", "::table[Votes]{file=votes.csv}\n\n::chart{file=votes.csv}")
    paper.check()
    paper.write("content/articles/world/votes.csv", "Ward,Votes\nOld Town,10\nMarsh,11\n")
    assert rendered(paper) == {*PAGES, "/media/articles/world/votes.csv"}
    assert '<td class="number">11</td>' in story(paper)
    # The chart, twice: each with its own scale.
    assert story(paper).count("<rect") == 4


def test_a_related_story_comes_and_goes_with_its_date(paper: Publication) -> None:
    paper.article("world/one", "::related{story=two.md}")
    paper.article("world/two", "Words.", title="The second", date="2026-03-02T09:00:00Z")
    paper.check()
    assert "The second" not in story(paper)
    paper.replace("content/articles/world/two.md", "2026-03-02", "2026-01-02")
    paper.check()
    assert "The second" in story(paper)


@pytest.mark.parametrize("jobs", [1, 2])
def test_bytes_do_not_depend_on_processes(paper: Publication, jobs: int) -> None:
    paper.write("content/articles/world/votes.csv", "Ward;Votes\nOld Town;10\nMarsh;9\n")
    for number in range(60):
        paper.article(f"world/n{number}", "::chart{file=votes.csv type=line}\n\n::note[x]\n\n::tide[y]\n\nhttps://youtu.be/a")
    paper.check(jobs=jobs)


# What is wrong


def test_files_that_are_not_there(paper: Publication) -> None:
    lines = ("::table{file=no.csv}", "::related{story=no.md}", "::audio{file=no.mp3}", "::map{file=no.png alt=a credit=b}")
    paper.article("world/one", "One.\n\n" + "\n\n".join(lines))
    folder = "content/articles/world"
    assert messages(paper) == [
        f"{folder}/one.md:8: the shortcode `table` names `{folder}/no.csv`, which does not exist",
        f"{folder}/one.md:10: the shortcode `related` names `{folder}/no.md`, which does not exist",
        f"{folder}/one.md:12: the shortcode `audio` names `{folder}/no.mp3`, which does not exist",
        f"{folder}/one.md:14: there is no picture `{folder}/no.png`",
    ]


TABLE = "content/articles/world/t.csv"


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        (
            "a,b\n1,2,3\n",
            "::table{file=t.csv}",
            f"the table {TABLE}, line 2: the row has 3 cells, and the first line has 2",
        ),
        ("", "::table{file=t.csv}", f"`{TABLE}` is no table that can be shown"),
        ("a,b\n1,2\n", "::table{file=t.csv sort=c}", f"`sort=c`: the table {TABLE} has no such column"),
        ("a,b\nx,y\n", "::chart{file=t.csv}", f"the chart of {TABLE}: the table has no column of numbers to draw"),
        (
            "a,b\nx,1\n",
            "::chart{file=t.csv type=slope}",
            f"the chart of {TABLE}: a slope goes from one row to another, and the table has 1",
        ),
    ],
)
def test_tables_that_are_wrong(paper: Publication, table: str, line: str, message: str) -> None:
    paper.write(TABLE, table)
    paper.article("world/one", line)
    assert messages(paper) == [f"content/articles/world/one.md:6: {message}"]


def test_a_template_that_fails_names_itself_and_the_text(paper: Publication) -> None:
    paper.write("themes/own/shortcodes/note.html", NOTE + "{{ nothing.there }}")
    found = messages(paper)
    assert found[0].startswith("themes/own/shortcodes/note.html:8: 'nothing' is undefined (while rendering")
    assert "content/articles/world/one.md" in found[0]


def test_a_function_that_fails_names_itself_and_the_text(paper: Publication) -> None:
    paper.write("extensions/tide.py", TIDE.replace("return f", "raise ValueError('low')\n    return f"))
    paper.article("world/one", "::tide[x]")
    assert messages(paper) == [
        "extensions/tide.py:10: ValueError: low (in the shortcode tide of content/articles/world/one.md)"
    ]


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        ("<p>", 1, "the template of a shortcode begins with a comment that says what it takes"),
        ("{# shortcode\ntitle\n#}", 2, "`title` is no parameter"),
        ("{# shortcode\ntitle: txt\n#}", 2, "`txt` is no kind of parameter; did you mean `text`?"),
        ("{# shortcode\npage: text\n#}", 2, "`page` is a name that templates have already"),
        ("{# shortcode\nlabel: title\n#}", 2, "`label: title` is none of its parameters"),
    ],
)
def test_templates_that_do_not_say_what_they_take(paper: Publication, head: str, line: int, message: str) -> None:
    paper.write("themes/own/shortcodes/odd.html", head)
    assert messages(paper) == [f"themes/own/shortcodes/odd.html:{line}: {message}"]


MORE = """\
from slugline.extensions import shortcode


@shortcode
def table(paper):
    return ""


@shortcode
def odd(paper, what: dict):
    return ""
"""


def test_two_of_one_name_and_functions_that_cannot_be_one(paper: Publication) -> None:
    paper.write("extensions/more.py", MORE)
    found = messages(paper)
    assert "extensions/more.py:1: another shortcode `table` ships with Slugline" in found
    assert "`what` of the shortcode `odd` is of a type that no text can give" in found[1]


def test_a_theme_without_a_template_says_so(publication: Factory) -> None:
    made = publication()
    made.article("world/one", "::pullquote[x]")
    assert messages(made) == ["content/articles/world/one.md:6: the theme has no template for the shortcode `pullquote`"]


def test_drafts_stop_no_build(paper: Publication) -> None:
    paper.article("world/one", "::nte[x]", draft=True)
    report = paper.check()
    assert [problem.severity for problem in report.problems if "nte" in problem.message] == ["warning"]


# The elements that ship


def test_every_element_has_a_template_and_a_row_in_the_documentation(paper: Publication) -> None:
    documented = (SITES.parent.parent / "docs/shortcodes.md").read_text(encoding="utf-8")
    for name, signature in STANDARD.items():
        assert (SITES.parent.parent / f"themes/broadsheet/shortcodes/{name}.html").exists()
        (row,) = [line for line in documented.splitlines() if line.startswith((f"| `::{name}", f"| `:::{name}"))]
        for parameter in signature.parameters:
            required = "*" if parameter.required else ""
            assert f"`{parameter.name}`{required}" in row, f"{name}: {parameter.name}"


def test_an_embed_asks_nobody_until_it_is_told(publication: Factory) -> None:
    made = publication(settings=BROADSHEET, themes=())
    made.article("world/one", "https://youtu.be/abc\n\n::embed[Elsewhere]{url=https://tv.example/1 frame=https://tv.example/f}")
    made.check()
    page = made.read(f"build{STORY}")
    assert "<iframe" not in page
    assert 'data-embed="https://www.youtube-nocookie.com/embed/abc"' in page
    assert 'href="https://tv.example/1">Open at tv.example' in page
    made.write("slugline.toml", BROADSHEET + '\n[embeds]\nload = "at once"\n')
    made.check()
    assert '<iframe src="https://tv.example/f" title="Elsewhere – tv.example"' in made.read(f"build{STORY}")


def test_services_of_the_settings_are_known(publication: Factory) -> None:
    service = '\n[embeds.services."Town TV"]\nmatch = "https://tv.example/w/{id}"\nframe = "https://tv.example/e/{id}"\n'
    made = publication(settings=BROADSHEET + service, themes=())
    made.article("world/one", "https://tv.example/w/7")
    made.check()
    assert 'data-embed="https://tv.example/e/7"' in made.read(f"build{STORY}")
    made.write("slugline.toml", BROADSHEET + service.replace("/e/{id}", "/e/"))
    assert messages(made) == ["slugline.toml:14: `frame` of the service `Town TV` is no address with an {id} in it"]


def test_a_rating_is_what_search_engines_read_of_a_review(publication: Factory) -> None:
    made = publication(settings=BROADSHEET, themes=())
    made.article("world/one", "::rating[The Tempest]{value=3.5 type=play}", type="review")
    made.check()
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', made.read(f"build{STORY}"), re.DOTALL)[1])["@graph"]
    (node,) = [node for node in graph if node["@type"] == "ReviewNewsArticle"]
    assert node["itemReviewed"] == {"@type": "TheaterEvent", "name": "The Tempest"}
    assert node["reviewRating"] == {"@type": "Rating", "ratingValue": 3.5, "bestRating": 5, "worstRating": 0}


def test_sound_is_an_enclosure_of_feeds(publication: Factory) -> None:
    made = publication(settings=BROADSHEET, themes=())
    made.write("content/articles/world/talk.mp3", "x" * 300)
    made.article("world/one", ":::audio[The talk]{file=talk.mp3 seconds=90}\nWords.\n:::")
    made.check()
    url = "https://courier.example/media/articles/world/talk.mp3"
    assert f'<enclosure url="{url}" length="300" type="audio/mpeg"/>' in made.read("build/feed.xml")
    assert f'<link rel="enclosure" href="{url}" type="audio/mpeg" length="300"/>' in made.read("build/feed.atom")
    (item,) = json.loads(made.read("build/feed.json"))["items"]
    assert item["attachments"] == [
        {"url": url, "mime_type": "audio/mpeg", "title": "The talk", "size_in_bytes": 300, "duration_in_seconds": 90}
    ]
