"""The documentation says what the program does."""

from __future__ import annotations

import argparse
import importlib.util
import re
from pathlib import Path

import pytest

from slugline.cli import parser

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command that does something, by its name: ``build``, ``new article``."""
    found: dict[str, argparse.ArgumentParser] = {}

    def walk(name: str, here: argparse.ArgumentParser) -> None:
        below = [action for action in here._actions if isinstance(action, argparse._SubParsersAction)]
        if not below:
            found[name] = here
        for action in below:
            for word, child in action.choices.items():
                walk(f"{name} {word}".strip(), child)

    walk("", parser())
    return found


def sections() -> dict[str, str]:
    """The text under each command's heading in docs/command-line.md."""
    parts = re.split(r"^## `slugline (.*?)`$", (DOCS / "command-line.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = [re.sub(r" [A-Z]+…?$", "", heading) for heading in parts[1::2]]
    return dict(zip(names, parts[2::2], strict=True))


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert set(sections()) == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_commands_section_has_its_options_and_no_others(name: str) -> None:
    common = {"-h", "--help", "-q", "--quiet", "-v", "--verbose", "--root"}
    options = {option for action in commands()[name]._actions for option in action.option_strings} - common
    rows = set(re.findall(r"^\| `(--[a-z-]+)", sections()[name], re.MULTILINE))
    assert rows == options


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_says_what_it_does(name: str) -> None:
    for action in commands()[name]._actions:
        assert action.help or action.dest in ("headline",), f"{name}: {action.dest}"


def test_the_settings_page_is_the_one_that_the_code_writes() -> None:
    spec = importlib.util.spec_from_file_location("settings_page", ROOT / "tools" / "settings_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == module.page()


def test_every_link_among_the_documents_leads_to_a_file() -> None:
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")]:
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"`[^`\n]*`", "", text)):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name} → {target}"


def test_every_front_matter_key_that_is_read_is_documented() -> None:
    source = (ROOT / "site" / "slugline" / "parse.py").read_text(encoding="utf-8")
    article = source[source.index("def _article(") : source.index("def _author(")]
    read = set(re.findall(r'fields\.\w+\(\s*"(\w+)"', article)) | {"authors"}
    documented = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "writing.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert read <= documented, read - documented
