"""The documentation says what the program does."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from slugline.cli import parser
from slugline.starting import documentation, documents, init_publication, publication

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


class Page(HTMLParser):
    """The ids of a page, and the addresses that it links to or loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src") and value:
                self.addresses.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """Each page of the documentation's site by its address, and each other file of it as an empty page."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "site")}
    command = [sys.executable, str(ROOT / "tools" / "docs_site.py"), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {}
    for path in folder.rglob("*"):
        if path.is_file():
            address = "/" + path.relative_to(folder).as_posix().removesuffix("index.html")
            pages[address] = Page(path.read_text(encoding="utf-8") if path.suffix == ".html" else "")
    return pages


def test_the_site_has_every_document_and_a_field_to_search_them(site: dict[str, Page]) -> None:
    names = {path.stem for path in DOCS.glob("*.md")} | {"readme", "contributing", "changelog"}
    assert names == {address.split("/")[2] for address in site if re.fullmatch(r"/(publishing|developing)/[^/]+/", address)}
    assert "manual-words" in site["/"].ids
    assert [address for address in site if re.fullmatch(r"/search-index/\d+/pagefind\.js", address)]


def test_every_link_and_anchor_of_the_site_leads_somewhere(site: dict[str, Page]) -> None:
    lost = []
    for here, page in site.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme in ("", "http") and parts.netloc in ("", "localhost:8000"):
                there = site.get(unquote(parts.path) or here)
                if there is None or (parts.fragment and unquote(parts.fragment) not in there.ids):
                    lost.append(f"{here} → {address}")
    assert lost == []


def test_the_wheel_has_every_document() -> None:
    packaged = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for path in DOCS.glob("*.md"):
        assert f'"docs/{path.name}" = "slugline/docs/{path.name}"' in packaged


def test_the_editors_day_in_the_readme_works_in_a_new_publication(tmp_path: Path) -> None:
    day = (ROOT / "README.md").read_text(encoding="utf-8").partition("## The editor's day")[2].partition("\n## ")[0]
    lines = [line.partition("   #")[0].strip() for line in day.splitlines() if line.startswith("    ")]
    commands = [line for line in lines if line.startswith("slugline ") and not re.match("slugline (serve|import)", line)]
    assert len(commands) == 6
    # What README's editor is opened for first.
    address = "sed -i s,http://localhost:8000,https://paper.example, slugline.toml"
    program = f'slugline() {{ "{sys.executable}" -m slugline "$@"; }}'
    script = "\n".join(["set -e", program, commands[0], address, *commands[1:]])
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "site")}
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    edited = next(line for line in lines if line.startswith("$EDITOR content/")).removeprefix("$EDITOR ")
    assert (tmp_path / "paper" / edited).is_file()


def test_help_and_a_new_publication_lead_to_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parser().format_help().endswith(f"Documentation: {documentation()}\n")
    assert (Path(documentation()) / "settings.md").is_file()
    init_publication(tmp_path / "one")
    assert "settings.md" in (tmp_path / "one" / "slugline.toml").read_text(encoding="utf-8").splitlines()[0]
    for module in (documents, publication):
        monkeypatch.setattr(module, "published", lambda: "https://docs.example/")
    assert "Documentation: https://docs.example/" in parser().format_help()
    init_publication(tmp_path / "two")
    assert "described in https://docs.example/." in (tmp_path / "two" / "slugline.toml").read_text(encoding="utf-8")
