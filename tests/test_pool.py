"""Work shared among processes: in order, with retries, and never without an end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from slugline.pool import WorkerDied, map_shares, may_fork

ROOT = Path(__file__).resolve().parent.parent
NO_FORK = not hasattr(os, "fork")

_started: list[str] = []


def start(word: str = "begun") -> None:
    _started.append(word)


def run(work: Any, pieces: Sequence[Any], **options: Any) -> list[Any]:
    defaults: dict[str, Any] = {"jobs": 2, "size": 1, "start": start, "arguments": (), "name": str}
    return list(map_shares(work, pieces, **{**defaults, **options}))


@contextmanager
def another_thread() -> Iterator[None]:
    leave = threading.Event()
    thread = threading.Thread(target=leave.wait, daemon=True)
    thread.start()
    try:
        yield
    finally:
        leave.set()
        thread.join()


def twice(share: Sequence[int]) -> list[int]:
    return [2 * piece for piece in share]


def words_and_process(_: Sequence[int]) -> tuple[list[str], int]:
    return _started, os.getpid()


def parent_of(_: Sequence[int]) -> int:
    return os.getppid()


def large(share: Sequence[bytes]) -> bytes:
    return b"".join(share) * 2


def late(share: Sequence[int]) -> int:
    time.sleep(0.3 if share[0] == 0 else 0)
    return share[0]


def failing(share: Sequence[int]) -> int:
    if share[0] in (3, 5):
        raise ValueError(f"no {share[0]}")
    return share[0]


class Unsendable(Exception):
    def __init__(self) -> None:
        super().__init__("a lock in it")
        self.lock = threading.Lock()


def failing_strangely(_: Sequence[int]) -> int:
    raise Unsendable


def leaving(_: Sequence[int]) -> int:
    raise SystemExit(4)


def deadly(share: Sequence[Path]) -> list[str]:
    """Ends its process at every file that says so, and makes it say so once less."""
    for path in share:
        left = int(path.read_text("utf-8") or "0")
        if left:
            path.write_text(str(left - 1), "utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
    return [path.name for path in share]


def half_written(share: Sequence[Path]) -> bytes:
    """Ends its process while its answer, far more than a pipe holds, is on its way."""
    if share[0].exists():
        share[0].unlink()
        threading.Timer(int(share[0].name) / 100, os.kill, (os.getpid(), signal.SIGKILL)).start()
        # A pickle of this waits in the pipe until the parent has read the most of it.
        return b"x" * 200_000_000
    return b"whole"


def sleeping(_: Sequence[int]) -> None:
    time.sleep(60)


def files(folder: Path, deaths: Sequence[int]) -> list[Path]:
    paths = [folder / f"{number}" for number in range(len(deaths))]
    for path, count in zip(paths, deaths, strict=True):
        path.write_text(str(count), "utf-8")
    return paths


@pytest.mark.parametrize(("jobs", "size", "count"), [(1, 1, 5), (2, 3, 100), (8, 7, 20), (3, 50, 10), (2, 1, 0)])
def test_results_come_in_the_order_of_the_pieces(jobs: int, size: int, count: int) -> None:
    found = run(twice, range(count), jobs=jobs, size=size)
    assert [number for share in found for number in share] == list(range(0, 2 * count, 2))


def test_a_slow_share_is_waited_for_and_the_others_come_behind_it() -> None:
    assert run(late, range(20)) == list(range(20))


def test_each_process_is_prepared_once() -> None:
    found = run(words_and_process, range(20), arguments=("prepared",))
    assert {tuple(words) for words, _ in found} == {("prepared",)}
    assert len({process for _, process in found}) <= 2


def test_pieces_and_results_larger_than_any_pipe_get_through() -> None:
    pieces = [bytes([number]) * 3_000_000 for number in range(8)]
    assert run(large, pieces) == [piece * 2 for piece in pieces]


def test_no_process_is_left_behind() -> None:
    before = set(active_children())
    run(twice, range(10))
    stopped = map_shares(sleeping, range(4), jobs=2, size=1, start=start, arguments=(), name=str, tick=_call_off)
    began = time.monotonic()
    with pytest.raises(InterruptedError):
        next(stopped)
    unread = map_shares(late, range(100), jobs=2, size=1, start=start, arguments=(), name=str)
    assert next(unread) == 0
    unread.close()
    assert set(active_children()) <= before
    assert time.monotonic() - began < 30


def _call_off() -> None:
    raise InterruptedError


def test_an_error_is_raised_where_its_share_would_have_come() -> None:
    found = map_shares(failing, range(9), jobs=2, size=1, start=start, arguments=(), name=str)
    assert [next(found) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="no 3") as caught:
        next(found)
    # Where in the worker it was, for whoever has to mend it.
    assert "in failing" in str(caught.value.__cause__)


def test_an_error_that_cannot_be_sent_is_reported_in_words() -> None:
    with pytest.raises(RuntimeError, match="Unsendable: a lock in it"):
        run(failing_strangely, range(2))
    with pytest.raises(SystemExit):
        run(leaving, range(2))


@pytest.mark.parametrize("threads", [False, True])
def test_what_a_process_that_died_had_is_done_again(tmp_path: Path, threads: bool) -> None:
    paths = files(tmp_path, [0, 1, 0, 2, 1, 0, 0, 1, 0])
    if threads:
        with another_thread():
            found = run(deadly, paths, size=2)
    else:
        found = run(deadly, paths, size=2)
    assert [name for share in found for name in share] == [path.name for path in paths]


def test_a_piece_that_ends_its_process_each_time_is_named_and_what_is_before_it_is_done(tmp_path: Path) -> None:
    paths = files(tmp_path, [0, 0, 0, 0, 0, 9, 0, 0])
    found = map_shares(deadly, paths, jobs=2, size=4, start=start, arguments=(), name=lambda path: f"story {path.name}")
    assert [next(found), next(found)] == [["0", "1", "2", "3"], ["4"]]
    with pytest.raises(WorkerDied, match="worked on story 5 died three times"):
        next(found)


def test_the_others_go_on_where_something_can_stand_for_a_piece_that_kills(tmp_path: Path) -> None:
    paths = files(tmp_path, [0, 9, 0, 0, 0, 0, 9, 9, 0])
    found = run(deadly, paths, size=2, fallback=lambda path: [f"not {path.name}"])
    assert [name for share in found for name in share] == ["0", "not 1", "2", "3", "4", "5", "not 6", "not 7", "8"]


@pytest.mark.parametrize("hundredths", [8, 12, 16, 20, 24])
def test_a_process_that_ends_while_it_writes_keeps_nobody_waiting(tmp_path: Path, hundredths: int) -> None:
    path = tmp_path / str(hundredths)
    path.touch()
    found = run(half_written, [path])
    # Or it was so quick that its answer was whole.
    assert found == [b"whole"] or len(found[0]) == 200_000_000


@pytest.mark.skipif(NO_FORK, reason="the system has no fork")
def test_processes_end_though_the_one_they_come_from_would_not_at_such_a_signal(tmp_path: Path) -> None:
    # Dev mode takes SIGTERM for Ctrl-C: a worker that did the same would take it for an error of its work, and go on.
    script = (
        "import signal, sys; sys.path.insert(0, sys.argv[1]); import test_pool as here; from slugline.pool import map_shares\n"
        "signal.signal(signal.SIGTERM, signal.default_int_handler)\n"
        "work = map_shares(here.sleeping, range(2), jobs=2, size=1, start=str, arguments=(), name=str, tick=here._call_off)\n"
        "try: next(work)\nexcept InterruptedError: print('called off')\n"
    )
    assert _script(script, str(ROOT / "tests")) == "called off"


@pytest.mark.skipif(sys.platform != "linux", reason="forks are made on Linux only")
def test_a_process_with_one_thread_forks_and_one_with_more_does_not() -> None:
    script = (
        "import os, sys, threading, _thread, time; sys.path.insert(0, sys.argv[1]); import test_pool as here\n"
        "if __name__ == '__main__':\n"
        "    print(set(here.run(here.parent_of, range(6))) == {os.getpid()})\n"
        # One that the module `threading` has not seen: neither do libraries in C tell it of theirs.
        "    _thread.start_new_thread(time.sleep, (60,))\n"
        "    print(os.getpid() in here.run(here.parent_of, range(6)))\n"
        "    os._exit(0) if not sys.stdout.flush() else None\n"
    )
    assert _script(script, str(ROOT / "tests")).split() == ["True", "False"]


def test_beside_another_thread_no_fork_is_safe() -> None:
    with another_thread():
        assert not may_fork()
        assert os.getpid() not in run(parent_of, range(6))


@pytest.mark.skipif(sys.platform != "linux", reason="forks are made on Linux only")
def test_a_build_and_an_import_from_the_command_line_fork(tmp_path: Path) -> None:
    script = (
        "import sys; from slugline import cli\n"
        "from slugline.build import parse_sources, render; from slugline.build.scan import outputs\n"
        "from slugline.importing import run; from slugline.pool import worker\n"
        "parse_sources._ALONE = render._ALONE = run._ALONE = 0; outputs._FEW = -1; asked = []; may_fork = worker.may_fork\n"
        "def ask(): asked.append(may_fork()); return asked[-1]\n"
        "worker.may_fork = outputs.may_fork = ask\n"
        "for line in ('init P', 'import S --root P --jobs 2', 'build --root P --jobs 2'): assert cli.main(line.split()) == 0\n"
        "print(len(asked) >= 6, set(asked))\n"
    )
    (tmp_path / "S").mkdir()
    for number in range(40):
        (tmp_path / "S" / f"{number}.txt").write_text(f"Story {number}\n\nThe words of story number {number}.\n", "utf-8")
    assert _script(script, cwd=tmp_path) == "True {True}"


def _script(script: str, *arguments: str, cwd: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "site")}
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
