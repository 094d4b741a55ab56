"""Jinja's environment with its slow paths shortened: what a page of a large site pays for most often.

All go through what Jinja lets be replaced (``Environment.template_class``, ``context_class``, ``make_globals``,
``get_template``), and a release of Jinja or MarkupSafe in which they are called otherwise is as right as before, only slower.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, MutableMapping
from types import FunctionType, MethodType
from typing import Any
from weakref import ref

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateNotFound
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode, missing
from markupsafe import Markup, escape

from slugline.theme.checked import CheckedEnvironment
from slugline.theme.code import ThemeCode
from slugline.theme.inlining import Inliner, place_of

try:
    from markupsafe._speedups import _escape_inner as escaped
except ImportError:  # MarkupSafe without its C part, or another release

    def escaped(text: str, /) -> str:
        """The text with ``& < > ' "`` replaced."""
        return str(escape(text))


__all__ = ["ThemeEnvironment", "escaped", "put"]


def put(value: Any) -> str:
    """A value as it is set into HTML: like MarkupSafe's ``escape``, but the answer is plain text.

    Compiled templates join what they output and look at none of it again, so that wrapping each piece would be in vain.
    """
    kind = type(value)
    if kind is str:
        return escaped(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return escaped(str(value))


class _ThemeTemplate(Template):
    """A compiled template whose output goes through :func:`put`."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]  # noqa: A002
    ) -> Template:
        # Compiled code uses the name for output, and for nothing else.
        if namespace.get("escape") is escape:
            namespace["escape"] = put
        build: Callable[..., Template] = super()._from_namespace
        return build(environment, namespace, globals)

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None  # noqa: A002
    ) -> Context:
        """A context to render in; for imports, whose locals have no value yet, without a copy of all variables."""
        if shared and locals and all(value is missing for value in locals.values()):
            locals = None  # noqa: A001
        return super().new_context(vars, shared, locals)


class _ThemeContext(Context):
    """A context that calls macros, functions and methods at once: Jinja asks each of them first what it wants to be passed."""

    @internalcode
    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call anything as Jinja does."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif (kind is not FunctionType and kind is not MethodType) or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        try:
            return called(*args, **kwargs)
        except StopIteration:
            return super().call(_stop)


def _stop() -> None:
    """What Jinja takes for a value that is undefined."""
    raise StopIteration


class ThemeEnvironment(CheckedEnvironment):
    """The environment of a theme's templates; its globals do not change once a template was loaded."""

    code_generator_class = ThemeCode
    template_class = _ThemeTemplate
    context_class = _ThemeContext

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._place = None if self.loader is None else ref(self.loader)
        self._sources: dict[str, str | None] = {}
        self._inliners: dict[bool, Inliner] = {}

    def source_of(self, name: str) -> str | None:
        """The text of a template; None if there is none. Cached until :meth:`forget`."""
        if name not in self._sources:
            try:
                self._sources[name] = self.loader.get_source(self, name)[0] if self.loader else None
            except (TemplateNotFound, UnicodeDecodeError, OSError):
                self._sources[name] = None
        return self._sources[name]

    def inlined(self, name: str) -> tuple[str, ...]:
        """The templates whose macros may be part of a compiled template."""
        return self._inliner().sources(name)

    def place(self, name: str, line: int) -> tuple[str, int]:
        """The template, and the line in it, of a line that a compiled template names."""
        return place_of(name, line, self.list_templates() if self.loader else ())

    def forget(self, names: Collection[str]) -> None:
        """Drop what was compiled of these templates."""
        assert self.cache is not None
        for key in list(self.cache.keys()):
            if not {key[1], *self.inlined(key[1])}.isdisjoint(names):
                del self.cache[key]
        self._sources.clear()
        self._inliners.clear()

    def _inliner(self) -> Inliner:
        # An overlay that escapes otherwise has trees of its own: constants are worked out in them.
        escapes = bool(self.autoescape)
        if escapes not in self._inliners:
            self._inliners[escapes] = Inliner(self, self.list_templates() if self.loader else (), self.source_of)
        return self._inliners[escapes]

    def _generate(self, source: nodes.Template, name: str | None, *args: Any, **options: Any) -> str:
        if name is not None:
            self._inliner().replace_imports(source, name)
        try:
            return super()._generate(source, name, *args, **options)
        except TemplateSyntaxError as error:
            error.name, error.lineno = self.place(error.name or name or "", error.lineno)
            raise

    @internalcode
    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None  # noqa: A002
    ) -> Template:
        """A template; one that is in the cache is taken from it at once, since no file changes while it is."""
        if globals is None and self.cache is not None and self._place is not None and isinstance(name, str):
            found: Template | None = self.cache.get((self._place, name))
            if found is not None:
                return found
        return super().get_template(name, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dict: a chain of them would be walked for each page."""
        return {**self.globals, **(d or {})}
