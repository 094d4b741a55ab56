"""The door to this room: Markdown in, a body out."""

from __future__ import annotations

from collections.abc import Callable

from slugline.errors import Problem, PublicationError
from slugline.markup.body import Body
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

Engine = Callable[[str], str]
"""Markdown → HTML, before it is finished."""


class Renderer:
    """Renders Markdown; one for each process.

    Raises:
        PublicationError: an extension of the options is not known or cannot be used, or the engine is not installed.
    """

    def __init__(self, options: MarkupOptions) -> None:
        self._options = options
        self._engines = {back_to_text("en"): self._engine("en")}
        self._tools: dict[str, tuple[Engine, Typesetter | None]] = {}  # language → what renders it

    def render(self, text: str, *, lang: str, source: str) -> Body:
        """Render one body.

        Args:
            text: the Markdown, without front matter.
            lang: language tag, for typography and labels.
            source: path relative to the content folder; relative links are resolved against its folder.

        Raises:
            PublicationError: the text cannot be rendered; the line is counted from the beginning of ``text``.
        """
        engine, typesetter = self._tools.get(lang) or self._tools_for(lang)
        for character in _NO_TEXT:
            if character in text:
                text = text.translate(_WITHOUT)
                break
        try:
            return finish(
                engine(text),
                folder=source.rpartition("/")[0],
                typesetter=typesetter,
                trusted=self._options.raw_html,
            )
        except Exception as error:
            # Whatever the failure has left behind in it, the next text gets an engine of its own.
            del self._engines[back_to_text(lang)]
            self._tools.clear()
            problem = _problem(error, f"content/{source}", _line_of_trouble(text, engine))
            raise PublicationError([problem]) from error

    def _engine(self, lang: str) -> Engine:
        """The quickest engine that the options allow."""
        options = self._options
        if options.engine == "commonmark":
            from slugline.markup.commonmark import CommonMarkEngine  # noqa: PLC0415

            return CommonMarkEngine(lang=lang, raw_html=options.raw_html).html
        if options.extensions or options.extension_settings:
            from slugline.markup.extensions import WholeEngine, markdown_for  # noqa: PLC0415

            return WholeEngine(markdown_for(options, lang)).html
        from slugline.markup.fast import fast_html  # noqa: PLC0415

        lean = _Later(options, lang).html
        return lambda text: lean(text) if (html := fast_html(text, lean)) is None else html

    def _tools_for(self, lang: str) -> tuple[Engine, Typesetter | None]:
        # The labels of footnotes are all that an engine knows of the language.
        label = back_to_text(lang)
        engine = self._engines.get(label)
        if engine is None:
            engine = self._engines[label] = self._engine(lang)
        tools = self._tools[lang] = (engine, Typesetter(typography(lang)) if self._options.smart else None)
        return tools


class _Later:
    """Python-Markdown without its detours, loaded by the first text that needs it."""

    def __init__(self, options: MarkupOptions, lang: str) -> None:
        self._options = options
        self._lang = lang
        self._html: Engine | None = None

    def html(self, text: str) -> str:
        """Render a text, or a part of one."""
        if self._html is None:
            from slugline.markup.extensions import markdown_for  # noqa: PLC0415
            from slugline.markup.lean import LeanEngine  # noqa: PLC0415

            self._html = LeanEngine(markdown_for(self._options, self._lang)).html
        return self._html(text)


def _problem(error: Exception, path: str, line: int) -> Problem:
    from slugline.markup.guard import Entangled  # noqa: PLC0415

    if isinstance(error, Entangled):
        return Problem(path, line, error.message, error.hint)
    # A fault of the engine or of an added extension: the editor is told which text brings it about.
    told = f"the Markdown engine failed: {type(error).__name__}: {error}"
    return Problem(path, line, told, "write this part more simply, or turn off added extensions")


def _line_of_trouble(text: str, engine: Engine) -> int:
    """The line of the first paragraph that cannot be rendered by itself either; 0 where there is none."""
    line = 1
    for block in text.split("\n\n"):
        try:
            engine(block)
        except Exception:
            return line + len(block) - len(block.lstrip("\n"))
        line += block.count("\n") + 2
    return 0
