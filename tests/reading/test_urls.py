"""Slugs, addresses and output paths."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slugline import urls

anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(anything)
@example("İstanbul ǅ ﬁ ª º Ⅻ")
@example("a\u0345\u0301")
@example("ἁ\u0345")
def test_a_slug_of_a_slug_is_the_same_slug(text: str) -> None:
    slug = urls.slugify(text)
    assert urls.slugify(slug) == slug
    assert urls.is_slug(slug) == bool(slug)


@given(st.text(alphabet="a9-_é", max_size=8))
def test_only_words_and_single_hyphens_are_a_slug(text: str) -> None:
    words = text.replace("_", "-").replace("é", "e").split("-")
    assert urls.slugify(text) == "-".join(word for word in words if word)


@given(anything)
def test_a_slug_can_stand_in_a_path_and_in_a_file_name(text: str) -> None:
    slug = urls.slugify(text)
    assert not set(slug) & set("/\\.?#% \t\n\0:*\"<>|")
    assert slug == unicodedata.normalize("NFC", slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("New Era for US-South Korea", "new-era-for-us-south-korea"),
        ("Straße & Ærø", "strasse-aero"),
        ("O’Brien's", "obriens"),
        ("Žižek", "zizek"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本の川", "日本の川"),
        ("النهر", "النهر"),
        ("हिन्दी", "हिन्दी"),
        ("---", ""),
        ("🙂", ""),
    ],
)
def test_a_slug_reads_like_its_text(text: str, slug: str) -> None:
    assert urls.slugify(text) == unicodedata.normalize("NFC", slug)


@given(anything)
def test_a_reference_is_a_slug_or_a_name(text: str) -> None:
    slug, plain = urls.slug_or_name(text)
    assert slug == urls.slugify(text)
    assert plain == (slug != text or not text)


def test_a_pattern_says_what_is_wrong_with_it() -> None:
    assert urls.pattern_problem("/{section}/{yyyy}/{mm}/{slug}/") == ""
    assert urls.pattern_problem("/{slug}/") == ""
    for pattern in ("{slug}/", "/{slug}", "/{yyyy}/", "/{slugg}/", "/../{slug}/", "//{slug}/", "/{slug}?/", "/{slug /"):
        assert urls.pattern_problem(pattern), pattern


def test_an_address_is_made_of_the_pattern() -> None:
    date = datetime(2026, 1, 4, tzinfo=UTC)
    made = urls.article_url("/{section}/{yyyy}/{mm}/{dd}/{slug}/", section="world", slug="new-era", date=date)
    assert made == "/world/2026/01/04/new-era/"


def test_an_output_path_is_a_folder_s_index_or_the_file() -> None:
    assert urls.output_path("/") == "index.html"
    assert urls.output_path("/world/") == "world/index.html"
    assert urls.output_path("/404.html") == "404.html"


def test_pages_of_a_months_archive_are_numbered_from_the_second() -> None:
    assert urls.archive_url("section:world", "2026-01", 1) == "/world/2026/01/"
    assert urls.archive_url("", "2026-01") == "/2026/01/"
    assert urls.archive_url("author:jane-doe", "2026-01", 3) == "/author/jane-doe/2026/01/page-3/"
    assert urls.archive_url("section:world", "2026-01", 2) == "/world/2026/01/page-2/"


def test_an_address_is_encoded_below_the_path_of_the_base() -> None:
    assert urls.base_path("https://x.org/") == ""
    assert urls.base_path("https://x.org/news/") == "/news"
    assert urls.href("/tag/élan/", "/news") == "/news/tag/%C3%A9lan/"
    assert urls.href("/media/a b%.png") == "/media/a%20b%25.png"


def test_the_addresses_above_one_end_at_the_root() -> None:
    assert list(urls.parents("/a/b/c/")) == ["/a/b/", "/a/", "/"]
