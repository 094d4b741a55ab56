"""The pages ahead of the site on disk."""

from __future__ import annotations

import threading

from slugline.serve.preview import Preview


def preview(*opened: str) -> tuple[Preview, list[str]]:
    updated: list[str] = []
    return Preview(lambda: opened, updated.append), updated


def test_open_pages_are_wanted_first_and_each_once() -> None:
    pages, _ = preview("a.html", "b.html", "a.html")
    pages.begin()
    assert list(pages.wanted()) == ["a.html", "b.html"]
    assert list(pages.wanted()) == []


def test_of_many_open_pages_a_few_are_rendered_before_the_rest() -> None:
    pages, _ = preview(*(f"{number}.html" for number in range(100)))
    pages.begin()
    assert len(pages.wanted()) == 24


def test_a_page_that_is_requested_while_a_build_is_under_way_is_wanted_from_then_on() -> None:
    pages, _ = preview()
    assert not pages.behind("a.html")
    pages.begin()
    assert pages.behind("a.html")
    assert pages.behind("a.html")
    assert list(pages.wanted()) == ["a.html"]
    pages.show("a.html", b"new")
    assert not pages.behind("a.html")


def test_a_rendered_page_is_ahead_until_the_build_ends_and_is_announced_when_it_differs() -> None:
    pages, updated = preview("a.html")
    pages.begin()
    pages.show("a.html", b"new")
    pages.show("a.html", b"new")
    assert pages.ahead("a.html") == b"new"
    assert updated == ["a.html"]
    pages.show("a.html", b"newer")
    assert updated == ["a.html", "a.html"]
    pages.end()
    assert pages.ahead("a.html") is None


def test_what_a_cancelled_build_rendered_stays_until_the_next_one_finds_no_such_page() -> None:
    pages, _ = preview("a.html")
    pages.begin()
    pages.show("a.html", b"new")
    pages.begin()
    assert pages.ahead("a.html") == b"new"
    pages.pass_over("a.html")
    assert pages.ahead("a.html") is None
    assert not pages.behind("a.html")


def test_whoever_waits_for_a_page_goes_on_when_it_is_rendered_or_the_build_has_ended() -> None:
    pages, _ = preview()
    for finish in (lambda: pages.show("a.html", b"new"), lambda: pages.pass_over("a.html"), pages.end):
        pages.begin()
        assert pages.behind("a.html") or pages.ahead("a.html")
        waiting = threading.Thread(target=pages.wait_for, args=("a.html", 30), daemon=True)
        waiting.start()
        finish()
        waiting.join(10)
        assert not waiting.is_alive()
        pages.end()
