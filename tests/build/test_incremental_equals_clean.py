"""The promise: after any edits, the build folder is, byte for byte, what a build from nothing makes."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from publications import SETTINGS, SITES, Publication, assert_same_tree, changed, picture
from sizes import sample
from slugline.build import parse_sources, render
from slugline.catalog import sync
from slugline.errors import Problem, PublicationError

Made = TypeVar("Made")

SECTIONS = ("world", "culture")
NAMES = ("one", "two", "three", "four", "five", "été", "2026-01-05-dated")
DATES = (
    "2026-01-05", "2026-01-05T09:00:00Z", "2026-01-31T23:59:59-05:00", "2026-02-01T00:30:00+13:00", "2026-02-20 10:00",
    "2026-03-01T12:00:00Z", "2026-03-01T12:00:01Z", "2026-04-02", "2025-12-31T23:30:00Z",
)  # fmt: skip
CLOCKS = tuple(
    datetime(*moment, tzinfo=UTC)
    for moment in ((2026, 1, 20), (2026, 3, 1, 12), (2026, 3, 1, 12, 0, 1), (2026, 3, 1, 11, 59), (2026, 6, 1), (2027, 1, 1))
)
TAGS = ("Asia", "ASIA", "asia", "Asia+", "asia-plus", "Trade", "Élan")
AUTHORS = ("Jane Doe", "JANE DOE", "John Roe", "jane-doe", {"author": "Jane Doe", "role": "Photographs"})
SERIES = ("The River", "the river", "Ports")
BODIES = (
    "Words of the story.",
    "Words of the strory.",
    "## One\n\nMore words.\n\n### Two\n\nAnd the last.",
    "See [another](one.md) and [the front of it](../../sections/world.md).",
    "See [the page](../../pages/about.md), [her](../../authors/jane-doe.md) and [there](../culture/two.md#one).",
    "![A map](../../media/map.png)",
    "![A map](map.png)\n\n[Absolute](/search/), [elsewhere](https://example.org/a?b=c).",
    "",
    "<video src='clip.mp4' poster=map.png></video>\n\n<img alt='a > b' src=\"../../media/map.png?x\">",
    "<p><a title=\"5 > 3\" href=one.md>One</a> <IMG SRCSET='/media/map.png, map.png 2x'> <iframe src=/media/clip.mp4></iframe>",
    "Words <b>bold\n\n<div>\n\n[Figures](../../media/polls.csv) &amp; [more](../../media/a%23b&c.pdf)",
    "::note[Words of a *note*]{tone=loud more=\"By [her](../../authors/jane-doe.md)\"}\n\n::related{story=one.md}\n\nMore.",
    (
        ":::note\nWords inside.[^1]\n\n## A heading\n\n::related{story=../culture/two.md}\n:::\n\n[^1]: A note.\n\n"
        "::table{file=../../media/polls.csv}"
    ),
    "::sign[Words]\n\n::document{file=clip.mp4}\n\n::table{file=../../data/polls.csv}",
)
ODD = (
    "articles/world/Story.MD", "articles/world/#metoo.md", "articles/world/clip.mp4", "media/clip.mp4", "media/polls.csv",
    "data/polls.csv", "media/a#b&c.pdf", "front/monday.md", "articles/world/#one.md#", "articles/world/notes.txt",
)  # fmt: skip
MEDIA = ("media/map.png", "articles/world/map.png", "media/face.png", "media/Ünder.png")
ITEMS = (
    ("authors/jane-doe", {"name": "Jane Doe"}),
    ("authors/jane-doe", {"name": "Jane F. Doe", "role": "Editor", "image": "/media/face.png", "links": {"Web": "https://example.org/"}}),
    ("authors/john", {"name": "John", "slug": "john-roe"}),
    ("authors/nobody", {"name": "Nobody"}),
    ("sections/world", {"title": "The World", "order": 2}),
    ("sections/world", {"title": "World", "image": "/media/map.png"}),
    ("sections/world", {"title": "World", "aliases": ["/globe/", "/world.php"]}),
    ("sections/culture", {"title": "Culture", "aliases": ["/tag/"]}),
    ("sections/culture", {"title": "Culture", "order": 1, "description": "Books and plays."}),
    ("sections/empty", {"title": "Empty"}),
    ("sections/sport", {"title": "Sport"}),
    ("tags/asia", {"title": "Asia and the Pacific"}),
    ("tags/asia-plus", {"title": "Asia+"}),
    ("tags/asia", {"title": "Asia+"}),
    ("tags/other", {"title": "Other", "slug": "asia"}),
    ("series/the-river", {"title": "The River, in parts"}),
    ("pages/about", {"title": "About", "menu": "about"}),
    ("pages/about", {"title": "About us", "menu": "legal", "order": 1, "slug": "about-us"}),
    ("pages/legal/terms", {"title": "Terms", "menu": "legal", "lang": "de"}),
    ("pages/world", {"title": "In the way of the section"}),
    ("authors/jane-doe", {"name": "Jane Doe", "draft": True, "aliases": ["/jane/"]}),
    ("authors/jane-doe", {"name": "Jane Doe", "expires": "2026-03-01T12:00:01Z", "image": "/media/face.png"}),
    ("authors/nobody", {"name": "Nobody", "public": True, "aliases": ["/nobody/"]}),
    ("authors/nobody", {"role": "A draft without a name", "draft": True}),
    ("sections/culture", {"title": "Culture", "unlisted": True, "aliases": ["/old-culture/"]}),
    ("sections/culture", {"title": "Culture", "draft": True}),
    ("sections/empty", {"title": "Empty", "expires": "2026-03-01T12:00:01Z", "noindex": True}),
    ("tags/asia", {"title": "Asia", "draft": True}),
    ("tags/asia", {"title": "Asia for a time", "expires": "2026-04-01", "aliases": ["/old-asia/"]}),
    ("tags/asia", {"title": "Asia aside", "unlisted": True, "noindex": True}),
    ("series/the-river", {"title": "The River", "expires": "2026-03-01T12:00:01Z"}),
    ("series/ports", {"title": "Ports", "draft": True, "unlisted": True}),
    ("pages/about", {"title": "About", "menu": "about", "draft": True}),
    ("pages/about", {"title": "About", "menu": "about", "expires": "2026-03-01T12:00:01Z", "aliases": ["/over/"]}),
    ("pages/about", {"title": "About", "menu": "about", "unlisted": True}),
)  # fmt: skip
ALIASES = (
    *("/old/", "/older/", "/over/", "/Old/", "/%6Fld/", "/?p=3", "/globe/one/"),
    *("/world/2026/01/one/", "/World/2026/01/One/", "/été"),
)
DATA = ({"now": "quiet"}, {"now": "busy", "list": [1, 2]}, None)
SETTING_EDITS = (
    ('name = "The Courier"', 'name = "The Evening Courier"'),
    ('timezone = "Europe/London"', 'timezone = "Pacific/Auckland"'),
    ("courier.example", "courier.example/paper"),
    ("length = 4", "length = 2"),
    ("front = 6", "front = 2"),
    ("band = 2", "band = 0"),
    ("band = 2", "band = 2\nmonths = false"),
    ('name = "nosy"', 'name = "tiny"'),
    ('name = "nosy"', 'name = "nosy"\noptions = { accent = "red", loud = true }'),
    ('name = "nosy"', 'name = "nosy"\noptions = { choice = "two" }'),
    ('name = "nosy"', 'name = "nosy"\noptions = { choice = "three" }'),
    ("[archives]", '[urls]\narticle = "/{yyyy}/{slug}/"\n\n[archives]'),
    ("[archives]", '[redirects]\nfile = true\n\n[archives]'),
    ("[archives]", '[redirects]\nfile = true\npages = false\n\n[archives]'),
    ("[archives]", '[feeds]\nid_base = "tag:courier.example,2026:paper"\n\n[archives]'),
    ("[archives]", "[reading]\nwords_per_minute = 2\n\n[archives]"),
    ("[archives]", '[comments]\nendpoint = "/comments"\n\n[archives]'),
    ("[archives]", '[share]\nservices = ["email"]\n\n[archives]'),
    ("[archives]", "[markdown]\nsmart = false\n\n[archives]"),
    ("[archives]", '[[menu.main]]\nsection = "world"\n\n[[menu.main]]\npage = "about"\n\n[archives]'),
    ("[theme]", 'language = "ar"\nlogo = "media/map.png"\n\n[theme]'),
)
THEME_FILES = tuple(
    sorted(
        f"themes/{place.relative_to(SITES / 'themes').as_posix()}"
        for name in ("tiny", "nosy")
        for place in (SITES / "themes" / name).rglob("*")
        if place.is_file() and place.name != "theme.toml"
    )
)
NEW_THEME_FILES = (
    "themes/nosy/partials/absent.html",
    "themes/nosy/partials/three.html",
    "themes/nosy/partials/byline.html",
    "themes/nosy/base.html",
    "themes/nosy/assets/icon.svg",
    "themes/nosy/assets/new.js",
)

fronts = st.fixed_dictionaries(
    {"date": st.sampled_from(DATES), "title": st.sampled_from(("A headline", "Another", "Überschrift & “more”"))},
    optional={
        "tags": st.lists(st.sampled_from(TAGS), max_size=3),
        "authors": st.lists(st.sampled_from(AUTHORS[:3]), max_size=2, unique_by=str.lower),
        "series": st.sampled_from(SERIES),
        "draft": st.booleans(),
        "expires": st.sampled_from(("2026-03-01T12:00:01Z", "2026-04-15")),
        "unlisted": st.booleans(),
        "noindex": st.booleans(),
        "type": st.sampled_from(("news", "opinion")),
        "dek": st.sampled_from(("A line under it.", "Another line.")),
        "slug": st.sampled_from(("one", "a-slug")),
        "section": st.sampled_from((*SECTIONS, "sport")),
        "image": st.sampled_from(("map.png", {"src": "/media/map.png", "alt": "A map", "credit": "Desk"})),
        "updated": st.just("2026-05-05"),
        "corrections": st.just([{"date": "2026-03-03", "text": "It was three."}]),
        "aliases": st.lists(st.sampled_from(ALIASES), max_size=2),
        "lang": st.sampled_from(("en", "de")),
        "translation_of": st.sampled_from(("one.md", "two.md", "../culture/two.md")),
        "mood": st.sampled_from(("calm", {"deep": [1, 2]})),
    },
)


# One of them stands where a page does.
STATIC = (
    *("static/ads.txt", "static/.well-known/x.json", "static/docs/Ä b#1.pdf", "static/world/index.html"),
    "static/a/b/c.txt",
)


FOLDERS = ("content", "themes", "static", "extensions")
EXTENSION_EDITS = (
    *(None, ("\0", ""), ("text: str", "text: str, more: int = 0"), ("def sign", "def signed"), ("limit=2", "limit=3")),
    *(("'!'", "'?'"), ("/list.json", "/other.json")),
)
EXTENSIONS = {
    "extensions/lists.py": (
        "from slugline.extensions import output\nfrom extensions._sign import SIGN\n\n\n"
        "@output('/list.json')\ndef one(paper):\n"
        "    return [card.title + SIGN for card in paper.query.articles(limit=2)]\n"
    ),
    "extensions/_sign.py": "SIGN = '!'\n",
    "extensions/words.py": (
        "from slugline.extensions import shortcode\nfrom extensions._sign import SIGN\n\n\n"
        "@shortcode\ndef sign(paper, text: str):\n"
        "    return f'{text}{SIGN} {len(paper.query.articles())} <b>'\n"
    ),
    "extensions/own.py": (
        "from slugline.extensions import Page, pages\n\n\n@pages('own.html')\ndef projects(paper):\n"
        "    for card in paper.query.articles(limit=2):\n"
        "        slug = card.url.strip('/').replace('/', '-')\n"
        "        yield Page(f'/projects/{slug}/', card.title, words=[card.minutes])\n"
    ),
    # Fails while there are fewer stories than it wants.
    "extensions/few.py": (
        "from slugline.extensions import output\n\n\n@output('/few.txt')\ndef few(paper):\n"
        "    return paper.query.articles(limit=2)[1].title\n"
    ),
}


class Newsroom(RuleBasedStateMachine):
    """Edits a publication at random, builds it after some of them, and compares."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom"))
        self.paper = Publication(self.folder / "paper", SETTINGS.replace('"tiny"', '"nosy"'), ("tiny", "nosy"))
        self.options: dict[str, Any] = {"now": CLOCKS[1]}
        self.good: dict[str, bytes] = {}
        self.clock = 10**18
        self.touched: set[str] = set()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # Edits

    @initialize()
    def open_shop(self) -> None:
        paper = self.paper
        for path in MEDIA:
            paper.write(f"content/{path}", picture())
        paper.write("content/media/polls.csv", "Town,Votes\nOne,1\nTwo,2\n")
        for path in ("extensions/words.py", "extensions/_sign.py", "extensions/own.py"):
            paper.write(path, EXTENSIONS[path])
        for path, front in (ITEMS[0], ITEMS[4], ITEMS[6], ITEMS[8], ITEMS[11], ITEMS[12]):
            paper.source(f"{path}.md", front, "About it.")
        for number, name in enumerate(NAMES[:3]):
            paper.article(f"world/{name}", BODIES[0], date=DATES[number], tags=["Asia"], authors=["jane-doe"])
        paper.article("culture/two", BODIES[2], date=DATES[7], series="The River")
        self.build()

    @rule(section=st.sampled_from(SECTIONS), name=st.sampled_from(NAMES), front=fronts, body=st.sampled_from(BODIES))
    def write_article(self, section: str, name: str, front: dict[str, object], body: str) -> None:
        self.put(self.paper.article(f"{section}/{name}", body, **front))

    @rule(section=st.sampled_from(SECTIONS), name=st.sampled_from(NAMES), data=st.data())
    def edit_article(self, section: str, name: str, data: st.DataObject) -> None:
        path = f"content/articles/{section}/{name}.md"
        if (self.paper.root / path).exists():
            # A picture may have been renamed into its place.
            raw = (self.paper.root / path).read_text(encoding="utf-8", errors="replace")
            old = data.draw(st.sampled_from(("Words", "words", "date: '2026-01", "Asia", "title: ", "Doe")))
            new = data.draw(st.sampled_from(("Wordy", "Word", "date: '2026-02", "Trade", "title: New ", "Roe")))
            self.put(self.paper.write(path, raw.replace(old, new)))

    @rule(item=st.sampled_from(ITEMS), body=st.sampled_from(("About it.", "More about it.", "![](/media/map.png)")))
    def write_item(self, item: tuple[str, dict[str, object]], body: str) -> None:
        self.put(self.paper.source(f"{item[0]}.md", item[1], body))

    @rule(path=st.sampled_from(MEDIA), shade=st.sampled_from((0, 100, 200)), width=st.sampled_from((8, 9)))
    def write_media(self, path: str, shade: int, width: int) -> None:
        self.put(self.paper.write(f"content/{path}", picture(shade, width)))

    @rule(path=st.sampled_from(ODD), title=st.sampled_from(("Odd", "Odder")))
    def write_odd_file(self, path: str, title: str) -> None:
        self.put(self.paper.write(f"content/{path}", f"---\ntitle: {title}\ndate: 2026-01-06\n---\n\nWords.\n"))

    @rule(value=st.sampled_from(DATA))
    def write_data(self, value: object) -> None:
        if value is None:
            (self.paper.root / "content/data/ticker.json").unlink(missing_ok=True)
        else:
            self.put(self.paper.write("content/data/ticker.json", json.dumps(value)))

    @rule(path=st.sampled_from(STATIC), text=st.sampled_from(("", "one", "two")))
    def write_or_delete_static_file(self, path: str, text: str) -> None:
        if text:
            self.put(self.paper.write(path, text))
        else:
            (self.paper.root / path).unlink(missing_ok=True)

    @rule(path=st.sampled_from(tuple(EXTENSIONS)), edit=st.sampled_from(EXTENSION_EDITS))
    def write_edit_or_delete_extension(self, path: str, edit: tuple[str, str] | None) -> None:
        if edit is None:
            (self.paper.root / path).unlink(missing_ok=True)
        else:
            self.put(self.paper.write(path, EXTENSIONS[path].replace(*edit)))

    @rule(data=st.data())
    def delete_source(self, data: st.DataObject) -> None:
        if sources := self.sources("content"):
            self.paper.delete(data.draw(st.sampled_from(sources)))

    @rule(data=st.data(), section=st.sampled_from(SECTIONS), name=st.sampled_from(NAMES))
    def rename_article(self, data: st.DataObject, section: str, name: str) -> None:
        if sources := self.sources("content/articles"):
            self.paper.rename(data.draw(st.sampled_from(sources)), f"content/articles/{section}/{name}.md")

    @rule(edit=st.sampled_from(SETTING_EDITS))
    def change_settings(self, edit: tuple[str, str]) -> None:
        text = SETTINGS.replace('"tiny"', '"nosy"')
        # The same edit once more takes it back.
        self.paper.write("slugline.toml", text if self.paper.read("slugline.toml") != text else text.replace(*edit))

    @rule(path=st.sampled_from(THEME_FILES), text=st.sampled_from(("\n", "<i>new</i>\n", "{# #}\n")))
    def edit_theme(self, path: str, text: str) -> None:
        self.put(self.paper.write(path, (SITES / path).read_text(encoding="utf-8") + text))

    @rule(path=st.sampled_from(NEW_THEME_FILES))
    def add_or_remove_theme_file(self, path: str) -> None:
        if (self.paper.root / path).exists():
            self.paper.delete(path)
        else:
            below = SITES / path.replace("nosy", "tiny")
            self.put(self.paper.write(path, below.read_text(encoding="utf-8") + "\n" if below.exists() else "<b>new</b>"))

    @rule(now=st.sampled_from(CLOCKS), drafts=st.booleans(), future=st.booleans())
    def set_the_clock(self, now: datetime, drafts: bool, future: bool) -> None:
        self.options = {"now": now, "drafts": drafts, "future": future}

    @rule(data=st.data(), content=st.sampled_from((None, b"", b"meddled with")))
    def meddle_with_output(self, data: st.DataObject, content: bytes | None) -> None:
        if outputs := sorted(self.paper.tree()):
            path = data.draw(st.sampled_from(outputs))
            if path in ("index.html", "404.html") and not self.paper.state.exists():
                return  # it would be no site any more: see `delete_state`
            self.touched.add(path)
            if content is None:
                self.paper.delete(f"build/{path}")
            else:
                self.paper.write(f"build/{path}", content)

    @rule()
    def delete_build_folder(self) -> None:
        if self.paper.output.exists():
            self.paper.delete("build")

    @rule()
    def delete_state(self) -> None:
        # Without its state, a build takes only a folder that looks like a site for its own.
        if {"index.html", "404.html"} <= set(os.listdir(self.paper.output) if self.paper.output.exists() else ()):
            shutil.rmtree(self.paper.root / ".slugline", ignore_errors=True)

    # Builds

    @rule(many=st.sampled_from((1000, 1000, 1)), workers=st.sampled_from((False, False, False, True)))
    def build(self, many: int = 1000, workers: bool = False) -> None:
        with ExitStack() as stack:
            stack.enter_context(changed(sync, "_MANY", many))
            if workers:
                stack.enter_context(changed(parse_sources, "_ALONE", 0))
                stack.enter_context(changed(render, "_ALONE", 0))
            self.build_and_compare({**self.options, "jobs": 2 if workers else 1})

    @rule()
    def build_and_verify(self) -> None:
        self.build_and_compare({**self.options, "verify": 1.0})

    @rule()
    def undo(self) -> None:
        for path in [path for folder in FOLDERS for path in self.sources(folder)]:
            if path not in self.good:
                self.paper.delete(path)
        for path, raw in self.good.items():
            place = self.paper.root / path
            if not place.exists() or place.read_bytes() != raw:
                self.put(self.paper.write(path, raw))

    def build_and_compare(self, options: dict[str, Any]) -> None:
        paper, before = self.paper, self.paper.stamps()
        report, found = attempt(lambda: paper.build(**options))
        assert report is not None or paper.stamps() == before, "a failed build touched the build folder"
        options.pop("verify", None)
        wanted, expected = attempt(lambda: paper.clean_tree(**options))
        assert found <= expected
        assert (report is None) == (wanted is None), f"a build from nothing finds {expected}"
        if report is None or wanted is None:
            return
        assert not [problem for problem in report.problems if "damaged" in problem.message]
        assert_same_tree(paper.tree(), wanted)
        assert report.pages == len(wanted)
        for path, (raw, mtime) in paper.stamps().items():
            if path in before and before[path][0] == raw and path not in self.touched:
                assert before[path][1] == mtime, f"{path} was written though it is as it was"
        again = paper.build(**options)
        assert not again.rendered
        assert not again.written
        assert set(os.listdir(paper.root)) - set(FOLDERS) == {".clean", ".slugline", "build", "slugline.toml"}
        self.touched.clear()
        self.good = {
            path: (paper.root / path).read_bytes()
            for path in ["slugline.toml", *(path for folder in FOLDERS for path in self.sources(folder))]
        }

    # What the rules share

    def put(self, place: Path) -> None:
        """Let a file be as old as a checkout, an editor or a restored copy leaves it; two never share a time."""
        self.clock += 10**9
        ages = (None, self.clock, 2 * 10**18 - self.clock, None)
        if age := ages[self.clock // 10**9 % len(ages)]:
            age -= 10**18 - 1_700_000_000 * 10**9
            os.utime(place, ns=(age, age))

    def sources(self, folder: str) -> list[str]:
        """The files below a folder of the publication."""
        root = self.paper.root
        return sorted(place.relative_to(root).as_posix() for place in (root / folder).rglob("*") if place.is_file())


def attempt(build: Callable[[], Made]) -> tuple[Made | None, set[Problem]]:
    """What a build makes, or the problems that keep it from it."""
    try:
        return build(), set()
    except PublicationError as error:
        return None, set(error.problems)


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=sample(16, 2000), stateful_step_count=14)
