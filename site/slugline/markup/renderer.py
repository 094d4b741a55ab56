"""Markdown in, a body out."""

from __future__ import annotations

from collections.abc import Callable

from slugline.errors import Problem, PublicationError
from slugline.markup.body import Body
from slugline.markup.errors import MarkdownError
from slugline.markup.finishing import finish
from slugline.markup.labels import back_to_text
from slugline.markup.options import MarkupOptions
from slugline.markup.quotes import Typesetter
from slugline.markup.signs import SIGNS
from slugline.markup.typography import typography

__all__ = ["Renderer"]

_NO_TEXT = SIGNS + "\x00\x02\x03"
"""Control characters that mean something to a stage or to Python-Markdown, and nothing in a text."""

_WITHOUT = str.maketrans("", "", _NO_TEXT)

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

    def render(self, text: str, *, lang: str, source: str) -> Body:
        """Render one body.

        Args:
            text: the Markdown, without front matter.
            lang: language tag, for typography and labels.
            source: path relative to the content folder; relative links are resolved against its folder.

        Raises:
            PublicationError: the text cannot be rendered; the line is counted from the beginning of ``text``.
        """
        convert, typesetter = self._tools.get(lang) or self._tools_for(lang)
        for character in _NO_TEXT:
            if character in text:
                text = text.translate(_WITHOUT)
                break
        try:
            return finish(
                convert(text),
                folder=source.rpartition("/")[0],
                typesetter=typesetter,
                trusted=self._options.raw_html,
            )
        except Exception as error:
            # Whatever state the failure has left in the converter, the next text gets a new one.
            del self._converters[back_to_text(lang)]
            self._tools.clear()
            problem = _problem(error, f"content/{source}", _line_of_error(text, convert))
            raise PublicationError([problem]) from error

    def _tools_for(self, lang: str) -> tuple[Convert, Typesetter | None]:
        # The labels of footnotes are all that depends on the language before typography.
        label = back_to_text(lang)
        convert = self._converters.get(label)
        if convert is None:
            convert = self._converters[label] = _converter(self._options, lang)
        tools = self._tools[lang] = (convert, Typesetter(typography(lang)) if self._options.smart else None)
        return tools


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

    return engine_for(options, lang, select=select).html


def _problem(error: Exception, path: str, line: int) -> Problem:
    if isinstance(error, MarkdownError):
        return Problem(path, line, error.message, error.hint)
    # A fault of the engine or of an added extension: reported with the text that causes it.
    message = f"the Markdown engine failed: {type(error).__name__}: {error}"
    return Problem(path, line, message, "write this part more simply, or turn off added extensions")


def _line_of_error(text: str, convert: Convert) -> int:
    """The line of the first paragraph that cannot be rendered by itself either; 0 if each of them can."""
    line = 1
    for block in text.split("\n\n"):
        try:
            convert(block)
        except Exception:
            return line + len(block) - len(block.lstrip("\n"))
        line += block.count("\n") + 2
    return 0
