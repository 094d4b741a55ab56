"""Saved pages through a whole import, and through the build of what came of it."""

from __future__ import annotations

import importlib.util
import json
import re
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import escape

from importing.conftest import Newsroom
from importing.pages import Layout, layouts
from importing.test_html_reader import PNG, TEASERS, page
from importing.test_to_markdown import VECTORS
from slugline import build
from slugline.cli import main
from slugline.errors import UsageError
from slugline.importing import import_into
from slugline.starting import init_publication

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
OUTPUT = "articles/news/board-votes-to-rebuild-the-market.md"


@pytest.fixture
def site(newsroom: Newsroom) -> Newsroom:
    """A newsroom with a saved site of two stories, a front page and what belongs to them."""
    figure = '<figure><img src="story_files/pier.png" alt="The pier"><figcaption>The pier</figcaption></figure>'
    newsroom.seed("site/story.html", page(body=figure))
    newsroom.seed("site/story_files/pier.png", PNG)
    newsroom.seed("site/story_files/ads.html", "<html><body>frame</body></html>")
    newsroom.seed("site/style.css", "body { color: red }")
    newsroom.seed("site/2026/other/index.html", page(title="Choir looks for a bass in every village"))
    newsroom.seed("site/index.html", f"<html><head><title>Paper</title></head><body class='home'>{TEASERS}</body></html>")
    return newsroom


def test_a_saved_site_becomes_its_stories_with_their_pictures(site: Newsroom) -> None:
    report = site.run()
    assert {outcome.source.removeprefix("seeds/"): outcome.action for outcome in report.outcomes} == {
        "site/story.html": "written",
        "site/2026/other/index.html": "written",
        "site/index.html": "left",
    }
    assert report.exit_code == 0
    files = site.files()
    (picture,) = (path for path in files if path.endswith(".png"))
    assert files[picture] == PNG
    assert f'![The pier]({Path(picture).name} "The pier")' in site.read(OUTPUT)


def test_the_same_import_again_changes_nothing(site: Newsroom) -> None:
    site.run()
    before = site.files()
    report = site.run()
    assert sorted(site.actions(report)) == ["left", "unchanged", "unchanged"]
    assert site.files() == before


def test_a_dry_run_writes_nothing_and_says_the_same(site: Newsroom) -> None:
    dry = site.run(dry_run=True)
    assert not site.content.exists()
    assert [(one.source, one.action, one.output) for one in dry.outcomes] == [
        (one.source, one.action, one.output) for one in site.run().outcomes
    ]


def test_an_import_that_was_killed_before_it_kept_its_record_carries_on(site: Newsroom) -> None:
    site.run(site.seeds / "site/story.html")
    site.forget()
    before = site.read(OUTPUT)
    report = site.run()
    assert sorted(site.actions(report)) == ["left", "unchanged", "written"]
    assert site.read(OUTPUT) == before


def test_what_an_editor_has_changed_stays(site: Newsroom) -> None:
    site.run()
    edited = site.edit(OUTPUT, "The harbour board voted", "The board of the harbour voted")
    report = site.run()
    assert "kept" in site.actions(report)
    assert site.read(OUTPUT) == edited


def test_the_result_is_the_same_for_any_number_of_processes(newsroom: Newsroom) -> None:
    for number in range(100):
        newsroom.seed(f"site/{number:03}.html", page(title=f"Story number {number} of the saved site", body=f"<p>{number}</p>"))
    newsroom.run(jobs=1)
    one = newsroom.files()
    newsroom.clear()
    newsroom.run(jobs=2)
    assert newsroom.files() == one


def test_a_missing_package_ends_the_import_with_the_extra_that_brings_it(
    site: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "nh3" else real(name, *rest))
    with pytest.raises(UsageError, match=r"pip install 'slugline\[import\]'"):
        site.run()


def test_text_is_imported_without_those_packages(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name in ("nh3", "lxml") else real(name, *rest))
    newsroom.seed("000.txt")
    assert newsroom.actions(newsroom.run()) == ["written"]


def test_the_command_writes_the_report_for_programs_and_for_people(tmp_path: Path) -> None:
    root = tmp_path / "paper"
    init_publication(root, "The Update Desk", "Europe/London")
    (tmp_path / "story.html").write_text(page('<script>alert(1)</script><meta name="author" content="Ines Marlow">'), "utf-8")
    report = tmp_path / "report.json"
    options = ["import", str(tmp_path / "story.html"), "--root", str(root), "--format", "html", "--report", str(report)]
    assert main(options) == 0
    told = json.loads(report.read_text("utf-8"))
    (item,) = told["items"]
    assert item["title"] == "Board votes to rebuild the market"
    assert item["authors"] == ["ines-marlow"]
    assert item["words"]["in"] == item["words"]["out"] > 50
    shown = report.with_suffix(".html").read_text("utf-8")
    assert "Board votes to rebuild the market" in shown
    assert "<h1>Import report" in shown


_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset", "cite", "ping", "xlink:href", "background")


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_saved_site_can_come_in_an_archive(newsroom: Newsroom) -> None:
    figure = '<figure><img src="../files/pier.png" alt="The pier"></figure>'
    archive = packed(
        newsroom.seeds / "site.zip", {"a/story.html": page(body=figure), "files/pier.png": PNG, "a/style.css": "x"}
    )
    report = newsroom.run()
    assert [(one.source, one.action) for one in report.outcomes] == [("seeds/site.zip/a/story.html", "written")]
    assert sum(path.endswith(".png") for path in newsroom.files()) == 1
    assert newsroom.actions(newsroom.run()) == ["unchanged"]
    assert archive.is_file()


@pytest.mark.parametrize(
    "name", ["../../escaped.html", "/escaped.html", "a/../../escaped.html", "C:/escaped.html", "a\\..\\escaped.html"]
)
def test_no_path_of_an_archive_leads_out_of_it(newsroom: Newsroom, name: str) -> None:
    packed(newsroom.seeds / "site.zip", {"story.html": page(), name: page()})
    report = newsroom.run()
    assert newsroom.actions(report) == ["refused"]
    assert "would lie outside" in report.problems[0].message
    assert not list(newsroom.root.parent.rglob("escaped.html"))


def test_an_archive_that_holds_links_or_unpacks_beyond_measure_is_refused(newsroom: Newsroom) -> None:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(newsroom.seeds / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    packed(newsroom.seeds / "b.zip", {"bomb.html": b"\0" * (260 << 20)})
    (newsroom.seeds / "c.zip").write_bytes((newsroom.seeds / "b.zip").read_bytes()[:-40])
    report = newsroom.run()
    assert newsroom.actions(report) == ["refused", "refused", "refused"]
    messages = [problem.message for problem in report.problems]
    assert "is a link" in messages[0]
    assert "200 times its size" in messages[1]


class _Runs(HTMLParser):
    """Everything on a page that could run: scripts, handlers, addresses that are code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Data (JSON-LD) does not run; text that broke out of it would be seen as tags here.
        self._script = tag == "script" and dict(attrs).get("type") != "application/ld+json"
        for name, value in attrs:
            plain = re.sub(r"[\x00-\x20\x7f-\xa0\u200b]", "", value or "").lower()
            code = name in _ADDRESSES and (plain.partition(":")[0].endswith("script") or plain.startswith("data:text"))
            if name.startswith("on") or code or (name in ("style", "srcdoc") and "pwned" in plain):
                self.found.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and "pwned" in data:
            self.found.append(data)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication made of every layout and of every attack, and built."""
    folder = tmp_path_factory.mktemp("built")
    root = folder / "paper"
    init_publication(root, "The Update Desk", "Europe/London")
    seeds = folder / "seeds"
    seeds.mkdir()
    for layout in layouts():
        # Many show the same story: a word of its own makes each one to be built.
        (seeds / f"{layout.name}.html").write_bytes(own(layout))
    attacks = "\n".join(
        f"<div><p>Paragraph {number} is here so that there is a story.</p>{one}</div>" for number, one in enumerate(VECTORS)
    )
    (seeds / "attacks.html").write_text(
        page(title="A page of attacks &lt;script&gt;pwned()&lt;/script&gt;", body=attacks), "utf-8"
    )
    for number, one in enumerate(VECTORS):
        (seeds / f"attack-{number:02}.html").write_text(page(title=f"Attack number {number} of many", body=one), "utf-8")
    report = import_into(root, [seeds], now=NOW, jobs=1)
    written = [outcome.source for outcome in report.outcomes if outcome.action == "written"]
    assert {f"seeds/{layout.name}.html" for layout in layouts()} <= set(written)
    assert not [problem for problem in report.problems if problem.severity == "error"]
    assert {outcome.action for outcome in report.outcomes} <= {"written", "same"}
    build(root, now=NOW)
    return root / "build"


def own(layout: Layout) -> bytes:
    word = f"In {layout.name.replace('-', '')}, "
    first = layout.text.split("\n", 1)[0]
    codec = "cp1252" if b"iso-8859-1" in layout.html else "utf-8"
    html = layout.html.decode(codec)
    for text in (first, str(escape(first))):
        html = html.replace(text, word + text)
    return html.encode(codec)


def test_everything_imported_builds_without_an_error(built: Path) -> None:
    shown = "".join(path.read_text("utf-8") for path in built.rglob("index.html"))
    for layout in layouts():
        assert f"In {layout.name.replace('-', '')}, " in shown


def test_nothing_that_was_imported_runs_on_a_built_page(built: Path) -> None:
    for path in built.rglob("*.html"):
        runs = _Runs()
        runs.feed(path.read_text("utf-8"))
        assert not runs.found, path


def test_old_addresses_lead_to_the_stories(built: Path) -> None:
    assert (built / "2025/03/night-ferry/index.html").is_file()
