"""Lead pictures in the shapes that search engines ask for: which there are, what is on them, what they cost."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from papers import Paper
from PIL import Image

from slugline.build.setup import state_path
from slugline.images.crops import crop_of, crops_of
from slugline.images.encoder import ImageEncoder
from slugline.images.picture import plan_picture
from slugline.settings.schema import Images

QUARTERS = ((200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30))
LEAD = "{src: ../../media/wide.jpg, alt: Four fields, credit: Doe}"


def quartered(size: tuple[int, int]) -> bytes:
    """A picture of four upright bands, each of a colour of its own."""
    image = Image.new("RGB", (4, 1))
    image.putdata(QUARTERS)
    out = io.BytesIO()
    image.resize(size, Image.Resampling.NEAREST).save(out, "JPEG", quality=95)
    return out.getvalue()


@pytest.fixture
def newsroom(paper: Paper) -> Paper:
    paper.settings("[images]\nwidths = [240]\nformats = []\n")
    (paper.root / "content/media/wide.jpg").write_bytes(quartered((800, 400)))
    paper.story("wide", "2026-03-01", image=LEAD)
    paper.build()
    return paper


def images(paper: Paper, name: str) -> list[str]:
    """The addresses of a story's pictures in its structured data, below the site."""
    (script,) = etree.HTML(paper.read(f"world/2026/03/{name}/index.html")).xpath("//script[@type='application/ld+json']/text()")
    (article,) = [node for node in json.loads(script)["@graph"] if node["@type"] == "NewsArticle"]
    found: Any = article.get("image") or []
    found = found if isinstance(found, list) else [found]
    return [(one if isinstance(one, str) else one["url"]).removeprefix("https://news.example/paper/") for one in found]


def crops(paper: Paper) -> list[str]:
    return [path for path in paper.tree() if "x9" in path or "4x3" in path or "1x1" in path]


def test_a_lead_picture_is_cut_to_three_shapes(newsroom: Paper) -> None:
    whole, *parts = images(newsroom, "wide")
    assert whole.endswith("-240.jpg")
    assert [part.partition("-")[2] for part in parts] == ["16x9.jpg", "4x3.jpg", "1x1.jpg"]
    sizes = [Image.open(io.BytesIO(newsroom.bytes(part))).size for part in parts]
    # The whole is published small, and the parts are cut of the original all the same.
    assert sizes == [(711, 400), (533, 400), (400, 400)]
    assert sorted(parts) == crops(newsroom)


def test_the_point_that_must_stay_in_sight_does(newsroom: Paper) -> None:
    for focus, seen in (("0% 50%", QUARTERS[:2]), ("100% 50%", QUARTERS[2:]), ("50% 50%", QUARTERS[1:3])):
        newsroom.story("wide", "2026-03-01", image=LEAD.replace("credit", f"focus: {focus}, credit"))
        newsroom.build()
        square = Image.open(io.BytesIO(newsroom.bytes(images(newsroom, "wide")[3]))).convert("RGB")
        for place, color in zip((100, 300), seen, strict=True):
            pixel = square.getpixel((place, 200))
            assert max(abs(one - other) for one, other in zip(pixel, color, strict=True)) < 12, focus
        assert len(crops(newsroom)) == 3
    assert newsroom.build(verify=1.0).verified


def test_a_shape_that_the_picture_has_is_not_cut(newsroom: Paper) -> None:
    (newsroom.root / "content/media/wide.jpg").write_bytes(quartered((1920, 1080)))
    newsroom.build()
    assert [part.partition("-")[2] for part in images(newsroom, "wide")] == ["240.jpg", "4x3.jpg", "1x1.jpg"]
    sizes = [Image.open(io.BytesIO(newsroom.bytes(part))).size for part in images(newsroom, "wide")[1:]]
    assert sizes == [(1200, 900), (1080, 1080)]


def test_small_pictures_drawings_and_stories_without_one_have_none(newsroom: Paper) -> None:
    newsroom.write("content/media/line.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300"/>')
    (newsroom.root / "content/media/small.jpg").write_bytes(quartered((240, 160)))
    newsroom.story("wide", "2026-03-01", "![A field](../../media/wide.jpg)", image="{src: ../../media/line.svg, alt: A line}")
    newsroom.story("small", "2026-03-01", image="{src: ../../media/small.jpg, alt: A field}")
    newsroom.story("plain", "2026-03-01")
    newsroom.story("elsewhere", "2026-03-01", image="{src: 'https://pictures.example/x.jpg', alt: X}")
    newsroom.build()
    assert crops(newsroom) == []
    assert [len(images(newsroom, name)) for name in ("wide", "small", "plain", "elsewhere")] == [1, 1, 0, 1]


def test_two_stories_of_one_picture_share_its_parts(newsroom: Paper) -> None:
    newsroom.story("again", "2026-03-02", image=LEAD)
    report = newsroom.build()
    assert len(crops(newsroom)) == 3
    assert images(newsroom, "again") == images(newsroom, "wide")
    assert not [url for url in newsroom.rendered(report) if "x9" in url]
    (newsroom.root / "content/articles/world/wide.md").unlink()
    newsroom.build()
    assert len(crops(newsroom)) == 3
    (newsroom.root / "content/articles/world/again.md").unlink()
    newsroom.build()
    assert crops(newsroom) == []


def test_an_edit_of_the_story_cuts_nothing_again(newsroom: Paper) -> None:
    newsroom.story("wide", "2026-03-01", "Another text.", image=LEAD)
    assert not [url for url in newsroom.rendered(newsroom.build()) if url.startswith("/media/")]


def test_parts_are_kept_apart_from_the_site(newsroom: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    before = newsroom.tree()
    state = state_path(newsroom.root, newsroom.root / "build")
    state.unlink()
    monkeypatch.setattr(ImageEncoder, "_make", None)
    newsroom.build()
    assert newsroom.tree() == before


def test_parts_follow_the_settings(newsroom: Paper) -> None:
    for more in ("crops = false", "structured_data = false"):
        newsroom.settings(f"[images]\nwidths = [240]\nformats = []\n[metadata]\n{more}\n")
        newsroom.build(verify=1.0)
        assert crops(newsroom) == []
    newsroom.settings("[images]\nwidths = [240]\nformats = []\n")
    newsroom.build(verify=1.0)
    assert len(crops(newsroom)) == 3


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(0, 100), st.integers(0, 100))
def test_a_part_lies_inside_and_has_its_shape(width: int, height: int, across: int, down: int) -> None:
    picture = plan_picture("x.jpg", b"", (width, height), "jpeg", Images(), color="", graphic=False)
    found = crops_of(picture, f"{across}% {down}%")
    for crop in found:
        left, top, right, bottom = crop.box
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        wide, high = map(int, crop.shape.split("x"))
        assert crop.width <= min(1200, right - left)
        assert abs(crop.width * high - crop.height * wide) <= wide
        assert abs((right - left) * high - (bottom - top) * wide) <= max(wide, high)
        assert crop.width * crop.height >= 50_000
        assert crop_of(picture, crop.name) == crop
        assert (left, top) <= (width * across // 100, height * down // 100)
        assert right >= width * across // 100
        assert bottom >= height * down // 100
    assert len(found) == len({crop.url("x.jpg", picture) for crop in found})
