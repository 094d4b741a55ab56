"""Tags that differ in signs only: an import writes what a build takes."""

from __future__ import annotations

from pathlib import Path

from publications import Factory
from slugline.cli import main
from slugline.importing.places import old_address

PAGE = """<!doctype html><html lang="{lang}"><head><title>{title}</title><link rel="canonical" href="https://old.example{path}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{title}",
"datePublished": "2026-01-0{day}T09:00:00Z", "keywords": {tags}, "url": "https://old.example{path}"}}</script></head>
<body><article><h1>{title}</h1><p>{words}</p><p>{words}</p></article></body></html>
"""
WORDS = "The council met on Tuesday and heard from those who live by the river about what the water does to their cellars. " * 3


def test_what_is_imported_is_built(publication: Factory, tmp_path: Path) -> None:
    paper = publication()
    paper.source("sections/news.md", {"title": "News"})
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for day, (title, lang, path, tags) in enumerate(
        (
            ("A first headline of the day", "en_GB", "/caf%C3%A9/%7Bone%7D/", '["C", "Disney"]'),
            ("A second headline of the day", "english", "/a%0Ab/", '["C++", "Disney+"]'),
            ("A third headline of the day", "en-UK", "/a*b/", '["C#", "C++", "#Rivers"]'),
        ),
        1,
    ):
        html = PAGE.format(title=title, lang=lang, path=path, tags=tags, day=day, words=WORDS + title)
        (seeds / f"{day}.html").write_text(html, encoding="utf-8")
    assert main(["import", str(seeds), "--root", str(paper.root), "--section", "news", "-q"]) == 0
    paper.build()
    assert "C++" in paper.read("content/tags/c-plus-plus.md")
    assert (paper.output / "tag/c-sharp/index.html").exists()
    assert (paper.output / "tag/c/index.html").exists()


def test_an_old_address_is_written_as_a_build_reads_it() -> None:
    assert old_address("/caf%C3%A9/x/") == "/café/x/"
    assert old_address("/100%25/") == "/100%25/"
    assert [old_address(path) for path in ("/%7Bx%7D/", "/a%0Ab/", "/*/", "/:x/", "//x/", "/../", "/", "")] == [""] * 8
