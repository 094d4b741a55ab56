"""What is a draft, has expired or is unlisted is where its front matter lets it be, whatever kind of source it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from papers import NOW, Paper

from publications import tree
from slugline.errors import Problem, PublicationError

END = datetime(2026, 3, 25, 18, tzinfo=UTC)
KINDS = ("authors", "sections", "tags", "series", "pages")


def item(paper: Paper, kind: str, slug: str, word: str, *lines: str) -> None:
    """A file of which every part has a word of its own; an author's name alone is on the stories."""
    name = "name: Norma Bates" if kind == "authors" else f"title: {word} title"
    parts = [name, f"mood: {word}mood", f"aliases: [/old-{word}/]", *lines]
    if kind == "authors":
        parts += [f"role: {word}role", f"email: {word}@example.org", "image: {src: ../media/lead.png, alt: " + word + "alt}"]
    else:
        parts.append(f"description: {word}description")
    paper.write(f"content/{kind}/{slug}.md", "---\n" + "\n".join(parts) + f"\n---\nThe {word}body of it.\n")


def everything(paper: Paper) -> bytes:
    """All paths and bytes of the output, in lower case."""
    found = b"".join(path.encode() + b"\n" + content for path, content in tree(paper.root / "build").items())
    return found.lower()


def errors(paper: Paper, **options: object) -> list[Problem]:
    with pytest.raises(PublicationError) as caught:
        paper.build(**options)  # type: ignore[arg-type]
    return [problem for problem in caught.value.problems if problem.severity == "error"]


@pytest.fixture
def full(paper: Paper) -> Paper:
    """A paper with stories that name sources of every kind, which each test writes."""
    paper.settings("[redirects]\nfile = true\n[metadata]\ncards = true\n[search]\nindex = false\n")
    paper.story("open", "2026-03-01", "See [it](secret.md), [her](../../authors/norma.md), [x](../../tags/quokka.md).")
    paper.story("other", "2026-03-02", "See [p](../../pages/numbat.md), [s](../../series/bilby.md).",
                tags="[Quokka]", series="Bilby", authors="[norma]")  # fmt: skip
    return paper


def secret(paper: Paper, line: str) -> None:
    paper.story("secret", "2026-03-03", "The wombatbody.", title="A wombat title", dek="A wombatdek.", kicker="Wombatkicker",
                authors="[jane-doe, Wombat Writer]", tags="[Wombattag, Peace]", series="Wombatseries", aliases="[/old-wombat/]",
                **dict([line.split(": ")]))  # fmt: skip
    item(paper, "authors", "norma", "wombat", line)
    item(paper, "tags", "quokka", "wombat", line)
    item(paper, "series", "bilby", "wombat", line)
    item(paper, "pages", "numbat", "wombat", line)
    item(paper, "sections", "wombat-section", "wombat", line)


@pytest.mark.parametrize("line", ["draft: true", "expires: 2026-03-20T11:59:59Z"])
def test_nothing_of_what_is_held_back_is_in_any_byte(full: Paper, line: str) -> None:
    secret(full, "noindex: true")
    full.build()
    assert b"wombatbody" in everything(full)
    secret(full, line)
    report = full.build()
    assert not [problem for problem in report.problems if problem.severity == "error"]
    assert b"wombat" not in everything(full)
    page = full.read("world/2026/03/other/index.html")
    assert "Norma Bates" in page
    assert "Quokka" in page
    for address in ("author/norma", "tag/quokka", "series/bilby", "numbat/"):
        assert f"/{address}" not in page
    assert not full.has("author/norma/index.html")
    assert "See it, her, x." in full.read("world/2026/03/open/index.html")
    assert full.build(verify=1.0).verified


def test_what_expires_goes_at_its_moment_from_every_output(full: Paper) -> None:
    secret(full, "expires: 2026-03-25T18:00:00Z")
    before = full.build(END - timedelta(seconds=1))
    assert before.next_event is not None
    pages = ("world/2026/03/secret", "author/norma", "tag/quokka", "series/bilby", "numbat", "wombat-section", "old-wombat")
    for path in pages:
        assert full.has(f"{path}/index.html"), path
    assert b"wombatbody" in everything(full)
    report = full.build(END)
    assert b"wombat" not in everything(full)
    assert not report.problems, "that something expires is no loss of an address"
    assert full.build(END, verify=1.0).verified
    full.build(END - timedelta(seconds=1))
    assert b"wombatbody" in everything(full)


def test_the_expiry_is_the_next_event(paper: Paper) -> None:
    paper.story("short", "2026-03-01", expires="2026-03-21 09:00")
    event = paper.build().next_event
    assert event is not None
    assert event.at == "2026-03-21T09:00:00+01:00"
    assert "“Short” expires" in event.what


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_expires_on_the_clock_alone(paper: Paper, kind: str) -> None:
    if kind in ("tags", "series"):
        paper.story("open", "2026-03-01", **{kind: "Thing"})
    item(paper, kind, "thing", "wombat", "expires: 2026-03-25T18:00:00Z", *(["public: true"] if kind == "authors" else []))
    assert paper.build().next_event is not None
    assert b"wombatbody" in everything(paper)
    paper.build(END)
    assert b"wombat" not in everything(paper)


def test_an_unlisted_story_is_a_page_and_nothing_else(full: Paper) -> None:
    full.story("older", "2026-02-20", tags="[Peace]")
    full.story("newer", "2026-03-04", tags="[Peace]", translation_of="secret.md", lang="de")
    full.story("secret", "2026-03-03", "The wombatbody.", title="A wombat title", authors="[jane-doe, Wombat Writer]",
               tags="[Wombattag, Peace]", unlisted="true")  # fmt: skip
    item(full, "authors", "norma", "bates")
    item(full, "tags", "quokka", "kiwi")
    item(full, "series", "bilby", "kiwi")
    item(full, "pages", "numbat", "kiwi")
    full.build()
    found = tree(full.root / "build")
    page = found.pop("world/2026/03/secret/index.html").decode()
    assert 'name="robots" content="noindex"' in page
    assert "hreflang" not in page
    assert "Wombat Writer" in page
    assert "author/wombat-writer" not in page
    assert "tag/wombattag" not in page
    found.pop("world/2026/03/secret/card.png", None)
    link = found.pop("world/2026/03/open/index.html").decode()
    assert 'href="/paper/world/2026/03/secret/"' in link, "a link to it leads to it"
    for feed in [path for path in found if path.endswith(("feed.xml", "feed.atom", "feed.json"))]:
        # The whole text of the story that links to it is in the feeds.
        found[feed] = found[feed].replace(b"https://news.example/paper/world/2026/03/secret/", b"")
    for path, content in found.items():
        assert b"wombat" not in content.lower(), path
        assert b"secret/" not in content.lower(), path
    assert full.build(verify=1.0).verified


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("line", ["unlisted: true", "noindex: true"])
def test_an_unlisted_item_leaves_menus_and_sitemaps_and_one_without_index_the_sitemaps(
    paper: Paper, kind: str, line: str
) -> None:
    front = {"authors": "[thing]", "tags": "[Thing]", "series": "Thing"}
    paper.story("open", "2026-03-01", **({kind: front[kind]} if kind in front else {}))
    if kind == "sections":
        paper.write("content/articles/thing/a.md", "---\ntitle: A\ndate: 2026-03-01\n---\nIts own words.\n")
    item(paper, kind, "thing", "kiwi", line, *(["menu: about"] if kind == "pages" else []))
    paper.build()
    address = {"authors": "author/thing/", "tags": "tag/thing/", "series": "series/thing/"}.get(kind, "thing/")
    page = paper.read(f"{address}index.html")
    assert f"/paper/{address}</loc>" not in paper.read("sitemaps/pages.xml")
    assert ('name="robots" content="noindex"' in page) == line.startswith("noindex")
    menu = f'href="/paper/{address}"' in paper.read("404.html")
    assert menu == (line.startswith("noindex") and kind in ("sections", "pages"))
    if kind == "sections":
        assert paper.has("thing/2026/03/a/index.html")
        assert b"/thing/2026/03/a/" in everything(paper)
        assert "thing/2026/03/a/" in paper.read("sitemaps/2026-03.xml")


def test_a_story_without_index_is_listed_and_in_no_sitemap(paper: Paper) -> None:
    paper.story("open", "2026-03-20T10:00:00Z", noindex="true")
    paper.build()
    assert 'name="robots" content="noindex"' in paper.read("world/2026/03/open/index.html")
    assert "world/2026/03/open/" in paper.read("index.html")
    assert "world/2026/03/open/" in paper.read("feed.xml")
    for path, content in tree(paper.root / "build").items():
        if "sitemap" in path:
            assert b"open/" not in content, path


@pytest.mark.parametrize(
    ("line", "words"),
    [("draft: true", "is no draft"), ("expires: 2026-03-10", "longer than"), ("expires: 2026-12-01", "longer than")],
)
def test_a_public_story_in_a_section_that_is_not_is_an_error_that_names_both(paper: Paper, line: str, words: str) -> None:
    paper.story("open", "2026-03-01", section="world")
    paper.build()
    paper.write("content/sections/world.md", f"---\ntitle: World\n{line}\n---\n")
    (problem,) = errors(paper)
    assert problem.path == "content/articles/world/open.md"
    assert problem.line == 5
    assert words in problem.message
    assert "content/sections/world.md" in problem.message
    paper.story("open", "2026-03-01", **dict([line.split(": ")]))
    paper.build()
    paper.story("later", "2026-03-21")
    assert "content/sections/world.md" in errors(paper)[0].message, "under embargo too: the clock alone fails no build"


@pytest.mark.parametrize("held", ["draft: true", "date: 2026-04-01", "expires: 2026-03-05", "unlisted: true"])
def test_an_author_is_public_with_the_first_public_story(paper: Paper, held: str) -> None:
    (paper.root / "content/media/face.png").write_bytes((paper.root / "content/media/lead.png").read_bytes())
    paper.write("content/authors/norma.md", "---\nname: Norma\nimage: ../media/face.png\n---\nHer wombatbody.\n")
    key, value = held.split(": ")
    paper.story("hers", **{"date": "2026-03-01", "authors": "[norma]", key: value})
    paper.build()
    assert b"wombatbody" not in everything(paper)
    assert not [path for path in tree(paper.root / "build") if "norma" in path or "face" in path]
    paper.story("hers", "2026-03-01", authors="[norma]")
    paper.build()
    assert [path for path in tree(paper.root / "build") if "face" in path]
    for path in ("author/norma/index.html", "author/norma/feed.xml"):
        assert paper.has(path), path
    paper.write("content/authors/norma.md", "---\nname: Norma\npublic: true\n---\nHer wombatbody.\n")
    paper.story("hers", "2026-03-01", authors="[norma]", draft="true")
    paper.build()
    assert paper.has("author/norma/index.html")
    assert "author/norma/" in paper.read("sitemaps/pages.xml")
    assert paper.build(verify=1.0).verified


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_aliases(paper: Paper, kind: str) -> None:
    paper.settings("[redirects]\nfile = true\n")
    front = {"authors": "[thing]", "tags": "[Thing]", "series": "Thing"}
    paper.story("open", "2026-03-01", **({kind: front[kind]} if kind in front else {}))
    item(paper, kind, "thing", "kiwi")
    paper.build()
    address = {"authors": "author/thing/", "tags": "tag/thing/", "series": "series/thing/"}.get(kind, "thing/")
    assert f'url=https://news.example/paper/{address}"' in paper.read("old-kiwi/index.html")
    # What was below the old address of a section is led on too.
    line = "/paper/old-kiwi/* /paper/thing/:splat 301" if kind == "sections" else f"/paper/old-kiwi/ /paper/{address} 301"
    assert line in paper.read("_redirects")
    item(paper, kind, "thing", "kiwi", "draft: true")
    if kind == "sections":
        paper.story("open", "2026-03-01")
    paper.build()
    assert not paper.has("old-kiwi/index.html")
    assert "kiwi" not in paper.read("_redirects")


@pytest.mark.parametrize("kind", [*KINDS, "articles/world"])
@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("embargo: 2027-01-01", "`date`"), ("EMBARGO: 2027-01-01", "`date`"), ("published: false", "draft: true"),
        ("publish_at: 2027-01-01", "`date`"), ("publishDate: 2027-01-01", "`date`"), ("publish-date: 2027-01-01", "`date`"),
        ("date_published: 2027-01-01", "`date`"), ("expiryDate: 2026-01-01", "expires"), ("expire: 2026-01-01", "expires"),
        ("status: draft", "draft: true"), ("visibility: private", "draft: true"), ("hidden: true", "unlisted: true"),
        ("private: true", "draft: true"), ("DRAFT: true", "`draft: …`"), ("Draft: true", "`draft: …`"),
        ("Expires: 2026-01-01", "`expires: …`"), ("no_index: true", "`noindex: …`"), ("draft: 'yes'", "draft: true"),
    ],
)  # fmt: skip
def test_a_word_of_another_tool_is_an_error_with_the_right_key(paper: Paper, kind: str, line: str, right: str) -> None:
    name = "name: X" if kind == "authors" else "title: X\ndate: 2026-03-01" if "/" in kind else "title: X"
    paper.write(f"content/{kind}/x.md", f"---\n{name}\n{line}\n---\nWords.\n")
    (problem,) = errors(paper)
    assert problem.path == f"content/{kind}/x.md"
    assert problem.line == name.count("\n") + 3
    assert right in problem.hint


def test_public_is_a_key_of_authors_alone(paper: Paper) -> None:
    paper.story("x", "2026-03-01", public="false")
    assert "draft: true" in errors(paper)[0].hint


def test_a_near_miss_by_meaning_is_warned_of(paper: Paper) -> None:
    paper.story("x", "2026-03-01", subtitle="Below it", category="world", mood="calm")
    hints = [(problem.severity, problem.hint) for problem in paper.build().problems]
    assert hints == [("warning", "did you mean `dek`?"), ("warning", "did you mean `section`?")]


def test_a_story_that_expires_before_it_comes_out_is_an_error(paper: Paper) -> None:
    paper.story("x", "2026-03-01", expires="2026-03-01")
    assert "never be public" in errors(paper)[0].message


@pytest.mark.parametrize(
    "front",
    [
        {"title": ""}, {"date": "soon"}, {"type": "poem"}, {"authors": "[nobody]"}, {"image": "nothing.jpg"}, {"status": "x"},
        {"title": "a: b: c"}, {"slug": "ÄÖ Ü"}, {"section": "../x"},
    ],
)  # fmt: skip
def test_a_draft_never_stops_a_build(paper: Paper, front: dict[str, str]) -> None:
    paper.story("open", "2026-03-01", "A [link](plan.md).")
    paper.story("plan", **{"date": "2026-03-02", "text": "See [it](gone.md). ![](gone.png)", "draft": "true", **front})
    problems = []
    for options in ({}, {"drafts": True}):
        problems += paper.build(**options).problems
        assert paper.has("world/2026/03/open/index.html")
    assert {problem.severity for problem in problems} == {"warning"}
    assert {problem.path for problem in problems} == {"content/articles/world/plan.md"}


def test_a_bad_author_file_is_one_error(paper: Paper) -> None:
    for number in range(3):
        paper.story(f"s{number}", "2026-03-01")
    paper.build()
    paper.write("content/authors/jane-doe.md", "---\nrole: Reporter\n---\n")
    (problem,) = errors(paper)
    assert problem.path == "content/authors/jane-doe.md"


def test_all_errors_of_a_run_are_reported_together(paper: Paper) -> None:
    settings = (paper.root / "slugline.toml").read_text(encoding="utf-8")
    paper.write("slugline.toml", settings.replace('language = "en"', 'language = "en"\nlogo = "nologo.png"'))
    paper.story("a", "soon")
    paper.story("b", "2026-03-01", "![](gone.png) and [x](/free/) and ![](/free.png)", image="gone.jpg")
    paper.story("c", "2026-03-01", authors="[nobody]")
    paper.write("content/pages/p.md", "---\ntitle: P\n---\n[x](nothing.md)\n")
    found = {(problem.path.removeprefix("content/"), problem.line > 0) for problem in errors(paper)}
    articles = {(f"articles/world/{name}.md", True) for name in "abc"}
    assert found == {("slugline.toml", True), ("pages/p.md", True), *articles}
    assert len(errors(paper)) == 6


def test_a_missing_logo_is_an_error_where_nothing_else_changed(paper: Paper) -> None:
    paper.story("a", "2026-03-01")
    settings = (paper.root / "slugline.toml").read_text(encoding="utf-8")
    paper.write("slugline.toml", settings.replace('language = "en"', 'language = "en"\nlogo = "media/lead.png"'))
    paper.build()
    (paper.root / "content/media/lead.png").unlink()
    (problem,) = errors(paper)
    assert (problem.path, problem.line) == ("slugline.toml", 7)


def test_the_end_of_an_embargo_fails_no_build(paper: Paper) -> None:
    paper.story("open", "2026-03-01")
    paper.story("later", "2026-03-21", "![](gone.png)")
    (problem,) = errors(paper)
    assert problem.path == "content/articles/world/later.md"
    assert "gone.png" in problem.message


def test_an_expired_target_fails_no_build(paper: Paper) -> None:
    paper.story("open", "2026-03-01", "See [it](short.md).")
    paper.story("short", "2026-03-01", expires="2026-03-21")
    paper.build()
    assert "short/" in paper.read("world/2026/03/open/index.html")
    report = paper.build(NOW + timedelta(days=2))
    assert report.problems == ()
    assert "See it." in paper.read("world/2026/03/open/index.html")
