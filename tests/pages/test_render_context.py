"""What is asked while a page is rendered is recorded, and what is wrong in a source is reported with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from publications import SETTINGS
from slugline.catalog.queries import Answer, Query
from slugline.catalog.trace import Answers, Trace
from slugline.pages.bodies import body_html
from slugline.pages.render_context import RenderContext
from slugline.pages.site import Site
from slugline.settings.load import load_settings

SOURCE = "articles/world/first.md"


class Prepared:
    """Answers by the name of the query's class and its last field; nothing where none is given."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def ask(self, query: Query) -> Answer:
        value = self.values.get(type(query).__name__, {}).get(cast("Any", query)[-2])
        return Answer(value, b"")


def context_of(folder: Path, base_url: str = "https://courier.example", **values: Any) -> RenderContext:
    (folder / "slugline.toml").write_text(SETTINGS.replace("https://courier.example", base_url), encoding="utf-8")
    return RenderContext(Trace(cast("Answers", Prepared(**values))), Site(load_settings(folder), {}))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>No reference.</p>", "<p>No reference.</p>"),
        ('<a href="content:articles/b.md#end">b</a>', '<a href="/news/b/#end">b</a>'),
        ('<a href="content:articles/later.md" title="t">l</a>', '<a title="t">l</a>'),
        ('<a href="content:pages/about.md">a</a>', '<a href="/news/about/">a</a>'),
        ('<a href="content:tags/asia.md">a</a>', '<a href="/news/tag/asia/">a</a>'),
        ('<a href="content:articles/notes.pdf">n</a>', '<a href="/news/media/articles/notes.pdf">n</a>'),
        ('<a href="/world/">w</a> <img src="/x.png">', '<a href="/news/world/">w</a> <img src="/news/x.png">'),
    ],
)
def test_references_become_addresses_below_the_base_path(tmp_path: Path, html: str, expected: str) -> None:
    context = context_of(
        tmp_path,
        "https://courier.example/news/",
        Permalink={"articles/b.md": "/b/", "articles/later.md": ""},
        SlugOf={"pages/about.md": "about", "tags/asia.md": "asia"},
        Media={"articles/notes.pdf": (b"0", 1)},
    )
    assert body_html(context, html, SOURCE) == expected
    assert not context.findings


@pytest.mark.parametrize("path", ["articles/none.md", "authors/none.md", "media/none.pdf"])
def test_a_reference_to_nothing_is_reported_against_the_source_that_has_it(tmp_path: Path, path: str) -> None:
    context = context_of(tmp_path)
    body_html(context, f'<a href="content:{path}">x</a>', SOURCE)
    (finding,) = context.findings
    assert finding.source == SOURCE
    assert finding.needle == path.rpartition("/")[2]
    assert f"`content/{path}`" in finding.message


def test_what_a_body_asks_is_in_the_pages_trace(tmp_path: Path) -> None:
    context = context_of(tmp_path, Permalink={"articles/b.md": "/b/"})
    body_html(context, '<a href="content:articles/b.md">b</a>', SOURCE)
    assert [type(query).__name__ for query in context.trace.reads] == ["Permalink"]


def test_moments_are_in_the_publications_time_zone(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    assert context.moment("2026-07-01T12:00:00+00:00").isoformat() == "2026-07-01T13:00:00+01:00"
    assert context.first_moment("2026-07").isoformat() == "2026-07-01T00:00:00+01:00"


def test_a_page_depends_on_what_it_reads_of_the_publication_whoever_read_it_before(tmp_path: Path) -> None:
    text = '[publication]\nname = "Courier"\ntagline = "News"\ntimezone = "UTC"\nbase_url = "https://courier.example"\n'
    (tmp_path / "slugline.toml").write_text(text, encoding="utf-8")
    plain = Site(load_settings(tmp_path), {"accent": "red"})
    assert plain.tagline == plain.tagline == "News"
    for _ in range(2):
        facts: set[str] = set()
        site = plain.traced(facts)
        assert site.url == "/"
        assert facts == set()
        assert site.description == "News"
        assert facts == {"setting publication.description", "setting publication.tagline"}
        assert site.options["accent"] == "red"
        assert site.settings.archives.length == 30
        assert facts - {"setting publication.description", "setting publication.tagline"} == {
            "option accent",
            "setting archives.length",
        }
    with pytest.raises(AttributeError):
        _ = site.settings.nothing  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        _ = site.settings.archives.nothing  # type: ignore[attr-defined]


def test_whoever_goes_through_all_options_of_a_theme_depends_on_all(tmp_path: Path) -> None:
    text = '[publication]\nname = "Courier"\ntimezone = "UTC"\nbase_url = "https://courier.example"\n'
    (tmp_path / "slugline.toml").write_text(text, encoding="utf-8")
    facts: set[str] = set()
    site = Site(load_settings(tmp_path), {"accent": "red"}).traced(facts)
    assert "paper" not in site.options
    assert facts == {"option paper"}
    assert dict(site.options) == {"accent": "red"}
    assert facts == {"option paper", "option accent", "options"}
