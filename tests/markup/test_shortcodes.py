"""Shortcodes in Markdown: what is one, what is none, and what is said of those that are wrong."""

from __future__ import annotations

import pytest

from slugline.errors import PublicationError
from slugline.markup import Added, Body, MarkupOptions, Renderer
from slugline.shortcodes.marks import filled, uses, without_marks
from slugline.shortcodes.services import added_services, find_embed, pasted_embed
from slugline.shortcodes.signature import Parameter, Signature
from slugline.shortcodes.standard import STANDARD

NOTE = Signature(
    "note",
    (
        Parameter("text"),
        Parameter("tone", "choice", default="calm", choices=("calm", "loud")),
        Parameter("more", "line"),
        Parameter("count", "whole", default=0),
        Parameter("day", "day"),
        Parameter("quiet", "flag", default=False),
    ),
    "either",
    "text",
)
RENDERER = Renderer(MarkupOptions(added=Added((NOTE, *STANDARD.values()))))


def render(text: str) -> Body:
    return RENDERER.render(text, lang="en", source="articles/world/a.md")


def shown(text: str) -> str:
    """A body with its shortcodes as brackets."""
    return filled(render(text).html, lambda use, inner: f"[{use.name} {use.values.get('text', '')}|{inner or ''}]")


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(PublicationError) as caught:
        render(text)
    assert {problem.path for problem in caught.value.problems} == {"content/articles/world/a.md"}
    assert all(problem.hint for problem in caught.value.problems)
    return [(problem.line, problem.message) for problem in caught.value.problems]


# What is one


def test_a_line_and_a_block_are_filled_in_where_they_stand() -> None:
    text = "One.\n\n::note[Two]\n\n:::note\nThree *and*\n\n- four\n:::\n\nFive."
    assert shown(text) == (
        "<p>One.</p>\n[note Two|]\n[note |<p>Three <em>and</em></p>\n<ul>\n<li>four</li>\n</ul>]\n<p>Five.</p>"
    )


def test_blank_lines_around_are_not_needed() -> None:
    assert shown("One.\n::note[Two]\nThree.") == "<p>One.</p>\n[note Two|]\n<p>Three.</p>"
    assert shown(":::note\n- four\n:::\nFive.") == "[note |<ul>\n<li>four</li>\n</ul>]\n<p>Five.</p>"


@pytest.mark.parametrize("outer", [":::", "::::", ":::::"])
def test_blocks_stand_inside_of_each_other(outer: str) -> None:
    text = f"{outer}note[A]\n\n:::note[B]\ninner\n:::\n\nouter\n{outer}"
    assert shown(text) == "[note A|[note B|<p>inner</p>]\n<p>outer</p>]"


def test_what_is_inside_is_read_together_with_the_rest() -> None:
    body = render(":::note\n## Inside\n\nWords[^1] and [a link][there].\n:::\n\n## Inside\n\n[^1]: A note.\n\n[there]: b.md\n")
    assert [heading.id for heading in body.headings] == ["inside", "inside_1"]
    assert "content:articles/world/b.md" in body.links
    assert 'id="fn:1"' in body.html


def test_values_are_those_of_their_kinds() -> None:
    text = """::note["Words" -- here]{tone=loud more="By [her](../../authors/jane.md) & *me*" count=3 day=2026-11-25 quiet}"""
    (use,) = uses(render(text).html)
    assert use.values == {
        "text": "“Words” – here",
        "tone": "loud",
        "more": 'By <a href="content:authors/jane.md">her</a> &amp; <em>me</em>',
        "count": 3,
        "day": "2026-11-25",
        "quiet": True,
    }
    assert use.line == 1
    assert render(text).links == ("content:authors/jane.md",)


def test_quotes_brackets_and_backslashes_in_values() -> None:
    (use,) = uses(render(r"""::note[One \[two\] [three]]{more='a "b" c' tone="calm"}""").html)
    assert (use.values["text"], use.values["more"]) == ("One [two] [three]", "a “b” c")
    (use,) = uses(render(r"""::note{text="a \"b\" c"}""").html)
    assert use.values["text"] == "a “b” c"


def test_paths_count_from_the_text_and_are_files_of_the_body() -> None:
    body = render("::table{file=a%20b.csv}\n\n::document{file=/media/x.pdf}\n\n::related{story=../town/ä.md}")
    assert [use.values.get("file") or use.values["story"] for use in uses(body.html)] == [
        "articles/world/a b.csv",
        "media/x.pdf",
        "articles/town/ä.md",
    ]
    assert body.files == ("content:articles/world/a%20b.csv", "content:media/x.pdf", "content:articles/town/%C3%A4.md")


def test_words_and_excerpt() -> None:
    body = render(":::factbox[Not counted]\nIn the box.\n:::\n\nThe story begins.\n\n::note[Not counted]{more=either}")
    assert (body.words, body.excerpt) == (6, "The story begins.")


def test_marks_survive_html_of_the_authors_own() -> None:
    text = "<p title='x'>One</p>\n\n::note[<b> & \"two\"]\n\n:::note\n<div>three</div>\n:::"
    assert shown(text) == '<p title="x">One</p>\n\n[note <b> & “two”|]\n[note |<div>three</div>]'


def test_a_body_without_marks_is_words() -> None:
    html = render(":::note[Title]\nInside.\n:::").html
    assert without_marks(html, lambda use: f"<p>{use.values['text']}</p>").replace("\n", "") == "<p>Title</p><p>Inside.</p>"


# What is none


@pytest.mark.parametrize(
    "text",
    [
        "```\n::note[x]\n```",
        "~~~\n:::note\n~~~",
        "    ::note[x]",
        "`::note[x]`",
        "\\::note[x]",
        "\\:::note",
        "Words ::note[x] words",
        "::",
        ":::",
        "::: ",
        "std::string is a type",
        "::first words of a line",
        "<!--\n::note[x]\n-->",
    ],
)
def test_text_that_is_no_shortcode(text: str) -> None:
    assert not uses(render(text).html)


def test_a_backslash_is_not_shown() -> None:
    assert render("\\::note[x]").html == "<p>::note[x]</p>"
    assert render("Words\n\\:::\nwords").html == "<p>Words\n:::\nwords</p>"


@pytest.mark.parametrize("text", ["- ::note[x]", "> ::note[x]", "1. ::note", "::note words behind it"])
def test_what_is_probably_meant_is_remarked(text: str) -> None:
    body = render(f"Words.\n\n{text}")
    assert [(remark.line, "no shortcode here" in remark.message) for remark in body.remarks] == [(3, True)]


# What is wrong


def test_all_faults_of_a_text_are_found_with_their_lines() -> None:
    text = "One.\n\n::nte[x]\n\n::note{tone=lod}\n\n::table\n\n::note{colour=red}\n\n::chart{file=a.csv type=pie}"
    assert faults(text) == [
        (3, "there is no shortcode `nte`"),
        (5, "`tone=lod` of the shortcode `note` is not one of calm, loud"),
        (7, "the shortcode `table` needs `file`"),
        (9, "the shortcode `note` takes no `colour`"),
        (11, "`type=pie` of the shortcode `chart` is not one of column, bar, line, slope"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (":::note\nx", "the shortcode `:::note` is never closed"),
        ("::factbox[x]", "the shortcode `factbox` has text inside"),
        (":::related{story=a.md}\nx\n:::", "the shortcode `related` has nothing inside"),
        ("::note[x", "the bracket after `note` is never closed"),
        ("::note{tone=loud", "`{tone=loud` after the shortcode `note` is no list of attributes"),
        ("::note{=loud}", "the attributes of the shortcode `note` cannot be read at `=loud`"),
        ("::note{count=3.5}", "`count=3.5` of the shortcode `note` is not a whole number"),
        ("::note{day=2026-02-30}", "`day=2026-02-30` of the shortcode `note` is not a date, 2026-11-25"),
        ("::note{quiet=maybe}", "`quiet=maybe` of the shortcode `note` is not true or false; the name alone means true"),
        ("::note[x]{text=y}", "the shortcode `note` has its `text` twice, in brackets and in braces"),
        ("::note{tone=loud tone=calm}", "`tone` is given twice to the shortcode `note`"),
        ("::audio{file=a.mp3 seconds=x}", "`seconds=x` of the shortcode `audio` is not a whole number"),
        ("::embed{url=https://nobody.example/x}", "no service is known that can be embedded from https://nobody.example/x"),
        ("<div>\n\n::note[x]\n\n</div>", "the shortcode `note` stands inside of something else, where it is not read"),
        ("::table{file=/home/me/a.csv}", "`file=/home/me/a.csv` is no path of a file below content/"),
    ],
)
def test_a_fault_says_what_is_wrong(text: str, message: str) -> None:
    found = faults(text)
    assert [one for _, one in found] == [message]
    assert found[0][0] == (3 if text.startswith("<div") else 1)


def test_a_block_that_closes_around_an_open_one() -> None:
    assert faults("::::note\n:::factbox\nx\n::::") == [
        (2, "the shortcode `:::factbox` is not closed before line 4 closes one around it")
    ]


def test_lines_are_right_behind_lines_that_were_put_in() -> None:
    text = "One.\n::note[a]\nTwo.\n::note[b]\nThree.\n\n"
    assert [use.line for use in uses(render(text).html)] == [2, 4]
    assert [line for line, _ in faults(text + "> " * 500 + "x")] == [7]


# Services


@pytest.mark.parametrize(
    ("url", "service", "frame"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?t=65", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=65"),
        ("https://m.youtube.com/watch?app=x&v=abc", "YouTube", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://twitter.com/jack/status/20", "X", "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=20"),
        ("https://mastodon.social/@Gargron/1", "Mastodon", "https://mastodon.social/@Gargron/1/embed"),
        ("https://www.instagram.com/reel/C1_x/", "Instagram", "https://www.instagram.com/reel/C1_x/embed/"),
        ("https://open.spotify.com/intl-de/episode/1x", "Spotify", "https://open.spotify.com/embed/episode/1x"),
        ("https://datawrapper.dwcdn.net/wm6Ao/2/", "Datawrapper", "https://datawrapper.dwcdn.net/wm6Ao/"),
        ("https://www.scribd.com/document/12/Title", "Scribd", "https://www.scribd.com/embeds/12/content"),
    ],
)
def test_addresses_of_services(url: str, service: str, frame: str) -> None:
    found = find_embed(url)
    assert found is not None
    assert (found.service, found.frame) == (service, frame)
    assert [use.values["url"] for use in uses(render(f"Words.\n\n{url}\n\nWords.").html)] == [url]


@pytest.mark.parametrize("url", ["https://example.org/", "https://www.youtube.com/@somebody", "https://www.youtube.com/watch"])
def test_addresses_of_nobody_stay_as_they_are(url: str) -> None:
    assert find_embed(url) is None
    assert not uses(render(url).html)


def test_an_address_among_words_is_no_embed() -> None:
    url = "https://youtu.be/abc"
    for text in (f"See\n{url}", f"{url}\nand more", f"- {url}", f"{url} !"):
        assert not uses(render(text).html)


def test_what_services_give_to_paste() -> None:
    frame = (
        '<iframe width="560" height="315" src="https://www.youtube.com/embed/xyz?si=1" title="YouTube video player" '
        'frameborder="0" allowfullscreen></iframe>'
    )
    post = (
        '<blockquote class="twitter-tweet"><p lang="en">Words <a href="https://t.co/x">x</a></p>&mdash; J (@jack) '
        '<a href="https://twitter.com/jack/status/20?ref_src=y">March 21</a></blockquote>\n'
        '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
    )
    assert pasted_embed(frame) == ("https://www.youtube.com/embed/xyz?si=1", "")
    assert pasted_embed(post) == ("https://twitter.com/jack/status/20", "")
    assert pasted_embed('<iframe src="https://maps.example/"></iframe>') is None
    body = render(f"One.\n\n{frame}\n\n{post}\n\nTwo.\n\n::note[x]")
    assert [use.name for use in uses(body.html)] == ["embed", "embed", "note"]
    assert uses(body.html)[-1].line == 10
    assert "<script" not in body.html
    apart = post.replace("</blockquote>\n", "</blockquote>\n\n")
    assert "<script" not in render(f"{apart}\n\nTwo.").html


def test_services_of_the_settings() -> None:
    parts = {"match": "https://tv.example/w/{id}", "frame": "https://tv.example/e/{id}", "ratio": "4:3"}
    added = added_services({"Town TV": parts})
    found = find_embed("https://tv.example/w/a-1?x", added)
    assert found == ("Town TV", "https://tv.example/w/a-1?x", "https://tv.example/e/a-1", "4:3")


def test_third_parties_can_be_denied() -> None:
    text = "One.\n\n<script src=\"https://ads.example/x.js\"></script>\n\n<iframe src='//maps.example/'></iframe>"
    assert render(text).html
    with pytest.raises(PublicationError) as caught:
        Renderer(MarkupOptions(third_parties="deny")).render(text, lang="en", source="a.md")
    assert [problem.line for problem in caught.value.problems] == [3, 5]
    Renderer(MarkupOptions(third_parties="deny")).render("https://youtu.be/abc", lang="en", source="a.md")
