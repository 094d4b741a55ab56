"""TOML texts, read so that whatever is wrong with one is one kind of error, with its line."""

from __future__ import annotations

import re
import tomllib
from typing import Any

__all__ = ["TomlError", "parse_toml"]

_DIGITS = re.compile(r"[0-9_]+")


class TomlError(Exception):
    """A text that is not TOML, or that cannot be read.

    Attributes:
        line: counted from 1; the last where the end of the text is wrong.
        reason: what is wrong with it, as part of a sentence.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def parse_toml(text: str) -> dict[str, Any]:
    """The table that a text is.

    Raises:
        TomlError: it is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = int(message.rpartition("line ")[2].split(",")[0]) if "line " in message else len(text.splitlines())
        raise TomlError(line, message.partition(" (at")[0].lower()) from None
    except RecursionError:
        lines = text.split("\n")
        deepest = max(range(len(lines)), key=lambda number: lines[number].count("[") + lines[number].count("{"))
        raise TomlError(deepest + 1, "it is nested too deeply") from None
    except ValueError:
        # Python converts no longer ones.
        longest = max(_DIGITS.finditer(text), key=lambda found: len(found[0]))
        raise TomlError(text.count("\n", 0, longest.start()) + 1, "a number has too many digits") from None
