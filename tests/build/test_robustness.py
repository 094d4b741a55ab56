"""What a build survives: a damaged state, a worker that dies, others at the same time, odd clocks and file names."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import threading
import unicodedata
from datetime import UTC, datetime

import pytest

from chance import seeds
from publications import NOW, SETTINGS, Factory, Publication, assert_same_tree, changed, picture
from sizes import sample
from slugline.build import parse_sources, render
from slugline.build.scan import listings
from slugline.build.session import BuildOptions
from slugline.errors import BuildLocked, Problem
from slugline.pool import WorkerDied


@pytest.fixture
def courier(publication: Factory) -> Publication:
    paper = publication(settings=SETTINGS.replace('"tiny"', '"nosy"'), themes=("tiny", "nosy"))
    paper.author("jane-doe", "Writes.", image="/media/face.png")
    paper.write("content/media/face.png", picture())
    paper.source("sections/world.md", {"title": "The World"})
    for number in range(1, 9):
        tags, authors = ["Asia", "Trade"][: 1 + number % 2], [["jane-doe"], ["John Roe"]][number % 2]
        moment = f"2026-01-{number:02d}"
        paper.article(f"world/story-{number}", f"Words number {number}.", date=moment, tags=tags, authors=authors)
    paper.check()
    return paper


# Unchanged outputs


def test_an_output_with_the_same_bytes_keeps_its_time(courier: Publication) -> None:
    before = courier.stamps()
    courier.replace("content/articles/world/story-3.md", "number 3", "number three")
    courier.check()
    after = courier.stamps()
    same = {path for path in before if before[path][0] == after[path][0]}
    assert len(same) > 10
    assert all(before[path][1] == after[path][1] for path in same)


def test_an_output_altered_by_hand_is_made_again(courier: Publication) -> None:
    before = courier.tree()
    courier.write("build/404.html", b"meddled with")
    courier.check()
    assert courier.tree() == before


def test_a_build_folder_that_was_deleted_is_made_again(courier: Publication) -> None:
    before = courier.tree()
    courier.delete("build")
    courier.check()
    assert courier.tree() == before


# Time


def test_an_edit_within_the_grain_of_the_clock_and_of_the_same_size_is_seen(courier: Publication) -> None:
    place = courier.root / "content/articles/world/story-3.md"
    # However busy the machine is, these edits are as near to one another as the clock of a disk can tell.
    with changed(listings, "_GRAIN_NS", 10**13):
        courier.replace("content/articles/world/story-3.md", "Words", "Wards")
        courier.check()
        found = place.stat()
        for old, new in (("Wards", "Wirds"), ("Wirds", "Works")):
            courier.replace("content/articles/world/story-3.md", old, new)
            os.utime(place, ns=(found.st_atime_ns, found.st_mtime_ns))
            courier.check()
            assert new in courier.read("build/world/2026/01/story-3/index.html")


def test_a_restored_file_with_an_older_time_is_seen(courier: Publication) -> None:
    courier.settle()
    courier.build()
    place = courier.root / "content/articles/world/story-3.md"
    place.write_text(place.read_text().replace("number 3", "number 0"))
    os.utime(place, (10**9, 10**9))
    courier.check()
    assert "number 0" in courier.read("build/world/2026/01/story-3/index.html")


def test_an_embargo_ends_and_begins_with_the_clock(courier: Publication) -> None:
    courier.article("world/tomorrow", date="2026-03-02T12:00:00Z", tags=["Asia", "Secret"], authors=["Ann Poe"])
    for day, public in ((1, False), (2, True), (3, True), (1, False), (2, True)):
        courier.check(now=datetime(2026, 3, day, 12, tzinfo=UTC))
        shown = [path for path, raw in courier.tree().items() if b"omorrow" in raw or b"omorrow" in path.encode()]
        assert bool(shown) == public, shown
        assert (courier.output / "tag/secret").exists() == public
        assert (courier.output / "author/ann-poe").exists() == public
    event = courier.check(now=NOW).next_event
    assert event is not None
    assert event.at == "2026-03-02T12:00:00+00:00"


def test_drafts_and_embargoes_come_and_go_with_their_switches(courier: Publication) -> None:
    courier.article("world/draft", date="2026-01-03", draft=True, tags=["Draft"])
    courier.article("world/later", date="2026-05-03", tags=["Later"])
    courier.article("world/both", date="2026-05-03", draft=True)
    for drafts, future in ((False, False), (True, False), (False, True), (True, True), (False, False)):
        courier.check(drafts=drafts, future=future)
        assert (courier.output / "tag/draft").exists() == drafts
        assert (courier.output / "tag/later").exists() == future
        assert (courier.output / "world/2026/05/both").exists() == (drafts and future)


# Names


def test_names_in_either_form_of_unicode_are_one(courier: Publication) -> None:
    composed, decomposed = (unicodedata.normalize(form, "été") for form in ("NFC", "NFD"))
    courier.write(f"content/media/{decomposed}.png", picture(9))
    courier.write(f"themes/tiny/assets/{decomposed}.txt", "An asset.")
    courier.write(f"content/media/{decomposed}.pdf", b"a file")
    body = f"![Summer](../../media/{composed}.png)\n\n[A file](../../media/{composed}.pdf)"
    courier.article(f"world/{decomposed}", body, date="2026-01-20")
    courier.article("world/other", f"See [it]({composed}.md).", date="2026-01-21")
    courier.check()
    assert (courier.output / f"media/media/{composed}.pdf").read_bytes() == b"a file"
    assert "/world/2026/01/ete/" in courier.read("build/world/2026/01/other/index.html")
    courier.rename(f"content/articles/world/{decomposed}.md", f"content/articles/world/{composed}.md")
    for ending in ("png", "pdf"):
        courier.rename(f"content/media/{decomposed}.{ending}", f"content/media/{composed}.{ending}")
    assert courier.check().written == 0


def test_two_files_whose_names_differ_in_the_form_of_unicode_only_are_an_error(courier: Publication) -> None:
    for form in ("NFC", "NFD"):
        courier.write(f"content/media/{unicodedata.normalize(form, 'été')}.png", picture())
    (problem,) = courier.problems()
    assert problem.path == "content/media/été.png"
    assert "two files" in problem.message


def test_a_name_that_is_not_utf8_is_an_error(courier: Publication) -> None:
    for name in (b"content/media/\xff.png", b"content/articles/\xfe/x.md"):
        place = os.fsencode(courier.root) + b"/" + name
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(b"x")
    problems = courier.problems()
    assert len(problems) == 2
    assert all("not UTF-8" in problem.message for problem in problems)
    assert all(str(problem).encode() for problem in problems)


def test_outputs_that_differ_in_case_only_are_an_error(courier: Publication) -> None:
    courier.write("content/media/Map.pdf", b"one")
    courier.write("content/media/map.pdf", b"two")
    courier.article("world/maps", "[One](../../media/Map.pdf) and [two](../../media/map.pdf).", date="2026-01-20")
    problems = courier.problems()
    assert any("two pages would stand at /media/media/" in problem.message for problem in problems)


def test_a_page_may_become_a_folder_and_a_folder_a_page(courier: Publication) -> None:
    courier.write("content/media/thing", b"a file")
    courier.article("world/linking", "[It](../../media/thing)", date="2026-01-20")
    courier.check()
    courier.delete("content/media/thing")
    courier.write("content/media/thing/inner.bin", b"in a folder")
    courier.article("world/linking", "[It](../../media/thing/inner.bin)", date="2026-01-20")
    courier.check()
    courier.delete("content/media/thing")
    courier.write("content/media/thing", b"a file again")
    courier.article("world/linking", "[It](../../media/thing)", date="2026-01-20")
    courier.check()


def test_editors_leftovers_in_a_theme_are_passed_over(courier: Publication) -> None:
    before = courier.tree()
    for name in ("#base.html#", ".base.html.swp", "base.html~", "assets/#style.css#"):
        courier.write(f"themes/tiny/{name}", "{% nothing")
    courier.check()
    assert courier.tree() == before


# A damaged state


def test_deleting_the_state_costs_only_time(courier: Publication) -> None:
    before = courier.stamps()
    courier.delete(".slugline")
    courier.replace("content/articles/world/story-3.md", "number 3", "number 0")
    courier.check()
    after = courier.stamps()
    assert after.keys() == before.keys()
    assert sum(before[path][1] != after[path][1] for path in after) == sum(
        before[path][0] != after[path][0] for path in after
    )


def truncated(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def beheaded(raw: bytes) -> bytes:
    return b"\0" * 4096 + raw[4096:]


def noise(raw: bytes) -> bytes:
    return random.Random(7).randbytes(len(raw))


def zeroed_middle(raw: bytes) -> bytes:
    third = len(raw) // 3
    return raw[:third] + b"\0" * third + raw[2 * third :]


def emptied(raw: bytes) -> bytes:
    return b""


def text(raw: bytes) -> bytes:
    return b"This is no database.\n"


@pytest.mark.parametrize("damage", [truncated, beheaded, noise, zeroed_middle, emptied, text])
def test_a_damaged_state_is_set_aside_and_all_is_built_anew(courier: Publication, damage: object) -> None:
    fold(courier)
    courier.state.write_bytes(damage(courier.state.read_bytes()))  # type: ignore[operator]
    courier.replace("content/articles/world/story-3.md", "number 3", "number 0")
    report = courier.build()
    assert_same_tree(courier.tree(), courier.clean_tree())
    said = [problem for problem in report.problems if "damaged" in problem.message]
    if damage is not emptied:
        (warning,) = said
        assert warning.severity == "warning"
        assert warning.path == ".slugline/state.db.damaged"
        assert (courier.root / warning.path).exists()
    assert not courier.build().rendered


@pytest.mark.parametrize("seed", seeds(sample(5, 160)))
def test_flipped_bits_in_stored_content_never_reach_a_page(courier: Publication, seed: int) -> None:
    fold(courier)
    raw = bytearray(courier.state.read_bytes())
    chance = random.Random(seed)
    # Where texts are stored, a flip makes another text that SQLite takes for as good.
    marks = (b"Words number", b"Story ", b"The World", b"Writes.", b"Jane Doe")
    at = chance.choice([at for at in range(4096, len(raw)) if raw.startswith(marks, at)])
    raw[at] ^= 1 << chance.randrange(3)
    courier.state.write_bytes(raw)
    for path in ("base.html", "partials/card.html", "partials/byline.html"):
        courier.write(f"themes/tiny/{path}", courier.read(f"themes/tiny/{path}") + "{# #}\n")
    courier.check(damaged=True)


def test_flipped_bits_anywhere_end_no_build(courier: Publication) -> None:
    fold(courier)
    whole = courier.state.read_bytes()
    for seed in seeds(sample(6, 120)):
        chance = random.Random(seed)
        raw = bytearray(whole)
        for _ in range(3):
            raw[chance.randrange(100, len(raw))] ^= 1 << chance.randrange(8)
        courier.delete(".slugline")
        courier.write(".slugline/state.db", bytes(raw))
        courier.article("world/story-3", f"Else {seed}.", date="2026-01-03", tags=["Trade"])
        courier.replace("themes/tiny/base.html", "<footer>", "<footer><!-- -->")
        courier.build()
    courier.delete(".slugline")
    courier.check()


def test_a_state_of_another_schema_or_other_code_is_made_anew(courier: Publication) -> None:
    for statement in ("PRAGMA user_version = 99", "UPDATE fact SET value = 'other' WHERE name = 'salt'", "DROP TABLE fact"):
        before = courier.stamps()
        fold(courier)
        with sqlite3.connect(courier.state) as db:
            db.execute(statement)
        db.close()
        report = courier.check(damaged=True)
        assert report.written == 0
        assert courier.stamps() == before


def test_damaged_caches_of_templates_are_made_anew(courier: Publication) -> None:
    caches = sorted((courier.root / ".slugline/templates").rglob("*.bin"))
    assert caches
    for number, cache in enumerate(caches):
        raw = cache.read_bytes()
        flipped = raw[:-40] + bytes((raw[-40] ^ 1,)) + raw[-39:]
        cache.write_bytes((raw[: len(raw) // 2], raw[:30], b"", flipped, noise(raw))[number % 5])
    courier.replace("themes/tiny/partials/byline.html", "By ", "From ")
    courier.check()


def fold(paper: Publication) -> None:
    """Bring all of the state into its one file."""
    db = sqlite3.connect(paper.state)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


# Others at the same time


def test_a_build_waits_for_another_as_long_as_it_was_told_to(courier: Publication) -> None:
    from slugline.build.engine import build

    inside, leave = threading.Event(), threading.Event()

    def hold(stage: str, done: int, total: int) -> None:
        inside.set()
        assert leave.wait(30)

    first = threading.Thread(target=lambda: build(courier.root, BuildOptions(now=NOW, jobs=1), hold), daemon=True)
    first.start()
    assert inside.wait(30)
    with pytest.raises(BuildLocked, match="another build of this publication is running"):
        courier.build(wait=0.1)
    threading.Timer(0.3, leave.set).start()
    courier.build(wait=30)
    first.join()


def test_a_second_command_at_once_ends_with_a_clear_word(courier: Publication) -> None:
    import fcntl

    with open(f"{courier.state}.lock", "r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = courier.command("build")
    assert done.returncode == 1
    assert "another build of this publication is running" in done.stderr
    assert "Traceback" not in done.stderr


# Processes


@pytest.mark.parametrize("jobs", [2, 4])
def test_the_number_of_processes_changes_no_byte(courier: Publication, jobs: int) -> None:
    wanted = courier.tree()
    with changed(parse_sources, "_ALONE", 0), changed(render, "_ALONE", 0):
        assert_same_tree(courier.clean_tree(jobs=jobs), wanted)


def test_the_seed_of_hashes_changes_no_byte(courier: Publication) -> None:
    for seed in ("0", "1", "4242"):
        arguments = ("build", "--output", f"out-{seed}", "--now", NOW.isoformat(), "--quiet")
        done = courier.command(*arguments, env={"PYTHONHASHSEED": seed})
        assert done.returncode == 0, done.stderr
        from publications import tree

        assert_same_tree(tree(courier.root / f"out-{seed}"), courier.tree())


DEADLY = """\
import os
import pathlib
from markdown import Extension
from markdown.preprocessors import Preprocessor


class Deadly(Preprocessor):
    def run(self, lines):
        marks = [line for line in lines if line.startswith("DEADLY")]
        for mark in marks:
            once = pathlib.Path(__file__).with_name("once")
            if mark == "DEADLY ALWAYS" or not once.exists():
                once.touch()
                os._exit(9)
        return lines


class Deadlies(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Deadly(md), "deadly", 100)


def makeExtension(**settings):
    return Deadlies(**settings)
"""


@pytest.fixture
def deadly(courier: Publication, monkeypatch: pytest.MonkeyPatch) -> Publication:
    courier.write("extensions/deadly.py", DEADLY)
    monkeypatch.syspath_prepend(str(courier.root / "extensions"))
    monkeypatch.delitem(sys.modules, "deadly", raising=False)
    courier.write("slugline.toml", courier.read("slugline.toml") + '\n[markdown]\nextensions = ["deadly"]\n')
    return courier


def test_work_of_a_worker_that_died_is_done_again(deadly: Publication) -> None:
    deadly.article("world/heavy", "DEADLY ONCE", date="2026-01-20")
    with changed(parse_sources, "_ALONE", 0):
        deadly.build(jobs=2)
    assert_same_tree(deadly.tree(), deadly.clean_tree())


def test_a_story_that_kills_its_worker_each_time_is_named(deadly: Publication) -> None:
    before = deadly.stamps()
    deadly.article("world/heavy", "DEADLY ALWAYS", date="2026-01-20")
    with changed(parse_sources, "_ALONE", 0), pytest.raises(WorkerDied, match=r"content/articles/world/heavy\.md"):
        deadly.build(jobs=2)
    assert deadly.stamps() == before
    deadly.delete("content/articles/world/heavy.md")
    deadly.check()


def test_a_page_that_kills_its_worker_each_time_is_named(courier: Publication) -> None:
    before = courier.stamps()
    # Templates are the publication's own code, and can reach everything.
    courier.replace(
        "themes/tiny/404.html", "There", "{% if 1 %}{{ cycler.__init__.__globals__.os._exit(9) }}{% endif %}There"
    )
    with changed(render, "_ALONE", 0), pytest.raises(WorkerDied, match=r"/404\.html"):
        courier.build(jobs=2)
    assert courier.stamps() == before


# A page that cannot be written


def test_a_build_folder_in_the_way_of_other_files_is_refused(courier: Publication) -> None:
    from slugline.errors import UsageError

    courier.write("notes/letter.txt", "Dear reader")
    for folder in ("notes", "content", ".", "content/media", "slugline.toml"):
        with pytest.raises(UsageError):
            courier.build(output=courier.root / folder)
    assert courier.read("notes/letter.txt") == "Dear reader"


def test_every_kind_of_error_leaves_the_build_folder_as_it_is(courier: Publication) -> None:
    edits = (
        ("content/articles/world/story-3.md", "title:", "titel:"),
        ("content/articles/world/story-3.md", "Words number", "[no](nowhere.md) number"),
        ("content/articles/world/story-3.md", "Words number", "![no](nowhere.png) number"),
        ("content/articles/world/story-3.md", "date:", "image: nowhere.png\ndate:"),
        ("content/articles/world/story-3.md", "John Roe", "john-roe"),
        ("themes/tiny/404.html", "There is", "{{ nothing }} There is"),
        ("themes/tiny/404.html", "There is", "{% if %} There is"),
        ("themes/tiny/404.html", "There is", "{{ asset('nothing.js') }} There is"),
        ("themes/tiny/404.html", "There is", "{% include 'nothing.html' %} There is"),
        ("themes/tiny/404.html", "There is", "{{ 1 // 0 }} There is"),
        ("themes/tiny/assets/style.css.jinja", "icon.svg", "nothing.svg"),
        ("themes/tiny/assets/style.css.jinja", "body", "{{ nothing }}"),
        ("themes/tiny/theme.toml", "[options]", "[options"),
        ("slugline.toml", "[theme]", "[thema]"),
        ("slugline.toml", "length = 4", 'length = "4"'),
        ("slugline.toml", '"nosy"', '"nosey"'),
    )
    before = courier.stamps()
    for path, old, new in edits:
        whole = courier.read(path)
        courier.replace(path, old, new)
        # An edit that is right goes along, and must wait.
        courier.write("content/articles/world/story-1.md", courier.read("content/articles/world/story-1.md") + "\nMore.\n")
        problems = courier.problems()
        assert all(isinstance(problem, Problem) for problem in problems)
        assert any(problem.path == path or path.startswith("slugline") for problem in problems), (new, problems)
        courier.write(path, whole)
    assert courier.stamps() == before
    courier.check()
    assert courier.stamps() != before
