"""Shortcodes: WordPress's own are read, a plugin's stay and are told, brackets in prose are left alone."""

from __future__ import annotations

import pytest

from slugline.importing.wordpress.shortcodes import attributes_of, expand
from slugline.importing.wordpress.surroundings import Attachment, Surroundings

LIBRARY = {
    "5": Attachment("https://x.example/pot.jpg", "A pot", "The <em>pot</em>", "Jo"),
    "6": Attachment("https://x.example/talk.mp3"),
    "7": Attachment("https://x.example/cup.png"),
}


def around(**changes: object) -> Surroundings:
    return Surroundings(LIBRARY, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (' ids="1,2" size=large', {"ids": "1,2", "size": "large"}),
        (" id='a b' caption=“Hi there”", {"id": "a b", "caption": "Hi there"}),
        (" https://x.example/a.mp3", {"0": "https://x.example/a.mp3"}),
        (" title=&quot;x&quot;", {"title": "x"}),
    ],
)
def test_attributes_are_read_in_every_kind_of_quote(text: str, found: dict[str, str]) -> None:
    assert attributes_of(text) == found


def test_a_caption_becomes_a_figure_with_what_the_library_knows() -> None:
    picture = '<a href="x"><img src="https://x.example/pot-300x200.jpg" alt=""></a>'
    html = f'[caption id="attachment_5" align="left"]{picture} On <b>fire</b>[/caption]'
    assert expand(html, around()).strip() == (
        '<figure><img src="https://x.example/pot-300x200.jpg" alt="A pot">'
        '<figcaption>On <b>fire</b> <span class="credit">Jo</span></figcaption></figure>'
    )


def test_an_old_caption_has_its_words_in_an_attribute() -> None:
    html = '[wp_caption caption="The pot"]<img src="https://x.example/q.jpg" alt="Q">[/wp_caption]'
    assert expand(html, around()).strip() == (
        '<figure><img src="https://x.example/q.jpg" alt="Q"><figcaption>The pot</figcaption></figure>'
    )


def test_a_gallery_shows_the_pictures_that_it_names_and_tells_of_those_that_are_missing() -> None:
    surroundings = around()
    html = expand('[gallery ids="5,99,7"]', surroundings)
    assert html.count("<img src=") == 2
    assert html.index("pot.jpg") < html.index("cup.png")
    assert surroundings.missing == ["the picture 99 of a gallery is not in the export"]


def test_a_gallery_without_numbers_shows_the_pictures_of_the_post_itself() -> None:
    html = expand('[gallery exclude="7"]', around(own=("5", "6", "7")))
    assert "pot.jpg" in html
    assert "talk.mp3" not in html
    assert "cup.png" not in html


@pytest.mark.parametrize(
    ("code", "html"),
    [
        ('[audio src="https://x.example/a.mp3"]', '<figure><audio controls src="https://x.example/a.mp3"></audio></figure>'),
        ("[audio https://x.example/a.mp3]", '<figure><audio controls src="https://x.example/a.mp3"></audio></figure>'),
        (
            '[video width="640" mp4="https://x.example/v.mp4" poster="https://x.example/p.jpg"][/video]',
            '<figure><video controls src="https://x.example/v.mp4" poster="https://x.example/p.jpg"></video></figure>',
        ),
        (
            '[video src="https://youtu.be/abc"]',
            '<iframe src="https://youtu.be/abc"></iframe>',
        ),
        (
            "[embed width=500]https://vimeo.com/1[/embed]",
            '<iframe src="https://vimeo.com/1"></iframe>',
        ),
        ('[playlist ids="6"]', '<figure><audio controls src="https://x.example/talk.mp3"></audio></figure>'),
    ],
)
def test_media_become_players_and_links(code: str, html: str) -> None:
    assert expand(code, around()).strip() == html


def test_a_code_of_a_plugin_stays_and_is_told() -> None:
    surroundings = around()
    text = 'A [contact-form-7 id="1"] B [su_box]in[/su_box] C [divider]'
    assert expand(text, surroundings) == text
    assert dict(surroundings.codes) == {"contact-form-7": 1, "su_box": 1}


@pytest.mark.parametrize(
    "text", ["He said [sic] so.", "It [the board] voted.", "[1] See below", "[…]", "a[0]", "[", "[[", "[a"]
)
def test_brackets_in_prose_are_left_alone(text: str) -> None:
    surroundings = around()
    assert expand(text, surroundings) == text
    assert not surroundings.codes


def test_a_code_in_double_brackets_is_shown_and_not_read() -> None:
    assert expand('Write [[gallery ids="1"]].', around()) == 'Write [gallery ids="1"].'


def test_many_codes_that_are_never_closed_take_no_time() -> None:
    text = "[box a=1] " * 20_000
    assert expand(text, around()) == text
