"""Documents for the differential test: written by chance out of everything that the dialect knows, nastily mixed."""

from __future__ import annotations

import random

_WORDS = (
    "government minister said the a of and plan's it's don't council 2024 1,200 per cent Zürich naïve "
    "coöperate Łódź Москва 東京 ニュース שלום العربية e-mail co-operate AT&T R&D 5% $3.50 #hashtag @desk 24/7 "
    "snake_case __init__ file.name.md www.example.org x*y 2*3*4 a_b_c O'Brien '90s rock'n'roll … — – "
    "“quoted” ‘inner’ café \xa0 \u202f \u3000 soft\xadhyphen zero\u200bwidth 😀 ! ? ; : , . ... .... -- --- ---- ' \" '' \"\" "
    "( ) [ ] { } | \\ ` * _ ~ ^ < > & = + - # / @ $ % &amp; &nbsp; &lt; &copy; &#39; &#x27; &#8212; &bogus; & "
    "&; &#38 \x02 \x03 NATO HTML"
)
WORDS = tuple(_WORDS.split(" "))

_NASTY = (
    "\\* \\_ \\` \\\\ \\[ \\] \\( \\) \\# \\+ \\- \\. \\! \\\" \\' \\{ \\} \\> \\| \\a \\& \\< *** ___ ** __ *a **b* c** *a "
    "_b* c_ **a*b** *a**b* ***a*** ***a** b* __a_b__ _a__b_ *a * *a* *b* _a__b_ **a****b** a*b*c a**b**c "
    "a_b_c `a` ``a`b`` `a `` ` ``` `*a*` `<b>` `[a](b)` *`a`* [*`a*`](b)"
)
NASTY = tuple(_NASTY.split(" "))


class Writer:
    """Writes documents; the same seed, the same document."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._tame = False
        self._notes = ["[^1]: ", "[^note]: ", "   [^2]: ", "[^two]: "]

    def document(self) -> str:
        """One document."""
        one = self._random
        self._tame = one.random() < 0.6
        kinds = TAME if self._tame else TAME + WILD
        blocks = [one.choice(kinds)(self) for _ in range(one.randint(1, 9))]
        if one.random() < (0.03 if self._tame else 0.15):
            blocks.insert(one.randint(0, len(blocks)), one.choice(DEFINING)(self))
        gaps = ("\n\n",) * 12 + ("\n", "\n\n\n", "\n \n", "\n\t\n", "\n\n\n\n")
        text = "".join(block + one.choice(gaps) for block in blocks)
        if one.random() < 0.05:
            text = text.replace("\n", "\r\n")
        if one.random() < 0.05:
            text = " " * one.randint(1, 5) + text
        if one.random() < 0.05:
            text = "\n" * one.randint(1, 3) + text
        return text.rstrip("\n") if one.random() < 0.3 else text

    def chance(self, share: float) -> bool:
        """Yes, in that share of the cases."""
        return self._random.random() < share

    def pick(self, *choices: str) -> str:
        """One of some texts."""
        return self._random.choice(choices)

    def number(self, low: int, high: int) -> int:
        """A number, both ends included."""
        return self._random.randint(low, high)

    def note(self) -> str:
        """How the definition of another footnote begins; empty if there are enough."""
        return self._notes.pop(0) if self._notes else ""

    def words(self, low: int = 1, high: int = 8, nasty: float = 0.04) -> str:
        """Plain words, a few of which are not so plain."""
        one = self._random
        if self._tame:
            nasty /= 20
        found = [
            one.choice(NASTY) if one.random() < nasty else one.choice(WORDS if one.random() < 2.5 * nasty else WORDS[:24])
            for _ in range(one.randint(low, high))
        ]
        return one.choice((" ",) * 30 + ("  ", "")).join(found)

    def sentence(self, depth: int = 0) -> str:
        """Words with inline markup among them."""
        one = self._random
        parts = []
        for _ in range(one.randint(1, 4)):
            parts.append(self.words())
            if one.random() < (0.3 if self._tame else 0.5):
                parts.append(one.choice(INLINE[:6] if self._tame and one.random() < 0.9 else INLINE)(self, depth + 1))
        glue = one.choice((" ",) * 12 + ("", "\n", "  \n", "\t", ", ", ". ", " -- ", "---", ' "', '" ', " '", "' "))
        text = glue.join(parts)
        if depth == 0 and one.random() < 0.15:
            text = one.choice(('"{}"', "'{}'", "\"'{}'\"", "({})", "[{}]", "*{}*", "**{}**", "_{}_", '"{}')).format(text)
        return text

    def lines(self, prefix: str = "", low: int = 1, high: int = 4) -> str:
        """Some lines of prose, each with a prefix."""
        return "\n".join(prefix + self.sentence() for _ in range(self.number(low, high)))


def _emphasis(w: Writer, depth: int) -> str:
    inner = w.sentence(depth) if depth < 3 and w.chance(0.3) else w.words(1, 3, 0.02)
    mark = w.pick("*", "*", "**", "**", "_", "__", "***", "___", "*_")
    close = mark[::-1] if w.chance(0.95) else w.pick("*", "**", "_", "")
    return f"{mark}{inner}{close}"


def _target(w: Writer) -> str:
    return w.pick(
        *("../world/other.md", "https://example.org/a_b_c/?q=1&r=2#x", "photo.jpg", "/about/", "#part", "a(b).md"),
        *("mailto:desk@example.org", "<with space.md>", "un\\*esc.md", "x*y*z.md", "//cdn.example.org/x", "?q=1", ""),
        *("été.md", "a%20b.md", "https://example.org/Foo_(bar)_(baz)", 'a"b', "a'b", "a b", "&amp;x", "{x}", "`x`"),
    )


def _title(w: Writer) -> str:
    if w.chance(0.7):
        return ""
    return w.pick(
        *(' "A title"', " 'single'", ' "it\'s"', ' "(left)"', ' "it\'s (left)"', ' ""', ' "a "quoted" b"', ' "AT&T"'),
        *(
            '  "two spaces"',
            ' "*a* _b_"',
            ' "a\nb"',
            ' " padded "',
            " \"'x'\"",
            ' "a\u00a0b"',
            ' "1 < 2"',
            ' "[x]"',
            " unquoted",
        ),
    )


def _link(w: Writer, depth: int) -> str:
    label = w.sentence(depth) if depth < 3 and w.chance(0.15) else w.words(1, 3, 0.02)
    return f"[{label}]({_target(w)}{_title(w)}){_attributes(w, 0.05)}"


def _image(w: Writer, depth: int) -> str:
    return f"![{w.words(0, 4, 0.03)}]({_target(w)}{_title(w)}){_attributes(w, 0.4)}"


def _attributes(w: Writer, share: float) -> str:
    if not w.chance(share):
        return ""
    return w.pick(
        *('{credit="Photo: Jane Doe"}', "{.wide}", "{#id .a .b data-k=v}", '{credit="A & B"}', "{: .wide }", "{credit=x}"),
        *('{credit="it\'s"}', "{", "{}", "{ }", '{credit="x"} }', ' {credit="x"}', '{credit="*a*"}', '{credit=""}', "{hidden}"),
    )


def _reference(w: Writer, depth: int) -> str:
    return w.pick("[label][ref]", "[ref][]", "[ref]", "[Ref] [ref]", "![alt][img]", "![img]", "[a][b]", "[a] [b](c)", "[x]")


def _code(w: Writer, depth: int) -> str:
    ticks = w.pick("`", "`", "``", "```")
    return f"{ticks}{w.words(1, 3)}{ticks if w.chance(0.95) else ''}"


def _html(w: Writer, depth: int) -> str:
    return w.pick(
        *("<b>bold</b>", '<span class="x">a *b* c</span>', "<br>", "<br/>", "<https://example.org/x_y>", "<desk@example.org>"),
        *(
            "<!-- note -->",
            '<a href="x.md">l</a>',
            "<img src='p.jpg' alt=\"a > b\">",
            "<",
            "<>",
            "</",
            "<b",
            "a<b>c",
            "1 < 2 > 0",
        ),
        *("<?php x ?>", "<![CDATA[x]]>", "<code>*x*</code>", '<kbd>"x"</kbd>', "<div>", "</div>", '<script>"a"</script>'),
    )


def _note(w: Writer, depth: int) -> str:
    return w.pick("[^1]", "[^note]", "[^2]", "[^none]", "NATO", "HTML")


def _stray(w: Writer, depth: int) -> str:
    return w.pick(*NASTY, "**", "*", "_", "__", "`", "[", "]", "](", "![", "&", "\\", "{", "}", "[[a]]", "[a [b](c)](d)")


INLINE = (_emphasis, _emphasis, _emphasis, _link, _link, _link, _image, _code, _reference, _stray, _html, _note)


def _paragraph(w: Writer) -> str:
    return w.lines()


def _prose(w: Writer) -> str:
    """What most paragraphs are: words, and now and then something simple."""
    parts = [w.words(4, 16, 0)]
    for _ in range(w.number(0, 3)):
        parts.append(
            w.pick(
                *('"quoted words"', "*emphasis*", "**strong words**", "_emphasis_", "[a link](../world/x.md)", "(in brackets)"),
                *("[the editor]", '[link](https://example.org/?a=1&b=2 "Title")', "AT&T", "it's", "-- no --", "R&amp;D", "> 5"),
                *("*two\nlines*", "[two\nlines](x.md)", "**one**,", '"*said*"', "([link](x.md))", "a_b_c", "\u201cx\u201d"),
            )
        )
        parts.append(w.words(2, 10, 0))
    return w.pick(" ", " ", " ", "\n").join(parts)


def _heading(w: Writer) -> str:
    text = w.sentence(2)
    return (
        w.pick("# ", "## ", "### ", "##", "#", "###### ", "####### ", "##  ")
        + text
        + w.pick("", "", "", " ##", " {#own}", "  ", "\nmore")
    )


def _underlined(w: Writer) -> str:
    return w.sentence() + "\n" + w.pick("===", "---", "=", "-", "--- ", "- - -", "=== x")


def _simple_list(w: Writer) -> str:
    mark = w.pick("- ", "* ", "+ ", "1. ", "-   ", "3. ", " - ", "1) ")
    items = []
    for n in range(w.number(1, 5)):
        begin = f"{n + 1}. " if mark == "1. " and w.chance(0.7) else mark
        items.append(
            begin + w.pick(w.words(1, 8, 0.01), w.sentence(), "*em* then", "**Strong**: text", "[link](x.md)", "2024. x", "")
        )
    return w.pick("\n", "\n", "\n", "\n\n", "\n  more\n", "\nlazy\n").join(items)


def _nested_list(w: Writer) -> str:
    marks = ("- ", "* ", "1. ", "- # ", "- > ", "", "\n    ")
    return "\n".join("    " * w.number(0, 2) + w.pick(*marks) + w.words(1, 5) for _ in range(w.number(2, 7)))


def _quotation(w: Writer) -> str:
    lines = [w.pick("> ", "> ", "> ", ">", ">  ", "> ## ", "> > ", ">> ", " > ") + w.sentence() for _ in range(w.number(1, 4))]
    if w.chance(0.2):
        lines.insert(w.number(0, len(lines)), w.pick(">", "> ", "lazy", "> - item", "> # head", ">     code", "> 1. one"))
    return "\n".join(lines)


def _rule(w: Writer) -> str:
    return w.pick("---", "***", "___", "* * *", "- - -", "-----", "--", "-- --", " ---", "--- x", "-", "_ _ _", "***bold***")


def _figure(w: Writer) -> str:
    return w.pick("", "", "", "text ") + w.pick(" ", "\n", "").join(
        _image(w, 1) for _ in range(w.pick("1", "1", "1", "2").count("1") or 2)
    )


def _table(w: Writer) -> str:
    columns = w.number(1, 4)

    def row(cells: list[str]) -> str:
        return w.pick("| {} |", "| {} |", "{}", "|{}").format(" | ".join(cells))

    rows = [
        row([w.words(1, 2) for _ in range(columns)]),
        row([w.pick("---", ":--", "--:", ":-:", "-") for _ in range(columns)]),
    ]
    rows += [row([w.sentence(2).replace("\n", " ") for _ in range(columns)]) for _ in range(w.number(0, 3))]
    return "\n".join(rows)


def _indented(w: Writer) -> str:
    return w.lines(w.pick("    ", "\t", "   ", "      ", " "), 1, 3)


def _fence(w: Writer) -> str:
    fence = w.pick("```", "~~~", "````")
    begin = fence + w.pick("", "python", " {.python #x}", " .py", " {")
    return f"{begin}\n{w.lines()}\n\n{w.words()}\n{fence if w.chance(0.9) else ''}"


def _terms(w: Writer) -> str:
    return w.words(1, 3) + w.pick("\n", "\n\n") + w.pick(":   ", ": ", ":", ":    ", "   : ") + w.lines(high=2)


def _block_html(w: Writer) -> str:
    return w.pick(
        *(
            '<div>\n*raw* "x"\n</div>',
            '<div markdown="1">\n\n*em* "x"\n\n- a\n- b\n\n</div>',
            "<!-- a\n\nb -->",
            "<hr>",
            "<p>x</p> tail",
        ),
        *("<table>\n<tr><td>x</td></tr>\n\n</table>", "<div>\n\nunclosed", "</div>", '<script>\nvar a = "*x*";\n\n</script>'),
        *('<details markdown="1"><summary>S</summary>\n*x*\n</details>', "<h1>Raw</h1>", '<p markdown="span">*x* <b>y</b></p>'),
        *(
            '<iframe src="https://example.org/"></iframe>',
            '<figure>\n<img src="a.jpg">\n<figcaption>C</figcaption>\n</figure>',
            "<br>\n<b>x</b>",
        ),
    )


def _attributed(w: Writer) -> str:
    return w.lines(high=2) + "\n" + w.pick("{.lead}", "{: #id .x }", "{ .a title='v w' }", "{}", "{x", "{: }")


def _any(w: Writer) -> str:
    characters = "ab \n\n\n**__``[]()<>!&;{}\\#-+=:|.'\"~^\t0123 "
    return "".join(w.pick(*characters) for _ in range(w.number(3, 60)))


def _footnotes(w: Writer) -> str:
    mark = w.note()
    if not mark:
        return _paragraph(w)
    second = w.note() or "More: "
    return mark + w.lines(high=2) + w.pick("", "\n\n    More *text*.", f"\n{second}Two.\n\n    - a\n    - b")


def _references(w: Writer) -> str:
    return w.pick(
        '[ref]: https://example.org/ "T"',
        "[img]: photo.jpg 'Caption'\n[ref]: <x.md>",
        "text\n[ref]: x.md",
        "[a]:\n  y.md\n  (t)",
    )


def _abbreviations(w: Writer) -> str:
    return w.pick(
        "NATO met.\n\n*[NATO]: North Atlantic Treaty Organization",
        "HTML, NATO\n\n*[HTML]: a\n*[NATO] : b",
        "said\n\n*[said]: x",
        "text of HTML\n*[HTML]: y\nmore",
        "*[none]: x",
    )


TAME = (_prose, _prose, _prose, _prose, _prose, _heading, _simple_list, _quotation, _figure, _paragraph)
WILD = (
    *(_paragraph, _paragraph, _underlined, _nested_list, _rule, _table, _indented, _fence, _terms, _block_html, _attributed),
    *(_any, _footnotes, _references, _abbreviations),
)
DEFINING = (_footnotes, _references, _abbreviations)
