"""Dev mode in a real browser (Chromium): what the person at the keyboard sees.

They need Playwright and Chromium; see ``needs.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from served import PATIENCE, Served

from needs import CHROMIUM, require
from publications import SETTINGS, Factory, Publication

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STORY = "/world/2026/01/first/"
SOURCE = "content/articles/world/first.md"
MILLISECONDS = PATIENCE * 1000

Serving = Callable[..., Served]

pytestmark = pytest.mark.xdist_group("dev mode in a browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require("chromium", "playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(MILLISECONDS)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.close()
    assert not wrong


@pytest.fixture
def paper(publication: Factory) -> Publication:
    paper = publication(settings=SETTINGS.replace('name = "tiny"', 'name = "broadsheet"'), themes=())
    paper.source("sections/world.md", {"title": "World"})
    paper.article("world/first", "The first words.\n\n" + "A paragraph.\n\n" * 200)
    paper.article("world/second", "The second story.")
    return paper


def listening(page: Page) -> None:
    """Wait until the page hears of edits: its stream of events is open."""
    page.wait_for_function("performance.getEntriesByType('resource').some(e => e.name.includes('/live.js'))")
    page.wait_for_load_state("load")


def mark(page: Page) -> None:
    """Leave a mark that does not outlive the document."""
    page.evaluate("window.marked = true")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.marked === true"))


def test_an_edit_shows_and_the_page_stays_where_it_was(page: Page, paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    page.evaluate("scrollTo({ top: 1500, behavior: 'instant' })")
    before = page.evaluate("scrollY")
    mark(page)
    paper.replace(SOURCE, "The first words.", "Edited words.")
    page.get_by_text("Edited words.").wait_for(state="attached")
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 3")
    # A reload may still be under way: a function is waited for across it, a plain look would break off.
    page.wait_for_function("window.marked !== true")


def test_an_error_covers_the_last_good_page_until_it_is_mended(page: Page, paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    good = paper.read(SOURCE)
    paper.write(SOURCE, good.replace("date: ", "date: the day after "))
    overlay = page.locator("slugline-problems")
    overlay.wait_for()
    assert overlay.get_by_text(f"{SOURCE}:3").is_visible()
    assert overlay.locator(".blamed").inner_text().strip().endswith("date: the day after '2026-01-10T09:00:00Z'") or (
        "the day after" in overlay.locator(".blamed").inner_text()
    )
    assert page.get_by_text("The first words.").is_visible()
    paper.write(SOURCE, good.replace("The first words.", "Mended words."))
    overlay.wait_for(state="detached")
    page.get_by_text("Mended words.").wait_for()


def test_a_publication_that_is_wrong_from_the_start_shows_what_is_wrong(
    page: Page, paper: Publication, serving: Serving
) -> None:
    good = paper.read(SOURCE)
    paper.write(SOURCE, good.replace("title:", "titel:"))
    running = serving(paper)
    page.goto(running.url)
    overlay = page.locator("slugline-problems")
    overlay.get_by_text("There is no page to show yet").wait_for()
    mark(page)
    page.wait_for_timeout(500)
    assert is_marked(page), "the page is loaded again and again"
    paper.write(SOURCE, good)
    page.get_by_role("link", name="The Courier").first.wait_for()
    assert overlay.count() == 0


def test_the_overlay_shows_text_as_text(page: Page, paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    paper.write(SOURCE, "---\ntitle: x\ndate: <img src=x onerror='window.struck = true'>\n---\n\nWords.\n")
    overlay = page.locator("slugline-problems")
    overlay.wait_for()
    assert "<img" in overlay.locator(".blamed").first.inner_text()
    assert page.evaluate("window.struck") is None
    page.keyboard.press("Escape")
    overlay.wait_for(state="detached")


def test_what_was_put_aside_stays_there_until_it_is_another_problem(
    page: Page, paper: Publication, serving: Serving
) -> None:
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    good = paper.read(SOURCE)
    paper.write(SOURCE, good.replace("title:", "titel:"))
    overlay = page.locator("slugline-problems")
    overlay.get_by_role("button", name="Close").click()
    overlay.wait_for(state="detached")
    # Another edit leaves the problem as it is, and reaches the page as well.
    paper.article("world/second", "The second story, edited.")
    running.until(lambda: sum("is missing" in line for line in running.lines) == 2)
    page.wait_for_timeout(300)
    assert overlay.count() == 0
    paper.write(SOURCE, good.replace("date:", "daet:"))
    overlay.get_by_text("`date` is missing").wait_for()
    assert overlay.get_by_text("Below is the last good page").is_visible()


def test_what_is_being_typed_is_kept(page: Page, publication: Factory, serving: Serving) -> None:
    paper = publication()
    paper.article("world/first", 'The first words.\n\n<label>Name <input value="Ann"></label>')
    template = "themes/tiny/article.html"
    paper.replace(template, "{{ article.title }}", '{{ article.title }}<input name="who">')
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    page.locator("input[name=who]").first.fill("Somebody")
    mark(page)
    paper.replace(SOURCE, "The first words.", "Edited words.")
    page.wait_for_function("window.marked !== true && document.activeElement?.name === 'who'")
    page.keyboard.type("!")
    assert page.locator("input[name=who]").first.input_value() == "Somebody!"


def test_a_style_sheet_is_swapped_without_loading_the_page(page: Page, publication: Factory, serving: Serving) -> None:
    paper = publication()
    paper.article("world/first", "A paragraph.\n\n" * 200)
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    mark(page)
    style = "themes/tiny/assets/style.css.jinja"
    paper.write(style, paper.read(style) + "\nmain { color: rgb(1, 2, 3); }\n")
    page.wait_for_function("getComputedStyle(document.querySelector('main')).color === 'rgb(1, 2, 3)'")
    assert is_marked(page)
    assert page.evaluate("scrollY") == 900
    page.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 1")


def test_drafts_and_embargoed_stories_say_so(page: Page, paper: Publication, serving: Serving) -> None:
    paper.article("world/draft", "Not yet.", draft=True)
    paper.article("world/tomorrow", "Not before.", date="2099-01-10T09:00:00Z")
    running = serving(paper)
    page.goto(f"{running.url}/world/2026/01/draft/")
    assert "Draft" in page.get_by_role("note").first.inner_text()
    page.goto(f"{running.url}/world/2099/01/tomorrow/")
    note = page.get_by_role("note").first.inner_text()
    assert "mbargo until" in note
    assert "2099" in note
    page.goto(f"{running.url}{STORY}")
    assert page.get_by_role("note").count() == 0


def test_a_story_that_goes_away_leads_to_the_front(page: Page, paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    paper.delete(SOURCE)
    page.wait_for_url(f"{running.url}/")


def test_a_story_that_moves_is_followed(page: Page, paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    page.goto(f"{running.url}{STORY}")
    listening(page)
    paper.replace(SOURCE, "2026-01-10", "2026-02-10")
    page.wait_for_url(f"{running.url}/world/2026/02/first/")


def test_a_missing_page_is_shown_when_it_comes(page: Page, paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    page.goto(f"{running.url}/world/2026/01/third/")
    listening(page)
    paper.article("world/third", "Here at last.")
    page.get_by_text("Here at last.").wait_for()


def test_the_page_is_up_to_date_after_a_restart(page: Page, paper: Publication, serving: Serving) -> None:
    first = serving(paper)
    page.goto(f"{first.url}{STORY}")
    listening(page)
    assert first.stop() == 0
    paper.replace(SOURCE, "The first words.", "Words of the meantime.")
    serving(paper, port=str(first.port))
    page.get_by_text("Words of the meantime.").wait_for()


def test_many_open_pages_do_not_keep_each_other_from_loading(
    browser: Browser, paper: Publication, serving: Serving
) -> None:
    running = serving(paper)
    context = browser.new_context()
    pages = [context.new_page() for _ in range(5)]
    try:
        for one in pages:
            one.goto(f"{running.url}{STORY}", timeout=MILLISECONDS)
            listening(one)
        paper.replace(SOURCE, "The first words.", "Seen on every page.")
        for one in pages:
            one.get_by_text("Seen on every page.").wait_for(timeout=MILLISECONDS)
    finally:
        context.close()
