"""The code of compiled templates: macros that are known when a template is compiled are called as the functions that they are.

Jinja calls everything through its context, which finds out each time what is called and how it wants its arguments. A macro
that stands in the template itself is known, and so are its parameters; a call of it costs a twentieth then. The same holds for
the function that writes the theme's words. Whatever is not certain is called as ever.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, find_undeclared
from jinja2.idtracking import VAR_LOAD_RESOLVE

from slugline.theme.inlining import MARK

__all__ = ["ThemeCode"]

_SPECIAL = ("caller", "kwargs", "varargs")
_WORDS = "_"
"""The name of a plain function that every template has, unless it gives that name to something else."""


class _KnownCall(NamedTuple):
    """A call of a macro whose parameters are known.

    Attributes:
        sure: it is this macro; otherwise the name may mean another one, which is found out when it is called.
        ref: the variable.
        name: the macro's own.
        given: the arguments in the order of the parameters; None for those that the call leaves out.
    """

    sure: bool
    ref: str
    name: str
    given: list[nodes.Expr | None]


class ThemeCode(CodeGenerator):
    """Writes the code of one template."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._macros: dict[str, nodes.Macro] = {}
        self._has_words = False
        self._put: nodes.Node | None = None

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # as Jinja has it
        """Write the code of a whole template."""
        self._macros = _known_macros(node)
        self._has_words = _WORDS not in _bindings(node)
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call."""
        put, self._put = self._put is node, None
        found = None if forward_caller else self._known(node, frame)
        if found is not None:
            sure, ref, name, given = found
            if not sure:
                self.write("(")
            # What a macro makes is safe; where it is put at once, nobody asks.
            self.write("(" if put or not frame.eval_ctx.autoescape else "Markup(")
            if sure:
                self.visit(node.node, frame)
            else:
                self.write(ref)
            self.write("._func(")
            for value in given:
                self.write("missing, ") if value is None else self._argument(value, frame)
            self.write("))")
            if not sure:
                self.write(f" if {ref}.__class__ is Macro and {ref}.name == {name!r} else ")
                self.write("escape(" if put else "(")
                super().visit_Call(node, frame, forward_caller=forward_caller)
                self.write("))")
        elif self._is_words(node):
            self.visit(node.node, frame)
            self.write("(")
            for value in node.args:
                self._argument(value, frame)
            for keyword in node.kwargs:
                self.write(f"{keyword.key}=")
                self._argument(keyword.value, frame)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _argument(self, value: nodes.Expr, frame: Frame) -> None:
        self.visit(value, frame)
        self.write(", ")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_put(node, frame):
            self._put = node
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_put(node, frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_put(self, node: nodes.Expr, frame: Frame) -> bool:
        return frame.eval_ctx.autoescape and isinstance(node, nodes.Call) and self._known(node, frame) is not None

    def _is_words(self, node: nodes.Call) -> bool:
        if not (self._has_words and isinstance(node.node, nodes.Name) and node.node.name == _WORDS):
            return False
        return not node.dyn_args and not node.dyn_kwargs and all(keyword.key.isidentifier() for keyword in node.kwargs)

    def _known(self, node: nodes.Call, frame: Frame) -> _KnownCall | None:
        """What is known of a macro's call; None for any other call."""
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs or frame.eval_ctx.volatile:
            return None
        macro = self._macros.get(node.node.name)
        if macro is None:
            return None
        # A macro that comes through the context may be another one: of a template that extends this one.
        ref = frame.symbols.find_ref(node.node.name)
        load = frame.symbols.find_load(ref) if ref else None
        sure = not (load and load[0] == VAR_LOAD_RESOLVE)
        if ref is None or not (sure or macro.name.startswith(MARK)):
            return None
        names = [parameter.name for parameter in macro.args]
        if len(node.args) > len(names):
            return None
        given: dict[str, nodes.Expr] = dict(zip(names, node.args, strict=False))
        for keyword in node.kwargs:
            if keyword.key in given or keyword.key not in names:
                return None
            given[keyword.key] = keyword.value
        return _KnownCall(sure, ref, macro.name, [given.get(name) for name in names])


def _bindings(tree: nodes.Template) -> Counter[str]:
    """How often a template gives each name to something."""
    found: Counter[str] = Counter()
    for node in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if (isinstance(node, nodes.Name) and node.ctx != "load") or isinstance(node, nodes.Macro):
            found[node.name] += 1
        elif isinstance(node, nodes.Import):
            found[node.target] += 1
        elif isinstance(node, nodes.FromImport):
            found.update(one[1] if isinstance(one, tuple) else one for one in node.names)
    return found


def _known_macros(tree: nodes.Template) -> dict[str, nodes.Macro]:
    """The macros in a template by every name that means the one macro and nothing else."""
    bindings = _bindings(tree)
    meant: dict[str, list[nodes.Macro]] = {}
    for macro in tree.find_all(nodes.Macro):
        meant.setdefault(macro.name, []).append(macro)
    for give in tree.find_all(nodes.Assign):
        if isinstance(give.target, nodes.Name) and isinstance(give.node, nodes.Name) and give.node.name in meant:
            meant.setdefault(give.target.name, []).append(meant[give.node.name][0])
    return {
        name: found[0]
        for name, found in meant.items()
        if bindings[name] == len(found) and all(one is found[0] for one in found) and _is_plain(found[0])
    }


def _is_plain(macro: nodes.Macro) -> bool:
    """Whether a macro takes the parameters that it names, and nothing else."""
    return not find_undeclared(macro.body, _SPECIAL) and not any(parameter.name in _SPECIAL for parameter in macro.args)
