"""The pages that extensions give: asked for in each build that renders anything, and facts from then on.

The functions are not traced: they are the same for the same catalog and the same code, and are run again whenever either may
have changed. What a page was given is a fact of its own, so that a page is rendered for what changed of it, and no other is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from slugline.catalog.trace import Answers, Trace
from slugline.errors import Problem, PublicationError
from slugline.extensions import Page
from slugline.extensions.loading import Extension, ExtensionFailed
from slugline.pages.query_api import AskedPaper
from slugline.pages.render_context import RenderContext
from slugline.pages.site import Site
from slugline.pages.sitemap_parts import OWN_PAGES
from slugline.theme.theme import LoadedTheme

__all__ = ["own_page_facts"]

_TAKEN = frozenset(("page", "site", "query", "asset", "asset_text", "template", "_"))


def own_page_facts(theme: LoadedTheme, answers: Answers, site: Site) -> dict[str, str]:
    """What the pages of extensions are made of, and which there are.

    Raises:
        PublicationError: a function fails, or gives what is no page; all of what is wrong.
    """
    declared = theme.extensions.of("pages")
    if not declared:
        return {}
    problems: list[Problem] = []
    facts: dict[str, str] = {}
    listed: dict[str, bool] = {}
    for extension in declared.values():
        context = RenderContext(Trace(answers), site)
        place = Problem(extension.place, extension.line, "", "")
        template = extension.declared.template
        if template not in theme.paths:
            what = f"the theme has no `{template}`, which `{extension.declared.name}` renders its pages with"
            problems.append(place._replace(message=what, hint="add it to the theme"))
            continue
        facts[f"template {template}"] = theme.template_digests[template]
        try:
            for page in _given(extension, theme, AskedPaper(context, theme.extensions)):
                wrong = _wrong(page, listed)
                if wrong[0]:
                    what = f"`{extension.declared.name}` gives {wrong[0]}"
                    problems.append(place._replace(message=what, hint=wrong[1]))
                    continue
                listed[page.path] = page.noindex
                facts[f"own page {page.path}"] = _fact(page, template)
        except ExtensionFailed as failed:
            problems.append(failed.problem)
        except (TypeError, ValueError) as error:
            hint = "give `Page(path, title, …)` with texts, numbers, lists and mappings"
            problems.append(place._replace(message=f"`{extension.declared.name}` gives what is no page: {error}", hint=hint))
    if problems:
        raise PublicationError(problems)
    facts[OWN_PAGES] = json.dumps(listed, sort_keys=True)
    return facts


def _given(extension: Extension, theme: LoadedTheme, paper: AskedPaper) -> Iterator[Page]:
    # A generator runs only when its pages are taken.
    for page in theme.extensions.call_all(extension, paper):
        if not isinstance(page, Page):
            raise TypeError(f"{type(page).__name__} is no Page")
        yield page


def _wrong(page: Page, listed: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a page, and how to mend it; empty where nothing is."""
    parts = page.path.split("/")
    if not (page.path.startswith("/") and page.path.endswith("/") and all(parts[1:-1])) or {".", ".."} & set(parts):
        return f"a page at `{page.path}`, which is no address of one", "write it as `/projects/bridge/`"
    if page.path in listed:
        return f"two pages at {page.path}", "give one of them another address"
    if taken := sorted(_TAKEN.intersection(page.values)):
        return f"a page the value `{taken[0]}`, which is a name that templates have already", "give it another name"
    return "", ""


def _fact(page: Page, template: str) -> str:
    given = {
        "title": str(page.title),
        "description": str(page.description),
        "noindex": bool(page.noindex),
        "template": template,
        "values": page.values,
    }
    return json.dumps(given, ensure_ascii=False, sort_keys=True)
