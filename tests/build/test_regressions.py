"""How incremental builds went wrong elsewhere, one test each; the numbers are those of the list in docs/incremental.md.

Each makes the edit, builds, and compares with a build from nothing (``check`` does); what it asserts besides is what readers
of the other generator saw.
"""

from __future__ import annotations

import os
import re
import threading

import pytest

from publications import SETTINGS, Factory, Publication, changed
from slugline.build import engine
from slugline.catalog import sync
from slugline.errors import BuildLocked, PublicationError


@pytest.fixture
def courier(publication: Factory) -> Publication:
    """Three stories, two of a section; an author and a page."""
    paper = publication()
    paper.author("jane-doe", "Writes.", role="Reporter")
    paper.source("sections/world.md", {"title": "The World"})
    paper.source("sections/culture.md", {"title": "Culture"})
    paper.article("world/first", "The *first* story.", date="2026-01-10", authors=["jane-doe"], tags=["Asia"])
    paper.article("world/second", "See [it](first.md#top).", date="2026-01-11", authors=["John Roe"], tags=["Asia"])
    paper.article("culture/third", "**Bold** words.", date="2026-01-12", authors=["jane-doe"], tags=["Trade"])
    paper.page("about", "About us.")
    paper.check()
    paper.settle()
    return paper


def page(paper: Publication, path: str) -> str:
    return paper.read(f"build/{path}index.html")


def test_01_the_front_shows_an_edited_headline(courier: Publication) -> None:
    courier.article("world/first", title="A new headline", date="2026-01-10")
    courier.check()
    assert "A new headline" in page(courier, "")


def test_02_no_machine_readable_output_shows_raw_markdown_of_a_story_that_was_not_parsed_again(
    courier: Publication,
) -> None:
    courier.replace("content/articles/world/first.md", "first* story", "first* tale")
    courier.check()
    for path, raw in courier.tree().items():
        assert b"**Bold**" not in raw, path
        assert b"*first*" not in raw, path


def test_03_every_dependency_counts_and_a_deleted_output_comes_back(courier: Publication) -> None:
    for path, old, new in (
        ("content/authors/jane-doe.md", "Jane Doe", "Jane F. Doe"),
        ("content/sections/world.md", "The World", "Abroad"),
        ("content/articles/world/second.md", "Second", "The second"),
    ):
        courier.replace(path, old, new)
        courier.check()
        assert new in page(courier, "world/2026/01/first/")
    before = page(courier, "world/2026/01/first/")
    courier.delete("build/world/2026/01/first/index.html")
    assert list(courier.rendered()) == ["/world/2026/01/first/"]
    assert page(courier, "world/2026/01/first/") == before


def test_04_a_deleted_story_leaves_the_front(courier: Publication) -> None:
    courier.delete("content/articles/culture/third.md")
    courier.delete("content/sections/culture.md")
    courier.check()
    assert "Third" not in page(courier, "")
    assert not (courier.output / "culture").exists()


def test_05_a_changed_slug_leaves_no_old_address(courier: Publication) -> None:
    courier.article("culture/third", date="2026-01-12", slug="another")
    courier.check()
    assert not (courier.output / "culture/2026/01/third").exists()
    assert "/culture/2026/01/another/" in page(courier, "")


def test_06_a_new_tag_has_its_page_and_a_renamed_one_leaves_nothing(courier: Publication) -> None:
    courier.article("culture/third", date="2026-01-12", tags=["Trade", "Ports"])
    courier.check()
    assert "Third" in page(courier, "tag/ports/")
    courier.article("culture/third", date="2026-01-12", tags=["Trade", "Harbours"])
    courier.check()
    assert not (courier.output / "tag/ports").exists()
    assert "/tag/harbours/" in page(courier, "culture/2026/01/third/")


def test_07_a_partial_inside_a_macro_inside_a_template_counts(courier: Publication) -> None:
    courier.replace("themes/tiny/partials/byline.html", "By ", "Written by ")
    courier.check()
    assert "Written by" in page(courier, "")
    assert "Written by" in page(courier, "tag/asia/")


def test_07_a_file_of_any_ending_that_a_template_includes_counts_with_what_it_includes(courier: Publication) -> None:
    courier.write("themes/tiny/partials/outer.svg", '{% include "partials/inner.svg" %}')
    courier.write("themes/tiny/partials/inner.svg", "<svg>one</svg>")
    courier.replace("themes/tiny/404.html", "There is", '{% include "partials/outer.svg" %} There is')
    courier.replace("themes/tiny/search.html", "Search", '{% include "partials/" ~ page.kind[:0] ~ "outer.svg" %}')
    courier.check()
    courier.write("themes/tiny/partials/inner.svg", "<svg>two</svg>")
    courier.check()
    assert "two" in courier.read("build/404.html")


def test_08_a_change_of_the_base_template_reaches_every_page(courier: Publication) -> None:
    courier.replace("themes/tiny/base.html", "<footer>", '<footer id="foot">')
    courier.check()
    pages = {path: raw for path, raw in courier.tree().items() if path.endswith(".html")}
    assert "404.html" in pages
    assert all(b'id="foot"' in raw for raw in pages.values() if b"<nav>" in raw)


def test_09_a_change_of_a_data_file_reaches_who_shows_it(courier: Publication) -> None:
    courier.replace("themes/tiny/search.html", "Search", '{{ query.data("rates").euro | default("none") }}')
    courier.write("content/data/rates.toml", "euro = 1.1")
    courier.check()
    courier.write("content/data/rates.toml", "euro = 1.2")
    assert list(courier.rendered()) == ["/search/"]
    assert "1.2" in page(courier, "search/")


def test_09_a_data_file_that_appears_or_goes_counts_too(courier: Publication) -> None:
    courier.replace("themes/tiny/search.html", "Search", '{{ query.data("rates", default=none) | tojson }}')
    courier.check()
    assert "null" in page(courier, "search/")
    courier.write("content/data/rates.yaml", "---\n- euro\n- 1.1\n")
    courier.check()
    assert '["euro", 1.1]' in page(courier, "search/")
    courier.delete("content/data/rates.yaml")
    courier.check()
    assert "null" in page(courier, "search/")


def test_09_a_data_file_that_is_not_there_is_an_error_without_a_default(courier: Publication) -> None:
    courier.replace("themes/tiny/search.html", "Search", '{{ query.data("rates").euro }}')
    with pytest.raises(PublicationError) as caught:
        courier.build()
    (problem,) = caught.value.problems
    assert problem.path == "themes/tiny/search.html"
    assert "content/data/ has no file `rates`" in problem.message
    courier.write("content/data/rates.csv", "euro,pound\n1.1,0.9\n")
    courier.replace("themes/tiny/search.html", ".euro", "[0].euro")
    courier.check()
    assert "1.1" in page(courier, "search/")


def test_10_front_matter_is_fresh_in_listings(courier: Publication) -> None:
    courier.article("world/first", dek="A line under it.", date="2026-01-10", tags=["Asia"])
    courier.check()
    for path in ("", "world/", "tag/asia/", "2026/01/"):
        assert "A line under it." in page(courier, path)


def test_11_every_page_of_a_long_month_is_made_again_when_it_must(courier: Publication) -> None:
    for day in range(1, 10):
        courier.article(f"world/day-{day}", date=f"2026-02-0{day}")
    courier.check()
    assert "Day 5" in page(courier, "2026/02/page-2/")
    courier.article("world/early", date="2026-02-01T00:00:01Z")
    courier.check()
    assert "Day 4" in page(courier, "2026/02/page-2/")


def test_12_neighbours_are_fresh(courier: Publication) -> None:
    courier.article("world/between", date="2026-01-10T12:00:00Z")
    courier.check()
    assert "After: <a" in page(courier, "world/2026/01/first/").replace("\n", " ")
    assert "Between" in page(courier, "world/2026/01/first/")
    assert "Between" in page(courier, "world/2026/01/second/")
    courier.delete("content/articles/world/between.md")
    courier.check()
    assert "Between" not in page(courier, "world/2026/01/first/")


def test_13_a_link_inside_a_body_is_a_dependency(courier: Publication) -> None:
    courier.article("world/first", date="2026-01-10", slug="moved", tags=["Asia"], authors=["jane-doe"])
    courier.check()
    assert 'href="/world/2026/01/moved/#top"' in page(courier, "world/2026/01/second/")


def test_14_a_fallback_is_a_dependency(publication: Factory) -> None:
    paper = publication(settings=SETTINGS.replace('"tiny"', '"nosy"'), themes=("tiny", "nosy"))
    paper.article("world/first")
    paper.check()
    paper.replace("themes/tiny/404.html", "no such page", "nothing here")
    paper.check()
    assert "nothing here" in paper.read("build/404.html")
    paper.write("themes/nosy/404.html", "The child's own.")
    paper.check()
    assert "own." in paper.read("build/404.html")
    paper.delete("themes/nosy/404.html")
    paper.check()
    assert "nothing here" in paper.read("build/404.html")


def test_15_pages_go_when_a_month_shrinks(courier: Publication) -> None:
    for day in range(1, 6):
        courier.article(f"world/day-{day}", date=f"2026-02-0{day}")
    courier.check()
    assert (courier.output / "2026/02/page-2").is_dir()
    courier.delete("content/articles/world/day-3.md")
    courier.check()
    assert not (courier.output / "2026/02/page-2").exists()
    assert "page-2" not in page(courier, "2026/02/")


def test_16_an_emptied_collection_is_gone(courier: Publication) -> None:
    for name in ("world/first", "world/second"):
        courier.delete(f"content/articles/{name}.md")
    courier.check()
    assert not (courier.output / "tag/asia").exists()
    assert not (courier.output / "author/john-roe").exists()
    assert "Second" not in page(courier, "world/")
    courier.delete("content/sections/world.md")
    courier.check()
    assert not (courier.output / "world").exists()


def test_17_every_page_links_the_style_sheet_that_is_there(courier: Publication) -> None:
    courier.write("themes/tiny/assets/style.css.jinja", "body { color: navy; }")
    courier.check()
    found = courier.tree()
    for path, raw in found.items():
        for link in re.findall(rb'"/(assets/[^"]+)"', raw):
            assert link.decode() in found, path


def test_18_a_page_that_takes_the_place_of_another_survives(courier: Publication) -> None:
    courier.article("world/first", date="2026-01-10", slug="second")
    courier.article("world/second", date="2026-01-11", slug="first")
    courier.check()
    assert "First" in page(courier, "world/2026/01/second/")
    courier.delete("content/articles/world/first.md")
    courier.article("world/other", date="2026-01-10", slug="second")
    courier.check()
    assert "Other" in page(courier, "world/2026/01/second/")


def test_19_nothing_of_a_state_enters_the_output(courier: Publication) -> None:
    courier.delete("content/articles/world/second.md")
    courier.article("world/fourth", date="2026-01-13")
    courier.check()
    before = courier.stamps()
    courier.delete(".slugline")
    report = courier.check()
    assert report.written == 0
    assert courier.stamps() == before


def test_20_touched_files_render_nothing(courier: Publication) -> None:
    before = courier.stamps()
    for folder, _, names in os.walk(courier.root):
        if "/build" not in folder and "/.slugline" not in folder:
            for name in names:
                os.utime(os.path.join(folder, name))
    assert courier.rendered() == {}
    assert courier.stamps() == before


def test_21_a_date_in_a_zone_that_cannot_be_is_an_error(courier: Publication) -> None:
    courier.article("world/first", date="2026-01-10T09:00:00+99:00")
    (problem,) = courier.problems()
    assert problem.path == "content/articles/world/first.md"
    assert problem.line == 3


def test_22_links_between_stories_stand_after_a_restart(courier: Publication) -> None:
    assert courier.command("build", "--now", "2026-03-01T12:00:00Z").returncode == 0
    courier.article("world/first", date="2026-01-10", slug="moved")
    assert courier.command("build", "--now", "2026-03-01T12:00:00Z").returncode == 0
    assert 'href="/world/2026/01/moved/#top"' in page(courier, "world/2026/01/second/")
    courier.check()


def test_23_a_file_saved_by_renaming_is_an_edit(courier: Publication) -> None:
    raw = courier.read("content/articles/world/first.md").replace("first* story", "first* essay")
    place = courier.write("content/articles/world/.first.md.swp", raw)
    os.replace(place, courier.root / "content/articles/world/first.md")
    courier.check()
    assert "essay" in page(courier, "world/2026/01/first/")


def test_23_many_changes_at_once_are_no_matter(courier: Publication) -> None:
    for number in range(12):
        courier.article(f"world/story-{number}", date=f"2026-01-{number + 1:02d}", tags=["Asia", "Trade"])
    courier.delete("content/articles/culture")
    with changed(sync, "_MANY", 5):
        courier.check()
    courier.delete("content/articles/world")
    with changed(sync, "_MANY", 5):
        courier.check()


def test_24_a_second_build_at_once_is_told_so(courier: Publication) -> None:
    inside, leave = threading.Event(), threading.Event()

    def hold(stage: str, done: int, total: int) -> None:
        inside.set()
        assert leave.wait(20)

    from slugline.build.session import BuildOptions

    first = threading.Thread(target=lambda: engine.build(courier.root, BuildOptions(jobs=1), hold), daemon=True)
    first.start()
    try:
        assert inside.wait(20)
        with pytest.raises(BuildLocked, match=str(os.getpid())):
            courier.build()
    finally:
        leave.set()
        first.join()
    courier.build()


def test_25_the_name_of_a_tag_does_not_depend_on_which_story_was_seen_first(courier: Publication) -> None:
    courier.article("culture/third", date="2026-01-12", tags=["ASIA"])
    courier.check()
    assert "<h1>Asia</h1>" in page(courier, "tag/asia/")
    courier.article("culture/third", date="2025-01-12", tags=["ASIA"])
    courier.check()
    assert "<h1>ASIA</h1>" in page(courier, "tag/asia/")
    courier.article("culture/third", date="2026-01-12", tags=["Trade"])
    courier.check()
    assert "<h1>Asia</h1>" in page(courier, "tag/asia/")
