"""What was rendered, and why: an edit costs the pages that show it, and no more, however large the archive is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from publications import SETTINGS, Factory, Publication

_AUTHORS = ("jane-doe", "john-roe", "ann-poe")
_TAGS = ("Asia", "Trade", "Ports", "Rivers", "Courts")
_FIRST = datetime(2024, 1, 1, 8, tzinfo=UTC)


def archive(paper: Publication, stories: int) -> Publication:
    """A publication of so many stories, three a day, in two sections."""
    for slug in _AUTHORS:
        paper.author(slug)
    for section in ("world", "culture"):
        paper.source(f"sections/{section}.md", {"title": section.title()})
    for number in range(stories):
        section = ("world", "culture")[number % 2]
        moment = _FIRST + timedelta(hours=8 * number)
        tags = [_TAGS[number % 5], _TAGS[number // 5 % 5]]
        paper.article(
            f"{section}/story-{number:03d}", date=moment.isoformat(), authors=[_AUTHORS[number % 3]], tags=tags
        )
    paper.build()
    paper.settle()
    paper.build()
    return paper


def pages(rendered: dict[str, str]) -> set[str]:
    """The addresses of what templates rendered: feeds and sitemaps left out."""
    return {url for url in rendered if url.endswith("/")}


@pytest.fixture
def courier(publication: Factory) -> Publication:
    return archive(publication(), 60)


def test_a_build_without_a_change_renders_nothing(courier: Publication) -> None:
    assert courier.rendered() == {}


def test_an_edit_of_a_body_renders_its_page_and_what_shows_its_text(courier: Publication) -> None:
    path = "content/articles/world/story-030.md"
    # The first paragraph is the excerpt that cards show, and the number of words their read time: a later line is neither.
    courier.write(path, courier.read(path) + "\n\nMore.")
    courier.check()
    courier.replace(path, "More.", "Else.")
    rendered = courier.rendered()
    assert pages(rendered) == {"/world/2024/01/story-030/"}
    assert "articles/world/story-030.md" in rendered["/world/2024/01/story-030/"]


def test_an_edit_of_a_headline_renders_every_page_that_shows_it_and_no_other(courier: Publication) -> None:
    courier.article(
        "world/story-030", title="Entirely new", date="2024-01-11T08:00:00Z", authors=["jane-doe"], tags=["Asia", "Trade"]
    )
    rendered = courier.rendered()
    shown = {
        "/" + path.removesuffix("index.html")
        for path, raw in courier.tree().items()
        if path.endswith(".html") and b"Entirely new" in raw
    }
    assert shown
    assert pages(rendered) == shown


def test_a_new_story_renders_its_page_its_neighbours_and_the_lists_that_show_it(courier: Publication) -> None:
    courier.article("world/newest", date="2024-01-21T09:00:00Z", authors=["jane-doe"], tags=["Asia"])
    rendered = courier.rendered()
    articles = {url for url in rendered if re.search(r"/(story-\d+|newest)/$", url)}
    # The one before it in its section, which now has a next one.
    assert articles == {"/world/2024/01/newest/", "/world/2024/01/story-058/"}
    assert {"/", "/world/", "/author/jane-doe/", "/tag/asia/"} <= rendered.keys()
    assert not [url for url in rendered if url.startswith(("/culture/", "/author/john", "/author/ann", "/tag/trade/"))]


def test_a_new_story_costs_the_same_in_a_large_archive_as_in_a_small_one(publication: Factory) -> None:
    counts = []
    # So many on a page that the new story opens no further page of its month: that would change the numbers of all of them.
    for name, stories in (("small", 60), ("large", 600)):
        paper = archive(publication(name, SETTINGS.replace("length = 4", "length = 13")), stories)
        moment = _FIRST + timedelta(hours=8 * stories)
        paper.article("world/newest", date=moment.isoformat(), authors=["jane-doe"], tags=["Asia", "Trade"])
        rendered = {page.url for page in paper.build().rendered}
        counts.append(len(rendered))
        assert {url for url in rendered if re.search(r"/(story-\d+|newest)/$", url)} == {
            f"/world/{moment:%Y/%m}/newest/",
            f"/world/{moment:%Y/%m}/story-{stories - 2:03d}/",
        }
    small, large = counts
    assert small == large


def test_a_backdated_story_touches_its_own_month_only(publication: Factory) -> None:
    paper = archive(publication(), 300)
    paper.article("world/late", date="2024-02-10T09:00:00Z", authors=["jane-doe"], tags=["Asia"])
    rendered = paper.rendered()
    months = {match[1] for url in rendered if (match := re.search(r"/(\d{4}/\d{2})/", url))}
    assert months == {"2024/02"}
    assert "/" not in rendered


def test_a_change_of_an_author_renders_the_pages_that_name_them(courier: Publication) -> None:
    courier.author("jane-doe", name="Jane F. Doe")
    rendered = courier.rendered()
    named = {
        "/" + path.removesuffix("index.html")
        for path, raw in courier.tree().items()
        if path.endswith(".html") and b"Jane F. Doe" in raw
    }
    assert pages(rendered) == named


def test_a_change_of_a_bio_renders_the_pages_and_feeds_of_the_author_alone(courier: Publication) -> None:
    courier.author("jane-doe", "She writes.")
    courier.check()
    courier.settle()
    courier.build()
    courier.author("jane-doe", "She writes of ports.")
    rendered = courier.rendered()
    assert "/author/jane-doe/" in rendered
    assert all(url.startswith("/author/jane-doe/") for url in rendered)


def test_a_change_of_a_template_renders_the_pages_that_it_makes(courier: Publication) -> None:
    courier.replace("themes/tiny/tag.html", "<h1>", '<h1 id="top">')
    paths = [path for path in courier.tree() if re.fullmatch(r"tag/[a-z]+/(page/\d+/)?index.html", path)]
    lists = {f"/{path.removesuffix('index.html')}" for path in paths}
    assert {f"/tag/{tag.lower()}/" for tag in _TAGS} < lists
    assert set(courier.rendered()) == lists


def test_a_change_of_a_style_sheet_renders_what_links_it(courier: Publication) -> None:
    before = courier.tree()
    courier.replace("themes/tiny/assets/style.css.jinja", "body {", "body { margin: 0;")
    rendered = courier.rendered()
    linking = {"/" + path.removesuffix("index.html") for path, raw in before.items() if b"/assets/style." in raw}
    assert linking <= rendered.keys()


def test_a_change_of_a_comment_in_a_style_sheet_renders_nothing(courier: Publication) -> None:
    courier.replace("themes/tiny/assets/style.css.jinja", "body {", "/* new */\n\nbody  {")
    assert courier.rendered() == {}


def test_a_page_deleted_by_hand_is_the_only_one_to_come_back(courier: Publication) -> None:
    courier.delete("build/world/2024/01/story-030/index.html")
    assert courier.rendered() == {
        "/world/2024/01/story-030/": "its file in the build folder was gone or had been changed"
    }


def test_a_rendered_page_whose_bytes_are_the_same_is_not_written(courier: Publication) -> None:
    before = courier.stamps()
    courier.replace("themes/tiny/tag.html", "<h1>", "{# a word #}<h1>")
    report = courier.check()
    assert len(report.rendered) == len([path for path in courier.tree() if re.fullmatch(r"tag/.*index.html", path)])
    assert report.written == 0
    assert courier.stamps() == before


def test_a_change_that_cancels_out_before_the_build_renders_nothing(courier: Publication) -> None:
    path = "content/articles/world/story-030.md"
    raw = courier.read(path)
    courier.write(path, "no front matter")
    courier.problems()
    courier.write(path, raw)
    assert courier.rendered() == {}


def test_a_setting_that_no_page_shows_renders_nothing(courier: Publication) -> None:
    courier.write("slugline.toml", courier.read("slugline.toml") + '\n[import]\nsection = "world"\n')
    assert courier.rendered() == {}


def test_every_rendered_page_has_a_reason(courier: Publication) -> None:
    courier.article("world/newest", date="2024-01-21T09:00:00Z", tags=["Asia"])
    assert all(courier.rendered().values())
