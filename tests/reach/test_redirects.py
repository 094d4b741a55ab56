"""Old addresses: they lead on, and none is lost without a word."""

from __future__ import annotations

import pytest
from lxml import etree
from papers import Paper

from slugline.cli import main
from slugline.errors import PublicationError
from slugline.redirects import FORMATS


def warnings(report: object) -> list[str]:
    return [str(problem) for problem in report.problems if "leads nowhere" in problem.message]  # type: ignore[attr-defined]


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
    assert paper.read("_redirects").splitlines() == [
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
    assert told["netlify"].splitlines() == [
        "/paper/ p=3 /paper/world/2026/03/moved/ 301",
        "/paper/alt/s%C3%BC%C3%9F/ /paper/world/2026/03/moved/ 301",
    ]
    assert '    "/paper/?p=3" "/paper/world/2026/03/moved/";\n' in told["nginx"]
    assert '    "/paper/?p=3" "/paper/world/2026/03/moved/"\n' in told["caddy"]
    assert not any("secret" in text for text in told.values())


def test_nginx_is_told_of_addresses_that_its_tables_cannot_hold() -> None:
    short, long = ("/old/", "/new/"), (f"/{'x' * 150}/", "/new/")
    assert FORMATS["nginx"]([short]).startswith("map $request_uri")
    assert FORMATS["nginx"]([short, long]).startswith("map_hash_bucket_size 256;\nmap $request_uri")
    many = [(f"/old/{number}/", "/new/") for number in range(3000)]
    assert FORMATS["nginx"](many).startswith("map_hash_max_size 4096;\nmap_hash_bucket_size 256;\nmap $")


def test_many_lost_addresses_are_told_in_few_lines(paper: Paper) -> None:
    for number in range(30):
        paper.story(f"story-{number}", "2026-03-01")
    paper.build()
    paper.settings('[urls]\narticle = "/{yyyy}/{slug}/"')
    report = paper.build()
    told = [problem for problem in report.problems if "published" in problem.message]
    assert len(told) == 21
    assert told[-1].message.startswith("10 more addresses")
