"""Every word of a text is on the page, or the text is refused with an error.

Texts are composed of the constructs of the dialect around words that occur once, and then damaged as a hurried editor would:
signs lost, doubled, misplaced. Others are sequences of signs and words.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from chance import SEED
from sizes import sample
from slugline.errors import PublicationError
from slugline.markup import MarkupOptions, Renderer

FIXED = 600
RANDOM = sample(600, 100_000)
SHARES = 12

ALSO_SEEN = ("content:", "fn:", "language-")
DEFINITION = re.compile(r"^[ >]*\[[^\]]+\]:\s*<?\S*[/.:#@]\S*>?$", re.MULTILINE)
WORD = re.compile(r"w\d+x")
SIGNS = tuple("*_`[](){}!\"'#>-+=:|\\^~&.\n ")
RUNS = (
    "**",
    "***",
    "__",
    "``",
    "![",
    "](",
    "[^",
    "]:",
    "\n\n",
    "\n    ",
    "  \n",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n# ",
    ' "',
    '" ',
    ": ",
    "\n:   ",
)
RENDERERS = (Renderer(MarkupOptions()), Renderer(MarkupOptions(raw_html=False)))


class _Composer:
    """Composes texts; the same seed, the same text."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def text(self) -> str:
        if self.random.random() < 0.4:
            return self.sequence()
        blocks = [self.random.choice(BLOCKS)(self) for _ in range(self.random.randint(1, 6))]
        text = "\n\n".join(blocks)
        for _ in range(self.random.choice((0, 1, 1, 2, 3, 6))):
            text = self.damaged(text)
        return text

    def sequence(self) -> str:
        """Signs and words."""
        parts = self.random.choices(SIGNS + RUNS, k=self.random.randint(2, 30))
        return "".join(part + (self.word() if self.random.random() < 0.6 else "") for part in parts)

    def damaged(self, text: str) -> str:
        """The text with a sign lost, put in or doubled; words are left whole, and so is HTML."""
        places = [match.start() for match in re.finditer(r"[^\w<>/]", text)]
        if not places:
            return text
        at = self.random.choice(places)
        kind = self.random.random()
        if kind < 0.5:
            return text[:at] + text[at + 1 :]
        if kind < 0.8:
            sign = self.random.choice(SIGNS)
            return text if sign == ">" and "<" in text else text[:at] + sign + text[at:]
        return text[:at] + text[at] + text[at:]

    def word(self) -> str:
        self.count += 1
        return f"w{self.count}x"

    def words(self, most: int = 4) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(1, most)))

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def inline(self, depth: int = 0) -> str:
        """Words with markup among them."""
        parts = [self.words()]
        for _ in range(self.random.randint(0, 4)):
            inner = self.inline(depth + 1) if depth < 2 and self.random.random() < 0.3 else self.words(3)
            title = self.pick("", "", f' "{self.words(2)}"', f" '{self.words(2)}'")
            parts.append(
                self.pick(
                    *(f"*{inner}*", f"**{inner}**", f"_{inner}_", f"__{inner}__", f"***{inner}***", f"`{self.words(2)}`"),
                    *(
                        f"[{inner}](a.md{title})",
                        f"![{self.words(2)}](a.jpg{title})",
                        f"[{inner}](https://a.example/b_(c)_d{title})",
                    ),
                    *(
                        f'![{self.words(2)}](a.jpg{title}){{credit="{self.words(2)}"}}',
                        f"*{inner}*{{.c}}",
                        f"[{inner}][ref]",
                        f"({inner})",
                    ),
                    *(
                        f'"{inner}"',
                        f"{self.word()}[^1]",
                        f"<b>{inner}</b>",
                        "<https://a.example/>",
                        "AT&T &amp; &copy;",
                        "\\*",
                        f"{self.word()}*{self.word()}",
                    ),
                    *(
                        f"{self.word()}_{self.word()}_",
                        f"[{self.words(2)}]",
                        f"{{{self.words(2)}",
                        f"**{self.word()}*{self.word()}",
                    ),
                )
            )
            parts.append(self.pick(self.words(), self.words(), "", "."))
        return self.pick(" ", " ", " ", "", "\n").join(parts)


def _table(one: _Composer) -> str:
    columns = one.random.randint(2, 3)
    rows = [" | ".join(one.inline(2).replace("\n", " ") for _ in range(columns)) for _ in range(one.random.randint(1, 3))]
    rule = "|".join(one.pick("---", ":--", "--:") for _ in range(columns))
    frame = one.pick("| {} |", "{}")
    return "\n".join(frame.format(row) for row in (rows[0], rule, *rows[1:]))


BLOCKS = (
    lambda one: one.inline(),
    lambda one: one.inline(),
    lambda one: "\n".join(one.inline() for _ in range(3)),
    lambda one: (
        one.pick("# ", "## ", "###", "###### ") + one.inline(1).replace("\n", " ") + one.pick("", " ##", " {#own}", " {.c}")
    ),
    lambda one: one.inline(1).replace("\n", " ") + "\n" + one.pick("===", "---"),
    lambda one: "\n".join(one.pick("- ", "* ", "    - ") + one.inline(1).replace("\n", " ") for _ in range(3)),
    lambda one: "\n".join(f"{n}. {one.inline(1)}" for n in range(1, 4)),
    lambda one: "\n\n".join(f"- {one.inline(1)}\n\n    {one.inline(1)}" for _ in range(2)),
    lambda one: "\n".join("> " + line for line in one.inline().split("\n")),
    lambda one: f"> - {one.inline(1)}\n>\n> {one.words()}\n{one.words()}",
    _table,
    lambda one: f"    {one.words()}\n    {one.words()}",
    lambda one: f"{one.pick('```', '~~~python')}\n{one.inline(2)}\n```",
    lambda one: f"{one.words(2)}\n:   {one.inline(1)}\n:   {one.inline(1)}",
    lambda one: f"[^1]: {one.inline(1)}\n\n    {one.words()}",
    lambda one: f"[^{one.pick('1', '2')}]: {one.words()}\n[^3]: {one.words()}",
    lambda one: '[ref]: https://a.example/ "T"',
    lambda one: f"[{one.words(1)}]: {one.pick('No.', 'Yes', one.word())}",
    lambda one: f"NATO {one.words()}\n\n*[NATO]: A treaty",
    lambda one: f"<div>\n<p>{one.words()} <em>{one.words()}</em></p>\n</div>",
    lambda one: f'<div markdown="1">\n\n{one.inline(1)}\n\n</div>',
    lambda one: one.inline(1) + "\n{.lead}",
    lambda one: "---",
    lambda one: '![a](a.jpg "' + one.words() + '"){credit="' + one.words(2) + '"}',
)


class _Page(HTMLParser):
    """What a reader gets: text, descriptions of images, titles, names of footnotes, languages of code; and targets, of
    which the build reports those that lead nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            # What was typed as an address is one, if it is whole: no sentence is in it.
            address = name in ("href", "src") and not re.search(r"\s", unquote(value or "").strip())
            if address or name in ("alt", "title", "data-credit") or (value or "").startswith(ALSO_SEEN):
                self.seen.append(unquote(value or ""))


def lost(text: str, renderer: Renderer) -> list[str]:
    """The words that are neither on the page nor refused."""
    try:
        html = renderer.render(text, lang="en", source="articles/world/x.md").html
    except PublicationError:
        return []
    page = _Page()
    page.feed(html)
    page.close()
    page.seen += DEFINITION.findall(text)  # a name and its address, used or not
    return sorted((Counter(WORD.findall(text)) - Counter(WORD.findall(" ".join(page.seen)))).elements())


@pytest.mark.parametrize("share", range(SHARES))
def test_no_word_of_the_fixed_texts_is_lost(share: int) -> None:
    for number in range(share, FIXED, SHARES):
        text = _Composer(number).text()
        assert lost(text, RENDERERS[number % 2]) == [], f"text {number}: {text!r}"


@pytest.mark.parametrize("share", range(SHARES))
def test_no_word_of_random_texts_is_lost(share: int) -> None:
    for number in range(share, RANDOM, SHARES):
        text = _Composer(FIXED + SEED + number).text()
        assert lost(text, RENDERERS[number % 2]) == [], f"random text {number} (SLUGLINE_SEED={SEED}): {text!r}"


def test_most_texts_are_rendered() -> None:
    refused = 0
    for number in range(200):
        try:
            RENDERERS[0].render(_Composer(number).text(), lang="en", source="articles/world/x.md")
        except PublicationError:
            refused += 1
    assert refused < 60
