"""The reader of Markdown files with front matter: one file becomes one story, page or section.

A body of nothing but text, headings, lists and links stays as it is written. One with pictures or HTML goes through HTML and
back, because other generators mean other things by them, and what comes from outside is made safe.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from slugline.errors import Problem
from slugline.files import digest
from slugline.importing.decoding import MAX_BYTES, NotTextError, decode
from slugline.importing.exported import plain_line
from slugline.importing.html.saved import SavedFiles
from slugline.importing.markdown import Converted, require, to_markdown
from slugline.importing.markdown.counting import shown
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.sanitising import parse_page
from slugline.importing.markdown.trees import text_of
from slugline.importing.model import Imported, Item, Person, Refused, Stated
from slugline.importing.moments import Moments
from slugline.importing.places import old_address
from slugline.importing.posts.front import Front, front_of, moment_of, people_in, texts_in
from slugline.importing.posts.shortcodes import expand
from slugline.importing.remote import in_front, told_of
from slugline.importing.rules import headline_key, load_rules, words_of
from slugline.importing.settings import ImportSettings
from slugline.urls import label_signs, slugify

__all__ = ["read", "read_text", "sniff"]

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx")
_NAMED = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})-(?=.)")
_HEADING = re.compile(r"\A#[ \t]+(?P<atx>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)|\A(?P<setext>[^\n]+)\n=+[ \t]*(?:\n|\Z)")
_NOT_PLAIN = re.compile(
    r"<[A-Za-z/!?]|!\[|^[ \t]*\[\^[^\]]+\]:|^ {0,3}:{2,}|^ {0,3}https?://\S+$|\]\((?!https?://|/|#|mailto:)|^[ \t]*\[[^\]]+\]:[ \t]*(?!https?://)",
    re.MULTILINE,
)
_IMPORTS = re.compile(r"^(?:import|export)\s.*$\n?", re.MULTILINE)
_DATES = ("date", "publishdate", "published_at", "published", "pubdate", "publish_date", "created", "created_at", "datetime")
_UPDATES = ("lastmod", "updated", "modified", "last_modified_at", "updated_at", "last_updated", "date_modified")
_DEKS = ("dek", "subtitle", "standfirst", "lead", "lede", "deck", "kicker_text", "tagline")
_SUMMARIES = ("description", "summary", "excerpt", "abstract")
_PICTURES = (
    *("image", "cover", "featured_image", "featuredimage", "feature_image", "thumbnail", "header", "banner", "hero", "images"),
    "teaser",
)
_SECTIONS = ("section", "category", "categories")
_NO_SECTION = names("post posts _posts blog article articles content src source pages _drafts drafts news")
# Said by a key of Slugline's own, or to a generator that is no more.
_SPENT = frozenset((*_DATES, *_UPDATES, *_DEKS, *_SUMMARIES, *_PICTURES, *_SECTIONS)) | names(
    "title author authors byline tags keywords slug permalink url aliases redirect_from draft status published lang language "
    "locale series expirydate expires type"
)
_KEPT = names("comments sticky canonical")


def sniff(path: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return path.lower().endswith(_ENDINGS)


def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The one item of a file; never raises for what the file holds."""
    require()
    try:
        if os.path.getsize(path) > MAX_BYTES:
            yield Refused(source, Problem(source, 0, f"the file is larger than {MAX_BYTES >> 20} MB", "is it a story?"))
            return
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        yield Refused(source, Problem(source, 0, f"the file cannot be read: {error.strerror}", "check who owns it"))
        return
    try:
        decoded = decode(raw)
    except NotTextError as error:
        yield Refused(source, Problem(source, 0, str(error), error.hint))
        return
    front = front_of(decoded.text, source)
    if front.problems:
        yield Refused(source, front.problems[0])
        return
    yield _item(front, raw, path, source, settings, decoded.mended)


def read_text(text: str, name: str, path: str, source: str, settings: ImportSettings) -> Item:
    """The item of a text that something else has made: ``name`` is what its file would be called, beside ``path``."""
    require()
    front = front_of(text, source)
    if front.problems:
        return Refused(source, front.problems[0])
    beside = os.path.join(os.path.dirname(path), f"{name}.md")
    return _item(front, text.encode(), beside, source, settings, ())


def _item(front: Front, raw: bytes, path: str, source: str, settings: ImportSettings, mended: tuple[str, ...]) -> Item:
    keys, body = front.keys, front.body
    if path.lower().endswith(".mdx"):
        body = _IMPORTS.sub("", body)
    title = plain_line(str(keys.get("title") or ""))
    if heading := _HEADING.match(body):
        said = plain_line(heading["atx"] or heading["setext"])
        if not title or headline_key(title) == headline_key(said):
            title, body = title or said, body[heading.end() :].lstrip("\n")
    stem, parents = os.path.splitext(os.path.basename(path))[0], source.split("/")[:-1]
    if stem in ("_index", "index") and parents:
        name = parents[-1]
        if stem == "_index":
            return _section(title or name.capitalize(), name, body, raw, source, keys)
        stem = name
    if not title:
        what = "the file has no headline: neither `title` in its front matter nor a heading above its text"
        return Refused(source, Problem(source, 1, what, "write `title: …` between two lines of `---` at its top"))
    problems: list[tuple[int, str, str]] = []
    files = SavedFiles(path, source)
    converted = _converted(body, front, files, settings, problems)
    if not converted.words_in:
        what = "the file has no text below its front matter"
        return Refused(source, Problem(source, front.body_line, what, "is it a story?"))
    dated = _NAMED.match(stem)
    moments = _moments()
    date = next((found for key in _DATES if (found := moment_of(keys.get(key), moments))), "")
    date = date or (moment_of(dated[1], moments) if dated else "")
    updated = next((found for key in _UPDATES if (found := moment_of(keys.get(key), moments))), "")
    layout = str(keys.get("layout") or keys.get("type") or "").lower()
    is_page = layout in ("page", "pages", "about") or (not date and bool({"pages", "_pages"} & set(parents)))
    meta = _meta(keys, files, is_page=is_page)
    left = sorted(key for key in keys if key not in _SPENT and key not in _KEPT)
    if left:
        problems.append((1, f"keys of the other generator are left out: {', '.join(left)}", ""))
    people = tuple(
        Person(name, role, line=1)
        for key in ("author", "authors", "byline")
        for name, role in people_in(keys.get(key))
        if not name.startswith("http")
    )
    problems += [(line, what, "") for line, what in files.problems]
    return Imported(
        source=source,
        kind="page" if is_page else "article",
        title=title,
        body=converted.body,
        digest=digest(raw).hex(),
        story=digest(headline_key(title), " ".join(converted.text).casefold()).hex(),
        slug=slugify(str(keys.get("slug") or "")) or slugify(stem[dated.end() :] if dated else stem),
        meta=meta,
        date=Stated(date, 1) if date and not is_page else None,
        updated=Stated(updated, 1) if updated and not is_page else None,
        people=() if is_page else tuple({person.name: person for person in people}.values()),
        sections=() if is_page else _sections(keys, parents),
        media=files.media,
        problems=tuple(Problem(source, line, what, hint, "warning") for line, what, hint in dict.fromkeys(problems)),
        words_in=converted.words_in,
        words_out=converted.words_out,
        words_total=converted.words_in,
        mended=(*mended, *converted.notes),
    )


def _section(title: str, name: str, body: str, raw: bytes, source: str, keys: Mapping[str, Any]) -> Imported:
    """Hugo's ``_index.md``: what a folder of stories is."""
    about = next((plain_line(str(keys[key])) for key in _SUMMARIES if keys.get(key)), "")
    about = about or plain_line(body.partition("\n\n")[0])
    return Imported(
        source=source,
        kind="section",
        title=title,
        body="",
        digest=digest(raw).hex(),
        story=digest("section", name).hex(),
        slug=slugify(name),
        meta={"description": about} if about else {},
    )


def _converted(
    body: str, front: Front, files: SavedFiles, settings: ImportSettings, problems: list[tuple[int, str, str]]
) -> Converted:
    body, left = expand(body)
    for name, count in sorted(left.items()):
        often = f" ({count} times)" if count > 1 else ""
        what = f"`{name}` stays in the text{often}: only the other generator knows what it shows"
        problems.append((_line_of(name, front), what, "write what it showed"))
    if not _NOT_PLAIN.search(body):
        words = tuple(words_of(shown(body) or ""))
        return Converted(body.rstrip() + "\n" if body.strip() else "", (), len(words), len(words), (), (), words, ())
    from lxml import html as lxml_html  # noqa: PLC0415

    tree = parse_page(f"<div>{_as_html(body)}</div>")
    if tree is None:
        problems.append((front.body_line, "the text is nested so deep that a part of it would be lost", ""))
        return to_markdown("")
    story = tree.find(".//div")
    story = story if story is not None else tree
    for image in list(story.iter("img")):
        _captioned(image)
    files.claim(story)
    fragment = str(lxml_html.tostring(story, encoding="unicode"))
    converted = to_markdown(fragment, image=files.place_of, raw_html=settings.raw_html)
    problems += [(front.body_line, what, "") for _, what in converted.warnings]
    if converted.linked:
        problems.append((front.body_line, told_of(converted.linked), "put the files beside the story, and import it again"))
    return converted


def _captioned(image: Element) -> None:
    """A picture with a title, alone in its paragraph: the title is its caption."""
    around, title = image.getparent(), image.attrib.pop("title", "")
    if title and around is not None and around.tag == "p" and len(around) == 1 and not text_of(around):
        around.tag = "figure"
        caption = around.makeelement("figcaption", {})
        caption.text = title
        around.append(caption)


def _as_html(body: str) -> str:
    """Markdown of no dialect in particular as HTML."""
    import markdown  # noqa: PLC0415

    return markdown.markdown(body, extensions=["extra", "sane_lists"], output_format="html")


def _line_of(name: str, front: Front) -> int:
    at = front.body.find(name)
    return front.body_line + front.body.count("\n", 0, at) if at >= 0 else front.body_line


def _meta(keys: Mapping[str, Any], files: SavedFiles, *, is_page: bool) -> dict[str, Any]:
    def first(among: tuple[str, ...]) -> str:
        return next((plain_line(value) for key in among if isinstance(value := keys.get(key), str) and value.strip()), "")

    dek, summary = first(_DEKS), first(_SUMMARIES)
    draft = keys.get("draft") is True or keys.get("published") is False
    draft = draft or str(keys.get("status") or "").lower() in ("draft", "hidden", "pending", "private")
    if is_page:
        return {key: value for key, value in {"description": summary or dek, "draft": draft}.items() if value}
    tags = [*texts_in(keys.get("tags"), spaced=True), *texts_in(keys.get("keywords"))]
    labels = {(slug, label_signs(tag)): tag for tag in reversed(tags) if (slug := slugify(tag))}
    addresses = [value for key in ("aliases", "redirect_from") for value in _addresses(keys.get(key))]
    addresses += [value for key in ("permalink", "url") for value in _addresses(keys.get(key)) if ":" not in value]
    found: dict[str, Any] = {
        "dek": dek,
        "summary": summary if headline_key(summary) != headline_key(dek) else "",
        "tags": list(labels.values())[::-1],
        "series": next(iter(texts_in(keys.get("series"))), ""),
        "aliases": list(dict.fromkeys(alias for one in addresses if (alias := old_address(one)))),
        "lang": str(keys.get("lang") or keys.get("language") or keys.get("locale") or "").replace("_", "-"),
        "expires": moment_of(keys.get("expirydate") or keys.get("expires"), _moments()),
        "draft": draft,
        **_picture(keys, files),
    }
    for key in _KEPT:
        if isinstance(keys.get(key), bool):
            found[key] = keys[key]
    return {key: value for key, value in found.items() if value or (key == "comments" and value is False)}


def _addresses(value: object) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [one if one.startswith("/") else f"/{one}" for one in given if isinstance(one, str) and one and "://" not in one]


def _picture(keys: Mapping[str, Any], files: SavedFiles) -> dict[str, object]:
    """The picture over the story: an address, or a mapping with its words; several have several names for it."""
    for key in _PICTURES:
        value = keys.get(key)
        value = value[0] if isinstance(value, list) and value else value
        given: dict[str, str] = {}
        if isinstance(value, Mapping):
            plain = {str(name).lower(): str(text) for name, text in value.items() if isinstance(text, str)}
            names_of = ("src", "url", "image", "path", "feature", "teaser", "relative")
            source = next((plain[name] for name in names_of if plain.get(name)), "")
            given = {name: plain_line(plain[name]) for name in ("alt", "caption", "credit") if plain.get(name)}
        else:
            source = value if isinstance(value, str) else ""
        if not source or not re.search(r"\.\w{3,4}(?:$|\?)", source):
            continue
        for name in ("alt", "caption", "credit"):
            if isinstance(text := keys.get(f"{key}_{name}"), str):
                given.setdefault(name, plain_line(text))
        token = files.token(source)
        place = files.place_of(token) if token else None
        if place:
            return {"image": {"src": place, **given}}
        return in_front({"src": source, **given}) if source.startswith(("http://", "https://")) else {}
    return {}


def _sections(keys: Mapping[str, Any], parents: list[str]) -> tuple[str, ...]:
    # Jekyll parts the words of `categories` where no commas do.
    named = [text for key in _SECTIONS for text in texts_in(keys.get(key), spaced=key == "categories")]
    folders = [name for name in reversed(parents[1:]) if name.lower() not in _NO_SECTION and not name.isdigit()]
    return tuple(dict.fromkeys((*named, *folders[-1:])))


@functools.cache
def _moments() -> Moments:
    return Moments(load_rules())
