"""Who wrote a post: WordPress's own author, Co-Authors Plus with its guest authors, Newspack's custom bylines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from slugline.importing.exported import plain_line
from slugline.importing.model import Person
from slugline.importing.rules import plain_words
from slugline.importing.wordpress.records import Account, Post, Term
from slugline.urls import slugify

__all__ = ["Directory", "Guest", "byline_of", "guest_of"]

_MARKED = re.compile(r"\[Author\s+id\s*=\s*[\"']?(\d*)[\"']?\s*\](.*?)\[/Author\]", re.IGNORECASE | re.DOTALL)
_ROLES = ("cap-newspack_job_title", "cap-job_title", "cap-title", "cap-position")
_LINKS = {
    "cap-website": "Website",
    "cap-twitter": "X",
    "cap-facebook": "Facebook",
    "cap-instagram": "Instagram",
    "cap-linkedin": "LinkedIn",
}
_HOMES = {"X": "https://x.com/", "Instagram": "https://www.instagram.com/", "Facebook": "https://www.facebook.com/"}


class Guest(NamedTuple):
    """A guest author of Co-Authors Plus: a profile without an account; ``bio`` is HTML, ``portrait`` an attachment."""

    login: str
    slug: str
    name: str
    role: str = ""
    bio: str = ""
    portrait: str = ""
    links: tuple[tuple[str, str], ...] = ()
    account: str = ""


class Directory(NamedTuple):
    """Who is known; see :class:`slugline.importing.wordpress.index.Index`."""

    accounts: Mapping[str, Account]
    guests: Mapping[str, Guest]
    authors: Mapping[str, Term]


def guest_of(post: Post) -> Guest:
    """The profile that a ``guest-author`` item holds; its e-mail address stays where it is."""
    meta = post.meta
    name = (
        meta.get("cap-display_name")
        or f"{meta.get('cap-first_name', '')} {meta.get('cap-last_name', '')}".strip()
        or post.title
    )
    login = meta.get("cap-user_login") or post.slug
    links = tuple((label, url) for key, label in _LINKS.items() if (url := _address(meta.get(key, ""), label)))
    role = next((plain_line(meta[key]) for key in _ROLES if meta.get(key, "").strip()), "")
    return Guest(
        login, post.slug, plain_line(name), role, meta.get("cap-description", ""), meta.get("_thumbnail_id", ""), links,
        meta.get("cap-linked_account", ""),
    )  # fmt: skip


def byline_of(
    post: Post, who: Directory, portrait: Callable[[str], dict[str, str]], markdown: Callable[[str], str]
) -> list[Person]:
    """The people of a post's byline, in its order.

    Args:
        post: the post.
        who: the people of the export.
        portrait: number of an attachment → an author's ``image``; empty where it is not there.
        markdown: HTML of a bio → Markdown.
    """

    def person(login: str, name: str = "") -> Person:
        login = login.removeprefix("cap-")
        account = who.accounts.get(login)
        guest = who.guests.get(login) or (who.guests.get(slugify(login)) if account is None else None)
        if guest is None and account is None:
            account = next((one for one in who.accounts.values() if slugify(one.login) == login), None)
        if guest is None and account is not None:
            guest = next((one for one in who.guests.values() if one.account and one.account == account.login), None)
        return _person(guest, account, name or login, portrait, markdown)

    custom = post.meta.get("_newspack_byline", "") if post.meta.get("_newspack_byline_active", "") in ("1", "true") else ""
    if custom:
        numbers = {one.number: one.login for one in who.accounts.values() if one.number}
        people = []
        for number, raw in _MARKED.findall(custom):
            name = plain_line(raw)
            found = person(numbers[number], name) if number in numbers else Person(name, line=post.line)
            people.append(found._replace(name=name) if name and plain_words(found.name) != plain_words(name) else found)
        if people:
            return _each_once(people)
    listed = [(slug, name) for taxonomy, slug, name in post.terms if taxonomy == "author"]
    if listed:
        return _each_once([_listed(slug, name, who, person) for slug, name in listed])
    return _each_once([person(post.creator)]) if post.creator else []


def _listed(slug: str, name: str, who: Directory, person: Callable[..., Person]) -> Person:
    """Someone of the taxonomy "author": Co-Authors Plus keeps logins there, PublishPress Authors names and bios."""
    term = who.authors.get(slug)
    meta = dict(term.meta) if term else {}
    if name in who.accounts or name.removeprefix("cap-") in who.guests:
        found: Person = person(name)
    else:
        found = person(slug, name)
    return found._replace(bio=plain_line(meta["description"])) if meta.get("description") and not found.bio else found


def _person(
    guest: Guest | None,
    account: Account | None,
    name: str,
    portrait: Callable[[str], dict[str, str]],
    markdown: Callable[[str], str],
) -> Person:
    if guest is not None:
        image = portrait(guest.portrait) if guest.portrait else {}
        extra = {key: value for key, value in (("image", image), ("links", dict(guest.links))) if value}
        bio = guest.bio or (account.bio if account else "")
        return Person(guest.name, guest.role, markdown(bio), slug=slugify(guest.slug.removeprefix("cap-")), extra=extra)
    if account is not None:
        return Person(account.name, "", markdown(account.bio))
    return Person(name)


def _each_once(people: list[Person]) -> list[Person]:
    found: dict[str, Person] = {}
    for person in people:
        if person.name.strip():
            found.setdefault(plain_words(person.name), person)
    return list(found.values())


def _address(value: str, label: str) -> str:
    value = value.strip()
    if value.startswith(("https://", "http://")):
        return value
    return f"{_HOMES[label]}{value.removeprefix('@')}" if label in _HOMES and re.fullmatch(r"@?[\w.]{2,50}", value) else ""
