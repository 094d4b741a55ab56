"""One page → bytes and trace. A page's bytes are a pure function of what its trace names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from slugline.catalog.queries import Answer, Fact, Query
from slugline.catalog.store import DAMAGE
from slugline.catalog.trace import Answers, Trace
from slugline.errors import Problem, SluglineError, UsageError
from slugline.pages.asking import Ask
from slugline.pages.contexts import context, template_of
from slugline.pages.page import Route
from slugline.pages.scope import Finding, Scope
from slugline.pages.site import Site
from slugline.theme.environment import ThemeTemplates, render_problem
from slugline.theme.shared import SHOW
from slugline.theme.words import ThemeWords

__all__ = ["PageRenderer", "Rendered"]


class Rendered(NamedTuple):
    """What rendering a page gave.

    Attributes:
        content: the bytes; empty where there are problems.
        reads: each query asked, with its answer.
        findings: what is wrong in sources, to be located by the caller.
        problems: what is wrong in the theme.
    """

    content: bytes
    reads: Mapping[Query[Any], Answer[Any]]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Part(NamedTuple):
    """A part that pages share, as it was made once: its HTML, what it asked, what is wrong in sources that it shows."""

    html: Markup
    reads: Mapping[Query[Any], Answer[Any]]
    findings: tuple[Finding, ...]


_PARTS = 1000
"""Parts that are kept; a theme that hands over what differs from page to page must not fill the memory."""


class PageRenderer:
    """Renders pages of one state of the catalog with one theme; one per process."""

    def __init__(self, site: Site, templates: ThemeTemplates, answers: Answers) -> None:
        self.site = site
        self.templates = templates
        self.answers = answers
        self.words = ThemeWords(templates.files)
        self._parts: dict[tuple[Any, ...], _Part] = {}

    def render(self, route: Route) -> Rendered:
        """Render a page, by its template or by the function that writes its kind."""
        trace = Trace(self.answers)
        scope = Scope(trace, self.site)
        # Whatever a page shows, it is made by these settings.
        trace.ask(Fact("settings"))
        if not template_of(route.page.kind):
            # A build that renders no feed pays for loading none.
            from slugline.pages.machine.writers import WRITERS  # noqa: PLC0415

            return Rendered(WRITERS[route.page.kind](route, scope), trace.reads, tuple(scope.findings))
        # What is made for a template is ours; what a template makes of it, and asks for, is the theme's.
        shown = context(route, scope)
        try:
            values = {**self._common(scope, shown["page"].lang), **shown}
            text = self.templates.render(template_of(route.page.kind), values)
        except DAMAGE:
            raise
        except Exception as error:  # a template may raise anything
            if isinstance(error, SluglineError) and not error.__traceback__:
                raise
            return Rendered(b"", {}, tuple(scope.findings), (render_problem(error, self.templates, route.url),))
        return Rendered(text.encode("utf-8", "replace"), trace.reads, tuple(scope.findings))

    def _shared(self, scope: Scope, lang: str) -> Callable[..., Markup]:
        def show(name: str, **values: str | float | bool | None) -> Markup:
            for key, value in values.items():
                if value is not None and not isinstance(value, str | float | int):
                    # Whatever else asks the catalog by itself, for the page that it belongs to.
                    raise UsageError(f"`shared` takes texts, numbers, true, false and none, and `{key}` is none of them")
            wanted = (name, lang, *values.items())
            part = self._parts.get(wanted)
            if part is None:
                if len(self._parts) >= _PARTS:
                    self._parts.clear()
                part = self._parts[wanted] = self._part(name, lang, values)
            scope.trace.take(part.reads)
            scope.findings += part.findings
            return part.html

        return show

    def _part(self, name: str, lang: str, values: Mapping[str, Any]) -> _Part:
        trace = Trace(self.answers)
        scope = Scope(trace, self.site)
        html = self.templates.render(name, {**self._common(scope, lang), "lang": lang, **values})
        return _Part(Markup(html), trace.reads, tuple(scope.findings))  # noqa: S704  # what a template made

    def _common(self, scope: Scope, lang: str) -> dict[str, Any]:
        def asset(name: str) -> str:
            url = scope.ask(Fact(f"asset {name}"))
            if url is None:
                raise LookupError(f"the theme has no asset `{name}`")
            return self.site.href(url)

        def asset_text(name: str) -> Any:
            if scope.ask(Fact(f"file assets/{name}")) is None:
                raise LookupError(f"the theme has no asset `{name}`")
            return self.templates.text_of(f"assets/{name}")

        return {
            "site": self.site,
            "query": Ask(scope),
            "asset": asset,
            "asset_text": asset_text,
            "_": translator(self.words.of(lang)),
            SHOW: self._shared(scope, lang),
        }


def translator(words_of_language: Mapping[str, str]) -> Callable[..., Markup]:
    """The function that writes the theme's words in a language, given its words: ``_("{n} min read", n=3)``.

    The answer is safe HTML: the words are escaped, and so are the values, unless they are HTML themselves.
    """

    def translate(text: str, /, **values: Any) -> Markup:
        words = escape(words_of_language.get(text, text))
        return words.format(**values) if values else words

    return translate
