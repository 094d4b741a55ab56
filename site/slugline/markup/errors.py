"""What goes wrong with a text, before it is known which file it comes from."""

from __future__ import annotations

import re

__all__ = ["MarkdownError"]


class MarkdownError(Exception):
    """A text that cannot be rendered, or not in reasonable time.

    Attributes:
        message: what is wrong.
        hint: how to correct it.
        place: what the text has there, of which the last occurrence is meant; nothing where the paragraph has to be searched.
    """

    def __init__(self, message: str, hint: str, place: re.Pattern[str] | None = None) -> None:
        super().__init__(message, hint, place)
        self.message = message
        self.hint = hint
        self.place = place
