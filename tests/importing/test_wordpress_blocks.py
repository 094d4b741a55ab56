"""Gutenberg: comments become a tree, the tree becomes HTML, and what cannot be shown is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slugline.importing.wordpress.blocks import blocks_of, has_blocks
from slugline.importing.wordpress.drawing import draw
from slugline.importing.wordpress.surroundings import Attachment, Surroundings

LIBRARY = {"5": Attachment("https://x.example/pot.jpg", "A pot", "", "Jo")}

CREDIT = '<figcaption><span class="credit">Jo</span></figcaption>'


def block(name: str, html: str = "", attributes: str = "") -> str:
    given = f" {attributes}" if attributes else ""
    return f"<!-- wp:{name}{given} -->{html}<!-- /wp:{name} -->" if html else f"<!-- wp:{name}{given} /-->"


def test_blocks_nest_and_text_between_them_is_free() -> None:
    html = block("group", block("paragraph", "<p>a</p>") + "<hr>") + " loose " + block("latest-posts", "", '{"n":3}')
    group, free, drawn = blocks_of(html)
    assert (group.name, [one.name for one in group.inner], group.html) == ("group", ["paragraph"], "<hr>")
    assert (free.name, free.html) == ("freeform", " loose ")
    assert (drawn.name, drawn.drawn, drawn.attributes) == ("latest-posts", True, {"n": 3})


def test_blocks_closed_in_the_wrong_order_lose_nothing() -> None:
    html = "<!-- wp:group --><!-- wp:quote -->a<!-- /wp:group -->b<!-- /wp:quote -->c<!-- wp:list -->d"
    assert draw(html, Surroundings()).replace("\n", "") == "a<p>b</p><p>c</p>d"


def test_json_that_is_none_is_no_attribute() -> None:
    (one,) = blocks_of('<!-- wp:image {"id":} -->x<!-- /wp:image -->')
    assert one.attributes == {}


def test_depth_beyond_measure_is_flattened() -> None:
    html = "<!-- wp:group -->" * 3000 + "<p>deep</p>" + "<!-- /wp:group -->" * 3000
    assert "<p>deep</p>" in draw(html, Surroundings())


def test_a_text_without_blocks_has_none() -> None:
    assert not has_blocks("<p>a</p><!--more-->")
    assert has_blocks(block("paragraph", "<p>a</p>"))


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        (block("paragraph", "<p>a</p>"), "<p>a</p>"),
        (block("spacer", '<div style="height:9px"></div>'), ""),
        (block("more", "<!--more-->"), ""),
        (
            block("image", '<figure><img src="https://x.example/p.jpg" alt=""/></figure>', '{"id":5}'),
            f'<figure><img src="https://x.example/p.jpg" alt="A pot">{CREDIT}</figure>',
        ),
        (
            block("embed", "<figure>https://x.example/v</figure>", '{"url":"https://vimeo.com/1?a=1\\u0026b=2"}'),
            '<iframe src="https://vimeo.com/1?a=1&amp;b=2"></iframe>',
        ),
        (
            block("core-embed/youtube", "<figure><div>\nhttps://youtu.be/x\n</div></figure>"),
            '<iframe src="https://youtu.be/x"></iframe>',
        ),
        (
            block("video", '<figure><video controls src="https://x.example/v.mp4"></video><figcaption>V</figcaption></figure>'),
            '<figure><video controls src="https://x.example/v.mp4"></video><figcaption>V</figcaption></figure>',
        ),
        (
            block(
                "file",
                '<div><a href="https://x.example/a.pdf">A &amp; B</a><a href="https://x.example/a.pdf" download>Get</a></div>',
            ),
            '<p><a href="https://x.example/a.pdf">A &amp; B</a></p>',
        ),
        (
            block("pullquote", "<figure><blockquote><p>q</p><cite>c</cite></blockquote></figure>"),
            '<blockquote class="pullquote"><p>q</p><cite>c</cite></blockquote>',
        ),
        (
            block("table", "<figure><table><tr><td>1</td></tr></table><figcaption>Src</figcaption></figure>"),
            "<table><tr><td>1</td></tr></table><p>Src</p>",
        ),
        (block("freeform", "a\n\nb"), "<p>a</p>\n<p>b</p>\n"),
        (
            block("social-links", block("social-link", "", '{"url":"https://x.example/","service":"x"}')),
            '<ul><li><a href="https://x.example/">x</a></li></ul>',
        ),
        (
            block("button", '<div><a class="b" href="/go">Go <b>on</b></a></div>'),
            '<p><a href="/go">Go <b>on</b></a></p>',
        ),
    ],
)
def test_a_block_says_what_it_shows(html: str, drawn: str) -> None:
    around = Surroundings(LIBRARY)
    assert draw(html, around) == drawn
    assert not around.missing
    assert not around.unread


def test_a_gallery_of_either_age_shows_its_pictures_with_their_captions() -> None:
    new = block(
        "gallery",
        '<figure class="wp-block-gallery">'
        + block("image", '<figure><img src="https://x.example/1.jpg" alt="1"/></figure>')
        + block("image", '<figure><img src="https://x.example/2.jpg" alt="2"/><figcaption>Two</figcaption></figure>')
        + "</figure>",
    )
    old = block(
        "gallery",
        '<ul class="wp-block-gallery"><li><figure><img src="https://x.example/1.jpg" alt="1"/></figure>'
        '</li><li><figure><img src="https://x.example/2.jpg" alt="2"/><figcaption>Two</figcaption></figure>'
        "</li></ul>",
    )
    assert draw(new, Surroundings()) == draw(old, Surroundings())
    assert "<figcaption>Two</figcaption>" in draw(new, Surroundings())


def test_a_reusable_block_is_put_in_its_place_and_never_in_itself() -> None:
    around = Surroundings(blocks={"1": block("paragraph", "<p>again</p>") + block("block", "", '{"ref":1}')})
    assert draw(block("block", "", '{"ref":1}'), around).strip() == "<p>again</p>"
    assert around.missing == ["the reusable block 1 is not in the export"]


def test_a_block_of_a_plugin_keeps_its_html_and_is_told() -> None:
    around = Surroundings()
    assert draw(block("acme/poll", "<p>Yes or no?</p>") * 2, around).count("<p>Yes or no?</p>") == 2
    assert dict(around.unread) == {"acme/poll": 2}


def test_a_block_that_wordpress_draws_is_told() -> None:
    around = Surroundings()
    assert draw(block("query", "", '{"id":1}'), around) == ""
    assert around.missing == ["the block `query` is drawn by WordPress when it is shown: nothing of it is in the export"]


def test_footnotes_stand_where_the_block_is() -> None:
    around = Surroundings(footnotes=(("f1", "See <em>there</em>."),))
    assert (
        draw(block("footnotes"), around) == '<ol class="footnotes"><li id="f1" class="footnote">See <em>there</em>.</li></ol>'
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<!-- wp:a -->", "<!-- /wp:a -->", "<!-- wp:list {", '"x":1} -->', "<!--", "-->", "word", "<p>", "\n"])
        | st.text(max_size=8),
        max_size=40,
    )
)
def test_any_text_is_drawn(parts: list[str]) -> None:
    draw("".join(parts), Surroundings())
