"""The bars that the theme has to clear in a browser: on the article, front and section pages of The Harbour Gazette."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from slugline.shortcodes.standard import STANDARD

FRONT = "/"
SECTION = "/harbour/"
ARTICLE = "/council/2026/11/budget-read-to-the-end/"
RIGHT_TO_LEFT = "/town/2026/06/arabic-welcome/"
WITHOUT_PICTURES = "/sport/2026/09/football/"
WITH_ELEMENTS = (
    ARTICLE,
    "/business/2026/09/high-street-count/",
    "/council/2026/11/planning-marina/",
    "/culture/2026/08/regatta-play/",
    "/culture/2026/10/open-studios/",
    "/culture/2026/11/drum/",
    "/harbour/2026/10/the-last-stone/",
    "/harbour/2026/11/ferry-winter-timetable/",
    "/nature/2026/11/geese-count/",
    "/sport/2026/11/rowing-club/",
)
"""Each element of news is in one of these stories."""
PAGES = (FRONT, SECTION, ARTICLE)
OTHERS = (
    "/opinion/",
    "/author/wilf-tanner/",
    "/tag/ferry/",
    "/series/the-breakwater/",
    "/2026/11/",
    "/archive/",
    "/about/",
    "/search/",
    "/404.html",
)
ALL_WIDTHS = (320, 360, 375, 414, 480, 600, 640, 700, 768, 834, 900, 1024, 1100, 1280, 1440, 1600, 1920, 2560)

ELEMENTS = ("keypoints", "table", "qa", "rating", "gallery", "audio", "timeline", "related", "video", "embed")
"""What to look for in which of them."""

Look = Callable[..., Any]

# One process has the browser, and each visit is made once. The first test waits until every picture of the Gazette is encoded.
pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(900)]


def at(address: str, paths: tuple[str, ...]) -> list[str]:
    """Addresses of pages."""
    return [address + path for path in paths]


@pytest.fixture(scope="session")
def visits(look: Look, address: str) -> dict[str, Any]:
    """What a visit to each page on a phone loads, says and shifts."""
    paths = (*PAGES, RIGHT_TO_LEFT, WITHOUT_PICTURES)
    return dict(zip(paths, look("traffic", urls=at(address, paths), width=375), strict=True))


@pytest.fixture(scope="session")
def wide_visits(look: Look, address: str) -> dict[str, Any]:
    """The same on a desk."""
    return dict(zip(PAGES, look("traffic", urls=at(address, PAGES), width=1280), strict=True))


@pytest.fixture(scope="session")
def with_and_without(look: Look, address: str) -> dict[str, Any]:
    """What each page shows and does with JavaScript and without."""
    return dict(zip(PAGES, look("script", urls=at(address, PAGES)), strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_object_to(look: Look, address: str, scheme: str) -> None:
    pages = (*PAGES, RIGHT_TO_LEFT)
    assert look("axe", urls=at(address, pages), schemes=[scheme], widths=[375, 1280]) == []
    assert look("axe", urls=at(address, OTHERS), schemes=[scheme], widths=[375 if scheme == "light" else 1280]) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_elements_of_news(look: Look, address: str, scheme: str) -> None:
    assert look("axe", urls=at(address, WITH_ELEMENTS[1:]), schemes=[scheme], widths=[375, 1280]) == []


def test_every_element_of_news_is_in_a_story(gazette: Path) -> None:
    shown = "".join((gazette / path.strip("/") / "index.html").read_text(encoding="utf-8") for path in WITH_ELEMENTS)
    marks = (
        *('class="box box-points"', 'class="box"', 'class="timeline"', 'class="qa"', 'class="pull"', 'class="gallery"'),
        *('class="inline-card', 'class="document"', 'class="audio"', 'class="video', 'class="rating"', 'class="figures"'),
        *('class="chart"', 'class="map"', 'class="embed'),
    )
    assert [mark for mark in marks if mark not in shown] == []
    assert len(marks) == len(STANDARD)


def test_the_elements_of_news_do_what_they_promise_with_a_script(look: Look, address: str) -> None:
    seen = look("elements", address=address, pages=dict(zip(ELEMENTS, WITH_ELEMENTS, strict=True)))
    assert seen["errors"] == []
    assert seen["asked"] == [], "a page asked another host before its reader did"
    assert seen["embed"]["before"] == 0
    assert seen["embed"]["frame"] == "https://square.example/@landing-stage/9017/embed"
    assert seen["embed"]["focused"] == "IFRAME"
    table = seen["table"]
    assert table["first"] == ["49", "21", "15", "13", "12", "8"]
    assert table["greatest"] == [["71", "18", "14", "8", "4", "3"], "descending"]
    assert table["least"] == [["3", "4", "8", "14", "18", "71"], "ascending"]
    gallery = seen["gallery"]
    assert gallery["open"]
    assert gallery["steps"] == ["1 / 3", "2 / 3", "1 / 3", "3 / 3"]
    assert gallery["alt"]
    assert not gallery["after"]
    assert gallery["focus"] == "gallery-open"
    assert seen["chart"] == {"375": [True, False], "1280": [False, True]}


def test_lighthouse_gives_full_marks_on_a_phone(look: Look, address: str) -> None:
    wanted = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
    for page in look("lighthouse", urls=at(address, PAGES), wanted=wanted, tries=6):
        assert {name: page["scores"][name] for name in wanted if page["scores"][name] < wanted[name]} == {}, page


def test_the_html_of_every_page_keeps_to_the_standard(look: Look, gazette: Path) -> None:
    files = sorted(str(path) for path in gazette.rglob("*.html"))
    assert len(files) > 60
    assert look("markup", files=files) == []


def test_nothing_is_scrolled_sideways_or_cut_off_at_any_width_or_with_text_twice_as_large(look: Look, address: str) -> None:
    pages = (*PAGES, RIGHT_TO_LEFT)
    assert look("layout", urls=at(address, pages), widths=ALL_WIDTHS, zoomed=[375, 768, 1280, 2560]) == []
    assert look("layout", urls=at(address, WITH_ELEMENTS[1:]), widths=[320, 375, 768, 1280, 2560], zoomed=[375, 1280]) == []
    assert look("layout", urls=at(address, OTHERS), widths=[320, 768, 1024, 2560], zoomed=[375, 1280]) == []


def test_nothing_shifts_when_the_fonts_come_late(visits: dict[str, Any], wide_visits: dict[str, Any]) -> None:
    for visit in (*visits.values(), *wide_visits.values()):
        assert visit["shift"] < 0.01, visit["url"]


def test_the_console_stays_silent(visits: dict[str, Any], wide_visits: dict[str, Any]) -> None:
    for visit in (*visits.values(), *wide_visits.values()):
        assert visit["errors"] == [], visit["url"]
        assert {load["status"] for load in visit["loads"]} == {200}, visit["url"]


def test_nobody_else_is_asked_for_anything(address: str, visits: dict[str, Any], wide_visits: dict[str, Any]) -> None:
    for visit in (*visits.values(), *wide_visits.values()):
        others = [load["url"] for load in visit["loads"] if urlsplit(load["url"]).scheme not in ("data", "blob")]
        assert [url for url in others if not url.startswith(address + "/")] == []


def test_a_story_without_pictures_is_90_kilobytes_in_6_requests_at_most(visits: dict[str, Any]) -> None:
    loads = [load for load in visits[WITHOUT_PICTURES]["loads"] if load["type"] != "image"]
    assert sum(load["bytes"] for load in loads if not load["url"].startswith("data:")) <= 90_000, loads
    assert len([load for load in loads if not load["url"].startswith("data:")]) <= 6, loads


@pytest.mark.parametrize("width", [375, 1280])
def test_the_tab_key_leads_through_the_whole_page_in_reading_order_and_shows_where_it_is(
    look: Look, address: str, width: int
) -> None:
    for page in look("keyboard", urls=at(address, PAGES), width=width):
        stops = page["stops"]
        assert stops[0]["href"] == "#page:main"
        assert page["skipped"] == "main"
        assert page["missed"] == [], page["url"]
        assert [stop["place"] for stop in stops] == sorted(stop["place"] for stop in stops), page["url"]
        assert [stop["words"] for stop in stops if not stop["shows"] or not stop["onScreen"]] == [], page["url"]


def test_pages_are_complete_without_javascript(with_and_without: dict[str, Any]) -> None:
    for path, seen in with_and_without.items():
        assert seen["plain"]["words"] == seen["full"]["words"], path
        assert seen["plain"]["links"] == seen["full"]["links"], path
        assert [button for button in seen["plain"]["buttons"] if not button["form"]] == [], path


def test_the_switch_of_colours_works_and_is_remembered(with_and_without: dict[str, Any]) -> None:
    for path, seen in with_and_without.items():
        before, after, later = seen["colours"]
        assert before != after, path
        assert later == after, path
        assert seen["pressed"] == "true", path


def test_a_storys_link_is_copied(with_and_without: dict[str, Any]) -> None:
    assert with_and_without[ARTICLE]["copied"] == f"https://gazette.example{ARTICLE}"


def test_a_colour_stands_in_for_each_picture_and_each_is_cropped_around_its_point_under_a_strict_content_policy(
    look: Look, address: str
) -> None:
    def rgb(color: str) -> str:
        return f"rgb({', '.join(str(int(color[place : place + 2], 16)) for place in (1, 3, 5))})"

    for page in look("standins", urls=at(address, (FRONT, ARTICLE))):
        for browser, seen in page.items():
            assert seen["errors"] == []
            colored = [picture for picture in seen["pictures"] if picture["color"]]
            pointed = [picture for picture in seen["pictures"] if picture["focus"]]
            assert colored
            assert pointed
            assert [picture["background"] for picture in colored] == [rgb(picture["color"]) for picture in colored]
            assert [picture["position"] for picture in pointed] == [picture["focus"] for picture in pointed]
            set_by_script = {own for picture in colored for own in picture["own"] if own}
            assert bool(set_by_script) == (browser == "older")


def test_on_paper_a_story_keeps_its_words_and_shows_where_its_links_lead(look: Look, address: str) -> None:
    seen = look("print", url=address + ARTICLE)
    assert [name for name, count in seen["kept"].items() if not count] == []
    assert [name for name, count in seen["gone"].items() if count] == []
    assert seen["links"]
    assert [content for href, content in seen["links"] if href not in content] == []
    assert seen["paper"] == "rgb(255, 255, 255)"
