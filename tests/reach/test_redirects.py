"""Old addresses: they lead on, and none is lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import text
from lxml import etree
from papers import Paper

from slugline.aliases import as_written, read_alias
from slugline.cli import main
from slugline.errors import PublicationError
from slugline.redirects import FORMATS, Moved, Moves


def warnings(report: object) -> list[str]:
    return [str(problem) for problem in report.problems if "leads nowhere" in problem.message]  # type: ignore[attr-defined]


def told_of_stories(text: str) -> list[str]:
    """The lines of a list of redirects without those of the months and feeds that lists had."""
    return [line for line in text.splitlines() if ":slug" not in line and ":section" not in line]


def test_an_alias_is_a_page_that_leads_on(paper: Paper) -> None:
    paper.story("moved", "2026-03-01", aliases="[/old/, /older.html, /süß]")
    paper.build()
    for path in ("old/index.html", "older.html", "süß/index.html"):
        page = etree.HTML(paper.read(path))
        assert page.xpath("//link[@rel='canonical']/@href") == ["https://news.example/paper/world/2026/03/moved/"]
        assert page.xpath("//meta[@http-equiv]/@content") == ["0; url=https://news.example/paper/world/2026/03/moved/"]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_an_alias_follows_its_story(paper: Paper) -> None:
    paper.story("moved", "2026-03-01", aliases="[/old/]")
    paper.build()
    paper.story("moved", "2026-03-01", aliases="[/old/]", slug="again")
    report = paper.build()
    assert "/world/2026/03/again/" in paper.read("old/index.html")
    assert len(warnings(report)) == 1
    paper.story("moved", "2026-03-01", slug="again")
    paper.build(verify=1.0)
    assert not paper.has("old/index.html")


def test_a_story_under_embargo_has_no_redirect(paper: Paper) -> None:
    paper.story("later", "2026-05-01", aliases="[/old/]")
    paper.build()
    assert not paper.has("old/index.html")


def test_an_alias_at_a_page_that_exists_is_an_error(paper: Paper) -> None:
    paper.story("one", "2026-03-01")
    paper.story("two", "2026-03-02", aliases="[/world/2026/03/one/]")
    with pytest.raises(PublicationError, match="/world/2026/03/one/"):
        paper.build()


def test_a_changed_slug_is_warned_about_until_it_has_an_alias(paper: Paper) -> None:
    paper.story("story", "2026-03-01")
    paper.build()
    paper.story("story", "2026-03-01", slug="other")
    (warning,) = warnings(paper.build())
    assert "content/articles/world/story.md" in warning
    assert "aliases: [/world/2026/03/story/]" in warning
    paper.story("story", "2026-03-01", slug="third", aliases="[/world/2026/03/story/, /world/2026/03/other/]")
    assert not warnings(paper.build())


def test_a_deleted_story_is_told_of_and_a_draft_is_not(paper: Paper) -> None:
    paper.story("gone", "2026-03-01")
    paper.story("rough", "2026-03-02")
    paper.build()
    (paper.root / "content/articles/world/gone.md").unlink()
    paper.story("rough", "2026-03-02", draft="true")
    (warning,) = warnings(paper.build())
    assert "/world/2026/03/gone/" in warning


def test_the_redirects_file_lists_what_no_page_can_answer(paper: Paper) -> None:
    paper.settings("[redirects]\nfile = true\npages = false")
    paper.story("moved", "2026-03-01", aliases="['/?p=3', /old/]")
    paper.build()
    assert told_of_stories(paper.read("_redirects")) == [
        "/paper/ p=3 /paper/world/2026/03/moved/ 301",
        "/paper/old/ /paper/world/2026/03/moved/ 301",
    ]
    assert not paper.has("old/index.html")


def test_servers_are_told_in_their_own_words(paper: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["redirects", "--root", str(paper.root), "--format"]
    assert main([*arguments, "nginx"]) == 2
    paper.story("moved", "2026-03-01", aliases="['/?p=3', /alt/süß/]")
    paper.story("waits", "2026-05-01", aliases="[/secret/]")
    paper.build()
    capsys.readouterr()
    told = {name: (main([*arguments, name]), capsys.readouterr().out)[1] for name in ("netlify", "nginx", "caddy")}
    assert told_of_stories(told["netlify"]) == [
        "/paper/ p=3 /paper/world/2026/03/moved/ 301",
        "/paper/alt/s%C3%BC%C3%9F/ /paper/world/2026/03/moved/ 301",
    ]
    assert '    "/paper/?p=3" "/paper/world/2026/03/moved/";\n' in told["nginx"]
    assert '    "/paper/?p=3" "/paper/world/2026/03/moved/"\n' in told["caddy"]
    assert not any("secret" in text for text in told.values())


def test_the_list_is_that_of_the_build_that_is_meant(paper: Paper, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper.story("moved", "2026-03-01", aliases="[/old/]")
    paper.build(output=tmp_path / "elsewhere")
    arguments = ["redirects", "--root", str(paper.root), "--base-url", "https://test.example/stage"]
    assert main(arguments) == 2
    capsys.readouterr()
    assert main([*arguments, "--output", str(tmp_path / "elsewhere")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "/stage/old/ /stage/world/2026/03/moved/ 301",
        "/stage/author/:slug/2026/* /stage/author/:slug/ 301",
        "/stage/tag/:slug/2026/* /stage/tag/:slug/ 301",
        "/stage/:section/feed.atom /stage/:section/feed.xml 301",
        "/stage/author/:slug/feed.atom /stage/author/:slug/feed.xml 301",
        "/stage/author/:slug/feed.json /stage/author/:slug/feed.xml 301",
        "/stage/tag/:slug/feed.atom /stage/tag/:slug/feed.xml 301",
        "/stage/tag/:slug/feed.json /stage/tag/:slug/feed.xml 301",
        "/stage/series/:slug/feed.atom /stage/series/:slug/feed.xml 301",
        "/stage/series/:slug/feed.json /stage/series/:slug/feed.xml 301",
    ]
    assert main(["redirects", "--root", str(paper.root), "--base-url", "ftp://x"]) == 2


def test_nginx_is_told_of_addresses_that_its_tables_cannot_hold() -> None:
    short, long = Moved("/old/", "/new/"), Moved(f"/{'x' * 150}/", "/new/")
    assert FORMATS["nginx"](Moves("", (short,))).startswith("map $uri")
    assert FORMATS["nginx"](Moves("", (short, long))).startswith("map_hash_bucket_size 256;\nmap $uri")
    many = tuple(Moved(f"/old/{number}/", "/new/") for number in range(1500))
    assert FORMATS["nginx"](Moves("", many)).startswith("map_hash_max_size 4096;\nmap_hash_bucket_size 256;\nmap $")


def test_many_lost_addresses_are_told_in_few_lines(paper: Paper) -> None:
    for number in range(30):
        paper.story(f"story-{number}", "2026-03-01")
    paper.build()
    paper.settings('[urls]\narticle = "/{yyyy}/{slug}/"')
    report = paper.build()
    told = [problem for problem in report.problems if "published" in problem.message]
    assert len(told) == 21
    assert len([one for one in paper.build().problems if "published" in one.message]) == 21
    assert told[-1].message.startswith("10 more addresses")


@pytest.mark.parametrize(
    ("alias", "why"),
    [
        ("/", "front page"), ("/*", "`*`"), ("/a/*/", "`*`"), ("/:splat/", "colon"), ("/a/:b/", "colon"), ("/{path}/", "`{`"),
        ('/a"b/', '`"`'), ("/a\nb/", "cannot be seen"), ("/a\0b/", "cannot be seen"), ("/a%0Ab/", "cannot be seen"),
        ("/old/#part", "#"),
        ("/a/../b/", "plain path"), ("/a/%2E%2e/b/", "plain path"), ("/a//b/", "plain path"), ("//evil.example/", "whole site"),
        ("https://old.example/a/", "whole site"),
        ("old/", "no path"), ("/%FF/", "UTF-8"), ("/a%3Fb/", "`?`"),
        ("/a\\b/", "`\\`"),
        (f"/{'x' * 300}/", "bytes"),
    ],
)  # fmt: skip
def test_what_no_server_can_be_given_is_refused_with_the_reason(paper: Paper, alias: str, why: str) -> None:
    assert why in read_alias(alias).problem
    paper.story("moved", "2026-03-01", aliases=json.dumps([alias, "/fine/"]))
    with pytest.raises(PublicationError) as caught:
        paper.build()
    (problem,) = caught.value.problems
    assert problem.line > 1
    assert str(problem).isprintable() or "\n" in str(problem)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("/%C3%A9t%C3%A9/", "/été/"), ("/e\u0301te\u0301/", "/été/"), ("/a%20b/", "/a b/"), ("/?s=été", "/?s=%C3%A9t%C3%A9"),
        ("/?s=%c3%a9", "/?s=%C3%A9"), ("/100%25/", "/100%/"), ("/old", "/old"), ("/?p=3&&q=", "/?p=3&q="), ("/x/?", "/x/"),
        ("/?q=a%26b", "/?q=a%26b"), ("/it's-(a)-test/", "/it's-(a)-test/"),
    ],
)  # fmt: skip
def test_one_address_has_one_form_however_it_is_written(written: str, stored: str) -> None:
    assert read_alias(written) == (stored, "", "")
    assert read_alias(as_written(stored)).address == stored


@given(text())
def test_any_text_is_an_address_or_refused(written: str) -> None:
    address, problem, _ = read_alias(written)
    assert bool(address) != bool(problem)
    if address:
        assert read_alias(as_written(address)) == (address, "", "")


def test_letters_of_another_case_are_no_conflict_within_a_story(paper: Paper) -> None:
    paper.settings("[redirects]\nfile = true")
    paper.story("moved", "2026-03-01", aliases="[/World/2026/03/Moved/, /Old/, /old/, '/world/2026/03/moved/?page=2']")
    paper.build()
    assert [line.split()[0] for line in told_of_stories(paper.read("_redirects"))] == [
        f"/paper{alias}" for alias in ("/Old/", "/World/2026/03/Moved/", "/old/")
    ]
    assert paper.has("Old/index.html")
    assert "meta" in paper.read("world/2026/03/moved/index.html")
    paper.story("other", "2026-03-01", aliases="[/World/2026/03/Moved/]")
    with pytest.raises(PublicationError, match=r"but for upper and lower case, the address of content/.*moved\.md"):
        paper.build()


def test_the_own_address_is_no_old_one(paper: Paper) -> None:
    paper.settings("[redirects]\npages = false")
    paper.story("moved", "2026-03-01", aliases="[/world/2026/03/moved/]")
    with pytest.raises(PublicationError, match="is the address of this page"):
        paper.build()


def test_a_section_moves_with_all_that_is_below_it(paper: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    paper.settings("[redirects]\nfile = true")
    paper.write("content/sections/world.md", "---\ntitle: World\naliases: [/foreign/, /weltweit/news/, /world.php]\n---\n")
    paper.story("moved", "2026-03-01", aliases="[/foreign/special/]")
    paper.build()
    assert told_of_stories(paper.read("_redirects")) == [
        "/paper/foreign/special/ /paper/world/2026/03/moved/ 301",
        "/paper/world.php /paper/world/ 301",
        "/paper/foreign/* /paper/world/:splat 301",
        "/paper/weltweit/news/* /paper/world/:splat 301",
    ]
    assert main(["redirects", "--root", str(paper.root)]) == 0
    assert capsys.readouterr().out == paper.read("_redirects")
    paper.write("content/sections/world.md", "---\ntitle: World\naliases: [/author/]\n---\n")
    with pytest.raises(PublicationError, match="would lead away from"):
        paper.build()


def test_a_lost_address_is_reported_until_it_leads_on_or_is_declared_gone(paper: Paper) -> None:
    paper.story("story", "2026-03-01")
    paper.build()
    paper.story("story", "2026-03-01", slug="other")
    first = warnings(paper.build())
    assert first
    assert first == warnings(paper.build())
    paper.story("another", "2026-03-02")
    assert first == warnings(paper.build())
    paper.settings('[urls]\ngone = ["/world/2026/03/story/"]')
    report = paper.build()
    assert not warnings(report)
    assert not report.rendered
    paper.settings("[redirects]\npages = false")
    assert first == warnings(paper.build())
    paper.story("story", "2026-03-01", slug="other", aliases="[/world/2026/03/story/]")
    assert not warnings(paper.build())
    paper.story("story", "2026-03-01", slug="other")
    assert first == warnings(paper.build())
    paper.settings("")
    paper.write("content/sections/world.md", "---\ntitle: World\naliases: [/world/2026/03/story/]\n---\n")
    assert not warnings(paper.build())
    paper.write("content/sections/world.md", "---\ntitle: World\n---\n")
    paper.story("story", "2026-03-01")
    assert [one for one in warnings(paper.build()) if "/other/" in one]
    assert not [one for one in warnings(paper.build()) if "/story/ was" in one]


def test_a_wrong_address_that_is_gone_is_an_error_of_the_settings(paper: Paper) -> None:
    paper.settings('[urls]\ngone = ["story/"]')
    with pytest.raises(PublicationError, match=r"urls\.gone"):
        paper.build()
