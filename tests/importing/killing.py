"""A process that is killed at a moment that was chosen: when it moves a certain file into place, counted among its kind.

That is more exact than a kill after a while, and waits for nothing: right before the move all of a file, or half of it, lies
beside its place; right after it the file stands and nobody has noted it yet. The kill takes the whole process group along, so
that nothing can be tidied up.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

__all__ = ["CAN_KILL", "killed"]

CAN_KILL = hasattr(os, "killpg")

_KILLER = """
import os, signal

ending, left, moment = os.environ["KILL_AT"].split()
left, move = int(left), os.replace

def replace(source, target, **options):
    global left
    left -= str(target).endswith(ending)
    if left or not str(target).endswith(ending):
        return move(source, target, **options)
    if moment == "half":
        os.truncate(source, os.path.getsize(source) // 2)
    elif moment == "after":
        move(source, target, **options)
    os.killpg(0, signal.SIGKILL)

os.replace = replace
"""


def killed(script: str, *arguments: str, at: str) -> None:
    """Run a script that is killed: at ".md 12 half", ".md 12 before" or ".md 12 after" the twelfth such file is moved."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "KILL_AT": at}
    done = subprocess.run(
        [sys.executable, "-c", _KILLER + script, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, f"it ended with {done.returncode} before it could be killed {at}"


def parts(folder: Path) -> list[Path]:
    """What was half written, or not yet moved."""
    return sorted(folder.rglob("*.part"))
