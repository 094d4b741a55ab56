"""The layout that a story or a page asks for: a template of the theme in the place of its kind's own."""

from __future__ import annotations

from typing import Any

from slugline.pages.render_context import Finding, RenderContext

__all__ = ["layout_of"]


def layout_of(context: RenderContext, layout: str, source: str) -> dict[str, Any]:
    """The variables that choose the template; a layout that the theme does not have is reported."""
    if not layout:
        return {}
    template = f"layouts/{layout}.html"
    if context.fact(f"template {template}") is None:
        what = f"the theme has no layout `{layout}`"
        context.findings.append(Finding(source, "layout:", what, f"add {template} to the theme, or take `layout` out"))
        return {}
    return {"template": template}
