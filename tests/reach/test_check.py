"""`slugline check`: each thing that it should find is found, with file and line, and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from papers import NOW, Paper

from slugline.checks.external import check_links
from slugline.checks.formats import FORMATS, Graded
from slugline.checks.run import LEVELS, check
from slugline.cli import main
from slugline.errors import PublicationError

GOOD = {"dek": "A dek.", "image": "{src: ../../media/lead.png, alt: Dot, credit: Doe}"}


def found(paper: Paper, name: str) -> list[Graded]:
    return [graded for graded in check(paper.root, now=NOW) if graded.finding.check == name]


def places(paper: Paper, name: str) -> list[str]:
    return [f"{graded.finding.path}:{graded.finding.line}" for graded in found(paper, name)]


@pytest.fixture
def tidy(paper: Paper) -> Paper:
    paper.settings('[feeds]\nid_base = "tag:news.example,2026:paper"')
    paper.story("tidy", "2026-03-01", "Text.\n\n## Part one\n\n[Here](#part-one), ![A dot](../../media/lead.png)\n", **GOOD)
    return paper


def test_a_tidy_publication_has_nothing_to_tell(tidy: Paper) -> None:
    tidy.build()
    assert check(tidy.root, now=NOW) == ()


STORY = "content/articles/world/bad.md"


@pytest.mark.parametrize(
    ("name", "line", "front", "text"),
    [
        ("long-headline", 2, {"title": "x" * 111}, "Text."),
        ("missing-dek", 1, {"dek": "''"}, "Text."),
        ("missing-description", 1, {"dek": "''"}, "## Only a heading"),
        ("missing-alt", 6, {"image": "{src: ../../media/lead.png, credit: Doe}"}, "Text."),
        ("missing-alt", 10, {}, "Text.\n\n![](../../media/lead.png)"),
        ("missing-credit", 6, {"image": "{src: ../../media/lead.png, alt: Dot}"}, "Text."),
        ("missing-picture", 6, {"image": "{src: none.png, alt: Dot, credit: Doe}"}, "Text."),
        ("heading-levels", 10, {}, "## Two\n\n#### Four"),
        ("duplicate-title", 2, {"title": "tidy"}, "Text."),
        ("near-duplicate-slug", 1, {"slug": "the-tidy-2"}, "Text."),
        ("local-path", 8, {}, "[x](file:///home/jane/list.pdf)"),
        ("local-path", 10, {}, "Text.\n\n[x](C:\\Users\\jane\\list.pdf)"),
        ("local-path", 10, {}, "Text.\n\n![A dam](/Users/jane/Desktop/dam.jpg)"),
        ("local-path", 8, {}, "<a href='file:///C:/list.pdf'>x</a>"),
        ("local-path", 6, {"image": "{src: 'file:///tmp/a.png', alt: Dot, credit: Doe}"}, "Text."),
        ("broken-link", 8, {}, "[x](nowhere.md)"),
        ("broken-link", 10, {}, "Text.\n\n![A gate](/photos/gate.jpg)"),
        ("broken-anchor", 8, {}, "[x](tidy.md#part-two)"),
        ("broken-anchor", 8, {}, "[x](#none)"),
        ("unknown-author", 4, {"authors": "[Ann Poe, jane-doe]"}, "Text."),
        ("third-party", 10, {}, "Text.\n\n<iframe src='https://maps.example/x' title='Map'></iframe>"),
        ("third-party", 10, {}, "Text.\n\n<script src=\"//ads.example/x.js\"></script>"),
        ("tag-once", 7, {"tags": "[Lonely]"}, "Text."),
        ("date-without-zone", 3, {"date": "2026-05-01 09:00"}, "Text."),
        ("missing-original", 7, {"translation_of": "none.md"}, "Text."),
    ],
)
def test_what_is_wrong_is_found_on_its_line(
    tidy: Paper, name: str, line: int, front: dict[str, str], text: str
) -> None:
    front = {**GOOD, **front}
    tidy.story("bad", front.pop("date", "2026-03-02"), text, **front)
    assert places(tidy, name) == [f"{STORY}:{line}"]
    assert {graded.finding.check for graded in check(tidy.root, now=NOW)} - {name, "missing-dek"} == set()


def test_an_alias_of_two_stories_is_an_error(tidy: Paper) -> None:
    tidy.story("a-first", "2026-03-02", aliases="[/old/]", **GOOD)
    tidy.story("b-second", "2026-03-03", aliases="[/old/]", **GOOD)
    (graded,) = found(tidy, "alias-twice")
    assert graded.level == "error"
    assert graded.finding.path == "content/articles/world/b-second.md"


def test_addresses_of_the_site_are_looked_up_in_the_last_build(tidy: Paper) -> None:
    tidy.story("bad", "2026-03-02", "[x](/nowhere/) [y](/world/) [z](/author/jane-doe) [m](/feed.xml?x#y)", **GOOD)
    assert found(tidy, "broken-address") == []
    tidy.build()
    assert places(tidy, "broken-address") == [f"{STORY}:8"]


def test_a_picture_that_is_neither_a_file_nor_on_the_site_is_found(tidy: Paper) -> None:
    tidy.story("bad", "2026-03-02", "![A dot](/media/lead.png)\n\n![Another](/none.png)", **GOOD)
    tidy.build()
    assert places(tidy, "broken-address") == [f"{STORY}:10"]


def test_authors_and_sections_are_looked_at(tidy: Paper) -> None:
    tidy.write("content/authors/idle-hand.md", "---\nname: Idle Hand\n---\nText.\n")
    tidy.write("content/sections/bare.md", "---\ntitle: Bare\n---\n")
    assert places(tidy, "orphan-author") == ["content/authors/idle-hand.md:1"]
    assert places(tidy, "missing-description") == ["content/sections/bare.md:1"]


def test_wrong_sources_are_reported_like_the_rest(tidy: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    tidy.write("content/articles/world/broken.md", "---\ntitle: Broken\n---\nText.\n")
    (graded,) = found(tidy, "source")
    assert graded.finding.path == "content/articles/world/broken.md"
    assert "`date` is missing" in graded.finding.message
    assert main(["check", "--root", str(tidy.root)]) == 1


def test_an_expired_security_file_is_reported(tidy: Paper) -> None:
    tidy.settings('[well_known]\nsecurity_contact = ["mailto:a@b.example"]\nsecurity_expires = "2026-01-01T00:00:00Z"')
    (graded,) = found(tidy, "security-expired")
    assert graded.finding.line


def test_levels_are_the_settings_to_choose(tidy: Paper) -> None:
    tidy.story("bad", "2026-03-02", tags="[Lonely]", image=GOOD["image"])
    tidy.settings('[check.levels]\nmissing-dek = "error"\ntag-once = "off"')
    assert [graded.level for graded in found(tidy, "missing-dek")] == ["error"]
    assert found(tidy, "tag-once") == []
    tidy.settings('[check.levels]\nmissing-deck = "error"')
    with pytest.raises(PublicationError, match="did you mean `missing-dek`"):
        check(tidy.root, now=NOW)


def test_a_check_leaves_the_next_build_its_work(tidy: Paper) -> None:
    tidy.build()
    tidy.story("late", "2026-03-03", **GOOD)
    check(tidy.root, now=NOW)
    assert "/world/2026/03/late/" in tidy.rendered(tidy.build())
    assert tidy.build(verify=1.0).verified


def test_the_exit_code_says_whether_there_are_errors(tidy: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", "--root", str(tidy.root), "--now", NOW.isoformat()]
    tidy.story("warned", "2026-03-02", title="x" * 111, **GOOD)
    assert main(arguments) == 0
    tidy.story("wrong", "2026-03-02", "[x](nowhere.md)", **GOOD)
    assert main(arguments) == 1
    assert "nowhere.md" in capsys.readouterr().out


def test_findings_are_written_for_programs_and_forges(tidy: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    tidy.story("wrong", "2026-03-02", "100% [x](no,where.md)", **GOOD)
    arguments = ["check", "--root", str(tidy.root), "--now", NOW.isoformat(), "--format"]
    main([*arguments, "json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["check"], row["level"], row["line"]) == ("broken-link", "error", 8)
    main([*arguments, "github"])
    out = capsys.readouterr().out
    assert out.startswith("::error file=content/articles/world/wrong.md,line=8,title=broken-link::")
    assert set(FORMATS) == {"text", "json", "github"}


def test_every_check_has_a_line_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "check.md").read_text(encoding="utf-8")
    for name, level in LEVELS.items():
        assert f"| `{name}` | {level} |" in text


class _Server(BaseHTTPRequestHandler):
    asked: list[str]

    def do_HEAD(self) -> None:
        self.asked.append(f"HEAD {self.path}")
        self.send_response({"/ok": 200, "/gone": 404, "/shy": 405, "/forbidden": 403}[self.path])
        self.end_headers()

    def do_GET(self) -> None:
        self.asked.append(f"GET {self.path}")
        self.send_response({"/gone": 404, "/shy": 200, "/forbidden": 403}[self.path])
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    _Server.asked = []
    with HTTPServer(("127.0.0.1", 0), _Server) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()


def test_addresses_elsewhere_are_visited_once_a_week(server: HTTPServer, tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{server.server_port}"
    links = {f"{base}/{name}": ["content/a.md"] for name in ("forbidden", "gone", "ok", "shy")}
    found_at_first = check_links(links, tmp_path / "links.json", 1000.0, pause=0.0)
    assert [one.message for one in found_at_first] == [f"{base}/gone leads nowhere: the server answers 404"]
    asked = len(_Server.asked)
    assert check_links(links, tmp_path / "links.json", 2000.0, pause=0.0) == found_at_first
    # What was broken may have been mended.
    assert _Server.asked[asked:] == ["HEAD /gone", "GET /gone"]
    _Server.asked.clear()
    check_links(links, tmp_path / "links.json", 1000.0 + 8 * 24 * 3600, pause=0.0)
    assert len(_Server.asked) == asked


def test_a_server_that_is_not_there_is_reported(tmp_path: Path) -> None:
    links = {"http://127.0.0.1:9/x": ["content/a.md", "content/b.md"]}
    assert [one.path for one in check_links(links, tmp_path / "links.json", 0.0)] == ["content/a.md", "content/b.md"]
