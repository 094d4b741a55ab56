"""The quick ways of the default engine against the plain one: the same bytes, whatever the document.

The plain engine is Python-Markdown with the full set of extensions and no shortcut (``slugline.markup.dialect``).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chance import seeds
from sizes import sample
from slugline.markup import MarkupOptions, Renderer
from slugline.markup.dialect import build_markdown
from slugline.markup.fast import fast_html
from slugline.markup.finishing import finish
from slugline.markup.guard import Entangled
from slugline.markup.lean import LeanEngine
from slugline.markup.quotes import Typesetter
from slugline.markup.typography import typography

from .documents import Writer

DOCUMENTS = seeds(sample(750, 10_000))
SHARES = 10

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


@pytest.fixture(scope="module", params=[True, False], ids=["raw HTML", "no HTML"])
def engines(request: pytest.FixtureRequest) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """The plain engine and the lean one."""
    plain = build_markdown(lang="en", raw_html=request.param)
    lean = LeanEngine(build_markdown(lang="en", raw_html=request.param))
    return _told(lambda text: plain.reset().convert(text)), _told(lean.html)


def _told(engine: Callable[[str], str]) -> Callable[[str], str]:
    """The engine, with a refusal told instead of raised."""

    def html(text: str) -> str:
        try:
            return engine(text)
        except Entangled as refusal:
            return f"refused: {refusal.message}"

    return html


def _fast(text: str, lean: Callable[[str], str]) -> str | None:
    refusals: list[str] = []

    def piece(source: str) -> str:
        html = lean(source)
        if html.startswith("refused: "):
            refusals.append(html)
        return html

    html = fast_html(text, piece)
    return refusals[0] if refusals else html


@pytest.mark.parametrize("text", CASES)
def test_every_way_renders_a_case_alike(text, engines):
    plain, lean = engines
    expected = plain(text)
    assert lean(text) == expected
    assert _fast(text, lean) in (expected, None)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_way_renders_documents_written_by_chance_alike(share, engines):
    plain, lean = engines
    for seed in DOCUMENTS[share::SHARES]:
        text = Writer(seed).document()
        expected = plain(text)
        assert lean(text) == expected, f"the lean engine differs for document {seed}: {text!r}"
        fast = _fast(text, lean)
        assert fast is None or fast == expected, f"the fast way differs for document {seed}: {text!r}"


@given(st.text(alphabet="ab \n\n*_[]()!\"'&;{}#-+=:|.\\`01><", max_size=60))
def test_every_way_renders_a_heap_of_signs_alike(engines, text):
    plain, lean = engines
    expected = plain(text)
    assert lean(text) == expected
    assert _fast(text, lean) in (expected, None)


def test_many_documents_take_the_fast_way_and_many_go_it_to_the_end():
    lean = _told(LeanEngine(build_markdown(lang="en")).html)
    fast = complete = 0
    for seed in range(500):
        pieces: list[str] = []
        html = fast_html(Writer(seed).document(), lambda text, pieces=pieces: pieces.append(text) or lean(text))
        fast += html is not None
        complete += html is not None and not pieces
    assert fast > 200
    assert complete > 40


def test_a_plain_article_is_rendered_without_the_engine():
    text = (
        "The minister's \"plan\" -- [a paper](../x.md) -- wasn't *new*.\n\n## What's in it?\n\n- One\n- **Two**: it's\n\n"
        '> "No," she said.\n\n1. First\n2. Second\n\n---\n\n![Gate](gate.jpg "The gate, 2026"){credit="Photo: J. Doe"}\n\nEnd.'
    )

    def engine(piece: str) -> str:
        raise AssertionError(f"handed to the engine: {piece!r}")

    assert fast_html(text, engine) == build_markdown(lang="en").convert(text)


@pytest.mark.parametrize("share", range(5))
def test_the_body_is_the_one_that_the_plain_engine_leads_to(share):
    plain = build_markdown(lang="de", raw_html=True)
    typesetter = Typesetter(typography("de"))
    renderer = Renderer(MarkupOptions())
    for seed in seeds(sample(100, 3000))[share::5]:
        text = Writer(seed).document().replace("\x02", "").replace("\x03", "")
        expected = finish(plain.reset().convert(text), folder="articles/world", typesetter=typesetter)
        assert renderer.render(text, lang="de", source="articles/world/x.md") == expected


def test_an_added_extension_turns_all_shortcuts_off():
    renderer = Renderer(MarkupOptions(extensions=("nl2br",)))
    assert renderer.render("one\ntwo", lang="en", source="a.md").html == "<p>one<br>\ntwo</p>"
