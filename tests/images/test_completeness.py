from __future__ import annotations

import pytest
from PIL import Image

from slugline.images.completeness import is_cut_short

from .conftest import photo
from .test_picture_probing import look, saved

ENDINGS = {"GIF": "gif", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}


def moving(kind: str) -> bytes:
    frames = [Image.effect_noise((60, 40), 20 + 40 * number).convert("RGB") for number in range(4)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


@pytest.mark.parametrize("kind", ENDINGS)
def test_an_animation_is_published_as_it_is(kind: str):
    picture = look(moving(kind), f"a/x.{ENDINGS[kind]}")
    assert (picture.problem, picture.copied) == ("", True)


@pytest.mark.parametrize("kind", ENDINGS)
def test_an_animation_that_is_cut_short_anywhere_is_refused(kind: str):
    raw = moving(kind)
    for length in {*range(20, len(raw), 97), len(raw) - 1}:
        assert look(raw[:length], f"a/x.{ENDINGS[kind]}").problem, length
    assert look(raw[: len(raw) * 3 // 4], f"a/x.{ENDINGS[kind]}").problem == "is cut short"


@pytest.mark.parametrize("kind", [*ENDINGS, "JPEG", "TIFF"])
def test_a_picture_that_is_cut_short_anywhere_is_refused(kind: str):
    raw = photo((300, 200), kind=kind)
    for length in range(20, len(raw) * 9 // 10, max(1, len(raw) // 30)):
        assert look(raw[:length], f"a/x.{kind.lower()}").problem, length


@pytest.mark.parametrize("kind", ENDINGS)
def test_what_comes_after_the_end_of_a_picture_is_no_cut(kind: str):
    assert not is_cut_short(moving(kind))
    if kind != "AVIF":
        assert not is_cut_short(moving(kind) + b"\x01after")


def test_a_gif_whose_blocks_are_followed_by_something_else_is_taken_as_browsers_take_it():
    raw = saved(Image.new("P", (8, 8)), "GIF")
    assert not is_cut_short(raw[:-1] + b"\0\0\x3b")
    assert not is_cut_short(raw[:-1] + b"\x99")
    assert is_cut_short(raw[:-1])
