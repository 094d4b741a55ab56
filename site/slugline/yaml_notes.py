"""What YAML passes over in silence: a key written twice, and a text that ends at a ` #`.

Both are found in the tree of nodes that the parser composes, which knows of each scalar where it is and how it is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

__all__ = ["CutText", "RepeatedKey", "cut_texts", "repeated_keys"]

# A comment of people has a space after its sign. Without one it is a hashtag, a number or a colour.
_HASHTAG = re.compile(r"[ \t]+(#[^\s#!].*)")
_MOMENT = re.compile(r"\d{4}-\d")
_TEXT = "tag:yaml.org,2002:str"
_NOTHING = "tag:yaml.org,2002:null"


class RepeatedKey(NamedTuple):
    """A key that one mapping holds twice; lines are counted from 0 within the text."""

    key: str
    line: int
    first: int


class CutText(NamedTuple):
    """A text without quotes, of which a ` #` made the rest a comment; the line is counted from 0 within the text.

    Attributes:
        read: what is left of it.
        whole: what was probably meant.
    """

    read: str
    whole: str
    line: int


def repeated_keys(root: yaml.Node | None) -> Iterator[RepeatedKey]:
    """The keys that any mapping of a document holds twice."""
    for node in _nodes(root):
        if isinstance(node, yaml.MappingNode):
            first: dict[tuple[str, str], yaml.Node] = {}
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode):
                    known = first.setdefault((key.tag, key.value), key)
                    if known is not key:
                        yield RepeatedKey(key.value, key.start_mark.line, known.start_mark.line)


def cut_texts(root: yaml.Node | None, lines: list[str]) -> Iterator[CutText]:
    """The texts of a document, whose lines are given, that a hashtag has cut."""
    for node in _nodes(root):
        if not isinstance(node, yaml.ScalarNode) or node.style or node.tag not in (_TEXT, _NOTHING):
            continue
        end = node.end_mark
        line = lines[end.line] if end.line < len(lines) else ""
        behind = _HASHTAG.match(line, end.column)
        if behind and not _MOMENT.match(node.value):
            yield CutText(node.value, f"{node.value} {behind[1]}".strip(), end.line)


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    left = [root] if root is not None else []
    while left:
        node = left.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            left.extend(part for pair in reversed(node.value) for part in reversed(pair))
        elif isinstance(node, yaml.SequenceNode):
            left.extend(reversed(node.value))
