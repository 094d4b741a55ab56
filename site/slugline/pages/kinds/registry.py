"""Every kind of page, in one list, and what the list answers: which pages exist, how each is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from slugline.pages.kinds import (
    archive,
    article,
    asset,
    card,
    feeds,
    front,
    icons,
    listing,
    not_found,
    numbered,
    output,
    own,
    pictures,
    plain_page,
    redirects,
    robots,
    search,
    sitemaps,
    static,
    well_known,
)
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Pages
from slugline.pages.page import Route, Source
from slugline.settings.schema import Settings

__all__ = ["ROOT", "STANDARD", "PageKinds"]

ROOT = "root"
"""The grant that everything descends from, except for the stories'."""


class PageKinds:
    """Some kinds of pages.

    Args:
        kinds: their declarations.

    Raises:
        ValueError: two kinds, or two grants, have one name.
    """

    def __init__(self, kinds: Iterable[PageKind]) -> None:
        self._kinds: dict[str, PageKind] = {}
        self._grants = {ROOT: Grant(ROOT, _root)}
        self._pages: dict[str, list[Pages]] = {}
        for kind in kinds:
            if kind.name in self._kinds:
                raise ValueError(f"two kinds of pages are called `{kind.name}`")
            self._kinds[kind.name] = kind
            for grant in kind.grants:
                if self._grants.setdefault(grant.name, grant) is not grant:
                    raise ValueError(f"two grants are called `{grant.name}`")
            for owner, pages in kind.owners.items():
                self._pages.setdefault(owner, []).append(pages)

    def __reduce__(self) -> tuple[type[PageKinds], tuple[tuple[PageKind, ...]]]:
        return PageKinds, (tuple(self),)

    def __iter__(self) -> Iterator[PageKind]:
        return iter(self._kinds.values())

    def __getitem__(self, name: str) -> PageKind:
        return self._kinds[name]

    @property
    def templates(self) -> Mapping[str, str]:
        """For each kind the template that renders it; empty for those that no template renders."""
        return {kind.name: kind.template for kind in self}

    @property
    def sources(self) -> Mapping[str, Source]:
        """For each kind how the key of a page names its source."""
        return {kind.name: kind.source for kind in self}

    @property
    def grants(self) -> tuple[str, ...]:
        """The names of the grants."""
        return tuple(self._grants)

    def is_grant(self, name: str) -> bool:
        """Whether a name of the ledger is that of a grant rather than a page's."""
        return name.partition(" ")[0] in self._grants

    def expand(self, grant: str, ask: Ask, settings: Settings) -> Expansion:
        """The pages and grants below a grant; what it depends on is asked for through ``ask`` or read from ``settings``."""
        name, _, rest = grant.partition(" ")
        found = self._grants[name].expand(rest, ask, settings)
        if not found.owners:
            return found
        routes, grants = list(found.routes), list(found.grants)
        for owner in found.owners:
            for pages in self._pages.get(owner.kind, ()):
                more = pages(owner, ask, settings)
                routes += more.routes
                grants += more.grants
        return Expansion(tuple(routes), tuple(grants))

    def story_routes(
        self, key: str, url: str, references: Iterable[str], ask: Ask, settings: Settings
    ) -> tuple[Route, ...]:
        """The pages that a live story grants."""
        owner = Owner("article", key, url, tuple(references))
        routes: list[Route] = []
        for pages in self._pages.get("article", ()):
            routes += pages(owner, ask, settings).routes
        return tuple(routes)


def _root(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(owners=(Owner(PUBLICATION),))


STANDARD = PageKinds(
    (
        front.FRONT,
        article.ARTICLE,
        *listing.LISTINGS,
        *numbered.NUMBERED,
        plain_page.PLAIN_PAGE,
        archive.ARCHIVES,
        archive.BUCKET,
        search.SEARCH,
        search.SEARCH_FILE,
        not_found.NOT_FOUND,
        asset.ASSET,
        *pictures.PICTURES,
        card.CARD,
        *icons.ICONS,
        *feeds.FEEDS,
        *sitemaps.SITEMAPS,
        *redirects.REDIRECTS,
        robots.ROBOTS,
        *well_known.WELL_KNOWN,
        static.STATIC,
        output.OUTPUT,
        own.OWN,
    )
)
"""The kinds that every publication has."""
