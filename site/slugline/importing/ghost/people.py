"""Users of Ghost → people of a byline, with their bios, portraits and profiles elsewhere."""

from __future__ import annotations

from html import escape
from typing import Any

from slugline.importing.exported import SITE, plain_line, text_of
from slugline.importing.ghost.cards import text_at
from slugline.importing.ghost.export import Row
from slugline.importing.model import Person
from slugline.importing.uploads import Shelf
from slugline.urls import slugify

__all__ = ["PLACEHOLDER", "link_of", "person_of"]

PLACEHOLDER = "__GHOST_URL__"
"""What exports have in the place of the site's address."""

_PROFILES = {
    "website": ("Website", ""),
    "twitter": ("X", "https://x.com/"),
    "facebook": ("Facebook", "https://www.facebook.com/"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/"),
    "instagram": ("Instagram", "https://www.instagram.com/"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/"),
    "threads": ("Threads", "https://www.threads.net/"),
    "youtube": ("YouTube", "https://www.youtube.com/"),
    "tiktok": ("TikTok", "https://www.tiktok.com/"),
    "mastodon": ("Mastodon", "https://"),
}
_WITH_SIGN = ("https://www.threads.net/", "https://www.youtube.com/", "https://www.tiktok.com/")


def person_of(user: Row, shelf: Shelf) -> Person:
    """A user as a person of the byline. The e-mail address that the export holds is left where it is."""
    portrait = text_at(user, "profile_image", "image").replace(PLACEHOLDER, SITE)
    image = shelf.from_front(portrait) if portrait else ""
    links = {label: url for key, (label, home) in _PROFILES.items() if (url := _profile(plain_line(text_at(user, key)), home))}
    extra: dict[str, Any] = {}
    if image.startswith("/"):
        extra["image"] = {"src": image, "alt": plain_line(text_at(user, "name"))}
    if links:
        extra["links"] = links
    if place := plain_line(text_at(user, "location")):
        extra["location"] = place
    bio = text_of(f"<p>{escape(text_at(user, 'bio'))}</p>", None, base=f"{SITE}/", link=link_of).body
    name = plain_line(text_at(user, "name")) or text_at(user, "slug")
    return Person(name, "", bio, slug=slugify(text_at(user, "slug")), extra=extra)


def link_of(url: str) -> str:
    """An address of the site as a path; any other as it is."""
    return url.removeprefix(SITE) or "/" if url.startswith(SITE) else url


def _profile(value: str, home: str) -> str:
    if not value or value.startswith(("https://", "http://")) or not home:
        return value if value.startswith("http") else ""
    return f"{home}{value if home in _WITH_SIGN else value.lstrip('@')}"
