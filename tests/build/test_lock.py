"""One build at a time, on file systems with locks and without, and after a build that was killed."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from slugline.build import lock as module
from slugline.build.lock import build_lock
from slugline.build.owner_file import OwnerFile, Process, is_alive, this_process
from slugline.errors import BuildLocked, OutputError

SITE = Path(__file__).resolve().parents[2] / "site"


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "state.db.lock")


@pytest.fixture(params=[errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def without_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no locks."""

    def refuse(_: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(module, "_lock", refuse)


def a_dead_process() -> int:
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-S", "-c", ""])
    done.wait()
    return done.pid


def test_a_second_build_is_refused_and_says_which_process_has_the_first(path: str) -> None:
    with build_lock(path, 0), pytest.raises(BuildLocked, match=rf"is running \(process {os.getpid()}\)"), build_lock(path, 0):
        pass
    with build_lock(path, 0):
        pass


def test_an_error_that_is_no_lock_of_another_is_reported_as_what_it_is(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(module, "_lock", broken)
    with pytest.raises(OutputError, match="Input/output error"), build_lock(path, 0):
        pass


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_does_not_keep_the_lock(path: str) -> None:
    reading, writing = os.pipe()
    with build_lock(path, 0):
        child = os.fork()
        if child == 0:
            os.close(writing)
            os.read(reading, 1)
            os._exit(0)
    try:
        # The child lives on, and the lock is free: at once, or when the system has let it run for the first time.
        with build_lock(path, 30):
            assert os.waitpid(child, os.WNOHANG) == (0, 0)
    finally:
        os.close(writing)
        os.close(reading)
        os.waitpid(child, 0)


_BUILD = """
import os, sys, time
from slugline.build.lock import build_lock
from slugline.pool import map_shares

def work(share):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(600)

with build_lock(sys.argv[1], 0):
    for _ in map_shares(work, range(2), jobs=2, size=1, start=str, arguments=(), name=str):
        pass
"""


def wait_until(found: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not found():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.skipif(sys.platform != "linux", reason="forks are made on Linux only")
def test_after_a_build_that_was_killed_the_next_one_works_at_once_and_its_workers_are_gone(path: str) -> None:
    command = [sys.executable, "-c", _BUILD, path]
    environment = {**os.environ, "PYTHONPATH": str(SITE)}
    build = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert build.stdout is not None
    workers = [int(build.stdout.readline()) for _ in range(2)]
    with pytest.raises(BuildLocked), build_lock(path, 0):
        pass
    # Even workers that can do nothing about it, because they are stopped, hold nothing up.
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    build.kill()
    build.wait()
    with build_lock(path, 0):
        pass
    wait_until(lambda: not any(_runs(worker) for worker in workers))
    build.stdout.close()


def _runs(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    # One that ended and that nobody has waited for is none any more.
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.usefixtures("without_locks")
def test_without_locks_a_file_names_the_process_that_builds(path: str) -> None:
    with build_lock(path, 0):
        assert json.loads(Path(f"{path}.owner").read_bytes())[0] == os.getpid()
        with pytest.raises(BuildLocked, match=rf"is running \(process {os.getpid()}\)"), build_lock(path, 0):
            pass
        assert Path(f"{path}.owner").exists()
    assert not Path(f"{path}.owner").exists()


@pytest.mark.usefixtures("without_locks")
def test_without_locks_what_a_killed_build_left_is_no_obstacle(path: str) -> None:
    Path(f"{path}.owner").write_text(json.dumps(this_process()._replace(pid=a_dead_process())), "utf-8")
    with build_lock(path, 0):
        assert json.loads(Path(f"{path}.owner").read_bytes())[0] == os.getpid()


@pytest.mark.usefixtures("without_locks")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say when a process started")
def test_without_locks_another_process_by_the_same_number_is_not_taken_for_the_build(path: str) -> None:
    Path(f"{path}.owner").write_text(json.dumps(this_process()._replace(started="an earlier boot 17")), "utf-8")
    with build_lock(path, 0):
        pass


@pytest.mark.usefixtures("without_locks")
@pytest.mark.parametrize("content", ['[7, "another-host", ""]', "", "[1", '{"pid": 1}', "[-1, 2, 3]"])
def test_without_locks_a_build_that_cannot_be_looked_at_is_left_to_a_person(path: str, content: str) -> None:
    Path(f"{path}.owner").write_text(content, "utf-8")
    with pytest.raises(BuildLocked, match="or delete the file if it is not running") as caught, build_lock(path, 0):
        pass
    assert f"{path}.owner" in str(caught.value)
    assert ("process 7 on the host `another-host`" in str(caught.value)) == content.startswith("[7")
    assert Path(f"{path}.owner").read_text("utf-8") == content


@pytest.mark.usefixtures("without_locks")
def test_without_locks_a_build_waits_for_another(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = OwnerFile(f"{path}.owner")
    assert owner.take() == ""
    monkeypatch.setattr(module.time, "sleep", lambda _: owner.release())
    with build_lock(path, 30):
        pass


def test_a_process_of_somebody_else_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_permitted(_: int, __: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", not_permitted)
    assert is_alive(this_process())
    assert not is_alive(Process(a_dead_process(), "", "earlier"))


def test_a_file_that_another_build_has_made_meanwhile_is_put_back(path: str) -> None:
    owner = OwnerFile(path)
    Path(path).write_bytes(b"newer")
    owner._remove(b"stale")
    assert Path(path).read_bytes() == b"newer"
    assert os.listdir(os.path.dirname(path)) == [os.path.basename(path)]
    owner._remove(b"newer")
    assert os.listdir(os.path.dirname(path)) == []


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        OwnerFile(str(tmp_path / "missing" / "lock")).take()
