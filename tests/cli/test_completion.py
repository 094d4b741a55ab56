"""The completion scripts, used as a shell uses them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from slugline.cli import main


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def completed(script: str, words: list[str], folder: Path) -> set[str]:
    """What bash offers for the last word."""
    name = next(line.split()[-2] for line in script.splitlines() if line.startswith("complete "))
    line = f"COMP_WORDS=({' '.join(words)} ''); COMP_CWORD={len(words)}; {name}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    if words[-1]:
        line = line.replace(" '')", ")").replace(f"COMP_CWORD={len(words)}", f"COMP_CWORD={len(words) - 1}")
    done = subprocess.run(["bash", "-c", f"{script}\n{line}"], cwd=folder, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_every_command_and_option(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = script(shell, capsys)
    for word in ("build", "import", "article", "completion", "base-url", "dry-run", "root"):
        assert word in found, word
    program = shutil.which(shell)
    if program:
        subprocess.run([program, "-n"], input=found, text=True, check=True)


def test_bash_completes_commands_options_choices_and_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = script("bash", capsys)
    (tmp_path / "paper").mkdir()
    assert completed(found, ["slugline", "bu"], tmp_path) == {"build"}
    assert completed(found, ["slugline", "build", "--dr"], tmp_path) == {"--drafts"}
    assert completed(found, ["slugline", "redirects", "--format", "ca"], tmp_path) == {"caddy"}
    assert completed(found, ["slugline", "build", "--root", "pa"], tmp_path) == {"paper"}


def test_an_unknown_shell_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "csh"]) == 2
    assert "usage:" in capsys.readouterr().err
