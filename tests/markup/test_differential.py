"""The quick ways of rendering against Python-Markdown itself: the same bytes, whatever the document.

Documents come from three places: written by hand, generated from fixed seeds (the same in every run), and generated from
the run's own seed, which the report's header and a failure print: ``SLUGLINE_SEED=… make test`` repeats it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chance import SEED, seeds
from sizes import sample
from slugline.errors import PublicationError
from slugline.markup import MarkupOptions, Renderer
from slugline.markup.dialect import build_markdown
from slugline.markup.engine import MarkdownEngine
from slugline.markup.errors import MarkdownError
from slugline.markup.finishing import finish
from slugline.markup.prose.reader import read_prose
from slugline.markup.quotes import Typesetter
from slugline.markup.signs import OWN
from slugline.markup.typography import typography

from .documents import Writer

FIXED = 600
RANDOM = sample(300, 10_000)
SHARES = 12

CONSTRUCTS = (
    *("<p>", "<h1>", "<h2>", "<h6>", "<em>", "<strong>", "<br>", "<hr>", "<blockquote>", "<code>", "<pre><code>"),
    *('<code class="language-python">', "<ul>", "<ol>", '<ol start="3">', "<li>\n<p>", "</ul>\n</li>", "<dl>", "<dt>", "<dd>"),
    *("<table>", 'style="text-align: right;"', 'style="text-align: center;"', '<a href="../world/other.md"', "<img alt="),
    *('<a href="https://example.org/" title="T">', '<a href="mailto:', '<a href="https://example.org/x_y">', "<abbr title="),
    *('<sup id="fnref:1">', '<div class="footnote"', 'class="footnote-backref"', "&copy;", "&amp;", "&#8212;", "{", "\\"),
    *('<p class="lead">', ' id="own">', 'credit="Photo: Jane Doe"', "<div>", "<!--", "<script>", "<iframe", "<details>"),
    *(' title="', "<b>bold</b>", "<blockquote>\n<h2>", "<blockquote>\n<blockquote>", "<li>\n<blockquote>", "<em><strong>"),
)
"""What the dialect can make; the generated documents have to contain all of it."""

CASES = (
    "",
    " ",
    "\n\n",
    "    \n\ntext",
    "\u00a0\n\ntext",
    "a\n\n\u00a0\n\nb",
    "# Title\n\nText.",
    "#Title\nText",
    "####### seven",
    "## Title ##",
    "## *a* & b",
    "a\n---",
    "a\n===\nb",
    "---\ntext",
    "text\n\n---\n\ntext",
    "-- --",
    "- - -",
    "- a\n- b",
    "- a\n\n- b",
    "- a\n- b\n\n    more of b\n\nafter",
    "- a\n\n\n\n    code?",
    "- a\n1. b",
    "- a\n\n1. b",
    "3. c\n4. d",
    "01. a",
    "\u0661. Arabic digit",
    "2024. A year at the beginning",
    "- 2024. A year in an item",
    "- # heading in an item",
    "- a  \nb",
    "- **Bold**: text\n- [link](x.md)\n- *em*",
    "* a\n* b *c*",
    "*a* b\n\n* c",
    "+ a\n+1 b",
    "> a\n> b",
    "> a\n\n> b",
    "> a\nlazy",
    "> a\n>\n> b",
    "> a\n>       >b",
    ">a\n>   b",
    "> - a\n> - b",
    ">> a",
    "> > - \n",
    "> a\n\n\u00a0\n\n> b",
    "- a\n\n\u00a0\n\n- b",
    "*a*\n\n    \u00a0\n\nb",
    "b[^1]\n\n[^1]: c\n\nd",
    "a\n\n[b]: c\n\n*d*\n\n[b]\n\ne",
    "+ a\n\n[b]:c\n    -",
    "- a\n\n[b]: c\n\n- d",
    "> a\n\n[b]: c\n\n> d",
    "a\n\n[b]: c\n\n: d",
    "a[^1]\n\n*b*\n\n[^1]: c",
    "[^a](b)\n\n[^a]: c",
    "![^a](b)\n\n[^a]: c",
    "a <b>c</b>\n\nd <br> e\n\n<i>f",
    'a\n\n<iframe src="https://example.org/"></iframe>\n\nb',
    "<iframe></iframe>---&amp;",
    "a  <div>b</div>c\nd",
    "a\n<iframe></iframe>\n\nb",
    "<desk@example.org> and <https://example.org/?a=1>\n\nb",
    "a &#8212; &#x2014; &#X2014; &#38\n\nb",
    "a\n\n///Footnotes Go Here///\n\nb[^1]\n\n[^1]: c",
    "\x15\n\na `b`",
    "text\n> quoted",
    "    code\n\n\n\n    more",
    "text\n\n    code",
    "term\n\n: definition",
    "term\n\n\u00a0\n: definition",
    "\u3000Paragraph.\n\n\u3000Paragraph.",
    "term\n: definition\n\nterm 2\n\n: definition 2",
    "a | b\n--|--\n1 | 2",
    "a | b",
    "line one  \nline two",
    "line one \nline two",
    "a\\*b",
    '\\"a\\" \\-- \\...',
    "`code` and ``a`b``",
    "*a **b** c*",
    "***a***",
    "**a*",
    "a*b*c a_b_c _a_b_ __init__",
    "2 * 3 * 4",
    "*two\nlines*",
    "*two\n- lines*",
    "[two\nlines](x.md)",
    "[a](b 'c')",
    "[a](b \"c 'd' (e)\")",
    '[a](b "it\'s")',
    '[a](b "(c)")',
    '[a](b " c ")',
    '[a](b "c\u00a0d")',
    "[a](b_c_d) _e_",
    "[a](b*c) *d*",
    "[a](https://example.org/Foo_(bar))",
    "[a](<b c>)",
    "[a](b)(c)",
    "[a] (b)",
    "[a][b] [c]",
    "[a [b](c)",
    "[a [b] c](d)",
    "[a]: b\n\n[a]",
    "text\n[a]: b",
    "![a](b.jpg)",
    '![a](b.jpg "c"){credit="d"}',
    '![a](b.jpg){credit="d"} x}',
    "![a](b.jpg){.wide}",
    "![*a*](b.jpg)",
    '![a "b"](c.jpg)',
    "[![a](b.jpg)](c.md)",
    "AT&T &amp; R&D &bogus; &; &#38; &#38 ",
    "1 > 2 < 3",
    "a\n{.lead}",
    "# a {#b}",
    "a {b} c",
    "note[^1]\n\n[^1]: text",
    "note[^1]",
    "[^1]: [a]: b\n\n[a][^1]",
    "*[HTML]: x\n\nHTML",
    "*[HTML] : x\n\nHTML",
    "```\na\n\nb\n```",
    "~~~\na",
    "<b>a</b>",
    "<https://example.org>",
    "<div markdown=1>\n\n*a*\n\n</div>",
    "a\tb\n\t\n\tc",
    "a\r\n\r\nb\rc",
    "\x02a\x03",
    "a\u2028b\x0bc\x0cd",
    "\ufeff# a",
)


Html = Callable[[str], str]


@pytest.fixture(scope="module", params=[True, False], ids=["raw HTML", "no HTML"])
def engines(request: pytest.FixtureRequest) -> tuple[Html, Html]:
    """Python-Markdown with everything, and with the processors that a text can use."""
    plain = build_markdown(lang="en", raw_html=request.param)
    selecting = MarkdownEngine(build_markdown(lang="en", raw_html=request.param))
    return _answering(lambda text: plain.reset().convert(text)), _answering(selecting.html)


def _answering(convert: Html) -> Html:
    """The same, with an error as its answer."""

    def html(text: str) -> str:
        try:
            return convert(text)
        except MarkdownError as error:
            return f"refused: {error.message}"

    return html


def _prose(text: str, convert: Html) -> str | None:
    """What the prose reader makes of a text, with other blocks converted by an engine."""
    refusals: list[str] = []

    def piece(source: str) -> str:
        html = convert(source)
        if html.startswith("refused: "):
            refusals.append(html)
        return html

    html = read_prose(text, piece)
    return refusals[0] if refusals else html


def _check(text: str, engines: tuple[Html, Html], document: str) -> None:
    plain, selecting = engines
    expected = plain(text)
    assert selecting(text) == expected, f"the selection of processors differs for {document}: {text!r}"
    prose = _prose(text, selecting)
    assert prose is None or prose == expected, f"the prose reader differs for {document}: {text!r}"


@pytest.mark.parametrize("text", CASES)
def test_every_way_renders_a_case_alike(text: str, engines: tuple[Html, Html]) -> None:
    _check(text, engines, "the case")


@pytest.mark.parametrize("share", range(SHARES))
def test_every_way_renders_the_fixed_documents_alike(share: int, engines: tuple[Html, Html]) -> None:
    for number in range(share, FIXED, SHARES):
        _check(Writer(number).document(), engines, f"document {number}")


@pytest.mark.parametrize("share", range(SHARES))
def test_every_way_renders_random_documents_alike(share: int, engines: tuple[Html, Html]) -> None:
    for number in range(share, RANDOM, SHARES):
        _check(Writer(FIXED + SEED + number).document(), engines, f"random document {number} (SLUGLINE_SEED={SEED})")


def test_the_generated_documents_have_every_construct_of_the_dialect() -> None:
    plain = build_markdown(lang="en")
    convert = _answering(lambda text: plain.reset().convert(text))
    answers = [convert(Writer(number).document()) for number in range(FIXED)]
    assert sum(answer.startswith("refused: ") for answer in answers) < FIXED / 8
    made = "".join(answers).replace(OWN, "")
    assert [construct for construct in CONSTRUCTS if construct not in made] == []


@given(st.text(alphabet="ab \n\n*_[]()!\"'&;{}#-+=:|.\\`01><", max_size=60))
def test_every_way_renders_a_sequence_of_signs_alike(engines: tuple[Html, Html], text: str) -> None:
    _check(text, engines, "a sequence of signs")


def test_many_documents_are_prose_and_many_of_them_completely() -> None:
    convert = _answering(MarkdownEngine(build_markdown(lang="en")).html)
    read = complete = 0
    for number in range(500):
        pieces: list[str] = []
        html = read_prose(Writer(number).document(), lambda text, pieces=pieces: pieces.append(text) or convert(text))
        read += html is not None
        complete += html is not None and not pieces
    assert read > 200
    assert complete > 40


def test_a_plain_article_is_rendered_without_python_markdown() -> None:
    text = (
        "The minister's \"plan\" -- [a paper](../x.md) -- wasn't *new*.\n\n## What's in it?\n\n- One\n- **Two**: it's\n\n"
        '> "No," she said.\n\n1. First\n2. Second\n\n---\n\n![Gate](gate.jpg "The gate, 2026"){credit="Photo: J. Doe"}\n\nEnd.'
    )

    def convert(piece: str) -> str:
        raise AssertionError(f"left to Python-Markdown: {piece!r}")

    assert read_prose(text, convert) == build_markdown(lang="en").convert(text)


@pytest.mark.parametrize("share", range(5))
def test_the_body_is_the_one_that_python_markdown_leads_to(share: int) -> None:
    plain = build_markdown(lang="de", raw_html=True)
    typesetter = Typesetter(typography("de"))
    renderer = Renderer(MarkupOptions())
    for seed in seeds(sample(100, 3000))[share::5]:
        text = Writer(seed).document().replace("\x02", "").replace("\x03", "")
        try:
            expected = finish(plain.reset().convert(text), folder="articles/world", typesetter=typesetter, text=text)
        except MarkdownError:
            with pytest.raises(PublicationError):
                renderer.render(text, lang="de", source="articles/world/x.md")
            continue
        assert renderer.render(text, lang="de", source="articles/world/x.md") == expected


def test_an_added_extension_turns_all_shortcuts_off() -> None:
    renderer = Renderer(MarkupOptions(extensions=("nl2br",)))
    assert renderer.render("one\ntwo", lang="en", source="a.md").html == "<p>one<br>\ntwo</p>"
