"""The whole dialect at the price of what a document uses.

Python-Markdown runs every processor of every extension over every document. Each of them can do something only where
certain characters stand: no table without ``|``, no code span without a backtick. Here a document is looked through for
these characters once, and only the processors that can have a part in it are run, by Python-Markdown itself.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.footnotes import FootnoteExtension

from slugline.markup.guard import BlockMeter, Meter, MeteredPattern
from slugline.markup.whitespace import normal_whitespace

__all__ = ["LeanEngine"]

_FEATURES: dict[str, tuple[str, ...] | re.Pattern[str]] = {
    "fence": ("```", "~~~"),
    "tag": ("<",),
    "character reference": ("&#",),
    "entity": ("&",),
    "indent": ("    ",),
    "pipe": ("|",),
    "hash": ("#",),
    "underline": re.compile(r"[-=] *(?:\n|\Z)"),
    "rule": re.compile(r"[-_*] *(?:\n|\Z)"),
    "number": re.compile(r"\d\. "),
    "bullet": re.compile(r"[*+-] "),
    "colon": (": ",),
    "quotation": (">",),
    "definition": ("]:", "] :"),
    "backtick": ("`",),
    "backslash": ("\\",),
    "link": ("](",),
    "hard break": ("  \n",),
    "emphasis": ("*", "_"),
    "attributes": ("{",),
}
"""What a text can have in it that makes a processor useful: any of some strings, or a pattern."""

_MADE_BY_TAGS = frozenset(("underline", "rule", "hard break"))
"""What can come up where a line end is put after raw HTML that has been taken out."""

_NEEDS = {
    # preprocessors
    "fenced_code_block": "fence",
    "html_block": "tag|character reference",
    # block processors
    "markdown_block": "tag",
    "indent": "indent",
    "defindent": "indent",
    "code": "indent",
    "table": "pipe",
    "hashheader": "hash",
    "setextheader": "underline",
    "hr": "rule",
    "olist": "number",
    "ulist": "bullet",
    "deflist": "colon",
    "quote": "quotation",
    "block footnote": "definition",
    "block abbr": "definition",
    "block reference": "definition",
    # inline patterns
    "backtick": "backtick",
    "escape": "backslash",
    "link": "link",
    "image_link": "link",
    "autolink": "tag",
    "automail": "tag",
    "linebreak": "hard break",
    "html": "tag",
    "entity": "entity",
    "not_strong": "emphasis",
    "em_strong": "emphasis",
    "em_strong2": "emphasis",
    # tree processors
    "attr_list": "attributes",
    "unescape": "backslash",
}
"""Processor → the features that it needs one of; one that is not named here is always run."""

_NEEDS_REFERENCES = frozenset(("reference", "image_reference", "short_reference", "short_image_ref"))
_NEEDS_FOOTNOTES = frozenset(("footnote", "footnote-duplicate", "footnote-roles"))

_NAMES = frozenset(
    (
        *(name.removeprefix("block ") for name in _NEEDS),
        *_NEEDS_REFERENCES,
        *_NEEDS_FOOTNOTES,
        *("normalize_whitespace", "inline", "abbr", "raw_html", "amp_substitute", "leftovers"),
    )
)


class _Choice(NamedTuple):
    """The processors for a set of features."""

    before: list[Any]
    blocks: list[Any]
    patterns: list[tuple[str, Any]]
    tree: list[tuple[str, Any]]


class LeanEngine:
    """Runs a Markdown instance with the processors that a text can use, and counts its work.

    The instance is this object's own from then on: what it is told to run changes with every text.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        self._md: Any = md
        self._before = _named(md.preprocessors)
        self._meter = Meter()
        self._blocks = [("", BlockMeter(md.parser, self._meter)), *_named(md.parser.blockprocessors)]
        self._inline: Any = md.treeprocessors["inline"]
        self._patterns = [(name, MeteredPattern(run, self._meter, self._inline)) for name, run in _named(md.inlinePatterns)]
        self._tree = [(name, run) for name, run in _named(md.treeprocessors) if name != "footnote"]
        self._make_footnotes = md.treeprocessors["footnote"]
        self._after = dict(_named(md.postprocessors))
        self._footnotes = next(ext for ext in md.registeredExtensions if isinstance(ext, FootnoteExtension))
        self._abbreviations: Any = next(ext for ext in md.registeredExtensions if isinstance(ext, AbbrExtension))
        self._choices: dict[int, _Choice] = {}

    def html(self, text: str) -> str:
        """The HTML of a text: what the plain engine makes of it."""
        md = self._md
        md.reset()
        md.parser.state.clear()  # a text that was given up half-way has left something there
        if not text.strip():
            return ""
        text = normal_whitespace(text) + "\n\n"
        self._meter.start(text)
        chosen = self._choose(text)
        lines = text.split("\n")
        for processor in chosen.before:
            lines = processor.run(lines)
        md.lines = lines
        md.parser.blockprocessors = chosen.blocks
        root = md.parser.parseDocument(lines).getroot()
        missing: frozenset[str] = frozenset()
        if self._footnotes.footnotes:
            # First of all: the text of a footnote may define references in its turn.
            self._make_footnotes.run(root)
        else:
            missing = _NEEDS_FOOTNOTES
        if not md.references:
            missing |= _NEEDS_REFERENCES
        self._inline.inlinePatterns = [pattern for name, pattern in chosen.patterns if name not in missing]
        for name, processor in chosen.tree:
            if (
                name in missing
                or (name == "inline" and not self._inline.inlinePatterns)
                or (name == "abbr" and not self._abbreviations.abbrs)
            ):
                continue
            changed = processor.run(root)
            if changed is not None:
                root = changed
        output: str = md.serializer(root)
        output = output[len("<div>") : output.rindex("</div")].strip()
        if md.htmlStash.html_counter:
            output = self._after["raw_html"].run(output)
        if "footnote" not in missing:
            output = self._after["footnote"].run(output)
        if "\x02" in output:
            output = self._after["amp_substitute"].run(output)
        if "\x02" in output or "\x03" in output or "xh" in output:
            output = self._after["leftovers"].run(output)
        return output.strip()

    def _choose(self, text: str) -> _Choice:
        """The processors for a text."""
        features = 0
        bit = 1
        for test in _FEATURES.values():
            if isinstance(test, tuple):
                for sign in test:
                    if sign in text:
                        features |= bit
                        break
            elif test.search(text):
                features |= bit
            bit <<= 1
        chosen = self._choices.get(features)
        if chosen is None:
            present = frozenset(name for place, name in enumerate(_FEATURES) if features >> place & 1)
            if "tag" in present:
                present |= _MADE_BY_TAGS
            chosen = self._choices[features] = _Choice(
                [run for name, run in self._before if name != "normalize_whitespace" and _useful(name, present)],
                [run for name, run in self._blocks if _useful(f"block {name}", present) and _useful(name, present)],
                [(name, run) for name, run in self._patterns if _useful(name, present)],
                [(name, run) for name, run in self._tree if _useful(name, present)],
            )
        return chosen


def _useful(name: str, present: frozenset[str]) -> bool:
    needs = _NEEDS.get(name)
    return needs is None or not present.isdisjoint(needs.split("|"))


def _named(registry: Any) -> list[tuple[str, Any]]:
    """The processors of a registry in the order in which they run, each with its name if it is one of `_NEEDS`."""
    known = {id(registry[name]): name for name in _NAMES if name in registry}
    return [(known.get(id(processor), ""), processor) for processor in registry]
