"""The menus of a publication: what its settings name, in their order; without a setting, the sections and some pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from slugline.catalog.queries import ItemSource, Pages
from slugline.errors import Problem
from slugline.pages.render_context import RenderContext
from slugline.pages.views.author import author_view
from slugline.pages.views.entry import entry_view, entry_views
from slugline.pages.views.plain_page import PlainPageView
from slugline.settings.schema import MENUS, SETTINGS_FILE

__all__ = ["MenuEntry", "menu"]


class MenuEntry(NamedTuple):
    """An entry of a menu.

    Attributes:
        kind: "section", "page", "tag", "series", "author", or "link" for an address.
        key: the slug; of a link, its address.
    """

    title: str
    url: str
    kind: str
    key: str


def menu(context: RenderContext, name: str = "main") -> tuple[MenuEntry, ...]:
    """The entries of a menu; what has no page, or none any more, is left out.

    Raises:
        LookupError: there is no such menu.
    """
    if name not in MENUS:
        raise LookupError(f"there is no menu `{name}`; there are {', '.join(MENUS)}")
    given = getattr(context.site.settings.menu, name)
    if given:
        found = (_entry(context, name, entry) for entry in given)
        return tuple(entry for entry in found if entry is not None and entry.url)
    views = entry_views(context, "section", described=True)
    sections = [MenuEntry(view.title, view.url, "section", view.slug) for view in views]
    return (*sections, *_pages(context, "main")) if name == "main" else tuple(sections)


def _pages(context: RenderContext, name: str) -> list[MenuEntry]:


    views = [(slug, PlainPageView(context, slug)) for slug in context.ask(Pages(name))]
    return [MenuEntry(view.title, view.url, "page", slug) for slug, view in views]


def _entry(context: RenderContext, name: str, given: Mapping[str, str]) -> MenuEntry | None:
    title = given.get("title", "")
    if "url" in given:
        return MenuEntry(title, context.site.written(given["url"]), "link", given["url"])
    kind = next(kind for kind in _FOLDERS if kind in given)
    slug = given[kind]
    if kind == "page":
        public = bool(context.trace.entry("page", slug).part("public"))
        view = PlainPageView(context, slug) if public else None
        found = (view.title, view.url) if view else ("", "")
    elif kind == "author":
        person = author_view(context, slug)
        found = (person.name, person.url)
    else:
        entry = entry_view(context, kind, slug)
        found = (entry.title, entry.url)
    # A draft, or what has expired, leaves its place empty; what nobody has written is a mistake.
    if not found[1] and not context.ask(ItemSource(kind, slug)):
        settings = context.site.plain.settings
        written = re.search(rf"^\s*{kind}\s*=\s*[\"']{re.escape(slug)}[\"']", settings.text, re.MULTILINE)
        line = settings.text.count("\n", 0, written.end()) + 1 if written else settings.line("menu", name)
        what = f"the menu `{name}` names the {kind} `{slug}`, and there is none"
        context.problems.append(Problem(SETTINGS_FILE, line, what, f"mend the slug, or add content/{_FOLDERS[kind]}/{slug}.md"))
    return MenuEntry(title or found[0], found[1], kind, slug)


_FOLDERS = {"section": "sections", "page": "pages", "tag": "tags", "series": "series", "author": "authors"}
