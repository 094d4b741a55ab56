"""The cards of Ghost's editor, and the two formats that hold them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importing.wxr import node, text
from slugline.importing.ghost.cards import Findings, card
from slugline.importing.ghost.lexical import lexical_html
from slugline.importing.ghost.mobiledoc import mobiledoc_html


def root(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"root": {"type": "root", "children": list(nodes)}}


@pytest.mark.parametrize(
    ("name", "fields", "html"),
    [
        (
            "image",
            {"src": "/a.jpg", "alt": 'A "b"', "caption": "<b>C</b>"},
            '<figure><img src="/a.jpg" alt="A &quot;b&quot;"><figcaption><b>C</b></figcaption></figure>',
        ),
        (
            "bookmark",
            {"url": "https://x.example/", "metadata": {"title": "T & t", "description": "D", "publisher": None, "author": "A"}},
            '<p><a href="https://x.example/">T &amp; t</a>: D (A)</p>',
        ),
        (
            "embed",
            {"url": "https://youtu.be/x", "html": "<iframe src='https://www.youtube.com/embed/x'></iframe>", "caption": "C"},
            '<iframe src="https://youtu.be/x"></iframe><p>C</p>',
        ),
        ("embed", {"html": '<iframe src="https://x.example/e"></iframe>'}, '<iframe src="https://x.example/e"></iframe>'),
        ("callout", {"calloutText": "Mind <b>it</b>", "calloutEmoji": "💡"},
         "<blockquote><p>💡</p><p>Mind <b>it</b></p></blockquote>"),
        ("toggle", {"heading": "Q?", "content": "<p>A.</p>"}, "<details><summary>Q?</summary><p>A.</p></details>"),
        ("button", {"buttonText": "Go", "buttonUrl": "/go/"}, '<p><a href="/go/">Go</a></p>'),
        ("html", {"html": "<i>x</i>"}, "<i>x</i>"),
        ("markdown", {"markdown": "a *b*"}, "<p>a <em>b</em></p>"),
        ("code", {"code": "a < b", "language": "c++"}, '<pre><code class="language-c++">a &lt; b</code></pre>'),
        ("hr", {}, "<hr>"),
        ("audio", {"src": "/a.mp3", "title": "T"},
         '<figure><audio controls src="/a.mp3"></audio><figcaption>T</figcaption></figure>'),
        ("video", {"src": "/a.mp4"}, '<figure><video controls src="/a.mp4"></video></figure>'),
        ("file", {"src": "/a.pdf", "fileTitle": "A", "fileCaption": "C"}, '<p><a href="/a.pdf">A</a> C</p>'),
        (
            "product",
            {"productTitle": "P", "productDescription": "D", "productButtonEnabled": False, "productUrl": "/p"},
            "<h3>P</h3><p>D</p>",
        ),
        ("header", {"heading": "H", "subheading": "S", "buttonEnabled": True, "buttonUrl": "/b", "buttonText": "B"},
         '<h2>H</h2><p>S</p><p><a href="/b">B</a></p>'),
        ("call-to-action", {"textValue": "<p>Join</p>", "buttonUrl": "/j", "buttonText": "J"},
         '<p>Join</p><p><a href="/j">J</a></p>'),
    ],
)  # fmt: skip
def test_a_card_says_what_it_shows(name: str, fields: dict[str, Any], html: str) -> None:
    found = Findings()
    assert card(name, fields, found) == html
    assert not found.unread


@pytest.mark.parametrize("name", ["signup", "email", "email-cta"])
def test_a_card_for_members_is_left_out_and_counted(name: str) -> None:
    found = Findings()
    assert card(name, {"html": "<p>Dear member</p>"}, found) == ""
    assert dict(found.left) == {name: 1}


@pytest.mark.parametrize(
    "seen", [{"web": {"nonMember": False, "memberSegment": ""}}, {"showOnWeb": False}, {"emailOnly": True}]
)
def test_a_card_that_the_page_does_not_show_is_left_out(seen: dict[str, Any]) -> None:
    found = Findings()
    assert card("html", {"html": "<p>x</p>", "visibility": seen}, found) == ""
    assert dict(found.left) == {"html": 1}
    assert card("html", {"html": "<p>x</p>", "visibility": {"web": {"nonMember": True}}}, found) == "<p>x</p>"


def test_a_paywall_is_told() -> None:
    found = Findings()
    assert card("paywall", {}, found) == ""
    assert found.doubts == ["what follows was behind the paywall, and is part of the text now"]


def test_a_card_that_is_not_known_is_told() -> None:
    found = Findings()
    assert card("acme", {"data": 1}, found) == ""
    assert dict(found.unread) == {"acme": 1}


@pytest.mark.parametrize(
    ("nodes", "html"),
    [
        ([node("paragraph", text("a "), text("b", 1), text("c", 3), text("d", 16))],
         "<p>a <strong>b</strong><strong><em>c</em></strong><code>d</code></p>"),
        ([node("paragraph", text("a < b & c"))], "<p>a &lt; b &amp; c</p>"),
        ([node("paragraph", text("a"), node("linebreak"), text("b"))], "<p>a<br>b</p>"),
        ([node("extended-heading", text("H"), tag="h3")], "<h3>H</h3>"),
        ([node("heading", text("H"), tag="script")], "<h2>H</h2>"),
        ([node("extended-quote", text("Q"))], "<blockquote>Q</blockquote>"),
        ([node("aside", text("Q"))], "<blockquote>Q</blockquote>"),
        ([node("paragraph", node("link", text("L"), url='https://x.example/?a="b"'))],
         '<p><a href="https://x.example/?a=&quot;b&quot;">L</a></p>'),
        ([node("list", node("listitem", text("1")),
               node("listitem", node("list", node("listitem", text("2")), listType="bullet")), listType="number", start=4)],
         '<ol start="4"><li>1<ul><li>2</li></ul></li></ol>'),
        ([node("horizontalrule")], "<hr>"),
        ([node("codeblock", code="x", language="")], "<pre><code>x</code></pre>"),
    ],
)  # fmt: skip
def test_lexical_becomes_html(nodes: list[dict[str, Any]], html: str) -> None:
    found = Findings()
    assert lexical_html(root(*nodes), found) == html
    assert not found.unread


def test_a_node_of_lexical_that_is_not_known_keeps_its_words_and_is_told() -> None:
    found = Findings()
    assert lexical_html(root(node("acme-box", node("paragraph", text("kept")))), found) == "<p>kept</p>"
    assert dict(found.unread) == {"acme-box": 1}


def test_lexical_nested_beyond_measure_ends() -> None:
    deep: dict[str, Any] = node("paragraph", text("end"))
    for _ in range(400):
        deep = node("list", node("listitem", deep), listType="bullet")
    lexical_html(root(deep), Findings())


@pytest.mark.parametrize("document", [None, [], {}, {"root": []}, {"root": {"children": 1}}, "x"])
def test_what_is_no_document_is_an_error(document: object) -> None:
    with pytest.raises(ValueError, match="it has no"):
        lexical_html(document, Findings())
    with pytest.raises(ValueError, match="it has no"):
        mobiledoc_html(document, Findings())


MOBILEDOC = {
    "version": "0.3.1",
    "markups": [["strong"], ["a", ["href", "https://x.example/", "rel", "nofollow"]], ["script"]],
    "atoms": [["soft-return", "", {}], ["mention", "@jo", {}]],
    "cards": [["hr", {}], ["image", {"src": "/a.jpg"}]],
}


@pytest.mark.parametrize(
    ("sections", "html"),
    [
        ([[1, "p", [[0, [], 0, "a "], [0, [0], 1, "b"], [0, [], 0, " & c"]]]], "<p>a <strong>b</strong> &amp; c</p>"),
        ([[1, "p", [[0, [0, 1], 1, "a"], [0, [], 1, "b"]]]], '<p><strong><a href="https://x.example/">a</a>b</strong></p>'),
        ([[1, "p", [[0, [2], 1, "a"], [1, [], 0, 0], [1, [], 0, 1]]]], "<p>a<br>@jo</p>"),
        ([[1, "h3", [[0, [], 0, "H"]]]], "<h3>H</h3>"),
        ([[1, "aside", [[0, [], 0, "Q"]]]], "<blockquote>Q</blockquote>"),
        ([[1, "script", [[0, [], 0, "x"]]]], "<p>x</p>"),
        ([[3, "ol", [[[0, [], 0, "1"]], [[0, [0], 1, "2"]]]]], "<ol><li>1</li><li><strong>2</strong></li></ol>"),
        ([[2, "/b.jpg"]], '<figure><img src="/b.jpg" alt=""></figure>'),
        ([[10, 0], [10, 1], [1, "p", []]], '<hr>\n<figure><img src="/a.jpg" alt=""></figure>'),
    ],
)
def test_mobiledoc_becomes_html(sections: list[Any], html: str) -> None:
    found = Findings()
    assert mobiledoc_html({**MOBILEDOC, "sections": sections}, found) == html
    assert not found.unread


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 200)
    | st.text(max_size=5)
    | st.sampled_from(["p", "a", "list", "text", "image"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "children", "text", "format", "url", "src", "images", "html"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(JSON, JSON, JSON)
def test_any_json_in_the_place_of_a_document_crashes_nothing(first: Any, second: Any, third: Any) -> None:
    lexical_html({"root": {"children": [first, second, third]}}, Findings())
    document = {
        "markups": first,
        "atoms": second,
        "cards": third,
        "sections": [first, second, [1, "p", third], [10, 0], [3, "ul", first]],
    }
    mobiledoc_html(document, Findings())
