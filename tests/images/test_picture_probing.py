from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from slugline.files import digest
from slugline.images.picture import Picture, plan_picture
from slugline.images.probing import is_picture, probe
from slugline.settings.schema import Images

from .conftest import photo


def look(raw: bytes, path: str = "articles/news/x.jpg", images: Images | None = None) -> Picture:
    return probe(path, raw, digest(raw), images or Images(widths=(24, 48)))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_photo_is_offered_in_every_format_and_width_and_its_own_format_comes_last():
    picture = look(photo())
    assert [version.name for version in picture.renditions] == [
        "24.avif", "48.avif", "24.webp", "48.webp", "24.jpg", "48.jpg",
    ]  # fmt: skip
    assert (picture.width, picture.height) == (96, 64)
    assert picture.fallback == "jpeg"


def test_a_picture_is_never_made_larger_than_it_is():
    picture = look(photo((40, 30)))
    assert max(version.width for version in picture.renditions) == 40


def test_a_width_close_to_the_largest_is_left_out():
    picture = look(photo((50, 30)), images=Images(widths=(24, 48, 1000), formats=()))
    assert [version.width for version in picture.renditions] == [24, 50]


def test_the_turn_of_a_camera_counts_for_width_and_height():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = look(photo(exif=exif))
    assert (picture.width, picture.height) == (64, 96)


def test_a_transparent_picture_keeps_png_and_has_no_colour_behind_it():
    picture = look(saved(Image.new("RGBA", (50, 50), (255, 0, 0, 80)), "PNG"), "a/x.png")
    assert picture.fallback == "png"
    assert picture.color == ""


def test_the_colour_is_the_average():
    assert look(saved(Image.new("RGB", (50, 50), (16, 32, 48)), "PNG"), "a/x.png").color == "#102030"


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "PNG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG"), ("L", "TIFF"), ("P", "GIF")],
)
def test_every_kind_of_pixels_is_read(mode: str, kind: str):
    picture = look(saved(Image.new(mode, (50, 40)), kind), f"a/x.{kind.lower()}")
    assert picture.problem == ""
    assert picture.renditions


def test_a_chart_is_a_graphic_and_a_photo_is_none():
    assert look(saved(Image.new("RGB", (50, 50), "red"), "PNG"), "a/x.png").graphic
    assert not look(photo(kind="PNG", size=(256, 256)), "a/x.png").graphic


def test_an_animation_is_published_as_it_is():
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "blue", "green")]
    picture = look(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "a/x.gif")
    assert picture.copied
    assert [version.name for version in picture.renditions] == ["20.gif"]


def test_a_picture_that_is_cut_short_is_refused():
    raw = photo((400, 400))
    assert look(raw[: len(raw) // 2]).problem == "is cut short"


def test_a_file_that_is_no_picture_is_refused():
    assert look(b"hello").problem == "is no picture that can be read"


@pytest.mark.parametrize("side", [11_000, 60_000])
def test_a_picture_that_claims_to_be_enormous_is_refused_before_it_is_unpacked(side: int):
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)))
    ]
    raw = b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + b"\0\0\0\0IEND\xae\x42\x60\x82"
    assert "megapixels" in look(raw, "a/x.png").problem


def test_a_plan_survives_the_catalog():
    picture = look(photo())
    assert Picture.from_text(picture.to_text()) == picture


def test_two_pictures_of_one_name_have_two_addresses():
    raw = photo()
    one, two = look(raw, "a/x.jpg"), look(raw, "a/x.jpeg")
    assert one.url("a/x.jpg", one.largest) != two.url("a/x.jpeg", two.largest)


def test_only_pictures_are_looked_at():
    assert is_picture("a/B.JPG")
    assert not is_picture("a/minutes.pdf")


@given(
    st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
    st.lists(st.integers(16, 8192), min_size=1, max_size=6),
)
def test_every_plan_has_the_fallback_and_keeps_the_shape(size: tuple[int, int], widths: list[int]):
    picture = plan_picture("a/x.png", b"d", size, "png", Images(widths=tuple(widths)), color="", graphic=False)
    assert picture.largest.width == min(size[0], max(widths))
    for version in picture.renditions:
        assert version.width <= size[0]
        assert version.height >= 1
        assert abs(version.height - version.width * size[1] / size[0]) <= 1


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def test_a_drawing_is_measured_and_published_as_it_is():
    picture = look(SVG.format('viewBox="0 0 40 20"', "<rect width='3'/>").encode(), "a/x.svg")
    assert (picture.width, picture.height, picture.copied) == (40, 20, True)
    assert look(SVG.format('width="2cm" height="1cm"', "").encode(), "a/x.svg").width == 76


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<rect onclick='x()'/>",
        "<a xlink:href='javascript:x()'><rect/></a>",
        "<image href='https://other.example/x.png'/>",
        "<use href='other.svg#a'/>",
        "<style>@import url(x.css);</style>",
        "<rect style='fill: url(https://other.example/x)'/>",
        "<foreignObject><p/></foreignObject>",
        "<animate attributeName='href' to='javascript:x()'/>",
    ],
)
def test_a_drawing_that_could_run_or_load_something_is_refused_with_its_line(inside: str):
    problem = look(SVG.format("", "\n" + inside).encode(), "a/x.svg").problem
    assert "(line 2)" in problem


def test_a_drawing_with_entities_of_its_own_is_refused():
    raw = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    assert "entities" in look(raw, "a/x.svg").problem


def test_a_drawing_may_use_its_own_parts():
    inside = "<defs><linearGradient id='g'/></defs><rect fill='url(#g)'/><use href='#g'/>"
    assert look(SVG.format("", inside).encode(), "a/x.svg").problem == ""
