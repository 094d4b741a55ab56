"""Markdown in, a body out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from slugline.cpu_limit import OutOfTime, cpu_limit
from slugline.errors import Problem, PublicationError
from slugline.markup.apart import render_apart
from slugline.markup.body import Body
from slugline.markup.directives import Fault, Taken, has_shortcodes, take_shortcodes
from slugline.markup.errors import MarkdownError
from slugline.markup.finishing import finish
from slugline.markup.labels import back_to_text
from slugline.markup.options import MarkupOptions
from slugline.markup.quotes import Typesetter
from slugline.markup.shortcodes import ShortcodeError
from slugline.markup.signs import SIGNS
from slugline.markup.third_parties import foreign_parts
from slugline.markup.typography import typography
from slugline.shortcodes.services import Service, added_services
from slugline.shortcodes.signature import Signature

__all__ = ["Renderer"]

_NO_TEXT = SIGNS + "\x00\x02\x03"
"""Control characters that mean something to a stage or to Python-Markdown, and nothing in a text."""

_WITHOUT = str.maketrans("", "", _NO_TEXT)

_SECONDS = 3.5
"""Of processor time, for rendering one text; and, where that is too little, …"""

_SECONDS_FOR_PLACE = 1.0
"""… for finding the paragraph that takes it: together with the rest of the file, not more than five."""

_SHORT = 5_000
"""Characters; in a shorter text, nothing beside Python-Markdown can take long."""

_LARGE = 50_000
"""Characters; in a larger text, a single match of a regular expression, which cannot always be interrupted, can take seconds.
Such a text is rendered in a process of its own."""

Convert = Callable[[str], str]
"""Markdown → HTML, before it is finished."""


class Renderer:
    """Renders Markdown; one for each process.

    Raises:
        PublicationError: an extension of the options is unknown or cannot be used.
    """

    def __init__(self, options: MarkupOptions) -> None:
        self._options = options
        self._converters = {back_to_text("en"): _converter(options, "en")}
        self._tools: dict[str, tuple[Convert, Typesetter | None]] = {}  # language → what renders it
        self._signatures: dict[str, Signature] | None = None
        self._services: tuple[Service, ...] = ()

    def render(self, text: str, *, lang: str, source: str) -> Body:
        """Render one body.

        Args:
            text: the Markdown, without front matter.
            lang: language tag, for typography and labels.
            source: path relative to the content folder; relative links are resolved against its folder.

        Raises:
            PublicationError: the text cannot be rendered; the line is counted from the beginning of ``text``.
        """
        if len(text) > _LARGE:
            return render_apart(self._options, text, lang=lang, source=source)
        return self.render_here(text, lang=lang, source=source)

    def render_here(self, text: str, *, lang: str, source: str) -> Body:
        """As :meth:`render`, in this process whatever the length of the text."""
        convert, typesetter = self._tools.get(lang) or self._tools_for(lang)
        for character in _NO_TEXT:
            if character in text:
                text = text.translate(_WITHOUT)
                break
        taken: Taken | None = None
        if has_shortcodes(text):
            taken = self._take(text)
            if taken.faults:
                raise PublicationError(_faults(taken.faults, source))
        try:
            # A short text takes its time in Python-Markdown, if anywhere, which has the same limit: see `_limited`.
            if len(text) <= _SHORT:
                return self._finished(convert, typesetter, text, source, taken)
            with cpu_limit(_SECONDS):
                return self._finished(convert, typesetter, text, source, taken)
        except ShortcodeError as error:
            raise PublicationError(_faults(error.faults, source)) from error
        except (Exception, OutOfTime) as error:
            # Whatever state the failure has left in the converter, the next text gets a new one.
            del self._converters[back_to_text(lang)]
            self._tools.clear()
            line = _line_of_error(error, taken.text if taken else text, _converter(self._options, lang))
            problem = _problem(error, f"content/{source}", taken.original_line(line) if taken else line)
            raise PublicationError([problem]) from error

    def _finished(
        self, convert: Convert, typesetter: Typesetter | None, text: str, source: str, taken: Taken | None
    ) -> Body:
        folder = source.rpartition("/")[0]
        trusted = self._options.raw_html
        html = convert(taken.text if taken else text)
        found = taken.found if taken else ()
        body = finish(html, folder=folder, typesetter=typesetter, trusted=trusted, text=text, shortcodes=found)
        if self._options.third_parties == "deny" and (faults := foreign_parts(body.html, text)):
            raise ShortcodeError(faults)
        return body._replace(remarks=(*body.remarks, *taken.remarks)) if taken and taken.remarks else body

    def _take(self, text: str) -> Taken:
        if self._signatures is None:
            self._signatures = {one.name: one for one in self._options.added.shortcodes}
            self._services = added_services({name: dict(parts) for name, parts in self._options.services})
        return take_shortcodes(text, self._signatures, self._services, raw_html=self._options.raw_html)

    def _tools_for(self, lang: str) -> tuple[Convert, Typesetter | None]:
        # The labels of footnotes are all that depends on the language before typography.
        label = back_to_text(lang)
        convert = self._converters.get(label)
        if convert is None:
            convert = self._converters[label] = _converter(self._options, lang)
        tools = self._tools[lang] = (convert, Typesetter(typography(lang)) if self._options.smart else None)
        return tools


def _faults(faults: Iterable[Fault], source: str) -> list[Problem]:
    return [Problem(f"content/{source}", fault.line, fault.message, fault.hint) for fault in faults]


def _converter(options: MarkupOptions, lang: str) -> Convert:
    """Python-Markdown, with the prose reader before it where no extension could read the text otherwise."""
    if options.extensions or options.extension_settings:
        return _python_markdown(options, lang, select=False)
    # A build in which nothing changed loads this module, and renders no text.
    from slugline.markup.prose.reader import read_prose  # noqa: PLC0415

    loaded: list[Convert] = []

    def whole(text: str) -> str:
        if not loaded:
            loaded.append(_python_markdown(options, lang, select=True))
        return loaded[0](text)

    return lambda text: whole(text) if (html := read_prose(text, whole)) is None else html


def _python_markdown(options: MarkupOptions, lang: str, *, select: bool) -> Convert:
    # Only the first text that is more than prose pays for loading Python-Markdown.
    from slugline.markup.extensions import engine_for  # noqa: PLC0415

    return _limited(engine_for(options, lang, select=select).html)


def _limited(convert: Convert) -> Convert:
    def converted(text: str) -> str:
        with cpu_limit(_SECONDS):
            return convert(text)

    return converted


def _problem(error: BaseException, path: str, line: int) -> Problem:
    if isinstance(error, MarkdownError):
        return Problem(path, line, error.message, error.hint)
    if isinstance(error, OutOfTime):
        message = f"the text takes more than {_SECONDS:g} seconds of processor time to read"
        hint = "divide the paragraph, and close or escape (`\\[`, `\\*`, `\\~`) what is no markup"
        return Problem(path, line, message, hint)
    if isinstance(error, RecursionError):
        return Problem(path, line, "the text is nested too deep", "take out levels of quotations, lists, brackets or emphasis")
    # A fault of the engine or of an added extension: reported with the text that causes it.
    message = f"the Markdown engine failed: {type(error).__name__}: {error}"
    return Problem(path, line, message, "write this part more simply, or turn off added extensions")


def _line_of_error(error: BaseException, text: str, convert: Convert) -> int:
    """The line of its place, or of the first paragraph that cannot be rendered by itself either; 0 if each of them can.

    Of a text that takes too long, the paragraph that takes longest of those that are rendered before time is out.
    """
    if isinstance(error, MarkdownError) and error.place and (found := [*error.place.finditer(text)]):
        return text.count("\n", 0, found[-1].start()) + 1
    line = 1
    slowest = (-1.0, 0)
    place = 0
    try:
        with cpu_limit(_SECONDS_FOR_PLACE):
            for block in text.split("\n\n"):
                place = line + len(block) - len(block.lstrip("\n"))
                begun = time.process_time()
                try:
                    convert(block)
                except Exception:
                    return place
                slowest = max(slowest, (time.process_time() - begun, place))
                line += block.count("\n") + 2
    except OutOfTime:
        return max(slowest, (time.process_time() - begun, place))[1]
    return slowest[1] if isinstance(error, OutOfTime) else 0
