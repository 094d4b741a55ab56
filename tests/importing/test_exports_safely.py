"""Exports that are hostile, broken, or cut off by a kill: clear words, nothing alive, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from importing.conftest import NOW, SETTINGS, Newsroom
from importing.killing import CAN_KILL, killed
from importing.wxr import EXPORTS, author, category, ghost, item, lexical, meta, node, post, term, text, wxr
from slugline import build
from slugline.errors import UsageError
from slugline.importing import ghost as ghost_room
from slugline.importing import import_into
from slugline.importing import wordpress as wordpress_room
from slugline.importing.formats import reader_for
from slugline.starting import init_publication

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><a href='java&#115;cript:alert(1)'>a</a>"
    "<a href=' javascript:alert(1)'>b</a><a href='data:text/html,<script>alert(1)</script>'>c</a><iframe srcdoc='<script>"
    "alert(1)</script>'></iframe><math><mi xlink:href='javascript:alert(1)'>m</mi></math>"
    "<form action='javascript:alert(1)'>"
    "<button formaction='javascript:alert(1)'>f</button></form><style>@import 'javascript:alert(1)'</style>"
    "<p style='background:url("
    "javascript:alert(1))' onclick=alert(1)>p</p><object data='javascript:alert(1)'></object><base href='javascript:alert(1)'>"
    "<p>words (stay)</p>"
)
CODED = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")


_ADDRESSES = frozenset(("href", "src", "action", "formaction", "data", "poster", "cite", "background"))


def alive(page: Path) -> list[str]:
    """What of a page would run or load what no theme of Slugline's does."""
    found = []
    for element in lxml_html.fromstring(page.read_bytes()).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("iframe", "object", "embed", "base", "math"):
            found.append(element.tag)
        if (
            element.tag in ("script", "style")
            and "alert(1)" in (element.text or "")
            and element.get("type") != "application/ld+json"
        ):
            found.append(f"<{element.tag}>")
        for name, value in element.items():
            address = "".join(value.split()).lower() if name.rpartition(":")[2] in _ADDRESSES else ""
            if name.startswith("on") or address.startswith(("javascript:", "data:text", "vbscript:")) or name == "srcdoc":
                found.append(f"{name}={value}")
    return found


def test_nothing_hostile_is_alive_on_any_page(tmp_path: Path) -> None:
    root = init_publication(tmp_path / "paper", "The Update Desk", "UTC") and tmp_path / "paper"
    blocks = f"<!-- wp:html -->{HOSTILE}<!-- /wp:html --><!-- wp:acme/x {{}} -->{HOSTILE}<!-- /wp:acme/x -->"
    caption = f'[caption caption="x"]<img src="https://courier.example/a.jpg" alt="{CODED}">{HOSTILE}[/caption]'
    table = f"<table><tr><td rowspan=2>{HOSTILE}</td><td>2</td></tr><tr><td>3</td></tr></table>"
    comment = (
        f"<wp:comment><wp:comment_author><![CDATA[{HOSTILE}]]></wp:comment_author><wp:comment_content><![CDATA[{HOSTILE}]]>"
        "</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>"
    )
    export = wxr(
        item(1, HOSTILE, title=f"One {CODED}", excerpt=HOSTILE, more=comment + term("category", "world", CODED)),
        item(2, blocks, more=term("post_tag", "x", CODED) + meta("_yoast_wpseo_metadesc", HOSTILE)),
        item(3, caption, more=meta("_thumbnail_id", "9")),
        item(4, table),
        item(5, CODED, type="page", link="https://courier.example/five/"),
        item(6, f"[audio src='javascript:alert(1)'] [embed]javascript:alert(1)[/embed] [gallery ids='9'] [x y='{CODED}']"),
        item(9, "", type="attachment", excerpt=HOSTILE, more="<wp:attachment_url>javascript:alert(1)</wp:attachment_url>"),
        head=author("ines", CODED) + category("world", CODED),
    )
    card = {
        "html": HOSTILE,
        "markdown": HOSTILE,
        "calloutText": HOSTILE,
        "heading": HOSTILE,
        "content": HOSTILE,
        "src": "javascript:alert(1)",
    }
    cards = ("html", "markdown", "callout", "toggle", "image", "video", "file", "button", "embed", "product", "bookmark")
    fields = {
        "url": "javascript:alert(1)",
        "buttonUrl": "javascript:alert(1)",
        "buttonText": HOSTILE,
        "caption": HOSTILE,
        "fileName": HOSTILE,
    }
    nodes = [node(kind, **{**card, **fields}) for kind in cards]
    more = [{"post_id": "p1", "feature_image_caption": HOSTILE, "feature_image_alt": HOSTILE}]
    users = [{"id": "u1", "name": CODED, "slug": "u", "bio": HOSTILE, "website": "javascript:alert(1)", "twitter": HOSTILE}]
    other = ghost(
        post(11, lexical=lexical(*nodes, node("paragraph", text(HOSTILE), node("link", text("l"), url="javascript:alert(1)")))),
        post(
            12,
            lexical=None,
            html=HOSTILE,
            custom_excerpt=HOSTILE,
            codeinjection_head=HOSTILE,
            feature_image="javascript:alert(1)",
        ),
        users=users,
        posts_meta=more,
        posts_authors=[{"post_id": "p12", "author_id": "u1", "sort_order": 0}],
    )
    (root / "a.xml").write_bytes(export)
    (root / "b.json").write_bytes(other)
    report = import_into(root, [root / "a.xml", root / "b.json"], now=NOW)
    assert report.counts["refused"] == 0
    assert report.counts["written"] >= 8
    assert not [one for one in build(root, now=NOW, jobs=1).problems if one.severity == "error"]
    pages = list((root / "build").rglob("*.html"))
    assert {str(page): found for page in pages if (found := alive(page))} == {}
    assert sum("words (stay)" in page.read_text("utf-8") for page in pages) >= 8


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<rss",
        b"\x00" * 100,
        b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"></rss>',
        wxr(),
        wxr("<item></item>"),
        wxr("<item><wp:post_type>post</wp:post_type><wp:post_id></wp:post_id><title>x</title></item>"),
        wxr(item(1))[:-40],
        wxr(item(1)).replace(b"<channel>", b"<channel><channel>"),
    ],
)
def test_what_is_no_export_is_told_in_words(newsroom: Newsroom, raw: bytes) -> None:
    newsroom.seed("export.xml", raw)
    report = newsroom.run(format="wordpress")
    told = report.to_json()
    assert "mistake of the importer" not in told
    assert report.exit_code == (0 if b"<title>x</title>" in raw else 1)


def test_an_export_that_is_cut_off_is_read_as_far_as_it_goes(newsroom: Newsroom) -> None:
    whole = wxr(item(1), item(2), item(3))
    newsroom.seed("export.xml", whole[: whole.index(b"Story 3") + 3])
    report = newsroom.run()
    assert newsroom.actions(report) == ["written", "written", "refused"]
    (problem,) = (one for one in report.problems if one.severity == "error")
    assert (problem.path, problem.line) == ("seeds/export.xml", 10)
    assert problem.message == "the file is not whole XML: unclosed CDATA section; the 2 items before it were read"
    newsroom.seed("export.xml", whole)
    assert newsroom.actions(newsroom.run()) == ["unchanged", "unchanged", "written"]


def test_what_was_mended_is_told_once(newsroom: Newsroom) -> None:
    newsroom.seed("export.xml", wxr(item(1, "a\x08b", title="c\x01d"), item(2)))
    report = newsroom.run()
    assert [(one.line, one.message) for one in report.problems] == [(8, "2 characters that XML does not allow removed")]
    assert newsroom.read("articles/news/story-1.md").endswith("\n\nab\n")


@pytest.mark.parametrize(
    ("name", "raw", "reader"),
    [
        ("a.xml", wxr(item(1)), "wordpress"),
        ("a.wxr", wxr(item(1)), "wordpress"),
        ("a.xml", wxr(item(1)).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "wordpress"),
        ("a.json", ghost(post(1)), "ghost"),
        ("a.txt", b"A plain seed", "text"),
    ],
)
def test_a_format_is_known_by_its_beginning(newsroom: Newsroom, name: str, raw: bytes, reader: str) -> None:
    assert reader_for(str(newsroom.seed(name, raw))).name == reader


@pytest.mark.parametrize("name", ["export.xml", "export.json"])
def test_without_the_packages_that_read_html_the_command_says_which(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("slugline.importing.markdown.converting._NEEDED", ("no_such_package",))
    newsroom.seed(name, wxr(item(1)) if name.endswith("xml") else ghost(post(1)))
    with pytest.raises(UsageError, match="pip install 'slugline"):
        newsroom.run()


WXR = (EXPORTS / "blocks.xml").read_bytes()
CLASSIC = (EXPORTS / "classic.xml").read_bytes()
GHOST = (EXPORTS / "ghost.json").read_bytes()
PIECES = st.sampled_from(
    [
        b"<",
        b"]]>",
        b"<![CDATA[",
        b"&",
        b"\x00",
        b"\xff",
        b"<!DOCTYPE a [",
        b"</item>",
        b"<item>",
        b"wp:",
        b'"',
        b"{",
        b"[",
        b"\\u",
    ]
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([WXR, CLASSIC, GHOST]), st.data())
def test_bytes_changed_by_chance_crash_nothing(tmp_path: Path, raw: bytes, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 40))
        raw = raw[:at] + data.draw(PIECES | st.binary(max_size=6)) + raw[at + length :]
    path = tmp_path / "export"
    path.write_bytes(raw)
    room = ghost_room if raw.lstrip()[:1] == b"{" else wordpress_room
    for found in room.read(str(path), "export", replace(SETTINGS, content=str(tmp_path))):
        told = str(found)
        assert "mistake of the importer" not in told


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_told_in_words(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "export"
    path.write_bytes(raw)
    for room in (ghost_room, wordpress_room):
        assert all(
            type(found).__name__ == "Refused"
            for found in room.read(str(path), "export", SETTINGS)
            if found.problem.severity == "error"
        )  # type: ignore[union-attr]


SCRIPT = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from slugline.importing import ImportSettings, run_import
root = Path(sys.argv[1])
settings = ImportSettings(publication="The Update Desk", timezone="Europe/London")
run_import([root / "seeds"], root=root, into=root / "content", now=datetime(2026, 11, 23, 10, 30, tzinfo=UTC),
    settings=settings, media=root / "media")
"""


@pytest.mark.skipif(not CAN_KILL, reason="the system has no such signal")
def test_an_import_that_was_killed_is_simply_started_again(tmp_path: Path) -> None:
    document = '<p>Words of {0}.</p><p><a href="https://courier.example/wp-content/uploads/{0}.pdf">paper</a></p>'
    comment = (
        "<wp:comment><wp:comment_author>A</wp:comment_author><wp:comment_content>c</wp:comment_content>"
        "<wp:comment_approved>1</wp:comment_approved></wp:comment>"
    )
    posts = [item(number, document.format(number), title="The Same Headline", more=comment) for number in range(1, 50)]
    rooms = []
    for name in ("cut", "whole"):
        newsroom = Newsroom(tmp_path / name)
        newsroom.seed("export.xml", wxr(*posts))
        (newsroom.root / "media").mkdir()
        for number in range(1, 50):
            (newsroom.root / "media" / f"{number}.pdf").write_bytes(b"%PDF-1.4 " + str(number).encode())
        rooms.append(newsroom)
    cut, whole = rooms
    # A story, what belongs to it, and what is known of both: each begun, each done and not yet noted.
    for at in (".md 8 half", ".pdf 5 half", ".json 6 after", ".pdf 7 after", ".md 9 after", "imports.jsonl 1 before"):
        killed(SCRIPT, str(cut.root), at=at)
    report = cut.run(media=cut.root / "media")
    assert report.exit_code == 0
    whole.run(media=whole.root / "media")
    left = {path: raw for path, raw in cut.files().items() if not path.endswith(".part")}
    assert left == whole.files()
    assert set(cut.actions(cut.run(media=cut.root / "media"))) == {"unchanged"}
