"""HTML by chance: fragments as good and as broken as the web's, with words that can be found again."""

from __future__ import annotations

import random
import re
from html import unescape
from html.parser import HTMLParser

from slugline.importing.markdown.model import names

_TAGS = tuple(
    sorted(
        names(
            "p div b strong i em a code sub sup ul ol li blockquote pre h1 h2 h3 table tr td th tbody figure figcaption img "
            "br hr span dl dt dd details summary q del u aside section center font button form abbr cite small mark label "
            "main article ins kbd time bdi"
        )
    )
)
_SIGNS = (
    *(
        "*",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        "&amp;",
        "&lt;",
        "#",
        "1. ",
        "- ",
        "+ ",
        "> ",
        "|",
        "{",
        "}",
        "\\",
        "~",
        "^",
    ),
    *(
        "!",
        "=",
        "\n",
        "\n\n",
        "  ",
        ":",
        "\t",
        "http://e.org/a",
        "[^1]",
        "***",
        "__",
        "``",
        "&nbsp;",
        "---",
        "===",
        "[x]: y",
        "*[a]: b",
    ),
    *(
        "\u200b",
        "–",
        "“",
        '"',
        "'",
        "&#x41;",
        "!!!",
        "[TOC]",
        "é",
        "中文字",
        "عربي",
        "{.x}",
        "{onclick=y}",
        "```",
        ":   d",
        "~~",
        "\x00",
    ),
)
_ATTRIBUTES = {
    "a": (
        'href="/x"',
        'href="#n"',
        'href="javascript:alert(1)"',
        'href="https://e.org/(a"',
        'href=""',
        'href="https://e.org/a b"',
    ),
    "img": ('src="/a.jpg"', 'src=x alt="*a*"', 'src="/b.jpg" width=1 height=1', 'src="data:image/gif;base64,R0"', ""),
    "ol": ("start=7", "start=x", "reversed"),
    "abbr": ('title="a &quot; b"',),
    "td": ("colspan=2", "style='text-align:right'", ""),
}
_COMMON = ('class="pullquote"', 'id="n"', "onclick='x()'", 'style="color:red"', 'dir="rtl"')


def fragment(seed: int, *, depth: int = 6) -> tuple[str, list[str]]:
    """A fragment, and the words in it that a reader sees, each of which is there once."""
    chance = random.Random(seed)
    words: list[str] = []

    def inside(level: int) -> str:
        out = []
        for _ in range(chance.randint(0, 4 if level else 7)):
            lot = chance.random()
            if lot < 0.45:
                words.append(f"w{len(words)}x")
                out.append(words[-1] + chance.choice((" ", " ", " \n", ". ")))
            elif lot < 0.62:
                sign = chance.choice(_SIGNS)
                # A bare "<" right before a word would begin a tag, and the word would be none.
                out.append(sign + (" " if sign == "<" else chance.choice(("", " "))))
            elif level < depth:
                out.append(element(level))
        return "".join(out)

    def element(level: int) -> str:
        tag = chance.choice(_TAGS)
        said = chance.choice(_ATTRIBUTES.get(tag, ("",)))
        if chance.random() < 0.1:
            said += f" {chance.choice(_COMMON)}"
        opened = f"<{tag} {said}>" if said else f"<{tag}>"
        if tag in ("img", "br", "hr"):
            return opened
        return opened + inside(level + 1) + ("" if chance.random() < 0.07 else f"</{tag}>")

    return inside(0), words


class _Reader(HTMLParser):
    """What a page shows and what it could do, read with the standard library's parser: not with the one under test."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "style", "svg", "math", "form", "base", "meta", "link", "template"):
            self.dangers.append(f"<{tag}>")
        for name, value in attrs:
            plain = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]", "", unescape(value or "")).lower()
            scheme = plain.partition(":")[0] if ":" in plain else ""
            if name.startswith("on") or name in ("srcdoc", "formaction"):
                self.dangers.append(f"{tag} {name}")
            if name in ("href", "src", "action", "data", "poster", "srcset", "cite") and scheme not in _SCHEMES:
                self.dangers.append(f"{tag} {name}={value}")
            # The one declaration that a cell may have; whether a `;` ends it says nothing of what it does.
            if name == "style" and plain.removesuffix(";") not in ("text-align:right", "text-align:left", "text-align:center"):
                self.dangers.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


_SCHEMES = ("", "http", "https", "mailto", "tel", "content", "//")


def read_html(html: str) -> tuple[str, list[str]]:
    """The text of rendered HTML, and everything in it that could run, load or send something."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join(reader.text), reader.dangers
