"""Share cards: which stories have one, what is on it, what it costs."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from papers import Paper
from PIL import Image

from needs import needs
from slugline.build.setup import state_path
from slugline.cards import cache
from slugline.cards.drawing import HEIGHT, WIDTH, CardWords, draw_card
from slugline.cards.text_layout import Style, can_write, fit_text, line_width

CARD = "world/2026/03/plain/card.png"


@pytest.fixture
def newsroom(paper: Paper) -> Paper:
    paper.settings("[metadata]\ncards = true")
    paper.story("plain", "2026-03-01")
    paper.story("pictured", "2026-03-02", image="{src: ../../media/lead.png, alt: Dot, credit: Doe}")
    paper.build()
    return paper


def test_a_story_without_a_picture_has_a_card(newsroom: Paper) -> None:
    card = Image.open(io.BytesIO(newsroom.bytes(CARD)))
    assert (card.format, card.size) == ("PNG", (1200, 630))
    assert not newsroom.has("world/2026/03/pictured/card.png")
    page = etree.HTML(newsroom.read("world/2026/03/plain/index.html"))
    found = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//head/meta")}
    assert found["og:image"] == f"https://news.example/paper/{CARD}"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["twitter:card"] == "summary_large_image"
    assert f'"url":"https://news.example/paper/{CARD}"' in newsroom.read("world/2026/03/plain/index.html")


def test_a_card_follows_the_words_on_it_and_nothing_else(newsroom: Paper) -> None:
    before = newsroom.bytes(CARD)
    newsroom.story("plain", "2026-03-01", "Another text altogether.")
    newsroom.build()
    assert newsroom.bytes(CARD) == before
    newsroom.story("another", "2026-03-03")
    assert f"/{CARD}" not in newsroom.rendered(newsroom.build())
    newsroom.story("plain", "2026-03-01", title="Another headline")
    assert f"/{CARD}" in newsroom.rendered(newsroom.build())
    assert newsroom.bytes(CARD) != before
    assert newsroom.build(verify=1.0).verified


def test_a_picture_takes_the_place_of_the_card(newsroom: Paper) -> None:
    newsroom.story("plain", "2026-03-01", image="{src: ../../media/lead.png, alt: Dot, credit: Doe}")
    newsroom.build()
    assert not newsroom.has(CARD)
    assert "card.png" not in newsroom.read("world/2026/03/plain/index.html")


def test_cards_can_be_switched_on_and_off(newsroom: Paper) -> None:
    newsroom.settings("")
    newsroom.build()
    assert not [path for path in newsroom.tree() if path.endswith("card.png")]
    newsroom.settings("[metadata]\ncards = true")
    newsroom.build(verify=1.0)
    assert newsroom.has(CARD)


def test_cards_are_kept_apart_from_the_build_state(newsroom: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    before = newsroom.bytes(CARD)
    state_path(newsroom.root, newsroom.root / "build").unlink()
    monkeypatch.setattr(cache, "draw_card", lambda words: b"drawn again")
    newsroom.build()
    assert newsroom.bytes(CARD) == before


def test_a_damaged_card_is_drawn_again(newsroom: Paper) -> None:
    before = newsroom.bytes(CARD)
    (place,) = [path for path in (newsroom.root / ".slugline/cache/cards").rglob("*") if path.is_file()]
    place.write_bytes(place.read_bytes()[:-9])
    state_path(newsroom.root, newsroom.root / "build").unlink()
    newsroom.build()
    assert newsroom.bytes(CARD) == before


def test_a_card_is_the_same_each_time_it_is_drawn() -> None:
    words = CardWords("A headline of ordinary length", "World", "Jane Doe", "The Daily Test")
    assert draw_card(words) == draw_card(words)


def test_another_script_gives_its_place_to_the_name() -> None:
    assert not can_write("日本語")
    assert can_write("Łódź, Straße, ‘quotes’ – and €")
    name = draw_card(CardWords("日本語", "World", "", "The Daily Test"))
    assert name == draw_card(CardWords("The Daily Test", "World", "", "The Daily Test"))


@needs("raqm")
def test_arabic_runs_from_the_right_edge() -> None:
    assert can_write("مفاوضات 25 NATO")
    words = CardWords("مفاوضات", "العالم", "", "صحيفة", rtl=True)
    card = Image.open(io.BytesIO(draw_card(words))).convert("L")
    title = card.crop((0, 130, WIDTH, 400))
    left, _, right, _ = title.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert right > WIDTH - 90
    assert left > WIDTH // 2


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyzÄÖÜß-", min_size=1, max_size=40), min_size=1, max_size=60))
def test_every_headline_fits(words: list[str]) -> None:
    style, lines = fit_text(" ".join(words), (88, 64, 42), 650, WIDTH - 144, 330, rtl=False)
    assert isinstance(style, Style)
    assert len(lines) * style.size <= 330
    assert all(line_width(line, style) <= WIDTH - 144 for line in lines)


def test_colours_that_are_no_hexadecimal_number_are_replaced() -> None:
    odd = CardWords("A", "B", "C", "D", ink="oklch(1 2 3)", paper="white", accent="")
    assert Image.open(io.BytesIO(draw_card(odd))).size == (WIDTH, HEIGHT)
