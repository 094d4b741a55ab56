"""Bodies with HTML of their own, parsed as browsers parse them and written as our own engine writes.

What an author types may be written in many ways: attributes in single quotes or none, capitals, a ``>`` inside a value, tags
that are never closed. After this stage there is one: names in lower case, values in double quotes with ``&``, ``<``, ``>`` and
``"`` escaped, every element closed, so that an element that is left open ends with its body and not with the page, and so
that the patterns of later stages find every address. The text between the tags is as it was.

selectolax (Lexbor) is loaded for the first such body only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from slugline.markup.links import SCHEME
from slugline.markup.tags import VOID

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["OwnHtml", "parse_own_html", "resolve_set"]

Resolve = Callable[[str], str]

_RAW_TEXT = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))
_FIRST_LINE_END = frozenset(("pre", "textarea", "listing"))
"""A line end right after their start tag is no part of the text."""

_NAME = re.compile(r"[A-Za-z][\w:.-]*")
_ATTRIBUTE = re.compile(r"""[^\s"'<>/=]+""")
_FILES = frozenset(("src", "poster", "background", "longdesc", "xlink:href"))
"""Attributes that name a file, whatever the element."""
_SETS = frozenset(("srcset", "imagesrcset"))
_LINKS = frozenset(("a", "area"))
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)")


class OwnHtml(NamedTuple):
    """A body, and the references in it to files that are neither a link's target nor an image's source."""

    html: str
    files: tuple[str, ...]


def parse_own_html(html: str, resolve: Resolve) -> OwnHtml:
    """A body in one form.

    Args:
        html: the finished body, its links and images resolved.
        resolve: makes of a target, escaped, what the HTML is to have.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    writer = _Writer(resolve)
    writer.write(LexborHTMLParser(html, is_fragment=True).root)
    return OwnHtml("".join(writer.parts).strip(), tuple(writer.files))


class _Writer:
    def __init__(self, resolve: Resolve) -> None:
        self.resolve = resolve
        self.parts: list[str] = []
        self.files: dict[str, None] = {}

    def write(self, node: LexborNode | None) -> None:
        """Write a node, those after it and all in them; without recursion, because authors nest deep by mistake."""
        pending: list[LexborNode | str | None] = [node]
        while pending:
            now = pending.pop()
            if now is None:
                continue
            if isinstance(now, str):
                self.parts.append(now)
                continue
            pending.append(now.next)
            if now.is_text_node:
                self.parts.append(escape(now.text_content or "", quote=False))
            elif now.is_element_node:
                self.element(now, pending)
            else:
                self.parts.append(now.html or "")

    def element(self, node: LexborNode, pending: list[LexborNode | str | None]) -> None:
        """Write a start tag; what is in the element, and its end tag, are put where they are written next."""
        # Nothing can close a `plaintext`, which would take in the rest of the page.
        name = "pre" if node.tag == "plaintext" else str(node.tag)
        if not _NAME.fullmatch(name):
            pending.append(node.first_child)
            return
        listed = "".join(
            f' {key}="{self.value(name, key, value or "")}"'
            for key, value in node.attributes.items()
            if _ATTRIBUTE.fullmatch(key)
        )
        self.parts.append(f"<{name}{listed}>")
        if name in VOID:
            return
        pending.append(f"</{name}>")
        if name == "template":
            pending += [fragment.first_child for fragment in node.template_fragments()[:1]]
            return
        inside = node.first_child
        if inside is not None and inside.is_text_node:
            text = inside.text_content or ""
            if name in _FIRST_LINE_END and text.startswith("\n"):
                self.parts.append("\n")
            elif name in _RAW_TEXT and not _is_foreign(node):
                self.parts.append(text)
                return
        pending.append(inside)

    def value(self, name: str, key: str, value: str) -> str:
        """The value of an attribute, resolved and escaped."""
        escaped = escape(value, quote=False).replace('"', "&quot;")
        if key in _SETS:
            return resolve_set(escaped, self.file)
        if (key == "href" and name in _LINKS) or (key == "src" and name == "img"):
            return self.noted(self.resolve(escaped))
        if key in _FILES or key == "href" or (key == "data" and name == "object"):
            return self.file(escaped)
        return escaped

    def file(self, target: str) -> str:
        """An escaped target that names a file, resolved and noted."""
        plain = target.strip()
        if plain.startswith("/") and not plain.startswith("//"):
            # Counted from the top of content/; an address of the site where there is no such file.
            return self.noted(f"{SCHEME}{plain}")
        return self.noted(self.resolve(target))

    def noted(self, target: str) -> str:
        """The same, noted if it is a reference to a file."""
        if target.startswith(SCHEME):
            self.files[target] = None
        return target


def _is_foreign(node: LexborNode) -> bool:
    """Whether an element is part of a drawing or a formula, where no text is read raw."""
    above = node.parent
    while above is not None and above.tag not in ("svg", "math"):
        above = above.parent
    return above is not None


def resolve_set(value: str, resolve: Resolve) -> str:
    """The value of a ``srcset`` with each of its addresses resolved; what stands behind an address is unchanged."""
    found: list[str] = []
    at = 0
    while match := _CANDIDATE.match(value, at):
        url, at = match[1], match.end()
        descriptor = ""
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            end = value.find(",", at)
            end = len(value) if end < 0 else end
            descriptor, at = value[at:end].strip(), end
        resolved = resolve(url)
        found.append(f"{resolved} {descriptor}" if descriptor else resolved)
    return ", ".join(found)
