"""A wheel, installed into an empty environment, works outside of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from needs import lack

pytestmark = pytest.mark.xdist_group("wheel")

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command without this environment's Python settings."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the checkout gives."""
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    if done.returncode:
        lack(f"the wheel could not be built, perhaps for want of a package index: {done.stderr}")
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_default_theme_its_licences_the_documents_and_nothing_of_the_publication(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "slugline/themes/broadsheet/base.html" in names
    assert any(name.startswith("slugline/themes/broadsheet/assets/fonts/") and "OFL" in name for name in names)
    assert "slugline/py.typed" in names
    assert "slugline/docs/settings.md" in names
    assert not [name for name in names if name.startswith(("content/", "seeds/", "tests/", "site/"))]


def test_init_and_build_in_an_empty_environment_give_a_complete_publication(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    done = run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    slugline = home / "bin" / "slugline"
    assert run(slugline, "init", "paper", cwd=tmp_path).returncode == 0
    built = run(slugline, "build", cwd=tmp_path / "paper")
    assert built.returncode == 0, built.stderr
    build = tmp_path / "paper" / "build"
    front = (build / "index.html").read_text(encoding="utf-8")
    assert "Welcome to Paper" in front
    assert (build / "404.html").is_file()
    assert list(build.glob("assets/*.css"))
    assert list(build.glob("news/*/*/welcome/index.html"))
    assert "0 rendered" in run(slugline, "build", cwd=tmp_path / "paper").stderr
