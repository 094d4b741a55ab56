"""The modules of pages/ import one another downward only: no circle, whoever does the importing."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "site" / "slugline" / "pages"


def modules() -> dict[str, Path]:
    """Every module of pages/ by its full name."""
    found = {}
    for path in PAGES.rglob("*.py"):
        parts = ("slugline", "pages", *path.relative_to(PAGES).with_suffix("").parts)
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imported(tree: ast.AST, known: set[str]) -> set[str]:
    """What a module imports from pages/, at its top, inside functions, or for a type checker only."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found |= names or {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & known


def named(tree: ast.AST, known: set[str]) -> set[str]:
    """The modules that writers and makers are named in: ``module:function``."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {text.partition(":")[0] for text in texts if ":" in text} & known


def test_no_module_imports_itself_by_way_of_others() -> None:
    known = modules()
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in known.items()}
    edges = {name: imported(tree, set(known)) | named(tree, set(known)) for name, tree in trees.items()}
    try:
        order = list(TopologicalSorter(edges).static_order())
    except CycleError as error:
        raise AssertionError(f"a circle: {' → '.join(error.args[1])}") from None
    assert order.index("slugline.pages.render_context") < order.index("slugline.pages.views.card")
    assert order.index("slugline.pages.writers.feeds") < order.index("slugline.pages.kinds.feeds")


def test_no_import_hides_in_a_function_or_from_the_interpreter() -> None:
    for name, path in modules().items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        at_the_top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        everywhere = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert everywhere == at_the_top, name
