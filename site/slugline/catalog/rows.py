"""Articles and items as rows of the catalog: what goes in as a value comes out equal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from slugline.aliases import same_place
from slugline.catalog.decoding import parsed
from slugline.catalog.store import DamagedState
from slugline.files import digest
from slugline.markup.body import Heading
from slugline.model import Article, Author, Correction, Credit, Image, ListEntry, PlainPage, Teaser, Visibility
from slugline.urls import alias_url

if TYPE_CHECKING:
    from slugline.markup.body import Body
    from slugline.parse import Parsed

__all__ = ["ArticleRow", "ItemRow", "Story", "article_row", "item_row", "item_value", "story_value", "teaser_value"]

_MISSHAPEN = (AttributeError, LookupError, TypeError, ValueError)
"""What making a value of a row raises where the row holds something else."""


class ArticleRow(NamedTuple):
    """An article as the catalog keeps it.

    Attributes:
        place: where it stands among all stories: month, moment in UTC, path. Total, and the same on every machine.
        lists: what it is listed under, one a line: "" (everything), "section:world", "tag:…", "author:…", "series:…",
            "type:…"; after a tab the name that the story gives it, where it gives one.
        draft: 1 for a draft, 2 for one that no build can render.
        expires: when it goes, in UTC as articles sort; empty: never.
        references: paths below the content folder that its text, its picture and its links point at.
    """

    key: str
    place: str
    sort: str
    draft: int
    expires: str
    unlisted: int
    url: str
    lists: str
    teaser: str
    digest: bytes
    details: str
    html: str
    story_digest: bytes
    references: tuple[str, ...]


class ItemRow(NamedTuple):
    """An author, section, tag, series, page or data file as the catalog keeps it.

    Attributes:
        draft, expires: as an article's.
        public: whether it has a page before the first public story.
        aliases: old addresses that lead to its page.
    """

    kind: str
    slug: str
    source: str
    value: str
    digest: bytes
    draft: int
    expires: str
    unlisted: int
    noindex: int
    public: int
    aliases: tuple[str, ...]
    references: tuple[str, ...]


class Story(NamedTuple):
    """The wide row: what only the article's own page shows."""

    html: str
    headings: tuple[Heading, ...]
    corrections: tuple[Correction, ...]
    aliases: tuple[str, ...]
    canonical: str
    comments: bool
    translation_of: str
    extra: Mapping[str, Any]
    words: int
    excerpt: str
    layout: str = ""


def article_row(source: Parsed, words_per_minute: int) -> ArticleRow:
    """The row of a parsed article."""
    article, body = source.value, source.body
    assert isinstance(article, Article)
    assert body is not None
    lists = [
        "",
        f"section:{article.section}",
        f"type:{article.type}",
        *(f"tag:{slug}\t{label}" for slug, label in article.tags),
        *(f"author:{credit.author}" + (f"\t{credit.name}" if credit.name else "") for credit in article.credits),
    ]
    if article.series[0]:
        lists.append("series:{}\t{}".format(*article.series))
    # Not shown as lists anywhere: old addresses, translations of a story, stories that stand first elsewhere.
    seen = article.visibility
    lists += [name for alias in seen.aliases if (name := _alias_list(alias, article.url))]
    if article.translation_of:
        lists.append(f"translation:{article.translation_of}")
    if article.canonical:
        lists.append("elsewhere:canonical")
    teaser = _dump(
        (
            article.source,
            article.url,
            article.title,
            article.dek,
            article.kicker,
            # Where there is a dek, that is what lists show.
            article.summary or ("" if article.dek else body.excerpt),
            article.section,
            article.date,
            article.updated,
            article.credits,
            [slug for slug, _ in article.tags],
            article.series[0],
            article.image,
            max(1, ceil(body.words / words_per_minute)),
            article.lang,
            article.type,
            seen.draft,
            seen.unlisted,
            seen.noindex,
            article.dek_html,
        )
    )
    details = _dump(
        (
            body.headings,
            article.corrections,
            seen.aliases,
            article.canonical,
            article.comments,
            article.translation_of,
            article.extra,
            body.words,
            body.excerpt,
            article.layout,
        )
    )
    return ArticleRow(
        article.source,
        f"{article.month} {article.sort} {article.source}",
        article.sort,
        _draft(seen),
        seen.expires,
        int(seen.unlisted),
        article.url,
        "\n".join(lists),
        teaser,
        digest(teaser),
        details,
        body.html,
        digest(details, body.html),
        references(body, article.image, (article.dek_html, *(correction.html for correction in article.corrections))),
    )


def _alias_list(alias: str, url: str) -> str:
    """The list of an old address. The story's own, with a query, needs no redirect; in other letters, it can have no page."""
    if not same_place(alias, url):
        return f"alias:{alias}"
    return "" if alias_url(alias.partition("?")[0]) == url else f"recased:{alias}"


def item_row(source: Parsed) -> ItemRow:
    """The row of any other parsed file."""
    image = getattr(source.value, "image", None)
    value = _dump(source.value)
    found = references(source.body, image) if source.body else ()
    seen = getattr(source.value, "visibility", Visibility())
    return ItemRow(
        source.kind,
        source.slug,
        source.path,
        value,
        digest(value),
        _draft(seen),
        seen.expires,
        int(seen.unlisted),
        int(seen.noindex),
        # Stories make a tag or a series, and give an author readers; all else is there for its own sake.
        int(seen.public or source.kind not in ("author", "tag", "series")),
        seen.aliases,
        found,
    )


def _draft(seen: Visibility) -> int:
    return 2 if seen.broken else int(seen.draft)


_LINKED = re.compile('<a href="content:([^"]*)"')


def references(body: Body, image: Image | None, lines: Iterable[str] = ()) -> tuple[str, ...]:
    """The paths below the content folder that a text, its lead picture and further lines point at, each once, in order."""
    targets = [link[8:] for link in body.links if link.startswith("content:")]
    if image is not None:
        lines = (image.caption_html, image.credit_html, *lines)
    targets += [target for line in lines if line for target in _LINKED.findall(line)]
    for picture in body.images:
        if picture.src.startswith("content:"):
            targets.append(picture.src[8:])
        elif picture.src.startswith("/") and not picture.src.startswith("//"):
            # Counted from the top of content/, as in front matter; an address of the site where there is no such file.
            targets.append(picture.src.lstrip("/"))
    # A slash: an address of the site where there is no such file.
    targets += [file[8:].lstrip("/") for file in body.files]
    if any("&" in target for target in targets):
        from html import unescape  # noqa: PLC0415

        targets = [unescape(target) for target in targets]
    paths = [target.split("#")[0].split("?")[0] for target in targets]
    if any("%" in path for path in paths):
        from urllib.parse import unquote  # noqa: PLC0415

        paths = [unquote(path) for path in paths]
    if image and "://" not in image.src and not image.src.startswith("//"):
        paths.insert(0, image.src)
    return tuple(dict.fromkeys(paths))


def teaser_value(text: str, *, embargo: bool) -> Teaser:
    """A teaser out of its row."""
    values = parsed(text)
    try:
        values[9] = tuple(Credit(*credit) for credit in values[9])
        values[10] = tuple(values[10])
        values[12] = Image(*values[12]) if values[12] else None
        return Teaser._make([*values, embargo])
    except _MISSHAPEN as error:
        raise DamagedState(f"the build state has a story of no form: {error}") from error


def story_value(details: str, html: str) -> Story:
    """A story out of its row."""
    try:
        headings, corrections, aliases, canonical, comments, translation_of, extra, words, excerpt, layout = parsed(details)
        return Story(
            html,
            tuple(Heading(*heading) for heading in headings),
            tuple(Correction(*correction) for correction in corrections),
            tuple(aliases),
            canonical,
            comments,
            translation_of,
            extra,
            words,
            excerpt,
            layout,
        )
    except _MISSHAPEN as error:
        raise DamagedState(f"the build state has a story of no form: {error}") from error


def item_value(kind: str, text: str) -> Any:
    """An author, section, tag, series, page or the value of a data file, out of its row."""
    values = parsed(text)
    if kind == "data":
        return values
    try:
        if kind == "author":
            author = Author(*values)
            links = tuple((label, url) for label, url in author.links)
            image = Image(*author.image) if author.image else None
            return author._replace(image=image, links=links, visibility=_visibility(author.visibility))
        if kind == "page":
            page = PlainPage(*values)
            return page._replace(visibility=_visibility(page.visibility))
        entry = ListEntry(*values)
        image = Image(*entry.image) if entry.image else None
        return entry._replace(image=image, visibility=_visibility(entry.visibility))
    except _MISSHAPEN as error:
        raise DamagedState(f"the build state has an item of no form: {error}") from error


def _visibility(values: Iterable[Any]) -> Visibility:
    found = Visibility(*values)
    return found._replace(aliases=tuple(found.aliases))


def _plain(value: object) -> object:
    # What YAML tags such as !!set can make; sorted, because a set has no order of its own.
    if isinstance(value, Iterable):
        return sorted(str(item) for item in value)
    return str(value)


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
