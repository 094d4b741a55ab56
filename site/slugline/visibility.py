"""Who may see a source, and when: the keys that say so, for every kind of source, and the words of other tools that do not.

``draft``, ``expires``, ``unlisted``, ``noindex`` and ``aliases`` are read here and nowhere else, so that they mean the same for
a story, an author, a section, a tag, a series and a page. A word that other tools use to say who may see something and when
would be passed over in silence otherwise, and what it was to keep back would be published: each is an error with the right key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from slugline.aliases import read_alias
from slugline.fields import Fields
from slugline.model import Visibility
from slugline.moments import MOMENT_HINT, Moment
from slugline.urls import fits

__all__ = ["VISIBILITY_KEYS", "rest_of", "says_draft", "visibility"]

VISIBILITY_KEYS = ("draft", "expires", "unlisted", "noindex", "aliases")
"""The keys that every kind of source has; an author has ``public`` besides."""

_DRAFT = "write `draft: true` to keep it back"
_DATE = f"`date` is the moment from which a story is public; {MOMENT_HINT}"
_EXPIRES = f"write `expires: …`, the moment at which it leaves the site; {MOMENT_HINT}"
_UNLISTED = "write `unlisted: true` for a page that no list names, or `draft: true` to keep it back"
_NOINDEX = "write `noindex: true` to keep search engines away"

_FOREIGN: Mapping[str, str] = {
    word: hint
    for hint, words in (
        (
            _DRAFT,
            ("published is_published unpublished is_draft drafts status post_status visibility access private "
            "is_private protected password members_only restricted public"),
        ),
        (
            _DATE,
            ("embargo embargoed embargo_until embargoed_until embargo_date publish_at publish_date publish_on "
            "publish_time publish_after published_at published_on published_date date_published publication_date "
            "pub_date post_date release_date release_at go_live live_at visible_from available_from scheduled "
            "scheduled_at scheduled_for not_before"),
        ),
        (
            _EXPIRES,
            ("expire expired expiry expiry_date expire_at expire_on expire_date expires_at expires_on "
            "expires_after expiration expiration_date unpublish unpublish_at unpublish_on unpublish_date "
            "unpublished_at remove_at remove_on visible_until available_until valid_until not_after archive_at"),
        ),
        (
            _UNLISTED,
            "hidden hide is_hidden invisible listed unlist is_listed hide_from_lists",
        ),
        (
            _NOINDEX,
            ("robots no_index indexed indexable sitemap sitemap_exclude exclude_from_sitemap in_sitemap searchable "
            "exclude_from_search"),
        ),
    )
    for word in words.split()
}
"""What other tools call it, each with how it is written here."""

_SQUEEZED: Mapping[str, str] = {word.replace("_", ""): hint for word, hint in _FOREIGN.items()}

_MEANINGS: Mapping[str, str] = {
    **dict.fromkeys(("subtitle", "subheadline", "subhead", "subheading", "standfirst", "deck"), "dek"),
    **dict.fromkeys(("category", "categories", "rubric"), "section"),
    **dict.fromkeys(("keywords", "topics", "labels"), "tags"),
    **dict.fromkeys(("headline",), "title"),
    **dict.fromkeys(("excerpt", "abstract", "teaser"), "summary"),
    **dict.fromkeys(("writer", "writers"), "authors"),
    **dict.fromkeys(("redirect_from", "redirects", "old_urls"), "aliases"),
    **dict.fromkeys(("cover", "thumbnail", "featured_image", "hero"), "image"),
    **dict.fromkeys(("lastmod", "last_modified", "modified", "date_modified", "updated_at"), "updated"),
    **dict.fromkeys(("language", "locale"), "lang"),
    **dict.fromkeys(("bio", ), "description"),
    **dict.fromkeys(("weight", "nav_order", ), "order"),
}
"""Keys that are near misses by their meaning rather than by their spelling."""


def visibility(fields: Fields, zone: ZoneInfo, *, begins: Moment | None = None, author: bool = False) -> Visibility:
    """What a source's front matter says of who may see it.

    Args:
        fields: the front matter.
        zone: the publication's.
        begins: from when a story is public.
        author: whether ``public`` is one of its keys.
    """
    fields.read.update(VISIBILITY_KEYS)
    if author:
        fields.read.add("public")
    if not fields.data.keys() & _KEYS:
        # Nearly every story says nothing of the kind.
        return _PLAIN
    draft = fields.flag("draft", False)
    expires = fields.moment("expires", zone)
    if expires and begins and begins.sort and expires.sort <= begins.sort:
        hint = "a story comes out at `date` and goes at `expires`; mend one of them"
        fields.wrong("expires", "`expires` is not after `date`: the story would never be public", hint)
    aliases = _aliases(fields)
    return Visibility(
        draft,
        expires.sort if expires else "",
        fields.flag("unlisted", False),
        fields.flag("noindex", False),
        author and fields.flag("public", False),
        aliases,
    )


def _aliases(fields: Fields) -> tuple[str, ...]:
    """Old addresses, each once and in its stored form."""
    texts, value = fields.texts("aliases"), fields.data.get("aliases")
    found = []
    # As they are: a line break within one is a mistake rather than a space.
    for text in [str(one).strip() for one in value] if texts and isinstance(value, list) else texts:
        address, problem, hint = read_alias(text)
        if problem:
            fields.wrong("aliases", f"the alias `{_visible(text)}` {problem}", hint)
        elif not all(map(fits, address.split("/"))):
            hint = "redirect it on the server: `slugline redirects` lists the others"
            message = f"the alias `{_visible(text)[:40]}…` has a part that is longer than file systems hold"
            fields.wrong("aliases", message, hint)
        else:
            found.append(address)
    return tuple(dict.fromkeys(found))


def _visible(text: str) -> str:
    """A text in which every character can be seen."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


_KEYS = frozenset((*VISIBILITY_KEYS, "public"))
_PLAIN = Visibility()

_DRAFT_LINE = re.compile(r"^draft[ \t]*:[ \t]*(?:true|True|TRUE)[ \t]*(?:#.*)?$", re.MULTILINE)


def says_draft(front: str) -> bool:
    """Whether front matter that is no YAML says on one of its lines that it is a draft's."""
    return _DRAFT_LINE.search(front) is not None


def rest_of(fields: Fields) -> dict[str, object]:
    """The front matter that no field has read, for the theme.

    A word of other tools for who may see something and when is an error, and so is a key of ours in another case; a near miss
    by spelling or by meaning is warned of. Every known key must have been read before.
    """
    left = {key: value for key, value in fields.data.items() if key not in fields.read}
    if not left:
        return left
    names = fields.read
    plain = {_squeezed(name): name for name in names}
    unknown = []
    for key in left:
        squeezed = _squeezed(key)
        if right := plain.get(squeezed):
            fields.wrong(key, f"`{key}` is not how the key is written", f"write `{right}: …`")
        elif hint := _SQUEEZED.get(squeezed):
            fields.wrong(key, f"`{key}` is not a key of Slugline, and would keep nothing back", hint)
        elif (meant := _MEANINGS.get(key.casefold().replace("-", "_"))) in names and meant not in fields.data:
            fields.wrong(key, f"unknown key `{key}`", f"did you mean `{meant}`?", severity="warning")
        else:
            unknown.append(key)
    if unknown:
        fields.misspelt(unknown, names)
    return left


def _squeezed(key: str) -> str:
    """A key without what different tools write differently: case, hyphens, underscores, blanks."""
    return key.strip().casefold().replace("-", "").replace("_", "").replace(" ", "")
