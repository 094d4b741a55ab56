"""Whether a picture file is all there, by its structure: the frames of an animation are not decoded for that.

What is decoded of a picture that moves is its first frame; a file that was cut short after it would pass. Every format that
can move says how long its parts are, so a walk over these finds a cut in a few milliseconds.
"""

from __future__ import annotations

__all__ = ["is_cut_short"]

_PNG_HEAD, _GIF_HEAD, _RIFF_HEAD, _BOX_HEAD = 8, 13, 8, 8
_GIF_EXTENSION, _GIF_FRAME, _GIF_END, _GIF_PADDING = 0x21, 0x2C, 0x3B, 0x00
_AFTER_MARK, _FRAME_HEAD = 2, 10


def is_cut_short(raw: bytes) -> bool:
    """Whether a file ends before its structure does; one of a format that cannot move is not looked at."""
    try:
        if raw.startswith((b"GIF87a", b"GIF89a")):
            return not _gif(raw)
        if raw.startswith(b"\x89PNG\r\n\x1a\n"):
            return not _png(raw)
        if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
            return not _riff(raw)
        return raw[4:12] in (b"ftypavif", b"ftypavis") and not _boxes(raw)
    except IndexError:
        return True


def _gif(raw: bytes) -> bool:
    place = _GIF_HEAD + _color_table(raw[10])
    while (mark := raw[place]) != _GIF_END:
        if mark == _GIF_EXTENSION:
            place = _after_blocks(raw, place + _AFTER_MARK)
        elif mark == _GIF_FRAME:
            # The head of a frame, its own colours, a byte for its codes.
            place = _after_blocks(raw, place + _FRAME_HEAD + _color_table(raw[place + 9]) + 1)
        elif mark == _GIF_PADDING:
            place += 1
        else:
            # Browsers take what is no block for the end.
            return True
    return True


def _color_table(flags: int) -> int:
    """The bytes of a table of colours, by the flags that announce it."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(raw: bytes, place: int) -> int:
    while length := raw[place]:
        place += length + 1
    return place + 1


def _png(raw: bytes) -> bool:
    place = _PNG_HEAD
    while True:
        # Four bytes of length, four of name, the chunk, four of checksum.
        length = int.from_bytes(raw[place : place + 4])
        name = raw[place + 4 : place + 8]
        place += length + 12
        if place > len(raw):
            return False
        if name == b"IEND":
            return True


def _riff(raw: bytes) -> bool:
    return int.from_bytes(raw[4:8], "little") + _RIFF_HEAD <= len(raw)


def _boxes(raw: bytes) -> bool:
    place = 0
    while place < len(raw):
        length = int.from_bytes(raw[place : place + 4])
        if length == 1:
            length = int.from_bytes(raw[place + 8 : place + 16])
        elif length == 0:
            return True
        if length < _BOX_HEAD:
            return False
        place += length
    return place == len(raw)
