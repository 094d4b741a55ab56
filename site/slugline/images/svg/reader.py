"""An SVG file → what is published of it, or why it is refused."""

from __future__ import annotations

from typing import NamedTuple, NoReturn
from xml.parsers.expat import ExpatError, ParserCreate, errors
from xml.sax.saxutils import escape, quoteattr

from slugline.images.svg.addresses import as_read, embeds_picture, is_link, is_local
from slugline.images.svg.size import size_in_pixels
from slugline.images.svg.style import needs_look, read_style
from slugline.images.svg.vocabulary import ACTIVE, ATTRIBUTES, ELEMENTS, RIGHTS, SVG, XHTML, XLINK, XML

__all__ = ["SvgFile", "read_svg"]

_PLAIN = "export the drawing again as plain SVG"
_PIXELS = frozenset(("image", "feImage"))
_PASSED = ("aria-", "data-")
_NAMES = frozenset(
    """
    attributeName begin class d end id in in2 lang points requiredExtensions requiredFeatures result role systemLanguage
    target title type
    """.split()  # noqa: SIM905
)
"""Attributes that are never read as CSS: brackets in them mean nothing."""

_UNBOUND = errors.codes[errors.XML_ERROR_UNBOUND_PREFIX]
_CARRIAGE_RETURN = {"\r": "&#13;"}
_PREFIXES = {prefix: namespace for namespace, prefix in RIGHTS.items()}
_EVERYWHERE = frozenset(("xml", "xlink"))
"""Prefixes that need no declaration where they are used."""



class SvgFile(NamedTuple):
    """An SVG file.

    Attributes:
        width, height: in CSS pixels.
        markup: what is published of it, in UTF-8.
        problem: what forbids to publish it, if anything does.
        hint: how to correct that.
    """

    width: int
    height: int
    markup: bytes = b""
    problem: str = ""
    hint: str = ""


def read_svg(raw: bytes) -> SvgFile:
    """Read an SVG file; never raises for what it holds."""
    reader = _Reader()
    try:
        reader.parser.Parse(raw, True)
    except ExpatError as error:
        if error.code == _UNBOUND:
            problem = f"uses a prefix that it does not declare (line {error.lineno})"
            return _refused(problem, "declare it with `xmlns:…` in its <svg>")
        return _refused(f"is not well-formed XML (line {error.lineno})", _PLAIN)
    except (LookupError, ValueError):
        return _refused("has an encoding that is not known", "save it in UTF-8")
    except _Refused as refused:
        return _refused(*refused.args)
    width, height = size_in_pixels(reader.root)
    if reader.has_xlink:
        reader.written.insert(1, f' xmlns:xlink="{XLINK}"')
    return SvgFile(width, height, "".join(reader.written).encode())


def _refused(problem: str, hint: str) -> SvgFile:
    return SvgFile(0, 0, b"", problem, hint)


class _Refused(Exception):
    """The drawing holds something that is not to be published: what, and how to correct it."""


class _Reader:
    """One reading of a file.

    Attributes:
        parser: hands over what it finds.
        root: the attributes of the outermost element.
        written: what is published.
        has_xlink: whether that uses ``xlink:``, which the outermost element has to declare.
    """

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.written: list[str] = []
        self.open: list[tuple[str, frozenset[str]]] = []
        """The elements that are open, as they are written, each with the prefixes that are declared in it."""
        self.skipped = 0
        """How many elements are open in one that is left out, itself included."""
        self.css: list[str] | None = None
        """The text of the style sheet that is open."""
        self.has_xlink = False
        self.is_empty = False
        """Whether nothing has been written since the last start tag, which is not closed yet."""
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self.entity
        self.parser.ProcessingInstructionHandler = self.instruction

    def refuse(self, what: str, hint: str = _PLAIN) -> NoReturn:
        raise _Refused(f"{what} (line {self.parser.CurrentLineNumber})", hint)

    def entity(self, *_: object) -> None:
        self.refuse("declares entities of its own")

    def instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            self.refuse(f"holds the instruction <?{target}?>", "put the style sheet into the drawing")

    def start(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        is_root = not self.open and not self.skipped
        if is_root:
            self._check_root(namespace, name)
            self.root = attributes
        if name.lower() in ACTIVE and not _is_for_illustrator(attributes):
            self.refuse(f"holds <{name}>, which can run or load something")
        if namespace == XHTML:
            self.refuse(f"holds <{name}> of HTML, which no drawing needs")
        if self.css is not None:
            self.refuse(f"holds <{name}> in its style sheet")
        if self.skipped or not self._is_drawn(namespace, name):
            self.skipped += 1
            return
        if namespace == SVG:
            written, own = name, self._attributes(name, attributes)
        else:
            written, own = f"{RIGHTS[namespace]}:{name}", _rights_attributes(attributes)
        declared: frozenset[str] = self.open[-1][1] if self.open else frozenset()
        if is_root:
            own.insert(0, ("xmlns", SVG))
        needed = {key.partition(":")[0] for key in (written, *(key for key, _ in own)) if ":" in key} - declared - _EVERYWHERE
        own += [(f"xmlns:{prefix}", _PREFIXES[prefix]) for prefix in sorted(needed)]
        self._close_tag()
        self.written.append(f"<{written}{''.join(f' {key}={quoteattr(value)}' for key, value in own)}")
        self.is_empty = True
        self.open.append((written, declared | needed))
        if written == "style":
            self.css = []

    def text(self, text: str) -> None:
        if self.css is not None:
            self.css.append(text)
        elif self.open and not self.skipped:
            self._write(text)

    def end(self, _: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        name = self.open.pop()[0]
        if self.css is not None:
            css, problem = read_style("".join(self.css))
            if problem:
                self.refuse(f"{problem} in its style sheet")
            self.css = None
            self._write(css)
        self.written.append("/>" if self.is_empty else f"</{name}>")
        self.is_empty = False

    def _check_root(self, namespace: str, name: str) -> None:
        if name == "svg" and not namespace:
            self.refuse("is in no namespace, so no browser draws it", f'write `<svg xmlns="{SVG}" …>`')
        if name != "svg" or namespace != SVG:
            self.refuse("is not an SVG drawing")

    def _is_drawn(self, namespace: str, name: str) -> bool:
        """Whether an element is published: it has a meaning for browsers, or names the rights in the drawing."""
        if namespace == SVG:
            return name in ELEMENTS
        return namespace in RIGHTS and any(written == "metadata" for written, _ in self.open)

    def _attributes(self, element: str, attributes: dict[str, str]) -> list[tuple[str, str]]:
        own = []
        for full_name, value in attributes.items():
            namespace, _, name = full_name.rpartition(" ")
            if name.lower().startswith("on"):
                self.refuse(f"holds `{name}`, which runs a script")
            if name == "href" and namespace in ("", XLINK):
                if address := self._address(element, value):
                    self.has_xlink |= bool(namespace)
                    own.append(("xlink:href" if namespace else "href", address))
            elif namespace == XML and name in ("lang", "space"):
                own.append((f"xml:{name}", value))
            elif not namespace and (name in ATTRIBUTES or name.startswith(_PASSED)):
                own.append((name, self._value(name, value)))
        return own

    def _address(self, element: str, value: str) -> str:
        address = as_read(value)
        if element == "a":
            if not is_link(address):
                self.refuse(f"links to `{address[:60]}`, which runs or loads something")
        elif address and not is_local(address) and not (element in _PIXELS and embeds_picture(address)):
            self.refuse(f"loads `{address[:60]}` from elsewhere", "put it into the drawing, pictures as PNG or JPEG")
        return address

    def _value(self, name: str, value: str) -> str:
        if name == "attributeName":
            target = value.strip().rpartition(":")[2].lower()
            if target == "href" or target.startswith("on"):
                self.refuse(f"changes `{value.strip()[:40]}` while it is open")
        if name in _NAMES or name.startswith(_PASSED) or not (name == "style" or needs_look(value)):
            return value
        plain, problem = read_style(value)
        if problem:
            self.refuse(f"{problem} in `{name}`")
        return plain

    def _write(self, text: str) -> None:
        if text:
            self._close_tag()
            self.written.append(escape(text, _CARRIAGE_RETURN))

    def _close_tag(self) -> None:
        if self.is_empty:
            self.written.append(">")
            self.is_empty = False


def _is_for_illustrator(attributes: dict[str, str]) -> bool:
    """Whether browsers pass over an element: Illustrator writes its own data where only its extension would be drawn."""
    return attributes.get("requiredExtensions", "").startswith("http://ns.adobe.com/")


def _rights_attributes(attributes: dict[str, str]) -> list[tuple[str, str]]:
    own = []
    for full_name, value in attributes.items():
        namespace, _, name = full_name.rpartition(" ")
        if namespace in RIGHTS:
            own.append((f"{RIGHTS[namespace]}:{name}", value))
        elif namespace == XML and name == "lang":
            own.append(("xml:lang", value))
    return own
