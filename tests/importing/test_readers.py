"""The three readers of a page's story, and what their texts take from the page."""

from __future__ import annotations

import re

import pytest

from importing.conftest import SETTINGS
from slugline.importing import Imported, Refused
from slugline.importing.html import readers
from slugline.importing.html.readers import ask
from slugline.importing.html.reading import read_page

PARAGRAPHS = (
    "The council voted on Tuesday to close the east quay for nine weeks, after divers found cracks in two of the piles.",
    "About 3,400 passengers a day use the ferries that leave from the quay, and they will be moved to the fish market pier.",
    "The repair is expected to cost 4.2 million dollars, while a full replacement would cost 31 million, a study says.",
    "The mayor said that the work would begin in April and that shops on the quay would stay open all the while it lasts.",
    "Divers will look at the other piles in the summer, and the council will vote on the budget for them in the autumn.",
)
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OTHER = "<p>The other story of the day, which is about something else, goes on for quite a while here, and on.</p>" * 3


def page(body: str, head: str = "") -> Imported:
    title = "Port to close"
    html = f"<!doctype html><html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    item = read_page(html.encode(), "page.html", "page.html", SETTINGS)
    assert isinstance(item, Imported), item
    return item


def whole(item: Imported) -> bool:
    return [text for text in PARAGRAPHS if text in item.body] == list(PARAGRAPHS)


def test_the_text_nearest_to_the_two_others_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_trafilatura", lambda _: "one two three four")
    monkeypatch.setattr(readers, "_readability", lambda _: "one two three")
    monkeypatch.setattr(readers, "_resiliparse", lambda _: "seven eight nine one")
    choice = ask("")
    assert choice.text == "one two three"
    assert choice.others == ("one two three four", "seven eight nine one")
    assert choice.agreement == pytest.approx((6 / 7 + 2 / 7) / 2)


def test_a_reader_that_fails_or_finds_nothing_agrees_with_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: str) -> str:
        raise RuntimeError("no page")

    monkeypatch.setattr(readers, "_trafilatura", failing)
    monkeypatch.setattr(readers, "_readability", lambda _: "one two three")
    monkeypatch.setattr(readers, "_resiliparse", lambda _: "one two three")
    assert ask("").agreement == 0.5
    monkeypatch.setattr(readers, "_readability", failing)
    assert ask("").agreement == 0
    monkeypatch.setattr(readers, "_resiliparse", lambda _: " ")
    assert ask("") == ("", (), 0.0)


@pytest.mark.parametrize("name", ["no-share post", "sharingContainer", "has-sidebar", "promo", "modal-enabled", "hide-caption"])
def test_no_class_takes_a_story_away(name: str) -> None:
    assert whole(page(f'<div class="{name}"><div class="x">{STORY}</div></div>'))


def test_a_story_in_containers_of_one_kind_is_joined() -> None:
    first, rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2]), "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    body = f'<div class="col story-1">{first}</div><div class="ad">Advertisement</div><div class="col story-2">{rest}</div>'
    item = page(f"<main>{body}</main>")
    assert whole(item)
    assert "Advertisement" not in item.body


def test_boxes_on_which_the_readers_differ_are_left_out_and_a_person_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    story, other = "\n".join(PARAGRAPHS), re.sub("<[^>]*>", "\n", OTHER) * 5
    monkeypatch.setattr(readers, "_trafilatura", lambda _: story)
    monkeypatch.setattr(readers, "_readability", lambda _: story + other)
    monkeypatch.setattr(readers, "_resiliparse", lambda _: other + story)
    boxes = "".join(f'<div class="box{number}">{OTHER}</div>' for number in range(5))
    item = page(f'<div class="post"><div class="wrapper">{STORY}</div></div>{boxes}')
    assert whole(item)
    assert "something else" not in item.body
    assert any(re.match(r"three readers of the page agree by \d\d% on its story", one.message) for one in item.problems)


def test_a_shortened_body_in_the_data_never_wins() -> None:
    said = f'{{"@type": "NewsArticle", "articleBody": "{PARAGRAPHS[0]}{PARAGRAPHS[0]}"}}'
    data = f'<script type="application/ld+json">{said}</script>'
    assert whole(page(f'<div itemprop="articleBody">{STORY}</div>', data))


def comments(count: int, item: str) -> str:
    text = "I have used this quay for years and I never once saw anybody look after it, which tells you all. " * 2
    tag = item.split(maxsplit=1)[0]
    return "".join(f"<{item}><b>reader{number}</b> 2 days ago at 07:52 am<p>{text}</p></{tag}>" for number in range(count))


@pytest.mark.parametrize("item", ["li", "li class='comment-item'", "div class='c'"])
def test_comments_are_data_and_never_the_story(item: str) -> None:
    found = page(f"<div id='post'>{STORY}</div><div class='r'><h3>There are 6 comments</h3>{comments(6, item)}</div>")
    assert whole(found)
    assert "reader" not in found.body
    assert [comment.name for comment in found.comments] == [f"reader{number}" for number in range(6)]
    assert {comment.date for comment in found.comments} == {"2 days ago at 07:52 am"}
    assert all(comment.text.startswith("I have used this quay") for comment in found.comments)


def test_a_post_of_a_network_stays_with_its_author() -> None:
    post = "<blockquote class='twitter-tweet'><p>We all knew it for years</p>&mdash; Ana (@ana)</blockquote>"
    half = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    item = page(f"<article>{half}<div class='social-embed'>{post}</div>{rest}</article>")
    assert whole(item)
    assert "> We all knew it for years\n>\n> — Ana (@ana)" in item.body


def test_a_notice_leaves_the_paragraph_that_it_stands_in() -> None:
    notice = "<span class='attribution'>© Provided by Wire Inc</span> "
    item = page(f"<article>{STORY.replace('<p>', f'<p>{notice}', 1)}</article>")
    assert whole(item)
    assert "Wire Inc" not in item.body
    assert ("copyright", "© Provided by Wire Inc") in [(part.kind, part.text) for part in item.parts]


def test_a_formula_is_kept_as_tex() -> None:
    formula = "<math><mi>x</mi><mo>=</mo><mfrac><mi>b</mi><msup><mn>2</mn><mi>n</mi></msup></mfrac></math>"
    item = page(f"<article>{STORY}<p>The roots are {formula} and no more, the engineer said.</p>{STORY}</article>")
    assert "frac" in item.body
    told = r"a formula is kept as TeX, which a browser shows as it is: x=\frac{b}{2^{n}}"
    assert any(told in one.message for one in item.problems)


def test_a_page_without_a_headline_gets_its_first_words() -> None:
    html = f"<html><body><article>{STORY * 2}</article></body></html>"
    item = read_page(html.encode(), "page.html", "page.html", SETTINGS)
    assert isinstance(item, Imported)
    assert item.title == "The council voted on Tuesday to close the east quay for nine…"
    assert any("no headline" in one.message for one in item.problems)
    short = b"<html><body><p>A few words of no story at all are here.</p></body></html>"
    assert isinstance(read_page(short, "p.html", "p.html", SETTINGS), Refused)


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p class='byline'>Rolf Sommer am 16.11.2022</p>", ["Rolf Sommer"]),
        ("<p class='author'>Erstellt von Urs Keller</p>", ["Urs Keller"]),
        (
            "<div class='author'><a rel='author' href='/a'>Joon Park</a> <a class='author-follow' href='#'>Follow</a></div>",
            ["Joon Park"],
        ),
        ("<div class='author'>Author<span>Emil Hartwig</span></div>", ["Emil Hartwig"]),
        (
            (
                "<div class='author'><a href='/s'>Mary Ashdown</a>, Staff Attorney, Fair Housing Program<br>&amp; "
                "<a href='/t'>Ines Calder</a>, Director</div>"
            ),
            ["Mary Ashdown", "Ines Calder"],
        ),
        (
            (
                "<p class='byline'>By <a rel='author' href='/p/s'>Nora Whitfield</a> "
                "<a rel='author' href='/topics/x/'>Tech Industry</a></p>"
            ),
            ["Nora Whitfield"],
        ),
        (
            (
                "<div class='author-block'><span class='label'>Post author</span>"
                "<a rel='author' class='author' href='/a'>Joon Park</a><span class='author-read'>4 minutes</span></div>"
            ),
            ["Joon Park"],
        ),
        ("<p class='author'>Copy Link URL</p>", []),
    ],
)
def test_a_name_is_a_name(markup: str, names: list[str]) -> None:
    assert [person.name for person in page(f"<article>{markup}<div>{STORY}</div></article>").people] == names


def test_the_reading_time_that_is_said_to_twitter_is_no_author() -> None:
    head = "<meta name='twitter:label1' content='Est. reading time'><meta name='twitter:data1' content='4 minutes'>"
    assert page(f"<article>{STORY}</article>", head).people == ()
    head = "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Joon Park'>"
    assert [person.name for person in page(f"<article>{STORY}</article>", head).people] == ["Joon Park"]
