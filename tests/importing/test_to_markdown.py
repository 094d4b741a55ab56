"""HTML fragments → Markdown: each construct, with nothing lost and nothing dangerous kept."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importing.fragments import fragment, read_html
from publications import Publication
from slugline.content import load_front
from slugline.errors import UsageError
from slugline.importing.markdown import to_markdown
from slugline.markup import MarkupOptions, Renderer

TRUSTED = Renderer(MarkupOptions(smart=False))
UNTRUSTED = Renderer(MarkupOptions(smart=False, raw_html=False))
BASE = "https://paper.example/2020/05/story/"


def html_of(markdown: str) -> str:
    return TRUSTED.render(markdown, lang="en", source="articles/news/story.md").html


def markdown_of(html: str) -> str:
    converted = to_markdown(html, base=BASE)
    assert converted.words_in == converted.words_out
    return converted.body


EXAMPLES = {
    "emphasis, with blanks inside of tags": (
        "<p>A <b>bold </b>and <i> slanted</i> word, and <b>two</b><b> halves</b>.</p>",
        "A **bold** and *slanted* word, and **two halves**.",
    ),
    "marks that Markdown has no sign for": (
        "<p>H<sub>2</sub>O, m<sup>2</sup>, <del>old</del> <ins>new</ins>, <kbd>Esc</kbd></p>",
        "H<sub>2</sub>O, m<sup>2</sup>, <del>old</del> <ins>new</ins>, <kbd>Esc</kbd>",
    ),
    "signs that mean something in Markdown": (
        "<p># no heading</p><p>1. no list</p><p>- none</p><p>2 * 3 * 4, a_b, [x](y), &lt;b&gt;, `c`, {d}</p>",
        "\\# no heading\n\n1\\. no list\n\n\\- none\n\n2 \\* 3 \\* 4, a_b, \\[x\\](y), &lt;b>, \\`c\\`, \\{d\\}",
    ),
    "headings begin at the second level": (
        "<h3>One</h3><p>Text.</p><h4>Two</h4><p>Text.</p>",
        "## One\n\nText.\n\n### Two\n\nText.",
    ),
    "a first level makes room": ("<h1>One</h1><h2>Two</h2>", "## One\n\n### Two"),
    "links are made absolute": (
        '<p>See <a href="../other/">that</a>, <a href="/top">top</a>! <a href="mailto:a@b.example">mail</a></p>',
        "See [that](https://paper.example/2020/05/other/), [top](https://paper.example/top)! [mail](mailto:a@b.example)",
    ),
    "a mark of exclamation before a link": ('<p>Hello!<a href="/x">you</a></p>', "Hello\\![you](https://paper.example/x)"),
    "an address that has parentheses and blanks": (
        '<p><a href="https://e.example/a (b">x</a></p>',
        "[x](https://e.example/a%20%28b)",
    ),
    "lists in lists": (
        "<ul><li>One<ol start=3><li>Three</li><li>Four</li></ol></li><li>Two</li></ul>",
        "- One\n\n    3. Three\n    4. Four\n\n- Two",
    ),
    "items of several paragraphs": (
        "<ul><li><p>One</p><p>More</p></li><li>Two</li></ul>",
        "- One\n\n    More\n\n- Two",
    ),
    "quotations with their source": (
        "<blockquote><p>We will.</p><cite>Jane Doe</cite></blockquote>",
        "> We will.\n>\n> — Jane Doe",
    ),
    "pull quotes": (
        '<aside class="pullquote"><p>We will.</p></aside>',
        '<blockquote class="pull" markdown="1">\n\nWe will.\n\n</blockquote>',
    ),
    "tables with alignment": (
        (
            '<table><thead><tr><th>Party</th><th style="text-align:right">Seats</th></tr></thead>'
            '<tbody><tr><td>Reds | Greens</td><td style="text-align:right">12</td></tr></tbody></table>'
        ),
        "| Party | Seats |\n|---|--:|\n| Reds &#124; Greens | 12 |",
    ),
    "figures with caption and credit": (
        '<figure><img src="g.jpg" alt="A gate"><figcaption>Gate. <i class="credit">Photo: Jane Doe</i></figcaption></figure>',
        '![A gate](https://paper.example/2020/05/story/g.jpg "Gate."){credit="Photo: Jane Doe"}',
    ),
    "a credit that only its words tell": (
        '<figure><img src="g.jpg" alt=""><figcaption>The gate on Monday. Photo: Jane Doe/Reuters</figcaption></figure>',
        '![](https://paper.example/2020/05/story/g.jpg "The gate on Monday."){credit="Photo: Jane Doe/Reuters"}',
    ),
    "a lazy picture, shown once": (
        '<p><img src="data:image/gif;base64,R0" data-src="/g.jpg" alt="A"><noscript><img src="/g.jpg" alt="A"></noscript></p>',
        "![A](https://paper.example/g.jpg)",
    ),
    "a picture in several formats": (
        '<picture><source srcset="/g.avif 1x" type="image/avif"><img src="/g.jpg" alt="A"></picture><p>a<wbr>b</p>',
        "![A](https://paper.example/g.jpg)\n\nab",
    ),
    "galleries": (
        (
            '<figure><figure><img src="/1.jpg" alt="1"><figcaption>One</figcaption></figure>'
            '<figure><img src="/2.jpg" alt="2"></figure><figcaption>Both</figcaption></figure>'
        ),
        '![1](https://paper.example/1.jpg "One") ![2](https://paper.example/2.jpg)\n\n*Both*',
    ),
    "a picture in a paragraph is taken out of it": (
        '<p><img src="/g.jpg" alt="A">The text.</p>',
        "![A](https://paper.example/g.jpg)\n\nThe text.",
    ),
    "a linked picture": (
        '<p><a href="https://e.example/"><img src="/g.jpg" alt="A"></a></p>',
        "[![A](https://paper.example/g.jpg)](https://e.example/)",
    ),
    "a picture that is linked to itself": (
        '<a href="/g.jpg"><img src="/g-300.jpg" alt=""></a>',
        "![](https://paper.example/g-300.jpg)",
    ),
    "an emoji and a counting pixel": (
        '<p>Good <img class="emoji" alt="🎉" src="/e.png"> day<img src="/p.gif" width="1" height="1"></p>',
        "Good 🎉 day",
    ),
    "footnotes": (
        '<p>The pact<sup id="r"><a href="#n">1</a></sup> holds.</p><ol><li id="n">Signed in 1949. <a href="#r">↩</a></li></ol>',
        "The pact[^1] holds.\n\n[^1]: Signed in 1949.",
    ),
    "code": (
        '<pre><code class="language-py">print("&lt;b&gt;")\n</code></pre><p>Type <code>a*b</code>.</p>',
        '```py\nprint("<b>")\n```\n\nType `a*b`.',
    ),
    "definitions": (
        "<dl><dt>Dek</dt><dd>The line under it</dd><dt>Slug</dt><dd>A name</dd></dl>",
        "Dek\n:   The line under it\n\nSlug\n:   A name",
    ),
    "breaks": ("<p>One<br>two<br><br>Three</p>", "One  \ntwo\n\nThree"),
    "a verse": ('<pre class="wp-block-verse">One\ntwo</pre>', "One  \ntwo"),
    "rules, but not at the edges": ("<hr><p>A</p><hr><p>B</p><hr>", "A\n\n* * *\n\nB"),
    "what opens": (
        "<details><summary>More &amp; more</summary><p>In <b>it</b>.</p></details>",
        '<details markdown="1">\n<summary>More &amp; more</summary>\n\nIn **it**.\n\n</details>',
    ),
    "an embed": (
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0" title="The film"></iframe>',
        "::embed[The film]{url=https://www.youtube.com/watch?v=abcdefghijk}",
    ),
    "an embed without a name": ('<iframe src="//player.vimeo.com/video/12345"></iframe>', "::embed{url=https://vimeo.com/12345}"),
    "an embed with brackets in its name": (
        '<iframe src="//player.vimeo.com/video/12345" title="A [film] {or two}"></iframe>',
        "::embed[A film or two]{url=https://vimeo.com/12345}",
    ),
    "an embed inside of something": (
        '<ul><li>One<iframe src="//player.vimeo.com/video/12345"></iframe></li></ul>',
        "- One\n\n    <https://vimeo.com/12345>",
    ),
    "an embed of nobody that is known": (
        '<iframe src="https://player.example/1" title="A film"></iframe>',
        "[A film](https://player.example/1)",
    ),
    "text that looks like a shortcode": ("<p>::embed{url=https://vimeo.com/1}</p>", "&#58;:embed\\{url=https://vimeo.com/1\\}"),
    "a post": (
        '<blockquote class="twitter-tweet"><p>Short.</p>— A (@a) <a href="https://twitter.com/a/status/1">May</a></blockquote>',
        "> Short.\n>\n> — A (@a) [May](https://twitter.com/a/status/1)",
    ),
    "an address alone in its paragraph": ("<p>https://youtu.be/abcdefghijk</p>", "<https://youtu.be/abcdefghijk>"),
    "a table that only places things": (
        "<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>",
        "One.\n\nTwo.",
    ),
    "a picture with its caption in a table": (
        '<table><tr><td><img src="/g.jpg" alt=""></td></tr><tr><td class="tr-caption">The gate</td></tr></table>',
        '![](https://paper.example/g.jpg "The gate")',
    ),
    "words in other scripts": ('<p dir="rtl">نص <b>عريض</b></p><p>日本<b>語</b></p>', "نص **عريض**\n\n日本**語**"),
}


@pytest.mark.parametrize(("html", "markdown"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_html_becomes_the_markdown_that_an_editor_would_write(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


def test_a_table_that_markdown_cannot_write_stays_html_and_is_noted() -> None:
    html = '<table class="x" onclick="y"><tr><th rowspan="2">A</th><th>B</th></tr><tr><td><a href="/c">c</a></td></tr></table>'
    converted = to_markdown(html, base=BASE)
    assert converted.body.startswith("<table>")
    assert '<a href="https://paper.example/c">c</a>' in converted.body
    assert "onclick" not in converted.body
    assert "1 table kept as HTML" in converted.notes


def test_where_html_is_not_let_through_none_is_written() -> None:
    html = (
        "<p>H<sub>2</sub>O</p><ul><li>a</li></ul><ul><li>b</li></ul><details><summary>S</summary>t</details>"
        '<table><tr><th rowspan="2">A</th><th>B</th></tr><tr><td>c</td></tr></table><aside class="pullquote">q</aside>'
    )
    converted = to_markdown(html, base=BASE, raw_html=False)
    assert not re.search(r"<(?!https?:)\w", converted.body), converted.body
    assert converted.words_in == converted.words_out
    text, _ = read_html(UNTRUSTED.render(converted.body, lang="en", source="articles/a/b.md").html)
    assert re.findall(r"\w+", text) == ["H2O", "a", "b", "S", "t", "A", "B", "c", "q"]


def test_pictures_get_the_paths_that_the_caller_gives_them() -> None:
    asked: list[str] = []

    def place(source: str) -> str | None:
        asked.append(source)
        return "gate.jpg" if source.endswith("/g.jpg") else None

    html = '<p><img src="g.jpg" alt="A"></p><p><img src="https://e.example/b.png"></p><video src="/v.mp4"></video>'
    converted = to_markdown(html, base=BASE, image=place)
    assert converted.body.splitlines()[0] == "![A](gate.jpg)"
    assert "[Picture](https://e.example/b.png)" in converted.body
    assert converted.linked == ("https://e.example/b.png",)
    assert [image.src for image in converted.images] == ["https://paper.example/2020/05/story/g.jpg", "https://e.example/b.png"]
    assert "https://paper.example/v.mp4" in asked


def test_a_recording_whose_file_comes_along_gets_a_player() -> None:
    converted = to_markdown(
        '<figure><audio src="/a.mp3"></audio><figcaption>Hear</figcaption></figure>', base=BASE, image=lambda _: "a.mp3"
    )
    assert converted.body == '<figure>\n<audio controls src="a.mp3"></audio>\n<figcaption>Hear</figcaption>\n</figure>'
    assert "href" not in converted.body


def test_without_a_base_relative_addresses_lead_nowhere_and_are_told() -> None:
    converted = to_markdown('<p data-line="7"><a href="other.html">x</a> <a href="/top">y</a> <img src="a.jpg" alt="z"></p>')
    assert converted.body == "x [y](/top)"
    assert [line for line, _ in converted.warnings] == [7, 7]


def test_a_link_to_a_heading_of_the_text_still_leads_there() -> None:
    body = markdown_of('<p><a href="#two">Down</a> <a href="#none">nowhere</a></p><h2 id="two">Two</h2>')
    assert body == "[Down](#two) nowhere\n\n## Two {#two}"


def test_what_is_nested_beyond_measure_keeps_its_words() -> None:
    deep = "<blockquote><ul><li>" * 60 + "bottom" + "</li></ul></blockquote>" * 60
    assert "bottom" in markdown_of(f"<p>top</p>{deep}")
    for tag in ("div", "b", "ul><li", "span", "table><tr><td", "font"):
        html = f"<{tag}>" * 1500 + "bottom"
        converted = to_markdown(html)
        assert "bottom" in converted.body, tag


def test_hidden_characters_are_taken_out() -> None:
    assert markdown_of("<p>so\u00adft\u200b hy&shy;phen&#x202e;s\x07</p>") == "soft hyphens"


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "nh3" else real(name, *rest))
    with pytest.raises(UsageError, match=r"`nh3`.*slugline\[import\]"):
        to_markdown("<p>x</p>")


VECTORS = (
    "<script>pwned()</script>text",
    "<scr<script>ipt>pwned()</scr</script>ipt>text",
    "<SCRIPT SRC=//e.example/x.js></SCRIPT>text",
    '<img src=x onerror="pwned()">text',
    "<img src=x onerror&#61;pwned()>text",
    "<svg onload=pwned()><script>pwned()</script></svg>text",
    '<svg><a xlink:href="javascript:pwned()"><text>t</text></a></svg>text',
    '<p>text</p><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;">text',
    '<noscript><p title="</noscript><img src=x onerror=pwned()>">text</noscript>',
    '<a href="javascript:pwned()">text</a>',
    '<a href=" &#14; javascript:pwned()">text</a>',
    '<a href="jav&#x09;ascript:pwned()">text</a>',
    '<a href="jav\nascript:pwned()">text</a>',
    '<a href="&#106;&#97;vascript&colon;pwned()">text</a>',
    '<a href="&#0000106&#0000097vascript:pwned()">text</a>',
    '<a href="JaVaScRiPt:pwned()">text</a>',
    '<a href="java\u200bscript:pwned()">text</a>',
    '<a href="java\x00script:pwned()">text</a>',
    '<a href="vbscript:pwned()">text</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+">text</a>',
    '<a href="view-source:javascript:pwned()">text</a>',
    '<a href="//javascript:pwned()">text</a>',
    '<a href="https://e.example/)](javascript:pwned()">text</a>',
    '<a href="https://e.example/&quot;onclick=&quot;pwned()">text</a>',
    '<a href="https://e.example/&lt;script&gt;pwned()&lt;/script&gt;">text</a>',
    '<img src="javascript:pwned()" alt="x">text',
    '<img src="/a.jpg" alt="](javascript:pwned()) ![">text',
    '<img src="/a.jpg" alt="&quot; onerror=&quot;pwned()">text',
    '<figure><img src="/a.jpg"><figcaption>&quot;){onclick=&quot;pwned()&quot;} &lt;script&gt;p()</figcaption></figure>text',
    '<figure><img src="/a.jpg"><figcaption><span class="credit">x"} onload="pwned()</span></figcaption></figure>text',
    "<p>text &lt;script&gt;pwned()&lt;/script&gt;</p>",
    "<p>text &amp;lt;script&amp;gt;pwned()&amp;lt;/script&amp;gt;</p>",
    "<p>text [x](javascript:pwned())</p>",
    "<p>text &lt;javascript:pwned()&gt;</p>",
    "<p>text</p><p>[x]: javascript:pwned()</p><p>[x]</p>",
    "<p>text{onclick=pwned()}</p>",
    "<p><b>text</b>{: onclick=pwned() }</p>",
    "<pre>```\n&lt;script&gt;pwned()&lt;/script&gt;\n```text</pre>",
    "<pre>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;pwned()&lt;/script&gt;text</pre>",
    "<code>`&lt;script&gt;pwned()&lt;/script&gt;` | text</code>",
    "<iframe srcdoc='<script>pwned()</script>'></iframe>text",
    "<iframe src=javascript:pwned()></iframe>text",
    '<iframe src="https://e.example/" title="](javascript:pwned())"></iframe>text',
    "<object data=javascript:pwned()></object><embed src=javascript:pwned()>text",
    "<video poster=javascript:pwned() onplay=pwned()><source src=javascript:pwned()></video>text",
    "<details open ontoggle=pwned()><summary onclick=pwned()>text &lt;img src=x onerror=pwned()&gt;</summary>t</details>",
    (
        '<table onclick=pwned()><tr><th rowspan=2 style="x:expression(pwned())">text<script>pwned()</script></th><th>'
        '<a href="javascript:pwned()">a</a></th></tr><tr><td><img src=x onerror=pwned()></td></tr></table>'
    ),
    '<abbr title="&quot;&gt;&lt;script&gt;pwned()&lt;/script&gt;">text</abbr>',
    '<p style="background:url(javascript:pwned())">text</p>',
    "<style>@import 'javascript:pwned()';</style>text",
    "<link rel=stylesheet href=javascript:pwned()><meta http-equiv=refresh content='0;url=javascript:pwned()'>text",
    "<base href=javascript:pwned()//><a href=x>text</a>",
    "<form action=javascript:pwned()><button formaction=javascript:pwned()>text</button></form>",
    "<xss onclick=pwned() style=behavior:url(x)>text</xss>",
    "<!--><script>pwned()</script>-->text",
    "<![CDATA[<script>pwned()</script>]]>text",
    "<template><script>pwned()</script></template>text",
    "<h2 id='x\" onclick=\"pwned()'>text</h2><a href='#x\" onclick=\"pwned()'>l</a>",
    "<ol start='1\" onclick=\"pwned()'><li>text</li></ol>",
    "<blockquote cite='javascript:pwned()' class='pullquote\" onclick=\"pwned()'>text</blockquote>",
    "<p>&lt;details markdown=1 ontoggle=pwned()&gt; text</p>",
)


@pytest.mark.parametrize("raw_html", [True, False])
def test_nothing_that_could_run_survives_in_any_encoding(raw_html: bool) -> None:
    for vector in VECTORS:
        for base in (BASE, ""):
            converted = to_markdown(vector, base=base, raw_html=raw_html)
            text, dangers = read_html(html_of(converted.body))
            assert not dangers, (vector, converted.body, dangers)
            assert "text" in text, (vector, converted.body)


def test_what_was_taken_out_is_noted() -> None:
    converted = to_markdown('<p onclick="x()">a<script>1</script><a href="java&#9;script:x()">b</a></p><style>x</style>')
    assert set(converted.notes) == {
        "1 event handler removed",
        "1 script removed",
        "1 `javascript:` address removed",
        "1 style sheet removed",
    }


@settings(max_examples=250)
@given(st.integers(0, 2**40))
def test_any_html_in_no_word_lost_nothing_dangerous_out(seed: int) -> None:
    html, words = fragment(seed)
    converted = to_markdown(html, base=BASE)
    assert converted.words_in == converted.words_out
    rendered = html_of(converted.body)
    text, dangers = read_html(rendered)
    assert not dangers
    found = Counter(re.findall(r"w\d+x", text))
    assert found == Counter(words)


@settings(max_examples=150)
@given(st.text(max_size=200))
def test_any_text_in_is_shown_as_it_is(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    converted = to_markdown(f"<p>{escaped}</p>")
    assert converted.words_in == converted.words_out
    assert not read_html(html_of(converted.body))[1]


@settings(max_examples=100)
@given(st.text("<>/=\"'& abipdsctrxghoneul:;-!\x00\n\t`*_[](){}", max_size=120))
def test_any_heap_of_signs_in_no_crash(text: str) -> None:
    converted = to_markdown(text, base=BASE)
    assert converted.words_in == converted.words_out
    assert not read_html(html_of(converted.body))[1]


def test_marks_in_captions_and_credits_stay_what_they_are() -> None:
    words = "5 *six* _seven_ [a](b) `c` \\ **"
    html = f'<figure><img src="g.jpg" alt="A"><figcaption>{words} <i class="credit">Ann *Lee* [x](y)</i></figcaption></figure>'
    body = TRUSTED.render(markdown_of(html), lang="en", source="articles/news/story.md")
    assert (body.images[0].caption, body.images[0].credit) == (words, "Ann *Lee* [x](y)")


def test_marks_in_the_front_matter_of_a_picture_and_in_a_dek_stay_what_they_are(tmp_path: Path) -> None:
    seed = tmp_path / "seed.html"
    seed.write_text(
        "<html><head><title>A title of a story</title><meta name='description' content='x'>"
        "<script type='application/ld+json'>" + json.dumps({
            "@type": "NewsArticle", "headline": "A title of a story", "alternativeHeadline": "Five *times* six [a](b)",
            "datePublished": "2026-01-02T09:00:00Z",
        }) + "</script></head><body><article><h1>A title of a story</h1>" + "<p>Words of the story, and more of them.</p>" * 6
        + "</article></body></html>"
    )  # fmt: skip
    paper = Publication(tmp_path / "paper")
    done = paper.command("import", str(seed), "--section", "world")
    assert done.returncode == 0, done.stderr
    (story,) = (paper.root / "content/articles").rglob("*.md")
    front, _ = load_front(story.read_text(), "x")
    assert front["dek"] == r"Five \*times\* six \[a](b)"
