"""Where the documentation of this installation is."""

from __future__ import annotations

from pathlib import Path

__all__ = ["documentation", "published"]


def documentation() -> str:
    """Where the documentation is: its address, if the package's metadata has one, else the folder beside the code."""
    return published() or str(_documents())


def published() -> str:
    """The address under `[project.urls]` in pyproject.toml, where this installation has it; else nothing."""
    # Takes longer to load than all the rest; only help and a new publication ask.
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415

    try:
        urls = metadata("slugline").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    return next((url for label, _, url in (line.partition(", ") for line in urls) if label == "Documentation"), "")


def _documents() -> Path:
    """The folder of the documents: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "docs"
    return installed if installed.is_dir() else package.parent.parent / "docs"
