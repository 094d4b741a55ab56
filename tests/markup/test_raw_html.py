"""The author's own HTML."""

from __future__ import annotations


def test_raw_html_is_left_as_it_was_typed(render):
    html = '<div class="quote">\n<p>"Straight" -- and so...</p>\n</div>'
    assert render(f'"Curly"\n\n{html}\n\n"Curly"').html.replace("\n\n", "\n") == f"<p>“Curly”</p>\n{html}\n<p>“Curly”</p>"


def test_text_between_inline_tags_is_the_texts_own(render):
    assert render('He said <b>"no"</b>.').html == "<p>He said <b>“no”</b>.</p>"


def test_a_comment_is_left_alone(render):
    assert '<!-- "x" -- ![a](b.jpg) -->' in render('<!-- "x" -- ![a](b.jpg) -->').html


def test_relative_links_and_images_in_raw_html_are_resolved(render):
    body = render("<p><a href='../b.md'>b</a> <IMG SRC=c.jpg alt='d \"e\"'></p>")
    assert 'href="content:articles/b.md"' in body.html
    assert 'src="content:articles/world/c.jpg" alt="d &quot;e&quot;"' in body.html
    assert body.links == ("content:articles/b.md",)
    assert body.images[0][:2] == ("content:articles/world/c.jpg", 'd "e"')


def test_what_a_script_holds_is_no_markup(render):
    script = "<script>\nvar a = '<a href=\"x.md\">';\n</script>"
    body = render(script)
    assert body.html == script
    assert body.links == ()


def test_headings_in_raw_html_get_ids_and_make_room_for_the_headline(render):
    body = render("## One\n\n<div><h1>Raw one</h1></div>\n\n## Two")
    assert [heading[:2] for heading in body.headings] == [(2, "one"), (2, "raw-one"), (2, "two")]
    assert '<h2 id="raw-one">Raw one</h2>' in body.html


def test_a_text_all_of_raw_html_has_words_and_an_excerpt(render):
    body = render("<div>\n<p>Three small words</p>\n<pre>not these</pre>\n</div>")
    assert body.words == 3
    assert body.excerpt == "Three small words"


def test_the_excerpt_may_be_a_paragraph_of_raw_html_before_the_texts_own(render):
    assert render("<p>Raw.</p>\n\nText.").excerpt == "Raw."
    assert render("Text.\n\n<p>Raw.</p>").excerpt == "Text."


def test_blocks_left_open_lose_no_text(render):
    assert render('<div markdown="1">\n<div markdown="1">\n*Text*').excerpt == "Text"


def test_an_unclosed_tag_or_comment_ends_with_the_text(render):
    for text in ('<div class="', "<div", "<!-- a", "text <b", "<p>a", "<a href='x"):
        assert render(text).words < 5


def test_html_is_shown_as_text_where_it_is_not_let_through(render):
    html = render("<b>bold</b>\n\n<div>\nblock\n</div>", raw_html=False).html
    assert "<b>" not in html
    assert "<div>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "&lt;div&gt;" in html


def test_no_script_comes_in_where_html_is_not_let_through(render):
    for target in ("javascript:x", "JaVaScript:x", "java&Tab;script:x", "vbscript&colon;x", "data:text/html,x"):
        (link,) = render(f"[a]({target})", raw_html=False).links
        assert link == "#" or link.startswith("content:articles/world/java%09script:")


def test_attribute_lists_bring_in_no_handlers_where_html_is_not_let_through(render):
    text = "*a*{onclick=b .c}\n\n| a |\n|--:|\n| b |"
    html = render(text, raw_html=False).html
    assert "onclick" not in html
    assert '<em class="c">a</em>' in html
    assert "text-align: right" in html
