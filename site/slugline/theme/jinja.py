"""Jinja's environment with its two slow paths shortened: what a page of a large site pays for most often.

Both go through the classes that Jinja lets be replaced (``Environment.template_class``, ``Environment.make_globals``), and a
release of Jinja or MarkupSafe in which they are called otherwise is as right as before, only slower.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

from slugline.theme.checked import CheckedEnvironment

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


class ThemeEnvironment(CheckedEnvironment):
    """The environment of a theme's templates; its globals do not change once a template was loaded."""

    template_class = _ThemeTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dict: a chain of them would be walked for each page."""
        return {**self.globals, **(d or {})}
