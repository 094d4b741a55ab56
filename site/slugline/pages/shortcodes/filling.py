"""The marks of shortcodes in a body → HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from slugline.catalog.store import DAMAGE
from slugline.extensions.loading import ExtensionFailed
from slugline.pages.kinds.kind import load
from slugline.pages.query_api import AskedPaper
from slugline.pages.render_context import RenderContext
from slugline.pages.shortcodes.elements import ELEMENTS, Asked, media_file
from slugline.pages.views.page import SharedPage
from slugline.shortcodes.marks import Use, filled
from slugline.shortcodes.signature import Signature
from slugline.theme.environment import render_problem
from slugline.theme.theme import LoadedTheme

__all__ = ["ShortcodeFiller"]

_LATER = {"chart": "slugline.pages.shortcodes.chart:chart"}
"""What only pages that have it pay for."""

Names = Callable[[RenderContext, str], dict[str, Any]]
"""What every template of a language has."""


class ShortcodeFiller:
    """Fills in shortcodes with the templates of one theme; one per process."""

    def __init__(self, theme: LoadedTheme, names: Names) -> None:
        self.theme = theme
        self.names = names

    @cached_property
    def signatures(self) -> Mapping[str, Signature]:
        """By name."""
        return {one.name: one for one in self.theme.source.shortcodes}

    def fill(
        self, context: RenderContext, html: str, source: str, lang: str, form: str, line: Callable[[str], Markup]
    ) -> str:
        """A body with its shortcodes filled in.

        Args:
            context: of the page or the feed.
            html: the body, with marks.
            source: of the text, below the content folder.
            lang: its language.
            form: "page", "feed" or "text".
            line: puts addresses into a line of HTML.
        """
        asked = Asked(context, source, lang, form)
        # A feed has many stories in one language.
        common = context.views.get(("shortcodes", f"{form} {lang}"))
        if common is None:
            common = {**self.names(context, lang), "page": SharedPage.of(lang), "form": form}
            context.views["shortcodes", f"{form} {lang}"] = common

        def fill_one(use: Use, inside: str | None) -> str:
            inner = None if inside is None else Markup(inside)  # noqa: S704  # rendered from the publication's own Markdown
            return self._one(asked, use, inner, common, line)

        return filled(html, fill_one)

    def _one(
        self, asked: Asked, use: Use, inner: Markup | None, common: Mapping[str, Any], line: Callable[[str], Markup]
    ) -> str:
        context, name = asked.context, use.name
        context.fact(f"shortcode {name}")
        template = f"shortcodes/{name}.html"
        try:
            signature = self.signatures[name]
            values = dict(use.values)
            for parameter in signature.parameters:
                if parameter.kind == "line":
                    values[parameter.name] = line(values[parameter.name])
            made = ELEMENTS.get(name) or _LATER.get(name)
            if made is not None:
                values |= (load(made) if isinstance(made, str) else made)(asked, use)
            elif signature.origin:
                for parameter in signature.parameters:
                    if parameter.kind == "file":
                        values[parameter.name] = media_file(asked, use, values[parameter.name])
            extension = self.theme.extensions.found.get(("shortcode", name))
            if extension is not None:
                paper = AskedPaper(context, self.theme.extensions)
                if inner is not None:
                    values["inner"] = inner
                returned = self.theme.extensions.call(extension, paper, **values)
                if not isinstance(returned, Mapping):
                    return str(escape(returned))
                values |= returned
            if template not in self.theme.paths:
                hint = f"add {template} to the theme, or let it extend `broadsheet`"
                asked.report(use, f"the theme has no template for the shortcode `{name}`", hint)
                return ""
            return self.theme.templates.render(template, {**common, **values, "inner": inner})
        except ExtensionFailed as failed:
            message = f"{failed.problem.message} (in the shortcode {name} of content/{asked.source})"
            context.problems.append(failed.problem._replace(message=message))
        except DAMAGE:
            raise
        except Exception as error:  # a template may raise anything
            place = f"the shortcode {name} of content/{asked.source}"
            context.problems.append(render_problem(error, self.theme.templates, place))
        return ""
