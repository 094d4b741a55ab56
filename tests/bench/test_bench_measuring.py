from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bench.corpus import FEWEST_STORIES, Corpus
from bench.equality import WorkDiffers, compare_pages, compare_papers, same_bytes, seen
from bench.generators import Slugline
from bench.measure import CommandFailed, peak_memory, timed
from bench.run import arguments
from bench.works import Candidate

from bench import machine

PAGE = '<html><body><nav><a href="/x/">no</a></nav><main><h1>Head</h1><p>{}</p></main><footer>no</footer></body></html>'


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_run_tells_its_wall_time_and_the_processor_time_of_its_children(tmp_path: Path) -> None:
    code = "import os, time; end = time.process_time() + .2\nif os.fork() == 0:\n"
    code += " while time.process_time() < .2: pass\n os._exit(0)\nos.wait()"
    run = timed(python(code), tmp_path, {}, tmp_path / "log")
    assert run.cpu >= 0.2
    assert run.wall >= 0.2


def test_what_others_use_meanwhile_is_told_apart_from_the_run_itself(tmp_path: Path) -> None:
    busy = subprocess.Popen(python("while True: pass"))
    try:
        run = timed(["sleep", "1"], tmp_path, {}, tmp_path / "log")
    finally:
        busy.kill()
        busy.wait()
    # A machine shared with others gives it less than the whole second.
    assert run.others > 0.2
    assert run.cpu < 0.1


def test_memory_is_that_of_all_processes_and_shared_pages_count_once(tmp_path: Path) -> None:
    # 64 MB are filled before the fork, and shared; each of the two children fills 32 MB of its own.
    code = "import os, time\nshared = bytearray(b'x') * (64 << 20)\n"
    code += (
        "for _ in range(2):\n if os.fork() == 0:\n  own = bytearray(b'y') * (32 << 20); time.sleep(1); os._exit(0)\n"
    )
    code += "os.wait(); os.wait()"
    peak = peak_memory(python(code), tmp_path, {}, tmp_path / "log") / (1 << 20)
    assert 128 <= peak < 128 + 60


def test_a_command_that_fails_is_an_error_that_tells_what_it_said(tmp_path: Path) -> None:
    command = python("import sys; sys.exit('no such theme')")
    with pytest.raises(CommandFailed, match="no such theme"):
        timed(command, tmp_path, {}, tmp_path / "log")
    with pytest.raises(CommandFailed, match="exit code 1"):
        peak_memory(command, tmp_path, {}, tmp_path / "log")


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_pages_are_equal_if_their_words_headings_and_links_are(tmp_path: Path) -> None:
    write(tmp_path / "a", "x/index.html", PAGE.format("It&#39;s &ldquo;so&rdquo;<br>and <em>half</em>way, 3 min read"))
    write(tmp_path / "b", "x/index.html", PAGE.format("It’s “so”\n and <b>half</b>way, 4 min read"))
    assert compare_pages({"a": tmp_path / "a", "b": tmp_path / "b"}, ["x/index.html"]) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Other words", "words of b differ from a's: 'Other words' instead of 'Same words'"),
        ('Same <a href="/y/">words</a>', "links of b"),
        ("Same <h2>words</h2>", "headings of b"),
    ],
)
def test_a_page_that_says_something_else_is_found(text: str, what: str, tmp_path: Path) -> None:
    write(tmp_path / "a", "index.html", PAGE.format("Same words"))
    write(tmp_path / "b", "index.html", PAGE.format(text))
    with pytest.raises(WorkDiffers, match=what):
        compare_pages({"a": tmp_path / "a", "b": tmp_path / "b"}, ["index.html"])


def test_a_page_too_many_is_found_though_it_is_not_sampled(tmp_path: Path) -> None:
    for name in "ab":
        write(tmp_path / name, "index.html", PAGE)
    write(tmp_path / "b", "feed/index.html", PAGE)
    with pytest.raises(WorkDiffers, match=r"b wrote 2 pages, a 1; .*feed/index.html"):
        compare_pages({"a": tmp_path / "a", "b": tmp_path / "b"}, [])


def test_words_of_neighbouring_blocks_do_not_run_together() -> None:
    assert seen("<main><li>one</li><li>two</li></main>").words == ("one", "two")


def test_two_folders_are_the_same_only_if_every_byte_is(tmp_path: Path) -> None:
    for name in "ab":
        write(tmp_path / name, "x/y.txt", "same")
    assert same_bytes(tmp_path / "a", tmp_path / "b") == 1
    write(tmp_path / "b", "x/y.txt", "some")
    with pytest.raises(WorkDiffers, match=r"x/y\.txt is not the same"):
        same_bytes(tmp_path / "a", tmp_path / "b")
    write(tmp_path / "b", "z", "")
    with pytest.raises(WorkDiffers, match="only in one"):
        same_bytes(tmp_path / "a", tmp_path / "b")


class Copier(Slugline):
    """A generator whose build copies the sources of stories, or does nothing at all."""

    def __init__(self, tools: Path, idle: bool = False) -> None:
        super().__init__(tools)
        self.idle = idle

    def command(self, root: Path, output: Path) -> list[str]:
        if self.idle:
            return ["true"]
        code = "import shutil, sys, pathlib as p; root, out = map(p.Path, sys.argv[1:])\n"
        code += "base = (root / 'themes/plain/base.html').read_text()\n"
        code += "stories = sorted((root / 'content/articles').rglob('*.md'))\n"
        code += (
            "for s in stories:\n t = out / s.relative_to(root / 'content/articles').with_suffix('') / 'index.html'\n"
        )
        code += " t.parent.mkdir(parents=True, exist_ok=True); t.write_text('<main>' + s.read_text())\n"
        code += "(out / 'index.html').write_text(base + ' '.join(s.stem for s in stories))"
        return [*python(code), str(root), str(output)]


def candidate(tmp_path: Path, idle: bool = False) -> Candidate:
    generator, corpus = Copier(tmp_path, idle), Corpus(FEWEST_STORIES)
    generator.write_frame(tmp_path / "site", corpus)
    for story in corpus:
        generator.write_story(tmp_path / "site", corpus, story)
    return Candidate(generator, corpus, tmp_path / "site", tmp_path / "out", ("clean", "body"), tmp_path / "log")


def test_edits_are_real_and_each_is_another(tmp_path: Path) -> None:
    one = candidate(tmp_path)
    one.run("clean")
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    for work in ("body", "story", "template", "body", "story", "template"):
        one.run(work)
    after = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert len(after.keys() - before.keys()) == 2
    assert sum(before[path] != after[path] for path in before) == 3


@pytest.mark.parametrize("work", ["body", "story", "template"])
def test_a_build_that_misses_an_edit_does_not_count(work: str, tmp_path: Path) -> None:
    one = candidate(tmp_path, idle=True)
    with pytest.raises(WorkDiffers, match="after the build"):
        one.run(work)


def test_an_output_folder_that_is_not_on_tmpfs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "filesystem", lambda path: "ext4")
    with pytest.raises(SystemExit):
        arguments(["--output", str(tmp_path)])
    assert "is not on tmpfs but on ext4" in capsys.readouterr().err


def test_a_corpus_that_is_too_small_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--stories", "40"])
    assert "at least 120 stories" in capsys.readouterr().err


def test_the_file_system_of_a_path_is_that_of_the_deepest_mount() -> None:
    assert machine.filesystem(Path("/proc/self")) == "proc"
    assert machine.filesystem(Path("/dev/shm")) == "tmpfs"


def test_papers_are_alike_if_they_hold_as_much(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path, f"{name}/index.html", '<article class="card"></article><script>{"@type": "WebSite"}</script>')
        write(tmp_path, f"{name}/feed.xml", "<item></item>" * 40)
        write(tmp_path, f"{name}/sitemap.xml", "<loc>x</loc>" * 40)
    outputs = {name: tmp_path / name for name in ("a", "b")}
    counted = compare_papers(outputs)
    assert counted["entries in feeds"] == (40, 40)
    assert counted["cards"] == (1, 1)
    write(tmp_path, "b/feed.xml", "<item></item>" * 39)
    assert compare_papers(outputs)["entries in feeds"] == (40, 39)
    write(tmp_path, "b/feed.xml", "<item></item>" * 37)
    with pytest.raises(WorkDiffers, match="a and b wrote 40, 37 entries in feeds"):
        compare_papers(outputs)
