"""The settings of what the publication offers beside its pages: feeds, sitemaps, metadata, redirects, small files."""

from __future__ import annotations

from typing import Literal

from slugline.declared import Frozen, doc

__all__ = [
    "FEED_FORMATS",
    "FEED_LISTS",
    "LEVELS",
    "Check",
    "Feeds",
    "Metadata",
    "Publisher",
    "Redirects",
    "Robots",
    "Search",
    "Sitemaps",
    "WellKnown",
]

FEED_FORMATS = ("rss", "atom", "json")
FEED_LISTS = ("section", "author", "tag", "series")
LEVELS = ("error", "warning", "note", "off")


class Search(Frozen):
    """Search."""

    enabled: bool = doc("Whether there is a search page.", True)
    index: bool = doc("Whether stories can be searched on it; needs `pip install slugline[search]`.", False)


class Feeds(Frozen):
    """Feeds for readers' apps; see docs/reach.md."""

    enabled: bool = doc("Whether there are feeds.", True)
    formats: tuple[str, ...] = doc(f"Which, in order, of {', '.join(FEED_FORMATS)}.", FEED_FORMATS)
    lists: tuple[str, ...] = doc(f"What has feeds beside the publication, of {', '.join(FEED_LISTS)}.", FEED_LISTS)
    length: int = doc("Stories in a feed.", 20)
    content: Literal["full", "summary"] = doc("Whether feeds hold whole stories or their summaries.", "full")
    hub: str = doc("The address of a WebSub hub that is told of new stories.", "")


class Sitemaps(Frozen):
    """What search engines read first."""

    enabled: bool = doc("Whether there are sitemaps.", True)
    news: bool = doc("Whether there is a news sitemap: the stories of the last two days.", True)


class Robots(Frozen):
    """What crawlers may read."""

    enabled: bool = doc("Whether there is a robots.txt (crawlers look for it at the root of a host only).", True)
    disallow: tuple[str, ...] = doc("Paths that no crawler may read.", ())
    ai: Literal["allow", "search", "deny"] = doc(
        'Crawlers of AI companies: all may read, only those that answer with links to the story ("search"), or none.',
        "allow",
    )


class Metadata(Frozen):
    """What pages say of themselves to machines."""

    structured_data: bool = doc("Whether pages carry structured data (JSON-LD in the words of schema.org).", True)
    crops: bool = doc("Whether each story's lead picture is also cut to 16:9, 4:3 and 1:1, for search engines.", True)
    manifest: bool = doc("Whether there are a web manifest and icons (`favicon.ico` and others).", True)
    cards: bool = doc("Whether a share card is drawn for each story that has no picture.", False)
    twitter: str = doc("The publication's account (`@name`) for previews on X.", "")


class Publisher(Frozen):
    """The organisation behind the publication, for structured data; addresses may be paths of this site."""

    name: str = doc("Its name, if it is not the publication's.", "")
    same_as: tuple[str, ...] = doc("Its profiles elsewhere.", ())
    founding_date: str = doc("When it was founded: 1999 or 1999-04-01.", "")
    ethics: str = doc("Where the ethics policy stands.", "")
    corrections: str = doc("Where the corrections policy stands.", "")
    masthead: str = doc("Where the masthead stands.", "")
    ownership: str = doc("Where ownership and funding are told.", "")
    sources: str = doc("Where the policy on unnamed sources stands.", "")
    feedback: str = doc("Where readers learn how to answer.", "")
    email: str = doc("An e-mail address for readers.", "")


class Redirects(Frozen):
    """Old addresses of stories (`aliases` in front matter)."""

    pages: bool = doc("Whether a page stands at each old address and leads on.", True)
    file: bool = doc("Whether there is a `_redirects` file, as some hosts read it.", False)


class WellKnown(Frozen):
    """Small files that people and machines look for."""

    security_contact: tuple[str, ...] = doc("Where to report security problems: `mailto:…` or `https://…`.", ())
    security_expires: str = doc("Until when that holds: 2027-01-01T00:00:00Z, at most a year ahead.", "")
    security_policy: str = doc("Where the security policy stands.", "")
    humans: str = doc("The text of humans.txt.", "")


class Check(Frozen):
    """What `slugline check` looks for; see docs/check.md."""

    levels: dict[str, str] = doc('The level of a check, by its name: "error", "warning", "note" or "off".', {})
