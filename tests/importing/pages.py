"""The layouts of web pages that the reader of HTML is measured on, with what is to be found in each."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent / "layouts"


class Layout(NamedTuple):
    """One page: its bytes, and what it says.

    Attributes:
        name: of the layout.
        html: the page.
        title, date, updated: as front matter should have them; ``updated`` may be empty.
        authors: names.
        dek: of the story; not every layout shows it.
        text: every word of the body.
    """

    name: str
    html: bytes
    title: str
    authors: tuple[str, ...]
    date: str
    updated: str
    dek: str
    text: str


@functools.cache
def layouts() -> tuple[Layout, ...]:
    """All layouts, in the order of their names."""
    stories = tomllib.loads((FOLDER / "stories.toml").read_text("utf-8"))
    told = tomllib.loads((FOLDER / "layouts.toml").read_text("utf-8"))
    assert sorted(told) == sorted(path.stem for path in FOLDER.glob("*.html")), "every layout is annotated"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    return tuple(_layout(name, said, stories[said["story"]], environment) for name, said in sorted(told.items()))


def f1(wanted: str, got: str) -> float:
    """How alike two texts are, over their tokens: 1.0 for the same words, 0.0 for none in common."""
    left, right = Counter(tokens(wanted)), Counter(tokens(got))
    common = (left & right).total()
    return 2 * common / (left.total() + right.total()) if common else 0.0


def tokens(text: str) -> list[str]:
    """The words of a text, without capitals."""
    return re.findall(r"\w+", text.casefold())


def same_moment(wanted: str, got: str) -> bool:
    """Whether two dates are the same moment; where one names a day only, or no zone, as far as it says."""
    if not wanted or not got:
        return wanted == got
    one, other = datetime.fromisoformat(wanted), datetime.fromisoformat(got)
    if "T" not in wanted or "T" not in got:
        return one.date() == other.date()
    if (one.tzinfo is None) != (other.tzinfo is None):
        return one.replace(tzinfo=None) == other.replace(tzinfo=None)
    return one == other


def _layout(name: str, said: dict[str, Any], story: dict[str, Any], environment: jinja2.Environment) -> Layout:
    def blocks(start: int = 0, end: int | None = None, *, style: str = "p", attrs: str = "") -> Markup:
        return Markup(_written(story["blocks"][start:end], style, attrs))

    html = environment.get_template(f"{name}.html").render(story=story, blocks=blocks)
    body = [re.sub(r"^(?:##|-|>) ", "", block) for block in story["blocks"]]
    return Layout(
        name=name,
        html=html.encode("cp1252") if "iso-8859-1" in html else html.encode(),
        title=said.get("title", story["title"]),
        authors=tuple(said.get("authors", [author["name"] for author in story["authors"]])),
        date=said.get("date", story["date"]),
        updated=said.get("updated", story["updated"]),
        dek=story["dek"],
        text="\n".join([*body, *said.get("extra", [])]),
    )


def _written(blocks: list[str], style: str, attrs: str) -> str:
    if style == "br":
        return "\n<br /><br />\n".join(str(escape(re.sub(r"^(?:##|-|>) ", "", block))) for block in blocks)
    lines: list[str] = []
    for place, block in enumerate(blocks):
        before = blocks[place - 1][:2] if place else ""
        after = blocks[place + 1][:2] if place + 1 < len(blocks) else ""
        if block.startswith("- "):
            lines += ["<ul>"] * (before != "- ") + [f"<li>{escape(block[2:])}</li>"] + ["</ul>"] * (after != "- ")
        elif block.startswith("## "):
            lines.append(f"<h2>{escape(block[3:])}</h2>")
        elif block.startswith("> "):
            lines.append(f"<blockquote><p>{escape(block[2:])}</p></blockquote>")
        else:
            lines.append(f"<p{attrs}>{escape(block)}</p>")
    return "\n".join(lines)
