"""One page → bytes and trace. A page's bytes are a pure function of what its trace names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from slugline.catalog.lookup import draft_sources
from slugline.catalog.store import DAMAGE
from slugline.catalog.trace import Trace
from slugline.errors import Problem, SluglineError, UsageError
from slugline.pages.kinds.kind import Maker, Template, Writer, load
from slugline.pages.kinds.registry import PageKinds
from slugline.pages.menus import menu
from slugline.pages.page import Route
from slugline.pages.query_api import TemplateQueries
from slugline.pages.render_context import Finding, RenderContext
from slugline.pages.shortcodes.filling import ShortcodeFiller
from slugline.pages.structured_data.graph import StructuredData
from slugline.pages.views.page import SharedPage
from slugline.pages.workbench import Copied, Rendered, Workbench
from slugline.theme.environment import render_problem
from slugline.theme.shared import SHOW
from slugline.theme.translations import Translations

__all__ = ["PageRenderer"]


class _Part(NamedTuple):
    """A part that pages share, rendered once: its HTML, what it asked, the mistakes in sources that it found."""

    html: Markup
    trace: Trace
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


_PARTS = 1000
"""Parts that are cached; a theme that passes to them what differs from page to page must not fill the memory."""


class PageRenderer:
    """Renders pages of one state of the catalog with one theme; one per process.

    Args:
        bench: what pages are made from.
        kinds: the kinds of pages that there are.
    """

    def __init__(self, bench: Workbench, kinds: PageKinds) -> None:
        self.bench = bench
        self.kinds = kinds
        self.site = bench.site
        self.templates = bench.theme.templates
        self.translations = Translations(self.templates.files)
        self._parts: dict[tuple[Any, ...], _Part] = {}
        self._filler = ShortcodeFiller(bench.theme, self._common)

    def make(self, route: Route) -> Rendered | Copied:
        """Make any output, as its kind says."""
        made = self.kinds[route.page.kind].made
        if isinstance(made, Maker):
            output: Rendered | Copied = load(made.function)(route.page, self.bench)
            return output
        return self._render(route, made)

    def render(self, route: Route) -> Rendered:
        """Render a page by its template.

        Raises:
            TypeError: pages of this kind have no template.
        """
        made = self.kinds[route.page.kind].made
        if not isinstance(made, Template):
            raise TypeError(f"no template renders the page {route.url}")
        return self._render(route, made)

    def _render(self, route: Route, made: Template | Writer) -> Rendered:
        trace = Trace(self.bench.answers)
        context = RenderContext(trace, self.site, self._filler)
        if isinstance(made, Writer):
            return self._done(load(made.function)(route, context), context)
        # What is made for a template is ours; what a template makes of it, and asks for, is the theme's.
        variables = made.variables(route, context)
        page = variables["page"]
        try:
            data = StructuredData(context, page, variables, made.node, made.trail)
            names = {**self._common(context, page.lang), **variables, "page": page._replace(structured_data=data)}
            text = self.templates.render(variables.get("template") or made.name, names)
        except DAMAGE:
            raise
        except Exception as error:  # a template may raise anything
            if isinstance(error, SluglineError) and not error.__traceback__:
                raise
            problem = render_problem(error, self.templates, route.url)
            return Rendered(b"", {}, tuple(context.findings), (problem,))
        return self._done(text.encode("utf-8", "replace"), context)

    def _done(self, content: bytes, context: RenderContext) -> Rendered:
        if context.problems:
            return Rendered(b"", {}, tuple(context.findings), tuple(context.problems))
        if not context.findings:
            return Rendered(content, context.trace.complete())
        # A draft never stops a build: where one can be seen, it is seen without what its mistake concerns.
        drafts = draft_sources(self.bench.answers.catalog.db, {found.source for found in context.findings})
        hard = tuple(found for found in context.findings if found.source not in drafts)
        soft = tuple(found for found in context.findings if found.source in drafts)
        return Rendered(content, context.trace.complete(), hard, warnings=soft)

    def _shared(self, context: RenderContext, lang: str) -> Callable[..., Markup]:
        def show(name: str, **values: str | float | bool | None) -> Markup:
            for key, value in values.items():
                if value is not None and not isinstance(value, str | float | int):
                    # Any other value asks the catalog by itself, on behalf of the page that it belongs to.
                    raise UsageError(f"`shared` takes texts, numbers, true, false and none, and `{key}` is none of them")
            wanted = (name, lang, *values.items())
            part = self._parts.get(wanted)
            if part is None:
                if len(self._parts) >= _PARTS:
                    self._parts.clear()
                part = self._parts[wanted] = self._part(name, lang, values)
            context.trace.take(part.trace)
            context.findings += part.findings
            context.problems += part.problems
            return part.html

        return show

    def _part(self, name: str, lang: str, values: Mapping[str, Any]) -> _Part:
        trace = Trace(self.bench.answers)
        context = RenderContext(trace, self.site, self._filler)
        names = {**self._common(context, lang), "lang": lang, "page": SharedPage.of(lang), **values}
        html = self.templates.render(name, names)
        return _Part(Markup(html), trace, tuple(context.findings), tuple(context.problems))  # noqa: S704  # what a template made

    def _common(self, context: RenderContext, lang: str) -> dict[str, Any]:
        def asset(name: str) -> str:
            url = context.fact(f"asset {name}")
            if url is None:
                raise LookupError(f"the theme has no asset `{name}`")
            return context.site.href(url)

        def asset_text(name: str) -> Any:
            if context.fact(f"file assets/{name}") is None:
                raise LookupError(f"the theme has no asset `{name}`")
            return self.templates.text_of(f"assets/{name}")

        # Of this context alone, as the site's facts are.
        vars(context.site)["menu"] = partial(menu, context)
        return {
            "site": context.site,
            "query": TemplateQueries(context, self.bench.theme.extensions),
            "asset": asset,
            "asset_text": asset_text,
            "_": self.translations.translator(lang),
            SHOW: self._shared(context, lang),
        }
