"""One import from end to end: what is read, what is refused, in any number of processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from importing.conftest import NOW, SEED, STORY, Newsroom
from slugline.errors import PublicationError, UsageError
from slugline.importing import Imported, import_into, to_html
from slugline.importing.formats import READERS, Reader, reader_for
from slugline.starting import init_publication


def many(newsroom: Newsroom, count: int) -> None:
    for number in range(count):
        newsroom.seed(f"{number:03d}.txt", SEED.replace("Old Fish Market", f"Old Fish Market of Ward {number // 2}"))


def test_a_file_that_is_no_article_is_refused_while_the_others_go_on(newsroom: Newsroom) -> None:
    newsroom.seed("a-empty.txt", "")
    newsroom.seed("b-binary.txt", bytes(range(256)) * 4)
    newsroom.seed("c-good.txt")
    newsroom.seed("d-no-body.txt", "Only a Headline\n\nBy Jane Doe\n\nShare this article\n")
    newsroom.seed("e-no-headline.txt", "The council said on Monday that it would look at the matter again. " * 8)
    newsroom.seed("f.png", b"\x89PNG\r\n\x1a\n")
    report = newsroom.run()
    assert newsroom.actions(report) == ["refused", "refused", "written", "refused", "refused", "refused"]
    assert report.exit_code == 1
    told = {problem.path: problem.message for problem in report.problems if problem.severity == "error"}
    assert told["seeds/a-empty.txt"] == "the file is empty"
    assert "binary" in told["seeds/b-binary.txt"]
    assert "no body" in told["seeds/d-no-body.txt"]
    assert "no headline" in told["seeds/e-no-headline.txt"]
    assert "PNG" in told["seeds/f.png"]
    assert STORY in newsroom.files()


def test_only_warnings_are_no_failure(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    report = newsroom.run()
    assert report.problems
    assert report.exit_code == 0


def test_the_result_is_the_same_in_any_number_of_processes(tmp_path: Path) -> None:
    results = []
    for jobs in (1, 3):
        newsroom = Newsroom(tmp_path / str(jobs))
        many(newsroom, 120)
        report = newsroom.run(jobs=jobs)
        results.append((report, newsroom.files(), (newsroom.content / ".imports.jsonl").read_bytes()))
    assert results[0] == results[1]
    assert sum(outcome.action == "written" for outcome in results[0][0].outcomes) == 60


# The command, with a reader that ends its process at the seeds that say so: once, or each time.
DEADLY = """
import os, pathlib, sys
from slugline import cli
from slugline.importing import run

whole = run._items

def items(source, settings):
    text = pathlib.Path(source.path).read_text("utf-8")
    if "DEADLY" in text:
        once = pathlib.Path(source.path + ".once")
        if "DEADLY ALWAYS" in text or not once.exists():
            once.touch()
            os._exit(9)
    return whole(source, settings)

run._items = items
raise SystemExit(cli.main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what is changed here crosses to other processes by a fork")
def test_a_seed_that_ends_the_process_that_reads_it_is_named_and_the_others_are_imported(tmp_path: Path) -> None:
    init_publication(tmp_path / "paper", "The Update Desk", "UTC")
    newsroom = Newsroom(tmp_path / "paper")
    (newsroom.content / "articles/news/welcome.md").unlink()
    many(newsroom, 200)
    newsroom.seed("070.txt", SEED.replace("Old Fish Market", "Very Old Fish Market. DEADLY ONCE"))
    newsroom.seed("130.txt", SEED.replace("Old Fish Market", "Very Old Fish Market. DEADLY ALWAYS"))
    command = ("import", "seeds", "--root", ".", "--jobs", "2", "--report", "report.json")
    done = subprocess.run(
        [sys.executable, "-c", DEADLY, *command],
        cwd=newsroom.root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "seeds/130.txt: error: the process that read the file was ended by the system, three times" in done.stderr
    report = json.loads((newsroom.root / "report.json").read_text("utf-8"))
    assert {item["source"] for item in report["items"] if item["action"] == "refused"} == {"seeds/130.txt"}
    assert report["counts"]["written"] == len(list((newsroom.content / "articles").rglob("*.md"))) > 90
    assert any(item["source"] == "seeds/070.txt" and item["action"] == "written" for item in report["items"])


def test_an_import_in_a_thread_beside_others_is_the_same_import(tmp_path: Path) -> None:
    leave = threading.Event()
    beside = [threading.Thread(target=leave.wait, daemon=True) for _ in range(4)]
    results = []

    def import_(newsroom: Newsroom, jobs: int) -> None:
        report = newsroom.run(jobs=jobs)
        results.append((report, newsroom.files(), (newsroom.content / ".imports.jsonl").read_bytes()))

    for thread in beside:
        thread.start()
    try:
        for jobs in (1, 2):
            newsroom = Newsroom(tmp_path / str(jobs))
            many(newsroom, 120)
            importing = threading.Thread(target=import_, args=(newsroom, jobs), daemon=True)
            importing.start()
            importing.join(60)
            assert not importing.is_alive()
    finally:
        leave.set()
    assert results[0] == results[1]


def test_progress_counts_every_file_once(newsroom: Newsroom) -> None:
    many(newsroom, 100)
    seen: list[tuple[int, int]] = []
    newsroom.run(jobs=2, on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (100, 100)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_dry_run_writes_nothing_and_says_what_would_be(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", SEED + "\n2 Comments\n\nJo says:\nMine.\n")
    report = newsroom.run(dry_run=True)
    assert newsroom.actions(report) == ["written"]
    assert report.dry_run
    assert not newsroom.content.exists()
    assert newsroom.actions(newsroom.run()) == ["written"]


def test_folders_are_walked_in_order_and_hidden_files_passed_over(newsroom: Newsroom) -> None:
    newsroom.seed("b/two.txt", SEED.replace("Fish", "Two"))
    newsroom.seed("a/one.txt", SEED.replace("Fish", "One"))
    newsroom.seed(".hidden.txt", SEED.replace("Fish", "Three"))
    assert [outcome.source for outcome in newsroom.run().outcomes] == ["seeds/a/one.txt", "seeds/b/two.txt"]


def test_a_file_named_twice_is_read_once(newsroom: Newsroom) -> None:
    path = newsroom.seed("a.txt")
    assert newsroom.actions(newsroom.run(newsroom.seeds, path)) == ["written"]


def test_files_of_one_name_in_two_places_are_two_seeds(newsroom: Newsroom, tmp_path: Path) -> None:
    paths = []
    for number in (1, 2):
        path = tmp_path / f"disk{number}" / "in" / "a.txt"
        path.parent.mkdir(parents=True)
        path.write_text(SEED.replace("Fish", f"Fish {number}"), "utf-8")
        paths.append(path)
    report = newsroom.run(*paths)
    assert [outcome.source for outcome in report.outcomes] == ["in/a.txt", "in/a.txt (2)"]
    assert newsroom.actions(report) == ["written", "written"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no symbolic links")
def test_a_symbolic_link_in_a_folder_is_not_followed(newsroom: Newsroom, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SEED, "utf-8")
    (newsroom.seeds / "link.txt").symlink_to(secret)
    report = newsroom.run()
    assert newsroom.actions(report) == ["refused"]
    assert "symbolic link" in report.problems[0].message


def test_a_path_that_is_not_there_is_wrong_use(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match="there is no file or folder"):
        newsroom.run(newsroom.root / "nowhere")


def test_a_format_that_is_not_known_is_wrong_use(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match="did you mean `text`"):
        newsroom.run(format="txt")
    newsroom.seed("a.txt")
    assert newsroom.actions(newsroom.run(format="text")) == ["written"]


def test_readers_are_told_apart_by_name_and_the_last_one_takes_the_rest() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert reader_for("a.txt").name == "text"
    assert reader_for("a.unknown").name == "text"


def test_a_further_reader_can_give_many_items_of_one_file(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: str, source: str, settings: object):
        for key in ("1", "2"):
            yield Imported(source, "article", f"Story {key}", f"Words {key}.\n", key, f"s{key}", key=key)
        yield Imported(source, "page", "About", "Us.\n", "3", "s3", key="3")
        yield Imported(source, "author", "Jane Doe", "A bio.\n", "4", "s4", key="4", meta={"role": "Editor"})

    exports = Reader("export", lambda path: path.endswith(".export"), read, many=True)
    monkeypatch.setattr("slugline.importing.formats.READERS", (exports, *READERS))
    newsroom.seed("all.export", "whatever")
    report = newsroom.run(date="2026-01-24")
    assert [outcome.source for outcome in report.outcomes] == [f"seeds/all.export#{key}" for key in "1234"]
    assert list(newsroom.files()) == [
        "articles/news/story-1.md",
        "articles/news/story-2.md",
        "authors/jane-doe.md",
        "pages/about.md",
        "sections/news.md",
    ]
    assert newsroom.read("sections/news.md") == "---\ntitle: News\n---\n"
    assert newsroom.read("authors/jane-doe.md") == "---\nname: Jane Doe\nrole: Editor\n---\n\nA bio.\n"
    assert newsroom.actions(newsroom.run(date="2026-01-24"))[:3] == ["unchanged"] * 3


def test_a_reader_that_fails_on_a_file_does_not_stop_the_others(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: str, source: str, settings: object):
        raise ZeroDivisionError("by chance")
        yield

    broken = Reader("broken", lambda path: path.endswith(".broken"), read)
    monkeypatch.setattr("slugline.importing.formats.READERS", (broken, *READERS))
    newsroom.seed("a.broken", "whatever")
    newsroom.seed("b.txt")
    report = newsroom.run(date="2026-01-24")
    assert newsroom.actions(report) == ["refused", "written"]
    assert "ZeroDivisionError" in report.problems[0].message


def test_an_import_that_is_interrupted_keeps_the_record_of_what_it_wrote(newsroom: Newsroom) -> None:
    many(newsroom, 10)

    def interrupt(done: int, total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        newsroom.run(on_progress=interrupt)
    assert [entry["output"].partition("/")[0] for entry in newsroom.ledger()] == ["articles"] * 3 + ["sections"]
    report = newsroom.run()
    assert newsroom.actions(report) == ["unchanged", "same"] * 3 + ["written", "same"] * 2


def test_the_report_says_what_became_of_every_word(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    report = newsroom.run(date="2026-01-24")
    data = json.loads(report.to_json())
    (item,) = data["items"]
    assert item["words"]["in"] == item["words"]["out"]
    assert item["words"]["total"] == item["words"]["in"] + sum(part["words"] for part in item["parts"])
    assert data["words"] == item["words"]
    assert data["counts"]["written"] == 1
    assert [part["kind"] for part in item["parts"]][:3] == ["headline", "byline", "read_time"]
    assert report.summary() == f"1 written; {item['words']['in']} words of body text in, {item['words']['out']} out"


def test_the_report_page_holds_every_item_and_escapes_what_seeds_say(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", SEED.replace("Old Fish Market", "Old <b>Fish</b> Market"))
    newsroom.seed("b.txt", "")
    page = to_html(newsroom.run())
    assert "Old &lt;b&gt;Fish&lt;/b&gt; Market" in page
    assert "the file is empty" in page
    assert "names no date" in page
    assert page.count("<h3>") == 2


def test_an_import_into_a_publication_follows_its_settings(newsroom: Newsroom) -> None:
    (newsroom.root / "slugline.toml").write_text(
        '[publication]\nname = "The Courier"\ntimezone = "Europe/London"\n'
        '[import]\nsection = "town"\n[import.patterns]\nshare = ["Spread the fishy word"]\n',
        "utf-8",
    )
    newsroom.seed("a.txt", SEED.replace("Share This Article", "Spread the fishy word"))
    report = import_into(newsroom.root, [newsroom.seeds], now=NOW)
    (outcome,) = report.outcomes
    assert outcome.section == "town"
    assert "share" in [part.kind for part in outcome.parts]
    assert any("of `The Update Desk`, not of The Courier" in problem.message for problem in report.problems)


def test_a_pattern_of_no_known_kind_is_reported_with_its_line(newsroom: Newsroom) -> None:
    (newsroom.root / "slugline.toml").write_text(
        '[publication]\nname = "The Courier"\ntimezone = "Europe/London"\n[import.patterns]\nshar = ["Spread it"]\n', "utf-8"
    )
    newsroom.seed("a.txt")
    with pytest.raises(PublicationError) as caught:
        import_into(newsroom.root, [newsroom.seeds], now=NOW)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("slugline.toml", 5)
    assert problem.hint == "did you mean `share`?"


def test_every_pattern_that_is_no_list_of_texts_is_reported_with_its_line(newsroom: Newsroom) -> None:
    patterns = 'related = "From our files:"\nshare = ["Spread it", 5]\nphoto = ["Our picture"]\n'
    (newsroom.root / "slugline.toml").write_text(
        f'[publication]\nname = "The Courier"\ntimezone = "Europe/London"\n[import.patterns]\n{patterns}', "utf-8"
    )
    newsroom.seed("a.txt")
    with pytest.raises(PublicationError) as caught:
        import_into(newsroom.root, [newsroom.seeds], now=NOW)
    assert [(problem.line, problem.message.partition(",")[0]) for problem in caught.value.problems] == [
        (5, "`import.patterns.related` must be a list of texts"),
        (6, "`import.patterns.share` must be a list of texts"),
    ]
