"""Shortcodes in Markdown: whole lines that begin with colons, taken out before the text is read.

``::name[label]{key=value}`` is one line; ``:::name[label]{key=value}`` opens a block that a line of as many colons closes, with
Markdown inside, other blocks among it. The syntax is that of the generic directives which other Markdown tools share
(https://talk.commonmark.org/t/generic-directives-plugins-syntax/444). In their place the text has paragraphs of one sign and a
number, so that what is inside is read together with the rest: footnotes, links and headings know each other.

An address of a service by itself on a line, and what a service gives to paste, are the shortcode ``embed``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from slugline.markup.body import Remark
from slugline.shortcodes.marks import BEGIN
from slugline.shortcodes.services import Service, find_embed, pasted_embed
from slugline.shortcodes.signature import Given, Signature, nearest, read_values

__all__ = ["Fault", "Pending", "Taken", "has_shortcodes", "take_shortcodes"]

# A pattern that begins with a literal character is found quicker than one that begins with a line.
_MAY = re.compile(
    r"\n(?=[ \\:hH<>*+\-\d]) {0,3}(?:\\?::|https?://|<iframe|<blockquote|<div|[>*+-] *::|\d+\. *::)", re.IGNORECASE
)
_NAME = r"[A-Za-z][\w-]*"
# Strings: `re` compiles each when the first text needs it, and not when a build begins.
_OPENING = rf" {{0,3}}(:{{2,}}) ?({_NAME})(?=[\[{{]|[ \t]*$)(.*)"
_CLOSING = r" {0,3}(:{3,})[ \t]*"
_LOOSE = rf"[ \t>*+\-\d.]*(:{{2,}}) ?({_NAME})(.*)"
_ESCAPED = r" {0,3}\\::"
_FENCE = r"(`{3,}|~{3,})"
_ADDRESS = r" {0,3}(https?://[^\s<>\"]+)[ \t]*"
_PASTED = r"(?i) {0,3}<(?:iframe|blockquote|div)\b"
_ONLY_SCRIPT = r"(?i)\s*<script\b[^>]*>\s*</script>\s*"
_LABEL = r"\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
_BARE = r"[^\s\"'{},]+(?:,[^\s\"'{},]+)*"
_ATTRIBUTE = rf"[\s,]*({_NAME})(?:\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|({_BARE})))?"
_SPECIAL = frozenset(" `~hH<")
"""With which a line begins that may be an address, code or HTML."""
_BACKSLASH = r"\\([\\\"'\[\]])"


class Fault(NamedTuple):
    """What is wrong with a shortcode: the line of the text, counted from 1, the message, how to mend it."""

    line: int
    message: str
    hint: str


class Pending(NamedTuple):
    """A shortcode whose name and attributes are right, or the end of a block.

    Attributes:
        signature: None for the end of a block.
        values: by parameter; texts and paths as they are typed.
    """

    line: int
    signature: Signature | None
    values: Mapping[str, object]
    opens: bool = False


class Taken(NamedTuple):
    """A text whose shortcodes are taken out.

    Attributes:
        text: with a paragraph in place of each.
        found: in the order of these paragraphs.
        added: the numbers, in the new text, of the lines that were put in, in order.
        faults: what is wrong.
        remarks: what is probably meant to be a shortcode, and is none.
    """

    text: str
    found: tuple[Pending, ...]
    added: tuple[int, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]

    def original_line(self, line: int) -> int:
        """The line, in the text as it was, of one in the new text."""
        return line - sum(1 for number in self.added if number <= line)


def has_shortcodes(text: str) -> bool:
    """Whether a text may have any; quick for the many that have none."""
    if "::" not in text and "http" not in text and "<" not in text:
        return False
    return _MAY.search(text) is not None or _MAY.match("\n" + text[:20]) is not None


def take_shortcodes(
    text: str, signatures: Mapping[str, Signature], services: tuple[Service, ...], *, raw_html: bool = True
) -> Taken:
    """Take the shortcodes out of a text."""
    return _Taker(text, signatures, services, raw_html=raw_html).taken()


class _Taker:
    def __init__(
        self, text: str, signatures: Mapping[str, Signature], services: tuple[Service, ...], *, raw_html: bool
    ) -> None:
        self.lines = text.split("\n")
        self.signatures = signatures
        self.services = services
        self.raw_html = raw_html
        self.done: list[str] = []
        self.added: list[int] = []
        self.found: list[Pending] = []
        self.faults: list[Fault] = []
        self.remarks: list[Remark] = []
        self.opened: list[tuple[int, int, str]] = []  # colons, line, name

    def taken(self) -> Taken:
        """Walk over the lines."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            # Nearly all lines are prose.
            if line[:1] not in _SPECIAL and "::" not in line and "<!--" not in line:
                self.done.append(line)
                at += 1
            else:
                at = self.step(at)
        for _, opened, name in self.opened:
            self.fault(opened, f"the shortcode `:::{name}` is never closed", "put a line of `:::` after what belongs to it")
        text = "\n".join(self.done)
        return Taken(text, tuple(self.found), tuple(self.added), tuple(sorted(self.faults)), tuple(self.remarks))

    def step(self, at: int) -> int:
        """Read on from a line; returns the next one."""
        line = self.lines[at]
        number = at + 1
        if line.startswith(("```", "~~~")) and (end := self.fence_end(at)) is not None:
            self.done += self.lines[at : end + 1]
            return end + 1
        if "<!--" in line and "-->" not in line.partition("<!--")[2]:
            end = next((n for n in range(at + 1, len(self.lines)) if "-->" in self.lines[n]), at)
            self.done += self.lines[at : end + 1]
            return end + 1
        if "::" in line:
            if opening := re.fullmatch(_OPENING, line):
                self.opening(opening, number)
                return at + 1
            if self.opened and (closing := re.fullmatch(_CLOSING, line)):
                self.closing(len(closing[1]), number)
                return at + 1
            if re.match(_ESCAPED, line):
                self.done.append(line.replace("\\::", "::", 1))
                return at + 1
            self.suspect(line, number)
        elif self.alone(at):
            if (address := re.fullmatch(_ADDRESS, line)) and self.alone(at + 1, blank=True):
                if find_embed(address[1], self.services) and "embed" in self.signatures:
                    self.add("embed", Given("", (("url", address[1]),)), number, "::")
                    return at + 1
            elif self.raw_html and re.match(_PASTED, line) and (end := self.pasted(at)):
                return end
        self.done.append(line)
        return at + 1

    def alone(self, at: int, *, blank: bool = False) -> bool:
        """Whether a line is the first of its block; or, ``blank``, whether it is empty."""
        if blank:
            return at >= len(self.lines) or not self.lines[at].strip()
        return at == 0 or not self.lines[at - 1].strip()

    def fence_end(self, at: int) -> int | None:
        """The line that closes a block of code, as Python-Markdown sees it; None where none does."""
        fence = re.match(_FENCE, self.lines[at])
        assert fence is not None
        return next((n for n in range(at + 1, len(self.lines)) if self.lines[n].rstrip(" ") == fence[1]), None)

    def pasted(self, at: int) -> int:
        """Take what a service gave to paste; returns the next line, 0 where it is none."""
        end = at + 1
        while end < len(self.lines) and self.lines[end].strip():
            end += 1
        given = pasted_embed("\n".join(self.lines[at:end]), self.services)
        if given is None or "embed" not in self.signatures:
            return 0
        attributes = (("url", given[0]), *((("title", given[1]),) if given[1] else ()))
        self.add("embed", Given("", attributes), at + 1, "::")
        script = next((n for n in range(end, len(self.lines)) if self.lines[n].strip()), len(self.lines))
        # The lines of the text stay where they were, so that those of messages are right.
        gone = end - at - 1
        if script < len(self.lines) and re.fullmatch(_ONLY_SCRIPT, self.lines[script]):
            gone, end = script - at, script + 1
        self.done += [""] * gone
        return end

    def opening(self, match: re.Match[str], number: int) -> None:
        """A line that is a shortcode."""
        colons, name, rest = match[1], match[2], match[3].rstrip()
        given = self.given(name, rest, number)
        if len(colons) > 2:
            self.opened.append((len(colons), number, name))
        if given is not None:
            self.add(name, given, number, colons)

    def given(self, name: str, rest: str, number: int) -> Given | None:
        """The label and the attributes of a shortcode; None where they cannot be read."""
        label = ""
        if rest.startswith("["):
            found = re.match(_LABEL, rest)
            if found is None:
                self.fault(number, f"the bracket after `{name}` is never closed", "close it: `[Words]`")
                return None
            label, rest = re.sub(_BACKSLASH, r"\1", found[1]).strip(), rest[found.end() :]
        attributes: list[tuple[str, str]] = []
        rest = rest.strip()
        if rest:
            if not (rest.startswith("{") and rest.endswith("}")):
                what = f"`{rest}` after the shortcode `{name}` is no list of attributes"
                self.fault(number, what, 'write them as {key=value other="two words"} on the same line')
                return None
            inner, at = rest[1:-1].rstrip(" ,"), 0
            while at < len(inner):
                pair = re.compile(_ATTRIBUTE).match(inner, at)
                if pair is None:
                    what = f"the attributes of the shortcode `{name}` cannot be read at `{inner[at:].strip()}`"
                    self.fault(number, what, 'write them as key=value, and values of more than one word as key="two words"')
                    return None
                key, double, single, bare = pair.groups()
                quoted = double if double is not None else single
                attributes.append((key, bare or "" if quoted is None else re.sub(_BACKSLASH, r"\1", quoted)))
                at = pair.end()
        return Given(label, tuple(attributes))

    def add(self, name: str, given: Given, number: int, colons: str) -> None:
        """Check a shortcode, and put its place into the text."""
        signature = self.signatures.get(name)
        if signature is None:
            self.fault(number, f"there is no shortcode `{name}`", nearest(name, self.signatures))
            return
        opens = len(colons) > 2
        if opens and signature.block == "never":
            self.fault(number, f"the shortcode `{name}` has nothing inside", f"write it as one line: `::{name}`")
        elif not opens and signature.block == "always":
            hint = f"write `:::{name}`, the text on the lines below it, and a line of `:::` at the end"
            self.fault(number, f"the shortcode `{name}` has text inside", hint)
        values, wrong = read_values(signature, given)
        for message, hint in wrong:
            self.fault(number, message, hint)
        url = values.get("url")
        if name == "embed" and url and not values.get("frame") and find_embed(str(url), self.services) is None:
            hint = "give the address of a frame too (`frame=https://…`), add the service to [embeds.services], or write a link"
            self.fault(number, f"no service is known that can be embedded from {url}", hint)
        self.place(Pending(number, signature, values, opens))

    def closing(self, colons: int, number: int) -> None:
        """A line that closes a block."""
        at = next((n for n in reversed(range(len(self.opened))) if self.opened[n][0] == colons), None)
        if at is None:
            at = next((n for n in reversed(range(len(self.opened))) if self.opened[n][0] < colons), None)
        if at is None:
            _, line, name = self.opened[-1]
            hint = f"`:::{name}` of line {line} opens with more of them: write as many"
            self.fault(number, f"{':' * colons} closes nothing", hint)
            return
        for _, line, name in self.opened[at + 1 :]:
            what = f"the shortcode `:::{name}` is not closed before line {number} closes one around it"
            self.fault(line, what, "close it first")
        closed = self.opened[at]
        del self.opened[at:]
        if closed[2] in self.signatures:
            self.place(Pending(number, None, {}))

    def place(self, pending: Pending) -> None:
        """A paragraph of its own for a shortcode."""
        self.blank()
        self.done.append(f"{BEGIN}{len(self.found)}{BEGIN}")
        self.found.append(pending)
        if pending.line < len(self.lines) and self.lines[pending.line].strip():
            self.done.append("")
            self.added.append(len(self.done))

    def blank(self) -> None:
        """A blank line, if the last one is none."""
        if self.done and self.done[-1].strip():
            self.done.append("")
            self.added.append(len(self.done))

    def suspect(self, line: str, number: int) -> None:
        """Remark on a line that is no shortcode, and names one."""
        match = re.fullmatch(_LOOSE, line)
        if match is None or match[2] not in self.signatures:
            return
        name = match[2]
        hint = f"put it on a line of its own, outside of lists and quotations; as a text it needs a backslash: `\\::{name}`"
        self.remarks.append(Remark(number, f"`::{name}` is no shortcode here: it is published as text", hint))

    def fault(self, line: int, message: str, hint: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(line, message, hint))
