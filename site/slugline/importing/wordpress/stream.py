"""An XML file → the elements of its channel, one at a time: never more than one of them is in memory.

The parser is expat, which comes with Python. It gives the exact line of everything, reads text in pieces of any size, and
does nothing by itself: it opens no file and no address. A document type, which is where entities would be declared, ends
the reading at once; no WordPress export has one. So neither entities that grow nor external ones can come about.
"""

from __future__ import annotations

import html
from collections import deque
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from slugline.importing.wordpress.decoding import EncodingError, Mends, pieces

__all__ = ["MAX_ELEMENT", "BrokenXmlError", "Element", "elements"]

MAX_ELEMENT = 64 * 1024 * 1024
"""Characters that one post may have, with all its fields and comments; of a larger one only the beginning is kept."""

_MAX_DEPTH = 100
_CHANNEL_DEPTH = 2
_TAG_WEIGHT = 200

_HINTS = {
    "no element found": "the file is cut off; export it again, in parts if the server gives up",
    "unclosed token": "the file is cut off; export it again, in parts if the server gives up",
    "unclosed CDATA section": "the file is cut off; export it again, in parts if the server gives up",
    "not well-formed (invalid token)": "a `<` or `&` stands there that is no markup: write `&lt;` or `&amp;`",
    "mismatched tag": "an element is closed that was not opened; was the file edited, or glued together?",
    "junk after document element": "the file goes on after its end; were two exports glued together?",
}


class BrokenXmlError(ValueError):
    """The file is not XML from some line on, or XML that is not read; everything before it was handed out.

    Attributes:
        line: counted from 1.
        hint: how to mend it.
    """

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.hint = line, hint


class Element:
    """An element with what is in it. ``line``: where it begins; ``whole``: False where it was too large and was cut."""

    __slots__ = ("attributes", "children", "line", "name", "parts", "whole")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.parts: list[str] = []
        self.children: list[Element] = []
        self.whole = True

    @property
    def text(self) -> str:
        """The text directly in it."""
        return "".join(self.parts)

    def get(self, name: str) -> str:
        """The text of the first child of that name, without space around it; empty where there is none."""
        return next((child.text.strip() for child in self.children if child.name == name), "")

    def all(self, name: str) -> Iterator[Element]:
        """The children of that name."""
        return (child for child in self.children if child.name == name)


def elements(path: str, mends: Mends) -> Iterator[Element]:
    """The children of the channel of an RSS file.

    Raises:
        BrokenXmlError: see there.
        OSError: the file cannot be read.
    """
    reader = _Reader()
    with open(path, "rb") as file:
        try:
            for piece in pieces(file, mends):
                reader.parser.Parse(piece, False)
                while reader.done:
                    yield reader.done.popleft()
            reader.parser.Parse("", True)
        except expat.ExpatError as error:
            yield from reader.done
            said = expat.errors.messages.get(error.code, str(error))
            raise BrokenXmlError(error.lineno, f"the file is not whole XML: {said}", _HINTS.get(said, "")) from None
        except EncodingError as error:
            yield from reader.done
            raise BrokenXmlError(1, str(error), "export it again, or save it as UTF-8") from None
        except BrokenXmlError:
            yield from reader.done
            raise
    yield from reader.done


class _Reader:
    """What the parser calls; finished elements gather in :attr:`done`."""

    def __init__(self) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        # Without this, `&nbsp;` in a headline would be the end; so expat asks for a document type, gets an empty one, and
        # hands entities that it does not know to the handler.
        parser.UseForeignDTD(True)
        parser.ExternalEntityRefHandler = _nothing
        parser.SkippedEntityHandler = self._entity
        self.parser = parser
        self.done: deque[Element] = deque()
        self._open: list[Element] = []
        self._depth = 0
        self._weight = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise BrokenXmlError(self.parser.CurrentLineNumber, "elements are nested too deeply", "is it a WordPress export?")
        if self._depth <= _CHANNEL_DEPTH:
            return
        element = Element(name, attributes, self.parser.CurrentLineNumber)
        if not self._open:
            self._weight = 0
        elif self._room(_TAG_WEIGHT):
            self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.done.append(element)

    def _text(self, text: str) -> None:
        if self._open and self._room(len(text)):
            self._open[-1].parts.append(text)

    def _entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._text(html.unescape(f"&{name};"))

    def _room(self, weight: int) -> bool:
        self._weight += weight
        if self._weight > MAX_ELEMENT:
            self._open[0].whole = False
        return self._weight <= MAX_ELEMENT

    def _doctype(self, *_: Any) -> None:
        hint = "a WordPress export has none; take it out if you know where the file comes from"
        raise BrokenXmlError(
            self.parser.CurrentLineNumber, "the file declares a document type or entities, which is not read", hint
        )


def _nothing(context: str | None, base: str | None, system: str | None, public: str | None) -> int:  # noqa: ARG001
    return 1
