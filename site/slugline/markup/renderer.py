"""The door to this room: Markdown in, a body out."""

from __future__ import annotations

import posixpath

from slugline.errors import Problem, PublicationError
from slugline.markup.body import Body
from slugline.markup.dialect import RESERVED
from slugline.markup.extensions import markdown_for
from slugline.markup.finishing import finish
from slugline.markup.options import MarkupOptions
from slugline.markup.quotes import Typesetter
from slugline.markup.typography import typography

__all__ = ["Renderer"]


class Renderer:
    """Renders Markdown; one for each process.

    Raises:
        PublicationError: an extension of the options is not known or cannot be used.
    """

    def __init__(self, options: MarkupOptions) -> None:
        self._options = options
        self._typesetters: dict[str, Typesetter | None] = {}
        self._markdowns = {"en": markdown_for(options, "en")}

    def render(self, text: str, *, lang: str, source: str) -> Body:
        """Render one body.

        Args:
            text: the Markdown, without front matter.
            lang: language tag, for typography and labels.
            source: path relative to the content folder; relative links are resolved against its folder.

        Raises:
            PublicationError: the text cannot be rendered, for example because it is nested too deep.
        """
        try:
            html = self._html(text.translate(RESERVED), lang)
            return finish(html, folder=posixpath.dirname(source), typesetter=self._typesetter(lang))
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

    def _html(self, text: str, lang: str) -> str:
        engine = self._markdowns.get(lang)
        if engine is None:
            engine = self._markdowns[lang] = markdown_for(self._options, lang)
        return engine.reset().convert(text)

    def _typesetter(self, lang: str) -> Typesetter | None:
        if not self._options.smart:
            return None
        found = self._typesetters.get(lang)
        if found is None:
            found = self._typesetters[lang] = Typesetter(typography(lang))
        return found
