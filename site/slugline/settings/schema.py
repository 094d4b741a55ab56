"""What can be set in ``slugline.toml``: each section of the file is a class below and each key a field of it.

A field is declared with the sentence that documents it. Adding a setting is adding a field: reading, conversion, the
"did you mean" of misspelt keys and docs/settings.md follow from the declaration.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from slugline.files import digest
from slugline.frozen import Frozen, doc, fresh
from slugline.settings.changes import VERSIONS
from slugline.settings.lines import line_of

__all__ = [
    "FEED_FORMATS",
    "FEED_LISTS",
    "IMAGE_FORMATS",
    "LEVELS",
    "SETTINGS_FILE",
    "SHARE_SERVICES",
    "Archives",
    "Check",
    "Comments",
    "Feeds",
    "Images",
    "Import",
    "Markdown",
    "Metadata",
    "Publication",
    "Publisher",
    "Reading",
    "Redirects",
    "Robots",
    "Search",
    "Serve",
    "Settings",
    "Share",
    "Sitemaps",
    "Slugline",
    "Theme",
    "Urls",
    "WellKnown",
]

SETTINGS_FILE = "slugline.toml"

SHARE_SERVICES = ("x", "facebook", "linkedin", "whatsapp", "telegram", "bluesky", "reddit", "email")
IMAGE_FORMATS = ("avif", "webp")
FEED_FORMATS = ("rss", "atom", "json")
FEED_LISTS = ("section", "author", "tag", "series")
MENUS = ("main", "footer")
MENU_TARGETS = ("section", "page", "tag", "series", "author", "url")
LEVELS = ("error", "warning", "note", "off")


class Publication(Frozen):
    """Who publishes."""

    name: str = doc("The name on the masthead.")
    timezone: str = doc("An IANA time zone (`Europe/London`): dates without a zone are in it.")
    base_url: str = doc("The address of the site, with its path if it has one.", "http://localhost:8000")
    tagline: str = doc("The line under the name.", "")
    description: str = doc("One or two sentences for search engines and feeds.", "")
    language: str = doc("The language of the stories and of the theme (BCP 47: `en`, `de-CH`).", "en")
    copyright: str = doc("The line at the foot of each page.", "")
    logo: str = doc("A picture of the masthead, below `content/`.", "")


class Urls(Frozen):
    """Addresses."""

    article: str = doc(
        "The pattern of an article's address: {section}, {yyyy}, {mm}, {dd}, {slug}.", "/{section}/{yyyy}/{mm}/{slug}/"
    )
    spell_out_signs: bool = doc(
        "Whether the addresses of tags and series have the signs behind a word in words: `c-plus-plus` for C++, not `c`.", True
    )
    gone: tuple[str, ...] = doc("Addresses of this site that are gone for good: no build and no check misses them.", ())


class Reading(Frozen):
    """Read time."""

    words_per_minute: int = doc("How fast people read; the read time is words divided by it, rounded up.", 200)


class Markdown(Frozen):
    """How Markdown becomes HTML."""

    extensions: tuple[str, ...] = doc("More Python-Markdown extensions, by name.", ())
    settings: dict[str, dict[str, Any]] = doc("Settings of those extensions, one table each.", {})
    smart: bool = doc("Typographic quotes and dashes in the story's language.", True)
    raw_html: bool = doc("Whether HTML in Markdown is HTML; if not it is published as text.", True)
    third_parties: Literal["warn", "deny"] = doc(
        "Frames and scripts from elsewhere, in HTML of the author's own: `slugline check` warns of them, or they are errors "
        '("deny").',
        "warn",
    )


class Embeds(Frozen):
    """Films, posts and maps of other services, in stories: `::embed{url=…}`, or their address by itself on a line."""

    load: Literal["click", "at once"] = doc("When a page asks the service: as soon as a reader wants it, or at once.", "click")
    services: dict[str, dict[str, str]] = doc(
        "More services, one table each: `match` the address of a page, `frame` that of a frame, with `{id}` in both; `ratio`.",
        {},
    )


class Extensions(Frozen):
    """What a publication adds to Slugline beside its own folder `extensions/`."""

    packages: tuple[str, ...] = doc("Installed packages that add something, by the names of their entry points.", ())


class Theme(Frozen):
    """What the site looks like."""

    name: str = doc("A folder below `themes/`, or a theme that ships with Slugline.", "broadsheet")
    options: dict[str, Any] = doc("Options of the theme; see its documentation.", {})


class Comments(Frozen):
    """The comment form."""

    enabled: bool = doc("Whether articles have a comment form; front matter can say otherwise.", True)
    endpoint: str = doc("Where the form posts to; without one there is no form.", "")


class Menu(Frozen):
    """The menus: each `[[menu.main]]` has `section`, `page`, `tag`, `series` or `author` by its slug, or `url` and `title`."""

    main: list[dict[str, str]] = doc("The menu of each page; empty: the sections, and the pages of the menu `main`.", [])
    footer: list[dict[str, str]] = doc("The first list at the foot of each page; empty: the sections.", [])


class Share(Frozen):
    """The share footer: plain links, nothing is loaded from anyone."""

    services: tuple[str, ...] = doc(f"Which, in order, of {', '.join(SHARE_SERVICES)}.", SHARE_SERVICES)


class Archives(Frozen):
    """Lists of stories and their archives."""

    length: int = doc(
        "Stories on the newest page of a section and on each page of an archive; up to twice as many on an author's or tag's.",
        30,
    )
    front: int = doc("Stories on the front beside its bands, at most.", 12)
    band: int = doc("Stories of each section's band on the front.", 5)
    months: bool = doc(
        "Whether there are archives: months of the publication and of sections, numbered pages of authors and tags.", True
    )


class Images(Frozen):
    """Pictures; see docs/images.md."""

    widths: tuple[int, ...] = doc(
        "The widths, in pixels, that each picture is published in; it is never made larger than it is.",
        (240, 480, 960, 1600),
    )
    formats: tuple[str, ...] = doc(
        f"The formats offered before the picture's own, in order, of {', '.join(IMAGE_FORMATS)}.", IMAGE_FORMATS
    )
    quality: int = doc("From 1 to 100, as JPEG and WebP count; AVIF is set to look the same.", 80)


class Search(Frozen):
    """Search."""

    enabled: bool = doc("Whether there is a search page.", True)
    index: bool = doc("Whether stories can be searched on it; needs `pip install slugline[search]`.", False)


class Feeds(Frozen):
    """Feeds for readers' apps; see docs/reach.md."""

    enabled: bool = doc("Whether there are feeds.", True)
    formats: tuple[str, ...] = doc(
        f"Which, in order, of {', '.join(FEED_FORMATS)}; where the next two are not set, of the lists too.", FEED_FORMATS
    )
    section_formats: tuple[str, ...] = doc("Which of them sections have.", ("rss", "json"))
    list_formats: tuple[str, ...] = doc("Which of them authors, tags and series have.", ("rss",))
    lists: tuple[str, ...] = doc(f"What has feeds beside the publication, of {', '.join(FEED_LISTS)}.", FEED_LISTS)
    length: int = doc("Stories in a feed.", 20)
    content: Literal["full", "summary"] = doc("Whether feeds hold whole stories or their summaries.", "full")
    id_base: str = doc(
        "What the ids of stories and feeds are made of, so that they stay when the site moves: for a publication that has "
        "readers, the address where it found them; else a `urn:` or `tag:` of its own. Empty: its name.",
        "",
    )
    hub: str = doc("The address of a WebSub hub that is notified of new stories.", "")


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
    ethics: str = doc("The address of the ethics policy.", "")
    corrections: str = doc("The address of the corrections policy.", "")
    masthead: str = doc("The address of the masthead: who works here.", "")
    ownership: str = doc("The address of what is said about ownership and funding.", "")
    sources: str = doc("The address of the policy on unnamed sources.", "")
    feedback: str = doc("The address of the page on which readers learn how to answer.", "")
    email: str = doc("An e-mail address for readers.", "")


class Redirects(Frozen):
    """Old addresses of stories (`aliases` in front matter)."""

    pages: bool = doc("Whether a page at each old address leads to the new one.", True)
    file: bool = doc("Whether there is a `_redirects` file, as some hosts read it.", False)


class WellKnown(Frozen):
    """Small files that people and machines look for."""

    security_contact: tuple[str, ...] = doc("Where to report security problems: `mailto:…` or `https://…`.", ())
    security_expires: str = doc("Until when that holds: 2027-01-01T00:00:00Z, at most a year ahead.", "")
    security_policy: str = doc("The address of the security policy.", "")
    humans: str = doc("The text of humans.txt.", "")


class Check(Frozen):
    """What `slugline check` looks for; see docs/check.md."""

    levels: dict[str, str] = doc('The level of a check, by its name: "error", "warning", "note" or "off".', {})


class Serve(Frozen):
    """Dev mode."""

    import_seeds: bool = doc("Import a seed as soon as it is dropped into `seeds/`.", False)


class Import(Frozen):
    """The importer."""

    section: str = doc("The section of stories whose text names none.", "news")
    patterns: dict[str, list[str]] = doc("More patterns of furniture; see docs/importing.md.", {})


class Slugline(Frozen):
    """What the settings are written for."""

    version: str = doc("The version of Slugline; `slugline upgrade` brings the settings up to the present one.", VERSIONS[0])


class Settings(Frozen):
    """All settings. ``text`` is the file as it was read, for the lines of errors found later."""

    publication: Publication
    urls: Urls = fresh(Urls)
    reading: Reading = fresh(Reading)
    markdown: Markdown = fresh(Markdown)
    embeds: Embeds = fresh(Embeds)
    extensions: Extensions = fresh(Extensions)
    theme: Theme = fresh(Theme)
    comments: Comments = fresh(Comments)
    menu: Menu = fresh(Menu)
    share: Share = fresh(Share)
    archives: Archives = fresh(Archives)
    images: Images = fresh(Images)
    search: Search = fresh(Search)
    feeds: Feeds = fresh(Feeds)
    sitemaps: Sitemaps = fresh(Sitemaps)
    robots: Robots = fresh(Robots)
    metadata: Metadata = fresh(Metadata)
    publisher: Publisher = fresh(Publisher)
    redirects: Redirects = fresh(Redirects)
    well_known: WellKnown = fresh(WellKnown)
    check: Check = fresh(Check)
    serve: Serve = fresh(Serve)
    imports: Import = fresh(Import, key="import")
    slugline: Slugline = fresh(Slugline)
    text: str = fresh(str, key="")

    hidden: ClassVar[frozenset[str]] = frozenset(("text",))

    def digest(self, *sections: str) -> bytes:
        """A digest of the named sections' values: what a stage that reads them depends on."""
        return digest(*(repr(getattr(self, name)) for name in sections))

    def rendered(self) -> Settings:
        """The same settings without what no page depends on."""
        return self.replaced(urls=self.urls.replaced(gone=()))

    def with_base_url(self, base_url: str) -> Settings:
        """The same settings for a site at another address."""
        return self.replaced(publication=self.publication.replaced(base_url=base_url.rstrip("/")))

    def line(self, section: str, key: str = "") -> int:
        """The line of the settings file on which a section or one of its keys is written; 0 if it is not."""
        return line_of(self.text, section, key)
