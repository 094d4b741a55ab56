"""The door to this room: Markdown in, a body out."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from slugline.errors import Problem, PublicationError
from slugline.markup.body import Body
from slugline.markup.commonmark import CommonMarkEngine
from slugline.markup.extensions import markdown_for
from slugline.markup.fast import fast_html
from slugline.markup.finishing import finish
from slugline.markup.lean import LeanEngine
from slugline.markup.options import MarkupOptions
from slugline.markup.quotes import Typesetter
from slugline.markup.signs import SIGNS
from slugline.markup.typography import typography

__all__ = ["Renderer"]

_NO_SIGNS = str.maketrans("", "", SIGNS)

Engine = Callable[[str], str]
"""Markdown → HTML, before it is finished."""


class Renderer:
    """Renders Markdown; one for each process.

    Raises:
        PublicationError: an extension of the options is not known or cannot be used.
    """

    def __init__(self, options: MarkupOptions) -> None:
        self._options = options
        self._typesetters: dict[str, Typesetter | None] = {}
        self._engines = {"en": self._engine("en")}

    def render(self, text: str, *, lang: str, source: str) -> Body:
        """Render one body.

        Args:
            text: the Markdown, without front matter.
            lang: language tag, for typography and labels.
            source: path relative to the content folder; relative links are resolved against its folder.

        Raises:
            PublicationError: the text cannot be rendered, for example because it is nested too deep.
        """
        engine = self._engines.get(lang)
        if engine is None:
            engine = self._engines[lang] = self._engine(lang)
        for sign in SIGNS:
            if sign in text:
                text = text.translate(_NO_SIGNS)
                break
        try:
            return finish(engine(text), folder=posixpath.dirname(source), typesetter=self._typesetter(lang))
        except RecursionError as error:
            raise PublicationError(
                [
                    Problem(
                        f"content/{source}",
                        0,
                        "the text is nested too deep",
                        "take out levels of quotation, lists or brackets",
                    )
                ]
            ) from error

    def _engine(self, lang: str) -> Engine:
        """The quickest engine that the options allow."""
        options = self._options
        if options.engine == "commonmark":
            return CommonMarkEngine(lang=lang, raw_html=options.raw_html).html
        if options.extensions or options.extension_settings:
            # An added processor may look at anything: no shortcut is safe with it.
            whole = markdown_for(options, lang)
            return lambda text: str(whole.reset().convert(text))
        lean = LeanEngine(markdown_for(options, lang))
        if not options.raw_html:
            return lean.html

        def quickest(text: str) -> str:
            html = fast_html(text, lean.html)
            return lean.html(text) if html is None else html

        return quickest

    def _typesetter(self, lang: str) -> Typesetter | None:
        if not self._options.smart:
            return None
        found = self._typesetters.get(lang)
        if found is None:
            found = self._typesetters[lang] = Typesetter(typography(lang))
        return found
