"""What moved where, as the last build of a publication knows it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from slugline.aliases import is_folder, read_alias
from slugline.build.ledger import Ledger, url_of
from slugline.build.setup import chosen_settings, state_path
from slugline.catalog.decoding import parsed_clock
from slugline.catalog.old_addresses import aliases, expired, section_aliases
from slugline.catalog.queries import Aliases, Catalog, Months, TargetOf
from slugline.catalog.store import DAMAGE, fact, open_readonly
from slugline.errors import UsageError
from slugline.pages.writers.redirects import DroppedFeeds, dropped_feeds
from slugline.urls import base_path, href, list_url, years

__all__ = ["Moved", "Moves", "Query", "moves_of"]


class Query(NamedTuple):
    """The query of an old address.

    Attributes:
        text: as browsers send it.
        pairs: names and values, both encoded; empty where the query is no list of pairs with different names.
    """

    text: str
    pairs: tuple[tuple[str, str], ...]


class Moved(NamedTuple):
    """One old address: from the root of the publication, in the form of :mod:`slugline.aliases`; and the URL it leads to."""

    old: str
    new: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The decoded paths at which people ask for it: that of a folder with its last slash and without."""
        path = self.old.partition("?")[0]
        bare = path.rstrip("/")
        return (f"{bare}/", bare) if bare and is_folder(path) else (path,)

    @property
    def query(self) -> Query | None:
        """Its query; None where it has none."""
        text = self.old.partition("?")[2]
        if not text:
            return None
        pairs = tuple((name, value) for name, sign, value in (pair.partition("=") for pair in text.split("&")) if sign)
        whole = len({name for name, _ in pairs}) == text.count("&") + 1
        return Query(text, pairs if whole else ())


class Moves(NamedTuple):
    """All that moved.

    Attributes:
        prefix: the path of the base URL, as it is in links.
        single: old addresses of one page.
        folders: old addresses of sections: whatever is below them is below the new one now.
        taken: the addresses that the site has, in small letters.
        gone: the decoded paths of what has expired or is declared gone, at which nothing else is.
        feeds: see :class:`~slugline.pages.writers.redirects.DroppedFeeds`.
        years: those of which authors and tags had months, up to 0.3; what was at such an address is in the whole list now.
    """

    prefix: str
    single: tuple[Moved, ...]
    folders: tuple[Moved, ...] = ()
    taken: frozenset[str] = frozenset()
    gone: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    feeds: tuple[DroppedFeeds, ...] = ()

    def __len__(self) -> int:
        return len(self.single) + len(self.folders)

    @property
    def plain_prefix(self) -> str:
        """The path of the base URL, decoded."""
        return unquote(self.prefix)

    def target(self, moved: Moved) -> str:
        """The new address as a server sends it; no sign in it means anything to a configuration."""
        return href(moved.new, self.prefix).replace("$", "%24")


def moves_of(root: Path, base_url: str = "", output: Path | None = None) -> Moves:
    """What the last build knows.

    Args:
        root: the publication's folder.
        base_url: where the site stands, if not where the settings say.
        output: the build folder, if it is not the usual one.

    Raises:
        UsageError: the publication was never built there.
        PublicationError: the settings are wrong.
    """
    root = root.resolve()
    settings = chosen_settings(root, base_url)
    prefix = base_path(settings.publication.base_url)
    state = state_path(root, (output or root / "build").resolve())
    if not state.exists():
        raise UsageError("the publication was never built; run `slugline build` first")
    try:
        with closing(open_readonly(str(state))) as db:
            # The newest story under an alias has it, as on the page that leads on.
            single = {alias: Moved(alias, url) for alias, url in aliases(db)}
            sections = [Moved(alias, list_url("section", slug)) for alias, slug in section_aliases(db)]
            catalog = Catalog(db, {})
            for alias in Aliases().answer(catalog).value:
                target = TargetOf(alias).answer(catalog).value
                if alias not in single and target is not None:
                    single[alias] = Moved(alias, target.url)
            ledger = Ledger(db)
            urls = {url_of(path) for path in ledger.paths() - ledger.paths_of("redirect")}
            gone = [read_alias(address).address for address in settings.urls.gone]
            dates = years(Months().answer(catalog).value) if settings.archives.months else ()
            clock = fact(db, "clock")
            for over in expired(db, parsed_clock(clock).now) if clock else ():
                gone += (over.url, *over.aliases)
    except DAMAGE as error:
        raise UsageError(f"the build state is damaged ({error}); run `slugline build` first") from error
    folders = tuple(moved for moved in sections if is_folder(moved.old))
    for moved in folders:
        single.pop(moved.old, None)
    led = {path for moved in (*single.values(), *folders) for path in moved.paths}
    # One with a query is asked for at an address that is perhaps another page's.
    paths = {path for address in gone if "?" not in address for path in Moved(address, "").paths}
    return Moves(
        prefix,
        tuple(single[alias] for alias in sorted(single)),
        folders,
        frozenset(url.lower() for url in urls),
        tuple(sorted(path for path in paths - led if not {path, f"{path}/"} & urls)),
        dates,
        dropped_feeds(settings),
    )
