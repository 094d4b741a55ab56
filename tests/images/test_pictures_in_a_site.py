from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import slugline
from slugline.images.encoder import ImageEncoder

from .conftest import SETTINGS, photo, tree, write_story

Build = Callable[..., slugline.BuildReport]


def page(root: Path, name: str = "lead", output: str = "build") -> str:
    return (root / f"{output}/news/2026/01/{name}/index.html").read_text(encoding="utf-8")


def pictures(root: Path, output: str = "build") -> dict[str, bytes]:
    return tree(root / output / "media")


def test_a_lead_picture_is_offered_in_all_versions_and_all_of_them_are_there(paper: Path, build: Build):
    build(paper)
    html = page(paper)
    named = set(re.findall(r"/media/([^ \",]+)", html))
    assert named == set(pictures(paper))
    assert {name.rpartition(".")[2] for name in named} == {"avif", "webp", "jpg"}
    assert 'width="96" height="64"' in html
    assert 'fetchpriority="high"' in html


def test_the_versions_are_what_they_say(paper: Path, build: Build):
    build(paper)
    for name, raw in pictures(paper).items():
        width, _, ending = name.rpartition("-")[2].partition(".")
        with Image.open(io.BytesIO(raw)) as image:
            assert image.width == int(width)
            assert image.format == {"jpg": "JPEG"}.get(ending, ending.upper())


def test_the_original_is_not_published_and_neither_is_where_it_was_taken(paper: Path, build: Build):
    exif = Image.Exif()
    exif[0x8298] = "© A. Hand"
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    (paper / "content/articles/news/pier.jpg").write_bytes(photo(exif=exif))
    build(paper)
    for raw in pictures(paper).values():
        assert b"SecretCamera" not in raw
        with Image.open(io.BytesIO(raw)) as image:
            found = image.getexif()
            assert "A. Hand" in str(found[0x8298])
            assert set(found) == {0x8298}


def test_an_image_in_a_body_becomes_a_lazy_picture_with_caption_and_credit(paper: Path, build: Build):
    write_story(paper, "body", '![The pier](pier.jpg "At dawn"){credit="Photo: A. Hand"}')
    build(paper)
    html = page(paper, "body")
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert '<source type="image/avif" srcset="' in figure
    assert 'loading="lazy"' in figure
    assert 'width="96" height="64"' in figure
    assert "At dawn" in figure
    assert "content:" not in html


def test_a_picture_of_the_authors_own_making_is_left_alone(paper: Path, build: Build):
    write_story(paper, "own", '<picture><source media="print" srcset="/a.png"><img src="pier.jpg" alt="p"></picture>')
    build(paper)
    html = page(paper, "own")
    assert re.search(r'<picture><source media="print" srcset="/a.png"><img src="/media/[^"]+-48.jpg" alt="p"></picture>', html)


def test_a_link_to_a_photo_leads_to_its_largest_published_version(paper: Path, build: Build):
    write_story(paper, "link", "[See it](pier.jpg)")
    build(paper)
    target = re.search(r'href="/media/([^"]+)"', page(paper, "link"))
    assert target
    assert target[1].endswith("-48.jpg")
    assert target[1] in pictures(paper)


def test_addresses_carry_the_path_of_the_base_url_once(paper: Path, build: Build):
    write_story(paper, "body", "![p](pier.jpg)")
    build(paper, base_url="https://x.example/paper")
    assert "/paper/paper/" not in page(paper, "body")
    assert 'src="/paper/media/' in page(paper, "body")


@pytest.mark.parametrize("image", ["{src: gone.jpg}", "{src: bad.jpg}"])
def test_a_picture_that_is_missing_or_broken_is_an_error_with_file_and_line(paper: Path, build: Build, image: str):
    (paper / "content/articles/news/bad.jpg").write_bytes(photo()[:200])
    write_story(paper, "wrong", image=image)
    with pytest.raises(slugline.PublicationError) as caught:
        build(paper)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("content/articles/news/wrong.md", 4)
    assert "picture" in problem.message


@pytest.mark.parametrize("how", [{"image": "raw.heic"}, {"body": "![r](raw.heic)"}])
def test_a_format_that_browsers_cannot_show_is_an_error_where_it_is_shown(paper: Path, build: Build, how: dict[str, str]):
    (paper / "content/articles/news/raw.heic").write_bytes(b"heic")
    write_story(paper, "wrong", **how)
    with pytest.raises(slugline.PublicationError, match="browsers cannot show"):
        build(paper)


def test_a_format_that_browsers_cannot_show_may_be_linked(paper: Path, build: Build):
    (paper / "content/articles/news/raw.psd").write_bytes(b"layers")
    write_story(paper, "right", "[The layers](raw.psd)")
    build(paper)
    assert pictures(paper)["articles/news/raw.psd"] == b"layers"


def test_a_photo_taken_sideways_is_published_upright(paper: Path, build: Build):
    image = Image.new("RGB", (96, 64), "blue")
    image.paste("red", (0, 0, 48, 64))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    (paper / "content/articles/news/pier.jpg").write_bytes(out.getvalue())
    build(paper)
    assert 'width="64" height="96"' in page(paper)
    for raw in pictures(paper).values():
        with Image.open(io.BytesIO(raw)) as made:
            assert made.height > made.width
            red, _, blue = made.convert("RGB").getpixel((made.width // 2, 3))  # type: ignore[misc]
            assert red > 150 > blue


def test_a_broken_picture_that_nothing_shows_stops_nobody(paper: Path, build: Build):
    (paper / "content/articles/news/bad.jpg").write_bytes(b"no")
    build(paper)


def test_a_focus_that_is_no_place_is_an_error(paper: Path, build: Build):
    write_story(paper, "wrong", image="{src: pier.jpg, focus: middle}")
    with pytest.raises(slugline.PublicationError, match="no place in the picture"):
        build(paper)


def test_a_second_build_renders_nothing(paper: Path, build: Build):
    build(paper)
    assert build(paper).rendered == ()


def test_a_changed_photo_gets_new_addresses_and_the_old_files_go(paper: Path, build: Build):
    build(paper)
    before = pictures(paper)
    (paper / "content/articles/news/pier.jpg").write_bytes(photo((120, 70)))
    build(paper, verify=1.0)
    after = pictures(paper)
    assert not set(before) & set(after)
    assert 'width="120" height="70"' in page(paper)


def test_edits_in_any_order_leave_what_a_clean_build_makes(paper: Path, build: Build):
    build(paper)
    other = paper / "content/articles/news/quay.png"
    edits: list[Callable[[], object]] = [
        lambda: other.write_bytes(photo((70, 90), "PNG")),
        lambda: write_story(paper, "second", "![q](quay.png)", image="quay.png", day=2),
        lambda: other.write_bytes(photo((60, 60), "PNG")),
        lambda: (paper / "slugline.toml").write_text(SETTINGS.replace("[24, 48]", '[16, 32]\nformats = ["webp"]')),
        lambda: write_story(paper, "second", "No picture.", day=2),
        lambda: (paper / "slugline.toml").write_text(SETTINGS),
    ]
    for number, edit in enumerate(edits):
        edit()
        build(paper, verify=1.0)
        build(paper, output=paper / f"clean{number}")
        assert tree(paper / "build") == tree(paper / f"clean{number}")


def test_a_story_that_goes_takes_its_pictures_along_unless_another_shows_them(paper: Path, build: Build):
    second = write_story(paper, "second", image="pier.jpg", day=2)
    build(paper)
    count = len(pictures(paper))
    second.unlink()
    build(paper)
    assert len(pictures(paper)) == count
    (paper / "content/articles/news/lead.md").unlink()
    build(paper)
    assert not (paper / "build/media").exists()


def test_two_processes_make_the_same_bytes_as_one(paper: Path, build: Build):
    for number in range(3):
        (paper / f"content/articles/news/p{number}.jpg").write_bytes(photo((90 + number, 60)))
        write_story(paper, f"s{number}", f"![p](p{number}.jpg)")
    build(paper, output=paper / "one")
    build_two = {"output": paper / "two", "jobs": 2}
    for kept in (paper / ".slugline/cache").rglob("*"):
        if kept.is_file():
            kept.unlink()
    build(paper, **build_two)
    assert tree(paper / "one") == tree(paper / "two")


def test_a_lost_state_costs_no_encoding(paper: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    build(paper)
    before = tree(paper / "build")
    (paper / ".slugline/state.db").unlink()

    def refuse(*_: object) -> bytes:
        raise AssertionError("a picture was made again")

    monkeypatch.setattr(ImageEncoder, "_make", refuse)
    build(paper)
    assert tree(paper / "build") == before


def test_a_damaged_cache_is_noticed(paper: Path, build: Build):
    build(paper)
    before = tree(paper / "build")
    for kept in (paper / ".slugline/cache/images").rglob("*"):
        if kept.is_file():
            kept.write_bytes(kept.read_bytes()[:-3] + b"xyz")
    (paper / ".slugline/state.db").unlink()
    build(paper)
    assert tree(paper / "build") == before


def test_an_animation_and_a_drawing_are_published_byte_for_byte(paper: Path, build: Build):
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"/>'
    (paper / "content/articles/news/anim.gif").write_bytes(out.getvalue())
    (paper / "content/articles/news/map.svg").write_bytes(drawing)
    write_story(paper, "both", "![a](anim.gif)\n\n![m](map.svg)")
    build(paper)
    published = pictures(paper).values()
    assert out.getvalue() in published
    assert drawing in published


def test_a_path_that_begins_with_a_slash_counts_from_the_content_folder_in_a_body_too(paper: Path, build: Build):
    (paper / "content/photos").mkdir()
    (paper / "content/photos/côte 1.jpg").write_bytes(photo())
    write_story(
        paper, "body", '![The coast](</photos/côte 1.jpg> "At noon")\n\nAnd ![again](/photos/c%C3%B4te%201.jpg) in a line.'
    )
    build(paper)
    html = page(paper, "body")
    assert html.count('<source type="image/avif" srcset="') == 2
    assert "/photos/" not in re.sub(r"/media/[^ \",]+", "", html)
    assert set(re.findall(r"/media/(photos/[^ \",]+)", html)) <= {
        name.replace("ô", "%C3%B4").replace(" ", "%20") for name in pictures(paper)
    }


def test_a_picture_at_an_address_of_the_site_stays_until_there_is_a_file_and_then_is_that_file(paper: Path, build: Build):
    write_story(paper, "body", "![The gate](/photos/gate.jpg)")
    build(paper)
    assert 'src="/photos/gate.jpg"' in page(paper, "body")
    (paper / "content/photos").mkdir()
    (paper / "content/photos/gate.jpg").write_bytes(photo())
    build(paper)
    incremental = page(paper, "body")
    assert 'src="/photos/gate.jpg"' not in incremental
    shutil.rmtree(paper / ".slugline")
    build(paper)
    assert page(paper, "body") == incremental
    (paper / "content/photos/gate.jpg").unlink()
    build(paper)
    assert 'src="/photos/gate.jpg"' in page(paper, "body")


def test_the_drawing_of_the_masthead_is_published_as_any_drawing_is(paper: Path, build: Build):
    settings = paper / "slugline.toml"
    settings.write_text(settings.read_text().replace('timezone = "UTC"\n', 'timezone = "UTC"\nlogo = "logo.svg"\n'))
    logo = paper / "content/logo.svg"
    logo.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><!-- by Ann --><rect/></svg>')
    build(paper)
    assert (paper / "build/media/logo.svg").read_bytes() == b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'
    logo.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg">\n<script/></svg>')
    with pytest.raises(slugline.PublicationError) as caught:
        build(paper)
    (problem,) = caught.value.problems
    assert (problem.path, problem.severity) == ("content/logo.svg", "error")
    assert "(line 2)" in problem.message
    assert (paper / "build/media/logo.svg").read_bytes() == b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'
    logo.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><circle/></svg>')
    build(paper)
    assert (paper / "build/media/logo.svg").read_bytes() == b'<svg xmlns="http://www.w3.org/2000/svg"><circle/></svg>'
