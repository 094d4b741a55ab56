"""What becomes of each field of a Ghost post, seen through whole imports of small exports."""

from __future__ import annotations

import json
from typing import Any

import pytest

from importing.conftest import Newsroom
from importing.wxr import ghost, lexical, node, post, text
from slugline.content import load_front
from slugline.importing import ImportReport
from slugline.importing.ghost import export

STORY = "articles/news/story-1.md"


def bring(newsroom: Newsroom, *posts: dict[str, Any], options: dict[str, Any] | None = None, **tables: Any) -> ImportReport:
    newsroom.seed("export.json", ghost(*posts, **tables))
    return newsroom.run(**(options or {}))


def front(newsroom: Newsroom, path: str = STORY) -> dict[str, object]:
    found, problems = load_front(newsroom.read(path), path)
    assert not problems
    return dict(found)


def messages(report: ImportReport) -> list[str]:
    return [problem.message for problem in report.problems]


def test_a_post_becomes_a_story_to_the_letter(newsroom: Newsroom) -> None:
    report = bring(newsroom, post(1, custom_excerpt="Below the head."))
    assert newsroom.actions(report) == ["written"]
    assert newsroom.read(STORY) == (
        "---\ntitle: Story 1\ndek: Below the head.\ndate: 2026-01-24T09:00:00Z\n"
        "aliases:\n- /story-1/\n---\n\nThe tide is out.\n"
    )
    assert report.outcomes[0].mended == ("read from Lexical",)
    assert not messages(report)


UNKNOWN = lexical(node("paragraph", text("Before.")), node("acme-chart", data=[1]))
MOBILEDOC = json.dumps(
    {"version": "0.3.1", "markups": [], "atoms": [], "cards": [], "sections": [[1, "p", [[0, [], 0, "Old."]]]]}
)


@pytest.mark.parametrize(
    ("fields", "body", "told"),
    [
        ({"html": "<p>Worse.</p>"}, "The tide is out.", "read from Lexical"),
        ({"lexical": None, "mobiledoc": MOBILEDOC, "html": "<p>Worse.</p>"}, "Old.", "read from Mobiledoc"),
        ({"lexical": None, "html": "<p>Html.</p>"}, "Html.", "read from the exported HTML"),
        (
            {"lexical": "{broken", "html": "<p>Html.</p>"},
            "Html.",
            "read from the exported HTML, because Lexical cannot be read",
        ),
        ({"lexical": "{broken", "mobiledoc": MOBILEDOC}, "Old.", "read from Mobiledoc"),
        (
            {"lexical": UNKNOWN, "html": "<p>Before.</p><p>Chart.</p>"},
            "Before.\n\nChart.",
            "Lexical holds cards that are not known: acme",
        ),
        ({"lexical": UNKNOWN}, "Before.", "read from Lexical"),
    ],
)
def test_the_best_of_what_there_is_is_read_and_told(newsroom: Newsroom, fields: dict[str, Any], body: str, told: str) -> None:
    report = bring(newsroom, post(1, **fields))
    assert newsroom.read(STORY).partition("\n---\n\n")[2] == f"{body}\n"
    assert told in report.outcomes[0].mended[0]


@pytest.mark.parametrize(
    ("fields", "draft"),
    [
        ({}, False),
        ({"status": "draft", "published_at": None, "created_at": "2026-01-01T00:00:00.000Z"}, True),
        ({"status": "sent"}, True),
    ],
)
def test_what_was_not_published_is_a_draft(newsroom: Newsroom, fields: dict[str, Any], draft: bool) -> None:
    bring(newsroom, post(1, **fields))
    assert front(newsroom).get("draft", False) is draft


def test_a_scheduled_post_is_under_embargo(newsroom: Newsroom) -> None:
    report = bring(newsroom, post(1, status="scheduled", published_at="2027-05-01T06:00:00.000Z"))
    assert "date: 2027-05-01T06:00:00Z" in newsroom.read(STORY)
    assert "under embargo" in messages(report)[0]


@pytest.mark.parametrize(
    ("moment", "iso"),
    [("2026-01-24T09:00:00.000Z", "2026-01-24T09:00:00Z"), ("2026-01-24 09:00:00", "2026-01-24T09:00:00Z"),
     (1769245200000, "2026-01-24T09:00:00Z"), ("2026-01-24T10:00:00+01:00", "2026-01-24T09:00:00Z")],
)  # fmt: skip
def test_moments_of_every_age_are_read(newsroom: Newsroom, moment: object, iso: str) -> None:
    bring(newsroom, post(1, published_at=moment))
    assert f"date: {iso}\n" in newsroom.read(STORY)


def test_what_was_for_members_is_told(newsroom: Newsroom) -> None:
    report = bring(newsroom, post(1, visibility="paid", codeinjection_head="<script>track()</script>"))
    assert front(newsroom)["draft"] is True
    assert "visibility" not in front(newsroom)
    assert messages(report) == [
        "`Story 1`: it was for readers of the kind `paid` only, and is a draft now",
        "`Story 1`: its codeinjection_head is left out: 24 characters of code",
    ]
    assert "track()" not in newsroom.read(STORY)


TAGS = [
    {"id": "t1", "name": "Harbour", "slug": "harbour", "description": "All that <b>floats</b>", "visibility": "public"},
    {"id": "t2", "name": "Weather", "slug": "weather", "description": "Wind", "visibility": "public"},
    {"id": "t3", "name": "#newsletter", "slug": "hash-newsletter", "visibility": "internal"},
    {"id": "t4", "name": "Rare", "slug": "rare", "description": None, "visibility": "public"},
]


def tagged(number: int, *tags: str) -> list[dict[str, Any]]:
    return [{"post_id": f"p{number}", "tag_id": tag, "sort_order": place} for place, tag in enumerate(tags)]


def test_a_tag_that_many_stories_have_first_is_a_section(newsroom: Newsroom) -> None:
    links = tagged(1, "t3", "t1", "t2") + tagged(2, "t1") + tagged(3, "t4", "t2")
    bring(newsroom, post(1), post(2), post(3), tags=TAGS, posts_tags=links)
    assert front(newsroom, "articles/harbour/story-1.md")["tags"] == ["Harbour", "Weather"]
    assert "articles/harbour/story-2.md" in newsroom.files()
    assert "articles/news/story-3.md" in newsroom.files()
    assert newsroom.read("sections/harbour.md") == "---\ntitle: Harbour\ndescription: All that floats\n---\n"
    assert newsroom.read("tags/weather.md") == "---\ntitle: Weather\ndescription: Wind\n---\n"
    assert "tags/rare.md" not in newsroom.files()


def test_the_order_of_authors_and_what_their_profiles_say(newsroom: Newsroom) -> None:
    users = [
        {"id": "u1", "name": "Ines Marlow", "slug": "ines", "email": "ines@courier.example",
         "bio": "Covers <the> coast & *more*.", "website": "https://ines.example/", "twitter": "@inesm",
         "location": "Quayside", "profile_image": None},
        {"id": "u2", "name": "Joan Reef", "slug": "joan-reef", "email": "joan@courier.example"},
        {"id": "u3", "name": "Nobody", "slug": "nobody"},
    ]  # fmt: skip
    links = [{"post_id": "p1", "author_id": "u1", "sort_order": 1}, {"post_id": "p1", "author_id": "u2", "sort_order": 0}]
    bring(newsroom, post(1), users=users, posts_authors=links)
    assert front(newsroom)["authors"] == ["joan-reef", "ines"]
    assert newsroom.read("authors/ines.md") == (
        "---\nname: Ines Marlow\nlinks:\n  Website: https://ines.example/\n  X: https://x.com/inesm\n"
        "location: Quayside\n---\n\nCovers &lt;the> coast & \\*more\\*.\n"
    )
    assert "authors/nobody.md" not in newsroom.files()
    assert not any(b"@courier.example" in content for content in newsroom.files().values())


def test_further_fields_of_a_post(newsroom: Newsroom) -> None:
    bring(
        newsroom,
        post(1, featured=1, canonical_url="https://first.example/", locale="fr"),
        posts_meta=[{"post_id": "p1", "meta_description": "For search."}],
    )
    found = front(newsroom)
    assert (found["featured"], found["canonical"], found["lang"], found["summary"]) == (
        True, "https://first.example/", "fr", "For search.",
    )  # fmt: skip


def test_links_to_the_site_are_paths(newsroom: Newsroom) -> None:
    linked = node(
        "paragraph",
        node("link", text("there"), url="__GHOST_URL__/story-2/?x=1#y"),
        node("link", text("home"), url="__GHOST_URL__/"),
    )
    bring(newsroom, post(1, lexical=lexical(linked)))
    assert newsroom.read(STORY).endswith("[there](/story-2/?x=1#y)[home](/)\n")


def test_a_feature_picture_that_is_missing_leaves_its_words(newsroom: Newsroom) -> None:
    more = [{"post_id": "p1", "feature_image_alt": "Alt", "feature_image_caption": "The <b>pier</b>. Photo: Jo Reef"}]
    report = bring(newsroom, post(1, feature_image="__GHOST_URL__/content/images/2026/01/pier.jpg"), posts_meta=more)
    assert front(newsroom)["photos"] == [{"caption": "The pier.", "credit": "Jo Reef"}]
    assert "image" not in front(newsroom)
    assert messages(report) == [
        "`Story 1`: a file of the old site is not brought along; where the story showed a picture are its words or a link"
    ]


def test_pages_keep_their_address_and_drafts_of_pages_are_out_of_reach(newsroom: Newsroom) -> None:
    bring(
        newsroom,
        post(1, type="page", slug="about"),
        post(2, page=1, slug="old"),
        post(3, type="page", slug="no", status="draft"),
    )
    assert newsroom.read("pages/about.md") == "---\ntitle: Story 1\n---\n\nThe tide is out.\n"
    assert {"pages/old.md", "pages/.drafts/no.md"} <= newsroom.files().keys()
    assert "pages/no.md" not in newsroom.files()


def test_a_post_whose_address_is_a_sections_now_is_told(newsroom: Newsroom) -> None:
    links = tagged(1, "t1") + tagged(2, "t1")
    report = bring(newsroom, post(1, slug="harbour"), post(2), tags=TAGS, posts_tags=links)
    assert "aliases" not in front(newsroom, "articles/harbour/harbour.md")
    assert "the old address /harbour/ is a section now, and does not lead to the story" in messages(report)


@pytest.mark.parametrize("wrapped", ["db", "data", "bare"])
def test_every_wrapping_of_the_tables_is_read(newsroom: Newsroom, wrapped: str) -> None:
    data = {"posts": [post(1)], "exported_on": 1}
    document = {"db": {"db": [{"data": data}]}, "data": {"meta": {}, "data": data}, "bare": data}[wrapped]
    newsroom.seed("export.json", json.dumps(document))
    assert newsroom.actions(newsroom.run(format="ghost")) == ["written"]


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b'{"db":[{"data":\n{"posts": [', 2, "the file is not JSON: expecting value, column 12"),
        (b'{"db":[{"data":\n{"posts": [}', 2, "the file is not JSON: expecting value, column 12"),
        (b'{"db":[{"data":{"posts": 1}}]}', 0, "the file is JSON, and no Ghost export: it has no list of posts"),
        (b'{"db":[{"data":{"posts": []}}]}', 0, "the export holds no posts and no pages"),
        (b"\xff\xfe\x00\x01", 1, "the file is not UTF-8"),
        (b'{"db":[' + b"[" * 100_000, 0, "the file is nested too deeply"),
    ],
)
def test_a_broken_export_is_told_with_its_line(newsroom: Newsroom, raw: bytes, line: int, message: str) -> None:
    newsroom.seed("export.json", raw)
    report = newsroom.run(format="ghost")
    (problem,) = report.problems
    assert (problem.line, problem.message, problem.severity) == (line, message, "error")


def test_an_export_that_is_too_large_is_refused_in_words(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MAX_BYTES", 100)
    report = bring(newsroom, post(1))
    assert "at most" in messages(report)[0]
    assert report.exit_code == 1


def test_rows_that_are_wrong_in_every_way_crash_nothing(newsroom: Newsroom) -> None:
    strange: list[Any] = [
        None,
        1,
        "x",
        [],
        {},
        {"id": None, "title": 5, "lexical": 7, "html": [], "slug": {}, "published_at": []},
    ]
    rows = {"posts_tags": strange, "posts_authors": strange, "tags": strange, "users": strange, "posts_meta": strange}
    report = bring(newsroom, post(1), *strange, settings=strange, **rows)
    assert newsroom.actions(report).count("written") >= 1
    assert "importer failed" not in report.to_json()


def test_a_picture_that_is_missing_is_a_link_to_where_it_was(newsroom: Newsroom) -> None:
    shown = node("image", src="__GHOST_URL__/content/images/2026/01/pier.jpg", alt="The pier", caption="At dawn")
    bring(newsroom, post(1, lexical=lexical(shown)))
    assert newsroom.read(STORY).endswith("\n\nAt dawn\n")
