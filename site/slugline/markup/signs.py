"""Characters that stand for something between the stages of rendering.

Characters that no text may hold: they are taken out of every text before it is rendered, and put in by the stages.
"""

from __future__ import annotations

__all__ = ["BREAK", "FIGURE", "JOINT", "KEEP", "OPAQUE", "RAW_CLOSE", "RAW_OPEN", "SIGNS", "UNSURE", "ZONE"]

RAW_OPEN = "\x0e"
"""The engines put raw HTML of the author between this …"""

RAW_CLOSE = "\x0f"
"""… and this, so that it can be told from their own."""

KEEP = "\ufdd0"
"""Stands before a character that was escaped with a backslash, and must stay as it was typed.

No control character, because CommonMark lets none stand in a link target; a noncharacter of Unicode is in no text."""

JOINT = "\x11"
"""Stands in running text where a tag stood inside a block."""

OPAQUE = "\x12"
"""Stands in running text for content that is not to be read, such as code."""

ZONE = "<\x13>"
"""Stands for one stretch of raw HTML, in the form of a tag."""

BREAK = "\x14"
"""Stands in running text where one block ends and the next begins."""

FIGURE = "<\x15>"
"""Stands for one figure, in the form of a tag."""

UNSURE = "\x16"
"""Stands for something that only the whole engine can read."""

SIGNS = RAW_OPEN + RAW_CLOSE + KEEP + JOINT + OPAQUE + BREAK + ZONE[1] + FIGURE[1] + UNSURE
