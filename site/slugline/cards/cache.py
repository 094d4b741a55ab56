"""Cards cached by their words: a lost build state costs a copy of each."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from PIL import __version__ as pillow_version

from slugline.cards.drawing import CardWords, draw_card
from slugline.files import digest, read_cached, write_cached

__all__ = ["cached_card"]


def cached_card(words: CardWords, folder: str) -> bytes:
    """The card of these words as PNG, from the cache or drawn.

    Args:
        words: what it says.
        folder: of the cache.
    """
    key = digest(repr(words), _made_by()).hex()
    place = os.path.join(folder, key[:2], key[2:])
    card = read_cached(place)
    if card is None:
        card = draw_card(words)
        write_cached(place, card)
    return card


@cache
def _made_by() -> bytes:
    """All that a card is drawn with: this room's code and fonts, and the library."""
    here = Path(__file__).parent
    files = sorted(path for path in here.rglob("*") if path.suffix in (".py", ".woff2"))
    return digest(pillow_version, *(path.read_bytes() for path in files))
