"""The code is built as docs/architecture.md draws it."""

from __future__ import annotations

import ast
import fnmatch
import os
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "site" / "slugline"
HEAVY = ("jinja2", "markdown", "yaml", "frontmatter", "babel", "PIL", "pyvips", "multiprocessing", "concurrent.futures")


@cache
def floors() -> dict[str, int]:
    """Each room's floor as the page draws it, the lowest 0."""
    drawn = re.search(r"```floors\n(.*?)```", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.DOTALL)
    assert drawn is not None
    lines = drawn[1].split("\n")[:-1]
    return {room: len(lines) - number for number, line in enumerate(lines) for room in line.split()}


def room_of(module: str) -> str:
    """The room of a module: the name below the package; the package's own front door is the room ``slugline``."""
    return module.split(".")[1] if "." in module else module


@cache
def modules() -> dict[str, Path]:
    """Every module of the package."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = ("slugline", *path.relative_to(PACKAGE).with_suffix("").parts)
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imports_at_the_top(path: Path) -> list[str]:
    """What a module of the package imports from the package, but for what only a type checker sees."""
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "slugline":
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.split(".")[0] == "slugline"]
    return found


def test_every_room_is_drawn_and_every_drawn_room_is_there() -> None:
    assert {room_of(name) for name in modules()} == set(floors())


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_imports_only_from_its_room_and_from_below(name: str) -> None:
    floor = floors()
    here = room_of(name)
    for other in imports_at_the_top(modules()[name]):
        assert room_of(other) == here or floor[room_of(other)] < floor[here], f"{name} imports {other}"


DEFERRED = {
    ("slugline", "slugline.build.engine"): "`import slugline` loads no engine",
    ("slugline", "slugline.build.session"): "likewise",
    ("slugline.build.engine", "slugline.build.lost_addresses"): "only a site that has lost addresses is reminded of them",
    ("slugline.build.engine", "slugline.build.stages"): "a build in which nothing changed renders nothing",
    ("slugline.build.recovery", "slugline.build.integrity"): "only a failure that nothing explains reads the whole state",
    ("slugline.build.sources", "slugline.theme.theme"): "only errors in sources ask for the theme's as well",
    ("slugline.build.sync", "slugline.build.sources"): "a build in which nothing changed parses nothing",
    ("slugline.build.workshop", "slugline.search.segments"): "only a site with a search index makes one",
    ("slugline.images.probing", "slugline.images.reading"): "only a picture pays for Pillow",
    ("slugline.markup.finishing", "slugline.markup.own_html"): "only a body with HTML of its own pays for a parser",
    ("slugline.markup.finishing", "slugline.markup.remarks"): "likewise, or with ids that were written by hand",
    ("slugline.markup.inline_text", "slugline.markup.lossless"): "only a line with marks in it pays for Python-Markdown",
    ("slugline.markup.renderer", "slugline.markup.extensions"): "only a text that is more than prose pays for Python-Markdown",
    ("slugline.markup.renderer", "slugline.markup.prose.reader"): "a build in which nothing changed reads no text",
    ("slugline.serve.rebuilder", "slugline.importing"): "its HTML parsers take 0.3 s to load",
}
"""The imports from the package that functions outside of `cli/` make, each with its reason; at most 15."""

FOR_TYPES = {
    ("slugline.build.lost_addresses", "slugline.pages.kinds.registry"): "a build in which nothing changed asks no kind of page",
    ("slugline.build.session", "slugline.pages.kinds.registry"): "a build in which nothing changed asks no kind of page",
    ("slugline.catalog.rows", "slugline.markup.body"): "the catalog of a build in which nothing changed needs no parser",
    ("slugline.catalog.rows", "slugline.parse"): "likewise",
    ("slugline.catalog.sync", "slugline.catalog.rows"): "likewise",
}
"""What a module imports for the type checker alone, each with its reason."""


def imports_elsewhere(path: Path) -> tuple[set[str], set[str]]:
    """What a module imports from the package inside functions, and under ``if TYPE_CHECKING``."""
    deferred: set[str] = set()
    for_types: set[str] = set()
    known = set(modules())
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        found = for_types if isinstance(statement, ast.If) else deferred
        if isinstance(statement, ast.Import | ast.ImportFrom):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "slugline":
                found |= {f"{node.module}.{name.name}" for name in node.names} & known or {node.module}
    return deferred, for_types


def test_deferred_imports_are_few_and_each_has_its_reason() -> None:
    deferred: set[tuple[str, str]] = set()
    for_types: set[tuple[str, str]] = set()
    for name, path in modules().items():
        if room_of(name) in ("cli", "importing"):
            continue
        inside, types = imports_elsewhere(path)
        deferred |= {(name, other) for other in inside}
        for_types |= {(name, other) for other in types}
    assert deferred == set(DEFERRED)
    assert len(deferred) <= 15
    assert for_types == set(FOR_TYPES)


def test_no_module_imports_itself_by_way_of_others() -> None:
    known = set(modules())
    edges: dict[str, set[str]] = {}
    for name, path in modules().items():
        edges[name] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                named = {f"{node.module}.{one.name}" for one in node.names} & known
                edges[name] |= (named or {node.module} & known) - {name}
            elif isinstance(node, ast.Import):
                edges[name] |= {one.name for one in node.names} & known - {name}
    try:
        list(TopologicalSorter(edges).static_order())
    except CycleError as error:
        raise AssertionError(f"a circle: {' → '.join(error.args[1])}") from None


def test_importing_is_entered_by_its_door_alone() -> None:
    for name, path in modules().items():
        if room_of(name) == "importing":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("slugline.importing."), name


def test_rooms_on_one_floor_do_not_know_each_other() -> None:
    floor = floors()
    for name, path in modules().items():
        for other in imports_at_the_top(path):
            if room_of(other) != room_of(name):
                assert floor[room_of(other)] != floor[room_of(name)]


CONTENT = "article|story|entry|bucket|label|item|media|reference|folder|source|fact"
LEDGER = "page|route|query|reads|pending"
TOPIC = re.compile(r"(?:story|window|list|months|year|lists|label|entries|entry|items|item|media|fact) (?:[a-z][^ ]*)?")


def texts(path: Path) -> list[str]:
    """The string literals of a module, and the plain parts of its f-strings; without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    ]


def tables(path: Path, names: str) -> set[str]:
    """The tables among ``names`` that the SQL in a module's literals reads or writes."""
    sql = re.compile(rf"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+({names})\b")
    return {table for text in texts(path) for table in sql.findall(text)}


def test_content_is_read_and_written_by_the_catalog_alone() -> None:
    speaking = {name for name, path in modules().items() if tables(path, CONTENT)}
    assert {"slugline.catalog.store", "slugline.catalog.sync", "slugline.catalog.lookup"} <= speaking
    assert {room_of(name) for name in speaking} == {"catalog"}


def test_the_ledgers_tables_are_read_and_written_by_the_ledger_alone() -> None:
    speaking = {name for name, path in modules().items() if tables(path, LEDGER)}
    assert speaking == {"slugline.build.ledger", "slugline.catalog.store"}


def test_sqlite_is_known_to_the_store_the_ledger_and_the_memory_of_imports_alone() -> None:
    knowing = {
        name
        for name, path in modules().items()
        if re.search(r"^\s*(import sqlite3|from sqlite3)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert knowing == {"slugline.catalog.store", "slugline.build.ledger", "slugline.importing.remembered"}


def test_topics_are_spelled_by_their_constructors_alone() -> None:
    # Grants, which are pages of a sort and no topics, have names of the same form in `pages/`.
    for name, path in modules().items():
        if room_of(name) in ("catalog", "build", "checks", "search", "redirects") and name != "slugline.catalog.topics":
            assert not [text for text in texts(path) if TOPIC.fullmatch(text)], name


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('db.execute("SELECT a FROM article")', {"article"}),
        ('db.execute(f"SELECT {x} FROM entry e JOIN story s")', {"entry", "story"}),
        ('db.execute("INSERT OR REPLACE INTO " "item VALUES (?)")', {"item"}),
        ('db.execute("UPDATE media SET x = 1")', {"media"}),
        ('"""Reads FROM article."""', set()),
    ],
)
def test_sql_is_found_by_its_text(tmp_path: Path, written: str, found: set[str]) -> None:
    (tmp_path / "module.py").write_text(written)
    assert tables(tmp_path / "module.py", CONTENT) == found


def test_only_the_theme_knows_its_template_engine() -> None:
    for name, path in modules().items():
        if re.search(r"^\s*(import jinja2|from jinja2)", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert room_of(name) == "theme", name


def test_only_the_command_line_and_dev_mode_print() -> None:
    for name, path in modules().items():
        if room_of(name) in ("cli", "serve"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"), name


def test_no_module_is_named_for_nothing() -> None:
    for name in modules():
        assert name.rsplit(".", 1)[-1] not in ("utils", "helpers", "common", "misc", "manager", "handler"), name


def test_every_folder_with_tests_is_looked_into(pytestconfig: pytest.Config) -> None:
    # What pytest passes over by itself would pass over the tests of `build/`.
    for path in (ROOT / "tests").rglob("test_*.py"):
        folders = [] if "node_modules" in path.parts else path.relative_to(ROOT).parts[:-1]
        for pattern in pytestconfig.getini("norecursedirs"):
            assert not any(fnmatch.fnmatch(folder, pattern) for folder in folders), f"{pattern} hides {path}"


def test_a_build_that_finds_nothing_to_do_loads_nothing_heavy(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    script = (
        "import sys; from slugline.cli import main; code = main(sys.argv[1:]); "
        f"print([name for name in {HEAVY!r} if name in sys.modules]); raise SystemExit(code)"
    )

    def run(*arguments: str) -> str:
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env=_environment())
        return done.stdout.strip()

    run("init", str(paper))
    # A file that was written within the clock's grain of the last build is looked at again.
    for path in paper.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert "jinja2" in run("build", "--root", str(paper))
    assert run("build", "--root", str(paper)) == "[]"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "site")}
