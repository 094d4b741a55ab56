"""Characters that have a meaning between the stages of rendering.

Characters that no text may hold: they are taken out of every text before it is rendered, and put in by the stages.
"""

from __future__ import annotations

from slugline.shortcodes.marks import MARKS

__all__ = [
    "BREAK",
    "FIGURE",
    "JOINT",
    "LITERAL",
    "OPAQUE",
    "OWN",
    "RAW_CLOSE",
    "RAW_OPEN",
    "SHORTCODE",
    "SHORTCODE_BEGIN",
    "SHORTCODE_END",
    "SIGNS",
    "UNSURE",
    "ZONE",
]

RAW_OPEN = "\x0e"
"""Raw HTML of the author is between this …"""

RAW_CLOSE = "\x0f"
"""… and this, so that it differs from HTML made of Markdown."""

OWN = "\x17"
"""Before HTML that the author has written."""

LITERAL = "\ufdd0"
"""Before a character that was escaped with a backslash, and must stay as it was typed.

A noncharacter of Unicode, which is in no text."""

JOINT = "\x11"
"""In running text, in place of a tag inside a block."""

OPAQUE = "\x12"
"""In running text, in place of content that is not to be read, such as code."""

ZONE = "<\x13>"
"""In place of one stretch of raw HTML, in the form of a tag."""

BREAK = "\x14"
"""In running text, where one block ends and the next begins."""

FIGURE = "<\x15>"
"""In place of one figure, in the form of a tag."""

UNSURE = "\x16"
"""In place of something that only Python-Markdown can read."""

SHORTCODE = "<\x18>"
"""In place of a shortcode of one line, in the form of a tag."""

SHORTCODE_BEGIN = "<\x1a>"
"""In place of the beginning of a block, …"""

SHORTCODE_END = "<\x1b>"
"""… and of its end."""

SIGNS = RAW_OPEN + RAW_CLOSE + OWN + LITERAL + JOINT + OPAQUE + BREAK + ZONE[1] + FIGURE[1] + UNSURE + MARKS
