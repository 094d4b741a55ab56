"""What a tag, a series or a guest is called: by its file, else by the oldest story; never by what a newer one writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import SETTINGS, Publication
from slugline.checks.run import check
from slugline.errors import Problem
from slugline.urls import label_signs, spelt_out

TAGGED = 12


WITHOUT_SIGNS = f"{SETTINGS}\n[urls]\nspell_out_signs = false\n"


@pytest.fixture
def courier(request: pytest.FixtureRequest, tmp_path: Path) -> Publication:
    paper = Publication(tmp_path, getattr(request, "param", SETTINGS))
    for number in range(TAGGED):
        front = {"tags": ["Bridges"], "series": "The River", "authors": ["Jane Doe"]}
        paper.article(f"world/story-{number:02}", date=f"2026-01-{number + 1:02}", **front)
    paper.article("culture/apart", date="2026-01-20")
    paper.build()
    return paper


def page(paper: Publication, address: str) -> str:
    return paper.read(f"build/{address}index.html")


@pytest.mark.parametrize(
    ("other", "address", "title"),
    [
        ({"tags": ["BRIDGES"]}, "tag/bridges/", "Bridges"),
        ({"series": "THE RIVER"}, "series/the-river/", "The River"),
        ({"authors": ["JANE DOE"]}, "author/jane-doe/", "Jane Doe"),
    ],
)
def test_another_spelling_in_a_newer_story_renames_nothing(
    courier: Publication, other: dict[str, object], address: str, title: str
) -> None:
    courier.article("culture/loud", date="2026-02-01", **other)
    rendered = courier.rendered()
    assert f"<h1>{title}</h1>" in page(courier, address)
    old = [url for url in rendered if url.startswith("/world/2026/01/story-")]
    # A series lists all its stories on each story's page; of the others, at most the neighbours see the new one.
    assert len(old) <= (TAGGED if "series" in other else 1)
    assert not [reason for reason in rendered.values() if "name" in reason and "new" not in reason]


def test_the_oldest_story_names_a_tag_and_one_that_comes_before_it_does_so_then(courier: Publication) -> None:
    courier.article("culture/first", date="2025-12-01", tags=["bridges and more"])
    courier.article("culture/early", date="2025-12-02", tags=["BRIDGES"])
    courier.check()
    assert "<h1>BRIDGES</h1>" in page(courier, "tag/bridges/")
    courier.article("culture/early", date="2026-02-02", tags=["BRIDGES"])
    courier.check()
    assert "<h1>Bridges</h1>" in page(courier, "tag/bridges/")
    courier.article("culture/early", date="2025-12-02", tags=["BRIDGES"], draft=True)
    courier.check()
    assert "<h1>Bridges</h1>" in page(courier, "tag/bridges/")


def test_a_check_notes_the_other_spelling(courier: Publication) -> None:
    courier.article("culture/loud", date="2026-02-01", tags=["BRIDGES"])
    found = [one.finding for one in check(courier.root) if one.finding.check == "other-spelling"]
    assert [(one.path, one.line) for one in found] == [("content/articles/culture/loud.md", 5)]
    assert "“Bridges”" in found[0].message
    courier.source("tags/bridges.md", {"title": "BRIDGES"})
    found = [one.finding for one in check(courier.root) if one.finding.check == "other-spelling"]
    assert len(found) == TAGGED


def refused(paper: Publication) -> list[tuple[str, str]]:
    problems: list[Problem] = paper.problems()
    assert all(problem.line for problem in problems)
    return [(problem.path.rpartition("/")[2], problem.message.split("`")[1]) for problem in problems]


def test_signs_behind_a_word_are_words_in_addresses(courier: Publication) -> None:
    courier.article("culture/old", date="2026-01-01", tags=["C", "C++", "Disney", "c-sharp", "#MeToo", "A + B"], series="Dune+")
    courier.article("culture/new", date="2026-01-02", tags=["C#", "Disney+", "c-plus-plus", "MeToo"])
    courier.check()
    titles = {
        "tag/c/": "C", "tag/c-plus-plus/": "C++", "tag/c-sharp/": "c-sharp", "tag/disney/": "Disney", "tag/metoo/": "#MeToo",
        "tag/disney-plus/": "Disney+", "tag/a-b/": "A + B", "series/dune-plus/": "Dune+",
    }  # fmt: skip
    assert {address: page(courier, address).partition("<h1>")[2].partition("</h1>")[0] for address in titles} == titles


def test_a_sign_that_is_no_word_is_still_asked_for_a_file(courier: Publication) -> None:
    courier.article("culture/old", date="2026-01-01", tags=["100"])
    courier.article("culture/new", date="2026-01-02", tags=["100 %"])
    assert refused(courier) == [("new.md", "100 %")]


def test_the_setting_moves_the_addresses_of_such_tags(courier: Publication) -> None:
    courier.article("culture/new", date="2026-01-02", tags=["C++"])
    courier.check()
    courier.write("slugline.toml", WITHOUT_SIGNS)
    courier.check()
    assert "<h1>C++</h1>" in page(courier, "tag/c/")
    courier.write("slugline.toml", SETTINGS)
    courier.check()
    assert "<h1>C++</h1>" in page(courier, "tag/c-plus-plus/")


@pytest.mark.parametrize("courier", [WITHOUT_SIGNS], indirect=True)
def test_tags_that_differ_in_signs_are_two_and_the_newer_is_asked_for_a_file(courier: Publication) -> None:
    courier.article("culture/old", date="2026-01-01", tags=["C", "Disney"])
    courier.article("culture/new", date="2026-01-02", tags=["C++", "Disney+"])
    courier.article("culture/newer", date="2026-01-03", tags=["C#"])
    wanted = [("new.md", "C++"), ("new.md", "Disney+"), ("newer.md", "C#")]
    assert refused(courier) == wanted
    assert refused(courier) == wanted
    courier.source("tags/cpp.md", {"title": "C++"})
    hints = {problem.message.split("`")[1]: problem.hint for problem in courier.problems()}
    assert "content/tags/cpp.md" in hints["C++"]
    assert "content/tags/disney-plus.md" in hints["Disney+"]
    courier.source("tags/c-sharp.md", {"title": "C#"})
    courier.source("tags/disney-plus.md", {"title": "Disney+"})
    courier.article("culture/new", date="2026-01-02", tags=["cpp", "disney-plus"])
    courier.article("culture/newer", date="2026-01-03", tags=["c-sharp"])
    courier.check()
    assert "<h1>C++</h1>" in page(courier, "tag/cpp/")
    assert "<h1>C</h1>" in page(courier, "tag/c/")


@pytest.mark.parametrize("courier", [WITHOUT_SIGNS], indirect=True)
@pytest.mark.parametrize("step", ["story", "draft", "embargo", "title", "gone"])
def test_one_edit_is_enough_to_find_out(courier: Publication, step: str) -> None:
    courier.article("culture/old", date="2026-01-01", tags=["Disney+"])
    courier.source("tags/c.md", {"title": "C++"})
    courier.article("culture/code", date="2026-01-02", tags=["C++"])
    courier.article("culture/plain", date="2026-01-03", tags=["c"])
    courier.build()
    if step == "title":
        courier.source("tags/disney.md", {"title": "Disney"})
        assert refused(courier) == [("old.md", "Disney+")]
    elif step == "gone":
        courier.delete("content/tags/c.md")
        assert refused(courier) == [("plain.md", "c")]
    else:
        more = {"draft": {"draft": True}, "embargo": {"date": "2027-01-01"}}.get(step, {})
        courier.article("culture/new", **{"date": "2026-01-02", "tags": ["Disney"], **more})
        assert refused(courier) == [("new.md", "Disney")]


@pytest.mark.parametrize("courier", [WITHOUT_SIGNS], indirect=True)
def test_two_such_tags_of_one_story_are_an_error_too(courier: Publication) -> None:
    courier.article("culture/new", tags=["C", "C++"])
    assert "`C` and `C++`" in courier.problems()[0].message


@pytest.mark.parametrize(
    ("label", "signs", "slug"),
    [
        ("C++", "++", "c-plus-plus"), ("C#", "#", "c-sharp"), ("Disney+", "+", "disney-plus"), ("C", "", "c-2"),
        ("#MeToo", "", "metoo-2"), ("U.S.", "", "u-s-2"), ("Climate-change!", "", "climate-change-2"),
        ("100 %", "%", "100-percent"),
    ],
)  # fmt: skip
def test_signs_that_make_another_word(label: str, signs: str, slug: str) -> None:
    assert (label_signs(label), spelt_out(label)) == (signs, slug)
