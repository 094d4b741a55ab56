"""Links that share a story; they need no script and load nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

__all__ = ["ShareLink", "share_links"]

_SERVICES = {
    "x": ("X", "https://x.com/intent/post?url={url}&text={title}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    "whatsapp": ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    "telegram": ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    "bluesky": ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    "reddit": ("Reddit", "https://www.reddit.com/submit?url={url}&title={title}"),
    "email": ("E-mail", "mailto:?subject={title}&body={url}"),
}


class ShareLink(NamedTuple):
    """A plain link that shares a story with one service."""

    id: str
    name: str
    url: str


def share_links(services: Iterable[str], url: str, title: str) -> tuple[ShareLink, ...]:
    """The links of a story to the services that the settings name; ``url`` is absolute."""
    values = {"url": quote(url, safe=""), "title": quote(title, safe="")}
    return tuple(
        ShareLink(service, name, pattern.format_map(values))
        for service in services
        for name, pattern in (_SERVICES[service],)
    )
