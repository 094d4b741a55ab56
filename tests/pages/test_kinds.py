"""The kinds of pages: each declared once, all of them known to the registry, a new one by its declaration alone."""

from __future__ import annotations

import inspect
import pickle
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from publications import SETTINGS, Factory
from slugline.catalog.queries import Listing, Query
from slugline.model import Credit, Image, Teaser
from slugline.pages.kinds.kind import (
    PUBLICATION,
    Ask,
    Expansion,
    Grant,
    Maker,
    Owner,
    PageKind,
    Template,
    Variables,
    Writer,
    load,
)
from slugline.pages.kinds.registry import ROOT, STANDARD, PageKinds
from slugline.pages.page import Page, Route, Source
from slugline.pages.render_context import RenderContext
from slugline.pages.views.page import page_view
from slugline.settings.load import load_settings
from slugline.settings.schema import Settings

FOLDER = Path(inspect.getfile(PageKinds)).parent
THEME = Path(__file__).resolve().parents[2] / "themes" / "broadsheet"
EVERYTHING = """
[feeds]
enabled = true
formats = ["rss", "atom", "json"]
lists = ["section", "author", "tag", "series"]

[metadata]
cards = true

[sitemaps]
news = true

[redirects]
file = true

[well_known]
security_contact = ["mailto:desk@courier.example"]
security_expires = "2027-01-01T00:00:00Z"
humans = "Made by people."
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a publication that publishes all that there is."""
    (tmp_path / "slugline.toml").write_text(SETTINGS + EVERYTHING, encoding="utf-8")
    return load_settings(tmp_path)


def catalog(**answers: Any) -> Ask:
    """A stand-in that answers queries by the name of their class, and nothing where none is given."""
    empty: dict[str, Any] = {"Fact": "", "Media": None, "PictureOf": None, "TeaserOf": None}

    def ask(query: Query) -> Any:
        found = answers.get(type(query).__name__, empty.get(type(query).__name__, ()))
        return found(query) if callable(found) else found

    return ask


def names(expansion: Expansion) -> set[str]:
    return {route.page.name for route in expansion.routes}


def of_all(grant: str, ask: Ask, settings: Settings) -> tuple[set[str], set[str]]:
    """The names of the pages below a grant and below its grants, and of all these grants."""
    pages: set[str] = set()
    grants: set[str] = set()
    pending = [grant]
    while pending:
        found = STANDARD.expand(pending.pop(), ask, settings)
        pages |= names(found)
        pending += set(found.grants) - grants
        grants |= set(found.grants)
    return pages, grants


def test_every_file_of_kinds_is_in_the_registry_and_every_kind_is_declared_in_one_file() -> None:
    sources = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    declaring = {name for name, text in sources.items() if re.search(r"(= |return |^ +)PageKind\(", text, re.MULTILINE)}
    assert declaring == set(sources) - {"__init__", "kind", "registry"}
    for name in declaring:
        assert f"{name}." in sources["registry"], f"{name}.py is not listed"


@pytest.mark.parametrize("kind", list(STANDARD), ids=lambda kind: kind.name)
def test_what_makes_a_kind_exists_and_takes_what_it_is_given(kind: PageKind) -> None:
    if isinstance(kind.made, Template):
        # The pages of extensions name their templates themselves.
        assert (THEME / kind.made.name).is_file() if kind.made.name else kind.name == "own"
        return
    parameters = get_type_hints(load(kind.made.function))
    returned = parameters.pop("return")
    if isinstance(kind.made, Writer):
        assert list(parameters.values()) == [Route, RenderContext]
        assert returned is bytes
    else:
        assert isinstance(kind.made, Maker)
        assert [value.__name__ for value in parameters.values()] == ["Page", "Workbench"]
        assert {one.__name__ for one in get_args(returned) or (returned,)} <= {"Rendered", "Copied"}


def test_pages_that_people_link_to_come_from_one_source() -> None:
    lasting = {kind.name: kind.source for kind in STANDARD if kind.lasting}
    assert lasting == {
        "article": Source.STORY,
        **dict.fromkeys(("section", "author", "tag", "series", "page"), Source.ITEM),
        # Of an extension, whose function is no file that a story or an item comes from.
        "own": Source.NONE,
    }


def test_the_root_leads_to_every_kind_that_belongs_to_no_story(settings: Settings) -> None:
    ask = catalog(
        Fact=lambda query: {
            "assets": '{"style.css": "/assets/style.css"}',
            "search": "1",
            "static": '["ads.txt"]',
            "outputs": '["/latest.json"]',
            "own pages": '{"/projects/bridge/": false}',
        }.get(query.name, ""),
        Items=("about",),
        Item=lambda query: type("Page", (), {"url": f"/{query.slug}/"}),
        Lists=lambda query: ("/old/",) if query.kind == "alias" else ("one",),
        PublicSlugs=lambda query: ("about",) if query.kind == "page" else ("one",),
        Aliases=("/old/",),
        Buckets=(("2026-01", 1),),
        Months=("2026-01",),
        NumberedPages=1,
        Segment=(("pagefind.js", "0"),),
        References=("media/notes.pdf",),
        Media=(b"0", 1),
    )
    pages, grants = of_all(ROOT, ask, settings)
    assert {Page.from_name(name).kind for name in pages} == {kind.name for kind in STANDARD} - {
        "article",
        "card",
        "crop",
        "variant",
    }
    assert {name.partition(" ")[0] for name in grants} == set(STANDARD.grants) - {ROOT}
    assert all(STANDARD.is_grant(name) for name in grants)
    assert not any(STANDARD.is_grant(name) for name in pages)


def test_what_the_settings_switch_off_has_no_page(tmp_path: Path) -> None:
    off = "[feeds]\nenabled = false\n[sitemaps]\nenabled = false\n[robots]\nenabled = false\n[search]\nenabled = false\n"
    off += "[metadata]\nmanifest = false\n[redirects]\npages = false\n"
    text = SETTINGS.replace("[archives]", "[archives]\nmonths = false")
    (tmp_path / "slugline.toml").write_text(text + off, encoding="utf-8")
    pages, grants = of_all(ROOT, catalog(), load_settings(tmp_path))
    assert pages == {"front", "404"}
    lists = {"lists section", "lists author", "lists tag", "lists series"}
    assert grants == {"assets", "static-files", "outputs", "own-pages", "items page"} | lists


def test_a_story_has_its_page_and_a_card_while_it_has_no_picture(settings: Settings) -> None:
    def kinds(image: Image | None) -> list[str]:
        teaser = _teaser(image)
        routes = STANDARD.story_routes(teaser.key, teaser.url, (), catalog(TeaserOf=teaser), settings)
        return [route.page.name for route in routes]

    assert kinds(None) == ["article articles/a.md", "card articles/a.md"]
    assert kinds(Image("https://elsewhere.example/a.jpg")) == ["article articles/a.md"]


def test_a_file_that_is_no_picture_is_published_as_it_is(settings: Settings) -> None:
    ask = catalog(Media=(b"0", 1))
    routes = STANDARD.story_routes("articles/a.md", "/a/", ("articles/notes.pdf", "articles/b.md"), ask, settings)
    assert [(route.page.name, route.url) for route in routes] == [
        ("article articles/a.md", "/a/"),
        ("media articles/notes.pdf", "/media/articles/notes.pdf"),
    ]


def test_the_pages_of_a_month_are_numbered_and_their_names_say_whose_they_are(settings: Settings) -> None:
    found = STANDARD.expand("archive section:asia", catalog(Buckets=(("2026-01", 2),)), settings)
    assert [(route.page.name, route.url) for route in found.routes] == [
        ("bucket section:asia 2026-01 1", "/asia/2026/01/"),
        ("bucket section:asia 2026-01 2", "/asia/2026/01/page-2/"),
    ]
    found = STANDARD.expand("archive ", catalog(Buckets=(("2026-01", 1),)), settings)
    assert names(found) == {"bucket all 2026-01 1"}


def test_the_older_stories_of_an_author_or_a_tag_are_on_numbered_pages(settings: Settings) -> None:
    found = STANDARD.expand("numbered tag:asia", catalog(NumberedPages=2), settings)
    assert [(route.page.name, route.url) for route in found.routes] == [
        ("tagpage asia 1", "/tag/asia/page/1/"),
        ("tagpage asia 2", "/tag/asia/page/2/"),
    ]
    assert names(STANDARD.expand("numbered author:jane", catalog(NumberedPages=1), settings)) == {"authorpage jane 1"}


@pytest.mark.parametrize("name", ["front", "article articles/world/a b.md", "bucket section:world 2026-01 2"])
def test_a_page_is_found_again_by_its_name(name: str) -> None:
    assert Page.from_name(name).name == name


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two kinds of pages are called `front`"):
        PageKinds((*STANDARD, STANDARD["front"]))


def test_two_grants_of_one_name_are_refused() -> None:
    kind = PageKind("other", Writer("a:b"), grants=(Grant("lists", lambda *_: Expansion()),))
    with pytest.raises(ValueError, match="two grants are called `lists`"):
        PageKinds((*STANDARD, kind))


def test_the_kinds_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(STANDARD))
    assert [kind.name for kind in sent] == [kind.name for kind in STANDARD]
    assert sent.templates == STANDARD.templates
    assert sent.sources == STANDARD.sources


def _digest_pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:
    return Expansion((Route.at(Page("digest"), "/digest/"),))


def _digest(route: Route, context: RenderContext) -> Variables:
    return {"page": page_view(route, context, "Digest"), "titles": [story.title for story in context.ask(Listing())]}


def _plain_pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:
    return Expansion((Route.at(Page("plaintext", owner.key), f"{owner.url}story.txt"),))


def plain_text(route: Route, context: RenderContext) -> bytes:
    """A story as plain text."""
    return f"{route.page.key}\n".encode()


DIGEST = PageKind("digest", Template("digest.html", _digest), {PUBLICATION: _digest_pages})
PLAIN_TEXT = PageKind("plaintext", Writer("test_kinds:plain_text"), {"article": _plain_pages})


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_new_kind_takes_one_declaration(publication: Factory, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    kinds = PageKinds((*STANDARD, DIGEST, PLAIN_TEXT))
    courier = publication()
    courier.write("themes/tiny/digest.html", "{{ page.title }}: {{ titles | join(', ') }}\n")
    courier.article("world/first")
    for number in range(70 if jobs > 1 else 0):  # more pages than one process renders alone
        courier.article(f"world/more-{number}")
    courier.check(kinds=kinds, jobs=jobs)
    text = "build/world/2026/01/first/story.txt"
    assert courier.read(text) == "articles/world/first.md\n"
    assert courier.read("build/digest/index.html").startswith("Digest: ")

    courier.replace("content/articles/world/first.md", "First", "Foremost")
    rendered = courier.rendered(kinds=kinds, jobs=jobs)
    assert "/digest/" in rendered
    assert "/world/2026/01/first/story.txt" not in rendered
    assert "Foremost" in courier.read("build/digest/index.html")

    courier.delete("content/articles/world/first.md")
    courier.check(kinds=kinds, jobs=jobs)
    assert not (courier.root / text).exists()


def _teaser(image: Image | None) -> Teaser:
    return Teaser(
        "articles/a.md", "/a/", "A", "", "", "", "world", "2026-01-01T00:00:00+00:00", "", (Credit("jane"),), (), "",
        image, 1, "en", "news", draft=False, unlisted=False, noindex=False, dek_html="", embargo=False,
    )  # fmt: skip
