"""What some tests need and a machine may lack.

``@needs("pagefind")``, or ``pytestmark = needs("pagefind")``, marks tests; a fixture calls :func:`require`. Where something is
absent, a person's run skips the test with the reason, and one with ``CI`` set fails it: there everything has to be installed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

__all__ = ["CHROMIUM", "lack", "needs", "require", "server_program"]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
"""The browser; the variable CHROMIUM names it where it has another name or place."""

_BROWSER_PACKAGES = Path(__file__).parent / "browser" / "node_modules"


def needs(*names: str) -> pytest.MarkDecorator:
    """Mark tests as needing something: the names of :func:`require`."""
    return pytest.mark.needs(*names)


def require(*names: str) -> None:
    """Go on only where all of that is there: "chromium", "node", "playwright", "pagefind", "raqm",
    "root", "nginx", "caddy".
    """
    for name in names:
        if reason := _absent(name):
            lack(reason)


def lack(reason: str) -> NoReturn:
    """End the test for want of something: it is skipped, or with ``CI`` set it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}; with CI set, tests are not skipped", pytrace=False)
    pytest.skip(reason)


@cache
def _absent(name: str) -> str:
    """The reason why something cannot be used; empty where it can."""
    return _CHECKS[name]()


def _chromium() -> str:
    found = CHROMIUM and os.access(CHROMIUM, os.X_OK)
    return "" if found else "Chromium is not installed; the variable CHROMIUM names it where it has another place"


def _node() -> str:
    if shutil.which("node") is None:
        return "Node is not installed"
    return "" if _BROWSER_PACKAGES.is_dir() else "Node's packages are not installed: npm ci --prefix tests/browser"


def _playwright() -> str:
    return "" if find_spec("playwright") else "Playwright is not installed"


def _pagefind() -> str:
    from slugline.search.indexer import engine_version

    return "" if engine_version() else "Pagefind is not installed"


def _raqm() -> str:
    from PIL import features

    return "" if features.check("raqm") and features.check("fribidi") else "Pillow has no Raqm with FriBiDi"


def server_program(name: str) -> str:
    """Where a web server is; system folders are looked at too, because people's paths leave them out."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin") or ""


def _server(name: str) -> str:
    return "" if server_program(name) else f"the web server {name} is not installed"


def _root() -> str:
    return "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "mounting a small file system takes root"


_CHECKS: dict[str, Callable[[], str]] = {
    "caddy": partial(_server, "caddy"),
    "chromium": _chromium,
    "nginx": partial(_server, "nginx"),
    "node": _node,
    "pagefind": _pagefind,
    "playwright": _playwright,
    "raqm": _raqm,
    "root": _root,
}
