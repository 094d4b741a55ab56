"""The Update Desk, from its seed to the finished site: what `make site` promises."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest

import slugline
from slugline.cli import main

pytestmark = pytest.mark.xdist_group("desk")

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STORY = "world/2026/01/new-era-for-us-south-korea-defence-cooperation/index.html"
ORIGIN = "https://www.theupdatedesk.example"


def fresh_copy(folder: Path, *, keep_articles: bool = False) -> Path:
    """The publication as a fresh checkout has it; without what an import has written, unless asked."""
    folder.mkdir()
    shutil.copy(ROOT / "slugline.toml", folder)
    for name in ("seeds", "content"):
        shutil.copytree(ROOT / name, folder / name)
    if not keep_articles:
        shutil.rmtree(folder / "content" / "articles")
        shutil.rmtree(folder / "content" / "authors")
        (folder / "content" / ".imports.jsonl").unlink()
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Update Desk, imported from its seeds and built."""
    root = fresh_copy(tmp_path_factory.mktemp("desk") / "desk")
    assert main(["import", str(root / "seeds"), "--root", str(root), "--date", "2026-01-24", "--section", "world", "-q"]) == 0
    slugline.build(root, now=NOW)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Page(HTMLParser):
    """A page's links, ids, texts by the class of the element that holds them."""

    VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.open: list[tuple[str, str]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids |= {values[name] for name in ("id", "name") if values.get(name)}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in ("link", "script", "img", "source", "iframe"):
            self.loaded += [values[name] for name in ("href", "src") if values.get(name)]
            self.loaded += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        if tag not in self.VOID:
            self.open.append((tag, values.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if data.strip():
            classes = tuple(name for tag, names in self.open for name in (*names.split(), tag))
            self.words.append((classes, " ".join(data.split())))

    def text(self, name: str) -> str:
        """The words inside elements of that class or name."""
        return " ".join(text for classes, text in self.words if name in classes)


def seed_parts() -> tuple[str, list[str], str]:
    """The seed's headline, the paragraphs of its body and its bio, cut out by hand rather than by the importer."""
    (seed,) = (ROOT / "seeds").glob("000_*.txt")
    blocks = [block.strip() for block in seed.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    headline = blocks[0]
    body = [block for block in blocks[2:] if not block.startswith("Share This Article")]
    body = body[: body.index("Leave a Reply")]
    (share,) = (block for block in blocks if block.startswith("Share This Article"))
    return headline, body, share.split("\n")[1]


def test_the_page_of_the_story_shows_the_seeds_sentences_in_order(desk: Path) -> None:
    headline, paragraphs, bio = seed_parts()
    page = Page((desk / "build" / STORY).read_text(encoding="utf-8"))
    assert len(paragraphs) == 8
    assert page.text("h1") == headline
    assert page.text("story-body") == " ".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    assert bio in " ".join(text for _, text in page.words)


def test_the_page_of_the_story_shows_everything_else_that_the_seed_has(desk: Path) -> None:
    html = (desk / "build" / STORY).read_text(encoding="utf-8")
    words = " ".join(text for _, text in Page(html).words)
    for expected in (
        "Michael Okonkwo",
        "Middle East Correspondent",
        "3 min read",
        "Share this article",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
        "© 2026 The Update Desk. All rights reserved.",
        "Terms of Service",
        "Privacy Policy",
    ):
        assert expected in words, expected
    assert 'href="/author/michael-okonkwo/"' in html
    for furniture in ("Share This Article", "Leave a Comment", "Min Read", "⏱"):
        assert furniture not in Page(html).text("story-body")


def test_importing_again_changes_nothing(desk: Path) -> None:
    before = tree(desk / "content")
    assert main(["import", str(desk / "seeds"), "--root", str(desk), "--date", "2026-01-24", "--section", "world", "-q"]) == 0
    assert tree(desk / "content") == before


def test_the_checked_in_content_is_what_the_import_gives(desk: Path) -> None:
    assert tree(desk / "content") == tree(ROOT / "content")


def test_two_builds_of_one_instant_are_byte_identical(desk: Path, tmp_path: Path) -> None:
    other = fresh_copy(tmp_path / "elsewhere", keep_articles=True)
    slugline.build(other, now=NOW, jobs=1)
    assert tree(other / "build") == tree(desk / "build")


def test_no_page_asks_anything_of_anyone_else(desk: Path) -> None:
    for path in (desk / "build").rglob("*.html"):
        for address in Page(path.read_text(encoding="utf-8")).loaded:
            assert urlsplit(address).netloc in ("", urlsplit(ORIGIN).netloc), f"{path}: {address}"


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(desk: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The build folder behind Python's own static server, below a path if the test asks for one."""
    below = getattr(request, "param", "")
    folder = desk / "build"
    if below:
        root = tmp_path / "root"
        folder = root / below
        slugline.build(desk, output=folder, now=NOW, base_url=f"{ORIGIN}/{below}/")
    else:
        root = folder
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silent, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/{f'{below}/' if below else ''}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("served", ["", "papers/desk"], indirect=True)
def test_every_internal_link_of_the_served_site_leads_somewhere(served: str) -> None:
    pages: dict[str, Page | None] = {}
    pending = [served]
    wanted: list[tuple[str, str, str]] = []
    while pending:
        url = pending.pop()
        if url in pages:
            continue
        with urlopen(url) as answer:
            raw = answer.read()
            html = answer.headers.get_content_type() == "text/html"
        pages[url] = page = Page(raw.decode("utf-8")) if html else None
        if page is None:
            continue
        for link in [*page.links, *page.loaded]:
            here = served.rstrip("/").removesuffix("/papers/desk")
            absolute = link.replace(ORIGIN, here) if link.startswith(ORIGIN) else link
            target, fragment = urldefrag(urljoin(url, absolute))
            if target.startswith(served) or (target + "/").startswith(served):
                pending.append(target)
                wanted.append((url, target, fragment))
            else:
                assert urlsplit(target).netloc != urlsplit(served).netloc, f"{url} links out of the site: {link}"
    assert len(pages) > 10
    for url, target, fragment in wanted:
        page = pages[target]
        assert not fragment or page is None or fragment in page.ids, f"{url} → {target}#{fragment}"


def test_nothing_in_the_output_names_this_machine(desk: Path) -> None:
    for path, content in tree(desk / "build").items():
        assert str(desk).encode() not in content, path
        assert not re.search(rb"/(home|root|tmp|Users)/", content), path
