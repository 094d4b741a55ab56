"""Structured data against schema.org's vocabulary and what Google reads; previews and the manifest."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import extruct
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from lxml import etree
from papers import Paper
from PIL import Image

from slugline.pages.structured_data.nodes import headline

SCHEMAS = Path(__file__).parent / "schemas"
VOCABULARY: dict[str, Any] = json.loads((SCHEMAS / "schemaorg.json").read_text())
# What is required of each type, and what is recommended, by https://developers.google.com/search/docs/appearance/:
# structured-data/article, …/profile-page, …/breadcrumb, …/organization, …/carousel, and site-names.
GOOGLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "NewsArticle": (
        (),
        ("author", "author.name", "author.url", "dateModified", "datePublished", "headline", "image"),
    ),
    "ProfilePage": (
        ("mainEntity", "mainEntity.name"),
        ("mainEntity.description", "mainEntity.image", "mainEntity.sameAs"),
    ),
    "BreadcrumbList": (
        ("itemListElement", "itemListElement.position", "itemListElement.name", "itemListElement.item"),
        (),
    ),
    "NewsMediaOrganization": ((), ("name", "url", "logo", "sameAs", "foundingDate", "email")),
    "WebSite": (("name", "url", "potentialAction.target", "potentialAction.query-input"), ()),
    "CollectionPage": (
        ("mainEntity.itemListElement", "mainEntity.itemListElement.position", "mainEntity.itemListElement.url"),
        (),
    ),
}


@pytest.fixture
def newsroom(paper: Paper) -> Paper:
    """A paper of its own for a test that edits it."""
    return furnished(paper)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """One paper for all tests that only read."""
    return furnished(Paper(tmp_path_factory.mktemp("paper")))


def furnished(paper: Paper) -> Paper:
    paper.settings(
        '[publisher]\nethics = "/ethics/"\nmasthead = "/about/"\nsame_as = ["https://social.example/t"]\n'
        'founding_date = "1999"\nemail = "desk@news.example"\n'
        'ownership = "https://owner.example/"\n[metadata]\ntwitter = "@test"\n'
    )
    text = (paper.root / "slugline.toml").read_text().replace("[publisher]", 'logo = "media/lead.png"\n[publisher]', 1)
    paper.write("slugline.toml", text.replace('copyright = "© Test"\n\nlogo', 'copyright = "© Test"\nlogo'))
    author = "name: Max Roe\nimage: ../media/lead.png\nlinks: {Site: 'https://max.example/'}\n"
    paper.write("content/authors/max-roe.md", f"---\n{author}---\nMax.\n")
    paper.write("content/pages/about.md", "---\ntitle: About\n---\nWe.\n")
    paper.story(
        "full",
        "2026-03-01T08:00:00Z",
        updated="2026-03-02",
        dek="'Ends </script> here'",
        tags="[Peace, War]",
        authors="[jane-doe, max-roe]",
        image="{src: ../../media/lead.png, alt: Dot, caption: A dot, credit: Doe}",
        corrections="[{date: 2026-03-02, text: It was a <b>line</b>.}]",
    )
    for kind in ("analysis", "opinion", "review", "reportage", "explainer", "interview"):
        paper.story(kind, "2026-02-01", type=kind)
    paper.story("ganz", "2026-03-03", lang="de", translation_of="full.md", series="Long read")
    paper.build()
    return paper


def graph(paper: Paper, path: str) -> dict[str, dict[str, Any]]:
    (script,) = etree.HTML(paper.read(path)).xpath("//script[@type='application/ld+json']/text()")
    return {node["@type"]: node for node in json.loads(script)["@graph"]}


def faults(node: dict[str, Any], path: str = "") -> Iterator[str]:
    kind = node["@type"]
    if kind not in VOCABULARY:
        yield f"{path}: no type {kind}"
        return
    for name, value in node.items():
        if name.startswith("@") or name.endswith("-input"):
            continue
        wanted = set(VOCABULARY[kind]["properties"].get(name, ()))
        if not wanted:
            yield f"{path}: {kind} has no {name}"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "@type" in one:
                if not wanted & set(VOCABULARY[one["@type"]]["is"]):
                    yield f"{path}: {kind}.{name} is no {one['@type']}"
                yield from faults(one, f"{path}/{name}")
            elif isinstance(one, dict):
                if set(one) != {"@id"} or "IdReference" not in wanted:
                    yield f"{path}: {kind}.{name} is no reference"
            elif not any(fits(one, word) for word in wanted):
                yield f"{path}: {kind}.{name} is not {' or '.join(sorted(wanted))}: {one!r}"


def fits(value: object, word: str) -> bool:
    """Whether a plain value is what the vocabulary calls by that word."""
    if isinstance(value, bool):
        return word == "Boolean"
    if isinstance(value, int):
        # A picture's width is a Distance by the vocabulary; Google's own examples give pixels as a number.
        return word in ("Integer", "Number", "Distance")
    assert isinstance(value, str)
    if word == "Date":
        # ISO 8601: a year alone is a date.
        return re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) is not None
    if word == "DateTime":
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False
    if word == "Duration":
        return re.fullmatch(r"P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?", value) is not None
    return word == "Text" or (word in ("URL", *PAGES) and value.startswith("https://"))


# Google's examples, and schema.org's own, name a page by its address alone.
PAGES = ("CreativeWork", "WebPage", "AboutPage", "ImageObject")


def at(node: object, path: str) -> list[object]:
    """What stands at a path of names, in every branch of lists."""
    found = [node]
    for name in path.split("."):
        below: list[object] = []
        for one in found:
            value = one.get(name) if isinstance(one, dict) else None
            below += value if isinstance(value, list) else [value]
        found = below
    return found


def test_every_graph_keeps_to_the_vocabulary(built: Paper) -> None:
    pages = [path for path in built.tree() if path.endswith("index.html") and not path.startswith("search")]
    assert len(pages) > 15
    for path in pages:
        for node in graph(built, path).values():
            assert not list(faults(node, path))


def test_references_lead_to_nodes_that_the_site_has(built: Paper) -> None:
    found = graph(built, "world/2026/03/ganz/index.html")
    full = graph(built, "world/2026/03/full/index.html")
    assert found["NewsArticle"]["translationOfWork"]["@id"] == full["NewsArticle"]["@id"]
    assert full["NewsArticle"]["workTranslation"] == [{"@id": found["NewsArticle"]["@id"]}]
    assert full["NewsArticle"]["publisher"]["@id"] == full["NewsMediaOrganization"]["@id"]
    assert full["WebSite"]["publisher"]["@id"] == full["NewsMediaOrganization"]["@id"]


def test_what_google_requires_and_recommends_is_there(built: Paper) -> None:
    nodes = graph(built, "world/2026/03/full/index.html") | {
        "ProfilePage": graph(built, "author/max-roe/index.html")["ProfilePage"],
        "CollectionPage": graph(built, "world/index.html")["CollectionPage"],
    }
    for kind, (required, recommended) in GOOGLE.items():
        assert not [path for path in (*required, *recommended) if not all(at(nodes[kind], path))], kind
    for page in (path for path in built.tree() if path.endswith("index.html") and not path.startswith("search")):
        for kind, node in graph(built, page).items():
            required = GOOGLE.get(kind, ((), ()))[0]
            # An author without a story has a page that lists none.
            assert not [path for path in required if "mainEntity" in node and not all(at(node, path))], page
    article = nodes["NewsArticle"]
    assert [author["name"] for author in article["author"]] == ["Jane Doe", "Max Roe"]
    assert article["author"][0]["jobTitle"] == "Reporter"
    assert article["datePublished"] == "2026-03-01T09:00:00+01:00"
    assert article["dateModified"] == "2026-03-02T00:00:00+01:00"
    assert article["correction"][0]["text"] == "It was a <b>line</b>."
    assert article["alternativeHeadline"] == "Ends </script> here"
    assert nodes["NewsMediaOrganization"]["ethicsPolicy"] == "https://news.example/paper/ethics/"
    assert nodes["NewsMediaOrganization"]["ownershipFundingInfo"] == "https://owner.example/"


def test_a_story_that_was_never_updated_has_no_date_of_change(built: Paper) -> None:
    assert "dateModified" not in graph(built, "world/2026/03/ganz/index.html")["NewsArticle"]


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("review", "ReviewNewsArticle"),
        ("reportage", "ReportageNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("interview", "NewsArticle"),
    ],
)
def test_kinds_of_story_have_words_of_their_own(built: Paper, kind: str, word: str) -> None:
    assert word in graph(built, f"world/2026/02/{kind}/index.html")


def test_breadcrumbs_lead_from_the_front_to_the_story(built: Paper) -> None:
    crumbs = graph(built, "world/2026/03/full/index.html")["BreadcrumbList"]["itemListElement"]
    assert [(crumb["position"], crumb["name"]) for crumb in crumbs] == [(1, "The Daily Test"), (2, "World"), (3, "Full")]
    assert crumbs[1]["item"] == {"@id": "https://news.example/paper/world/"}


def test_structured_data_can_be_off(newsroom: Paper) -> None:
    newsroom.settings("[metadata]\nstructured_data = false\nmanifest = false")
    newsroom.build()
    assert "ld+json" not in newsroom.read("world/2026/03/full/index.html")
    assert not newsroom.has("manifest.webmanifest")
    assert 'rel="manifest"' not in newsroom.read("index.html")


def test_a_new_story_leaves_the_graphs_of_the_archive_alone(newsroom: Paper) -> None:
    newsroom.story("brand-new", "2026-03-20")
    urls = newsroom.rendered(newsroom.build())
    assert [url for url in urls if url.startswith("/world/20")] == [
        url for url in urls if url in ("/world/2026/03/brand-new/", "/world/2026/03/ganz/", "/world/2026/03/")
    ]


def test_translations_name_each_other(built: Paper) -> None:
    for path in ("full", "ganz"):
        page = etree.HTML(built.read(f"world/2026/03/{path}/index.html"))
        found = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@hreflang]")}
        base = "https://news.example/paper/world/2026/03"
        assert found == {"en": f"{base}/full/", "x-default": f"{base}/full/", "de": f"{base}/ganz/"}


def hreflang(paper: Paper, name: str) -> dict[str, str]:
    page = etree.HTML(paper.read(f"world/2026/03/{name}/index.html"))
    return {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@hreflang]")}


@pytest.mark.parametrize("hidden", ["", "one"])
def test_a_translation_of_a_translation_is_one_of_the_original(paper: Paper, hidden: str) -> None:
    paper.story("one", "2026-03-01", draft="true" if hidden else "false")
    paper.story("zwei", "2026-03-02", lang="de", translation_of="one.md")
    paper.story("trois", "2026-03-03", lang="fr", translation_of="one.md" if hidden else "zwei.md")
    paper.story("quatro", "2026-03-04", lang="pt", translation_of="trois.md")
    paper.build()
    shown = [name for name in ("one", "zwei", "trois", "quatro") if name != hidden]
    found = [hreflang(paper, name) for name in shown]
    assert all(each == found[0] for each in found)
    assert set(found[0].values()) == {f"https://news.example/paper/world/2026/03/{name}/" for name in shown}
    paper.story("cinque", "2026-03-05", lang="it", translation_of="quatro.md")
    paper.build()
    assert all("it" in hreflang(paper, name) for name in shown)
    paper.build(verify=1.0)


def test_previews_have_what_social_networks_read(built: Paper) -> None:
    page = etree.HTML(built.read("world/2026/03/full/index.html"))
    found = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//head/meta")}
    assert found["og:type"] == "article"
    assert found["og:title"] == "Full"
    assert found["og:url"] == "https://news.example/paper/world/2026/03/full/"
    assert found["og:image"].startswith("https://news.example/paper/media/media/lead")
    assert found["article:published_time"] == "2026-03-01T09:00:00+01:00"
    assert found["twitter:card"] == "summary_large_image"
    assert found["twitter:site"] == "@test"


def test_an_independent_parser_reads_back_what_previews_need(built: Paper) -> None:
    here = "https://news.example/paper/world/2026/03/full/"
    found = extruct.extract(
        built.read("world/2026/03/full/index.html"), base_url=here, syntaxes=["opengraph", "json-ld"], errors="strict"
    )
    (preview,) = found["opengraph"]
    assert preview["namespace"]["og"] == "http://ogp.me/ns#"
    properties: dict[str, list[str]] = {}
    for name, value in preview["properties"]:
        properties.setdefault(name, []).append(value)
    (picture,) = properties.pop("og:image")
    assert picture.startswith("https://news.example/paper/media/media/lead.")
    assert properties == {
        "og:site_name": ["The Daily Test"],
        "og:type": ["article"],
        "og:title": ["Full"],
        "og:description": ["Ends </script> here"],
        "og:url": [here],
        "og:locale": ["en"],
        "og:image:width": ["1"],
        "og:image:height": ["1"],
        "og:image:alt": ["Dot"],
        "article:published_time": ["2026-03-01T09:00:00+01:00"],
        "article:modified_time": ["2026-03-02T00:00:00+01:00"],
        "article:author": [f"https://news.example/paper/author/{slug}/" for slug in ("jane-doe", "max-roe")],
        "article:section": ["World"],
        "article:tag": ["Peace", "War"],
    }
    (data,) = found["json-ld"]
    assert {node["@type"] for node in data["@graph"]} == set(graph(built, "world/2026/03/full/index.html"))


def test_every_page_says_what_previews_ask_of_any(built: Paper) -> None:
    for path in (path for path in built.tree() if path.endswith("index.html")):
        (preview,) = extruct.extract(built.read(path), syntaxes=["opengraph"])["opengraph"]
        names = dict(preview["properties"])
        # What https://ogp.me/ asks of any page; a paper without a picture of its own shows none.
        assert {"og:title", "og:type", "og:url", "og:description", "og:site_name"} <= set(names), path
        assert names["og:url"].startswith("https://news.example/paper/")


def test_the_manifest_knows_the_publication(built: Paper) -> None:
    manifest = json.loads(built.read("manifest.webmanifest"))
    schema = json.loads((SCHEMAS / "webmanifest.json").read_text(encoding="utf-8"))
    assert not list(Draft7Validator(schema).iter_errors(manifest))
    assert manifest["name"] == "The Daily Test"
    assert manifest["start_url"] == "/paper/"
    assert [(icon["type"], icon["sizes"], icon.get("purpose", "")) for icon in manifest["icons"]] == [
        ("image/svg+xml", "any", ""),
        ("image/png", "192x192", "any"),
        ("image/png", "192x192", "maskable"),
        ("image/png", "512x512", "any"),
        ("image/png", "512x512", "maskable"),
    ]
    for icon in manifest["icons"][1:]:
        found = Image.open(io.BytesIO(built.bytes(icon["src"].removeprefix("/paper/"))))
        assert f"{found.width}x{found.height}" == icon["sizes"]
    assert built.has(manifest["icons"][0]["src"].removeprefix("/paper/"))
    (href,) = etree.HTML(built.read("index.html")).xpath("//link[@rel='manifest']/@href")
    assert href == "/paper/manifest.webmanifest"


def test_icons_stand_where_they_are_looked_for(built: Paper) -> None:
    touch = Image.open(io.BytesIO(built.bytes("apple-touch-icon.png"))).convert("RGB")
    assert touch.size == (180, 180)
    # The theme's accent, and a letter in the middle of it.
    assert touch.getpixel((2, 2)) == (163, 21, 27)
    bright = touch.convert("L").point(lambda value: 255 if value > 200 else 0).getbbox()
    assert bright is not None
    assert abs(bright[0] + bright[2] - 180) <= 6
    assert abs(bright[1] + bright[3] - 180) <= 6
    favicon = Image.open(io.BytesIO(built.bytes("favicon.ico")))
    assert favicon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_icons_follow_the_settings(newsroom: Paper) -> None:
    before = newsroom.bytes("favicon.ico")
    text = newsroom.read("../slugline.toml")
    newsroom.write("slugline.toml", text + '[theme.options]\naccent = "oklch(50% 0.1 20)"\nicon_letter = "日"\n')
    newsroom.build(verify=1.0)
    icon = Image.open(io.BytesIO(newsroom.bytes("icon-192.png"))).convert("RGB")
    assert icon.getcolors() == [(192 * 192, (20, 20, 20))]
    assert newsroom.bytes("favicon.ico") != before


@given(st.text(max_size=300))
def test_a_headline_is_never_too_long_and_never_cut_needlessly(title: str) -> None:
    short = headline(title)
    assert len(short) <= 110
    assert short == title or len(title) > 110


def test_a_story_that_names_itself_as_its_original_has_one_language(newsroom: Paper) -> None:
    newsroom.story("ganz", "2026-03-03", lang="de", translation_of="ganz.md")
    newsroom.build()
    assert "hreflang" not in newsroom.read("world/2026/03/ganz/index.html")
    assert "translationOfWork" not in newsroom.read("world/2026/03/ganz/index.html")
