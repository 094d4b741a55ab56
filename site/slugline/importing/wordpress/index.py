"""The first pass over an export: what stories refer to, wherever in the file it stands.

What is kept grows with the number of items (an address of each, the words of captions), not with their size: some
hundred bytes an item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from slugline.importing.exported import plain_line
from slugline.importing.uploads import bare_host
from slugline.importing.wordpress.people import Guest, guest_of
from slugline.importing.wordpress.records import Account, Post, Term, account_of, post_of, term_of
from slugline.importing.wordpress.stream import Element
from slugline.importing.wordpress.surroundings import Attachment
from slugline.urls import slugify

__all__ = ["Index", "index_of"]

_CREDITS = (
    "_media_credit",
    "_navis_media_credit_org",
    "media_credit",
    "credit",
    "_credit",
    "photo_credit",
    "_wp_attachment_credit",
)
_PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category", "_primary_category")
_SHARED = (
    "accounts",
    "guests",
    "categories",
    "tags",
    "authors",
    "attachments",
    "children",
    "blocks",
    "paths",
    "addresses",
    "named",
)
_MANY = 10
_MAX_FOLDERS = 10
_MAX_REUSABLE = 1 << 20


@dataclass(slots=True)
class Index:
    """What the first pass found.

    Attributes:
        title, address: of the site.
        hosts: the names that it is known by.
        accounts: by login. guests: by login and by slug, both without "cap-".
        categories, tags, authors: terms by slug.
        attachments: by number. children: numbers of the attachments of a post, in order.
        blocks: reusable blocks, by number.
        paths: number of a post → its path, for links as ``?p=12``.
        addresses: the path of each post and page, without a slash at its end → where it leads on the new site.
        changes: how many items were changed in one minute ("2026-01-24 09:00").
        filed: the slugs of the categories that posts are filed under first.
        named: slug → name of every category that a post has, for exports that do not list them.
    """

    title: str = ""
    address: str = ""
    hosts: set[str] = field(default_factory=set)
    accounts: dict[str, Account] = field(default_factory=dict)
    guests: dict[str, Guest] = field(default_factory=dict)
    categories: dict[str, Term] = field(default_factory=dict)
    tags: dict[str, Term] = field(default_factory=dict)
    authors: dict[str, Term] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)
    filed: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def site(self) -> str:
        """What tells this site's items from another's: its address without scheme, ``example.org/blog``."""
        return self.address.partition("://")[2].strip("/").removeprefix("www.").lower() or self.title

    def was_bulk_edit(self, modified: str) -> bool:
        """Whether so many items were changed in that minute that no person can have rewritten them."""
        return self.changes[modified[:16]] >= _MANY

    def above(self, slug: str) -> list[Term]:
        """A category and those above it, nearest first."""
        found: list[Term] = []
        while (term := self.categories.get(slug)) is not None and term not in found:
            found.append(term)
            slug = term.parent
        return found

    def page_slug(self, post: Post) -> str:
        """The slug of a page with the folders of its address, below that of the site: "about/team"."""
        above = urlsplit(self.address).path.rstrip("/")
        path = unquote(post.path).removeprefix(above)
        parts = [slugify(part) for part in path.split("/") if part]
        return (
            "/".join(parts) if parts and all(parts) and len(parts) < _MAX_FOLDERS else slugify(post.slug) or slugify(post.title)
        )

    def first_category(self, post: Post) -> str:
        """The slug of the category that a post is filed under first; empty where it has none that says anything.

        That is the one that an SEO plugin calls primary, else the one in the permalink, else the first of the list.
        """
        slugs = [slug for taxonomy, slug, _ in post.terms if taxonomy == "category" and slug != "uncategorized"]
        number = next((post.meta[key] for key in _PRIMARY if post.meta.get(key)), "")
        primary = next((slug for slug in slugs if (term := self.categories.get(slug)) and term.number == number), "")
        if number and primary:
            return primary
        named = [slug for slug in slugs if f"/{slug}/" in unquote(post.path)]
        return next(iter(named or slugs), "")

    def with_others(self, others: Iterable[Index]) -> Index:
        """This index with what those of further files of the same site know, where it knows nothing itself."""
        others = tuple(others)
        found = replace(self) if others else self
        for name in _SHARED if others else ():
            merged: dict[str, Any] = {}
            for index in (*others, self):
                merged.update(getattr(index, name))
            setattr(found, name, merged)
        for slug, title in found.named.items():
            found.categories.setdefault(slug, Term("category", slug, title))
        return found

    def sections(self) -> list[Term]:
        """The categories without one above them that posts are filed under, in the order of the file."""
        tops = {chain[-1].slug for slug in self.filed if (chain := self.above(slug))}
        return [term for term in self.categories.values() if term.slug in tops]


def index_of(elements: Iterable[Element], index: Index) -> None:
    """Read all elements of a channel into the index; what was read stays there if the file breaks off."""
    for element in elements:
        name = element.name
        if name == "item":
            _item(post_of(element), index)
        elif name == "wp:author":
            account = account_of(element)
            index.accounts[account.login] = account
        elif name in ("wp:category", "wp:tag", "wp:term"):
            _term(term_of(element), index)
        elif name == "title":
            index.title = plain_line(element.text)
        elif name in ("wp:base_blog_url", "wp:base_site_url", "link"):
            url = element.text.strip()
            index.hosts.add(bare_host(url.partition("://")[2].partition("/")[0]))
            if name == "wp:base_blog_url" or not index.address:
                index.address = url
    index.hosts.discard("")


def _term(term: Term, index: Index) -> None:
    kept = {"category": index.categories, "tag": index.tags, "post_tag": index.tags, "author": index.authors}
    if (terms := kept.get(term.taxonomy)) is not None:
        terms.setdefault(term.slug, term)


def _item(post: Post, index: Index) -> None:
    if post.type == "attachment":
        credit = next((plain_line(post.meta[key]) for key in _CREDITS if post.meta.get(key, "").strip()), "")
        alt = plain_line(post.meta.get("_wp_attachment_image_alt", ""))
        index.attachments[post.number] = Attachment(post.attachment or post.link, alt, post.excerpt, credit)
        if post.parent:
            index.children.setdefault(post.parent, []).append(post.number)
    elif post.type == "guest-author":
        guest = guest_of(post)
        for name in (guest.login, guest.slug):
            index.guests.setdefault(name.removeprefix("cap-"), guest)
    elif post.type == "wp_block":
        index.blocks[post.number] = post.content[:_MAX_REUSABLE]
    elif post.path and post.status != "trash":
        index.paths[post.number] = post.path
        slug = index.page_slug(post) if post.type == "page" else ""
        index.addresses[post.path.rstrip("/")] = f"/{slug}/" if slug else post.path
    if post.modified and post.type in ("post", "page"):
        index.changes[post.modified[:16]] += 1
    index.named.update((slug, name) for taxonomy, slug, name in post.terms if taxonomy == "category" and slug and name)
    if post.type == "post" and post.status != "trash" and (slug := index.first_category(post)):
        index.filed.add(slug)
