"""What the tests of Markdown share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from slugline.markup import Body, MarkupOptions, Renderer

Render = Callable[..., Body]


@pytest.fixture(scope="package")
def renderers() -> dict[MarkupOptions, Renderer]:
    """Renderers made so far."""
    return {}


@pytest.fixture
def render(renderers: dict[MarkupOptions, Renderer]) -> Render:
    """Renders Markdown: ``render(text, lang="en", source="articles/world/x.md", **options)``."""

    def rendered(text: str, *, lang: str = "en", source: str = "articles/world/x.md", **options: object) -> Body:
        chosen = MarkupOptions(**options)  # type: ignore[arg-type]
        if chosen not in renderers:
            renderers[chosen] = Renderer(chosen)
        return renderers[chosen].render(text, lang=lang, source=source)

    return rendered
