"""What goes wrong with a text, before it is known which file it comes from."""

from __future__ import annotations

__all__ = ["MarkdownError"]


class MarkdownError(Exception):
    """A text that cannot be rendered, or not in reasonable time.

    Attributes:
        message: what is wrong.
        hint: how to correct it.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint
