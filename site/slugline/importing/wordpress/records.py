"""Elements of an export → frozen records, in the words of WordPress.

The format is RSS 2.0 with WordPress's own elements, as ``wp-admin/includes/export.php`` writes it (WXR 1.0 to 1.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from slugline.importing.exported import plain_line
from slugline.importing.wordpress.stream import Element

__all__ = ["Account", "Post", "Remark", "Term", "account_of", "path_of", "post_of", "term_of"]

_YEAR = re.compile(r"(?<![-\d])[12]\d{3}(?!\d)")
_NO_MOMENT = "0000-00-00 00:00:00"
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?")


class Account(NamedTuple):
    """A user who has written something. The e-mail address that the export holds is left where it is."""

    login: str
    name: str
    number: str = ""
    bio: str = ""


class Term(NamedTuple):
    """A category, a tag, or a term of another taxonomy; ``parent`` is a slug."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    number: str = ""
    meta: tuple[tuple[str, str], ...] = ()


class Remark(NamedTuple):
    """A comment; ``kind`` is empty or "comment" for what a reader wrote, else "pingback", "trackback" or a plugin's."""

    name: str
    date: str
    text: str
    approved: str
    kind: str
    line: int


class Post(NamedTuple):
    """An item: a post, a page, an attachment, or whatever else plugins keep.

    Attributes:
        date, modified: in UTC, ``2026-01-24 09:00:00``; empty where the export has none.
        local: the date where the site stands.
        terms: (taxonomy, slug, name).
        meta: custom fields; of several with one name the last.
        old_slugs: what the slug was before.
        open: whether readers may comment.
        whole: False where the item was too large and was cut.
    """

    number: str
    type: str
    status: str
    title: str
    slug: str
    link: str
    line: int
    content: str = ""
    excerpt: str = ""
    creator: str = ""
    date: str = ""
    local: str = ""
    modified: str = ""
    parent: str = ""
    password: str = ""
    sticky: bool = False
    attachment: str = ""
    terms: tuple[tuple[str, str, str], ...] = ()
    meta: Mapping[str, str] = {}
    old_slugs: tuple[str, ...] = ()
    open: bool = True
    remarks: tuple[Remark, ...] = ()
    whole: bool = True

    @property
    def path(self) -> str:
        """The permalink below the host, ``/2024/05/slug/``; empty where the address is a query, as a draft's is."""
        return path_of(self.link)


def account_of(element: Element) -> Account:
    """A ``wp:author``."""
    login = element.get("wp:author_login")
    name = element.get("wp:author_display_name")
    if not name or name == login:
        whole = f"{element.get('wp:author_first_name')} {element.get('wp:author_last_name')}".strip()
        name = whole or name or login
    bio = element.get("wp:author_description")
    return Account(login, plain_line(name), element.get("wp:author_id"), bio)


def term_of(element: Element) -> Term:
    """A ``wp:category``, ``wp:tag`` or ``wp:term``."""
    kind = element.name.removeprefix("wp:")
    meta = tuple((one.get("wp:meta_key"), one.get("wp:meta_value")) for one in element.all("wp:termmeta"))
    if kind == "category":
        slug, name = element.get("wp:category_nicename"), element.get("wp:cat_name")
        parent, description = element.get("wp:category_parent"), element.get("wp:category_description")
    elif kind == "tag":
        slug, name = element.get("wp:tag_slug"), element.get("wp:tag_name")
        parent, description = "", element.get("wp:tag_description")
    else:
        kind, slug, name = (element.get(f"wp:term_{part}") for part in ("taxonomy", "slug", "name"))
        parent, description = element.get("wp:term_parent"), element.get("wp:term_description")
    number = element.get("wp:term_id")
    return Term(kind, unquote(slug), plain_line(name), unquote(parent), plain_line(description), number, meta)


def post_of(element: Element) -> Post:
    """An ``item``."""
    get = element.get
    date, local = _moment(get("wp:post_date_gmt")), _moment(get("wp:post_date"))
    fields = [(one.get("wp:meta_key"), one.get("wp:meta_value")) for one in element.all("wp:postmeta")]
    return Post(
        number=get("wp:post_id"),
        type=get("wp:post_type"),
        status=get("wp:status"),
        title=plain_line(get("title")),
        slug=unquote(get("wp:post_name")),
        link=get("link"),
        line=element.line,
        content=get("content:encoded"),
        excerpt=get("excerpt:encoded"),
        creator=get("dc:creator"),
        date=date or ("" if local else _announced(get("pubDate"))),
        local=local,
        modified=_moment(get("wp:post_modified_gmt")),
        parent=parent if (parent := get("wp:post_parent")) != "0" else "",
        password=get("wp:post_password"),
        sticky=get("wp:is_sticky") == "1",
        attachment=get("wp:attachment_url"),
        terms=tuple(
            (one.attributes.get("domain", ""), unquote(one.attributes.get("nicename", "")), plain_line(one.text))
            for one in element.all("category")
        ),
        meta=dict(fields),
        old_slugs=tuple(unquote(value) for key, value in fields if key == "_wp_old_slug" and value),
        open=get("wp:comment_status") != "closed",
        remarks=tuple(_remark(one) for one in element.all("wp:comment")),
        whole=element.whole,
    )


def path_of(link: str) -> str:
    """The path of an address that has one of its own; empty for ``/``, for ``?p=12``, and for what is no address."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    path = parts.path
    if parts.query or parts.scheme not in ("http", "https", "") or path in ("", "/") or ".." in path.split("/"):
        return ""
    return path if path.startswith("/") else f"/{path}"


def _moment(text: str) -> str:
    """A moment as WordPress writes it, also where a plugin has written it as ISO 8601 or with an offset; else empty."""
    found = _MOMENT.fullmatch(text)
    if found is None or text == _NO_MOMENT or text.startswith("0000"):
        return ""
    plain = f"{found[1]} {found[2]}{found[3] or ':00'}"
    if found[4] in (None, "Z"):
        return plain
    try:
        return f"{datetime.fromisoformat(plain + found[4]).astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError):
        return ""


def _announced(text: str) -> str:
    """The moment in RSS's own words (RFC 822), in UTC; empty where it is none, as a draft's in the year before 1."""
    if not _YEAR.search(text):
        return ""
    try:
        return f"{parsedate_to_datetime(text).astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _remark(element: Element) -> Remark:
    get = element.get
    date = _moment(get("wp:comment_date_gmt"))
    return Remark(
        plain_line(get("wp:comment_author")),
        f"{date.replace(' ', 'T')}Z" if date else get("wp:comment_date"),
        get("wp:comment_content"),
        get("wp:comment_approved"),
        get("wp:comment_type"),
        element.line,
    )
