"""A post or a page of Ghost → an item: what becomes of each of its fields."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from slugline.errors import Problem
from slugline.files import digest
from slugline.importing.exported import SITE, Text, captioned, plain_line, summary_of, text_of
from slugline.importing.ghost.cards import Findings, text_at
from slugline.importing.ghost.export import Export, Row, moment
from slugline.importing.ghost.lexical import lexical_html
from slugline.importing.ghost.mobiledoc import mobiledoc_html
from slugline.importing.ghost.people import PLACEHOLDER, link_of, person_of
from slugline.importing.model import Imported
from slugline.importing.places import fits, free_section, old_address, short
from slugline.importing.remote import MEND, in_front, is_remote, told_of_lead
from slugline.importing.settings import ImportSettings
from slugline.importing.uploads import Shelf, Uploads, bare_host
from slugline.languages import language_problem
from slugline.urls import label_signs, slugify

__all__ = ["Desk"]

_SECTION_SHARE = 0.05
_STATUSES = {"published": "", "scheduled": "", "sent": "it was sent by e-mail and had no page"}

_Doubts = list[tuple[str, str]]


class Desk:
    """Makes items of the posts of one export."""

    def __init__(self, export: Export, source: str, settings: ImportSettings) -> None:
        self.export = export
        self._source, self._settings = source, settings
        self._name = slugify(export.site) or "site"
        self._uploads = Uploads(
            settings.media,
            settings.content,
            ("/content/",),
            frozenset((bare_host(urlsplit(SITE).netloc),)),
            ("", "content/"),
            ("images/", "media/", "files/"),
        )
        self.sections = self._frequent()

    def item(self, post: Row) -> Imported:
        """The item of a post or a page."""
        number = plain_line(text_at(post, "id", "uuid"))
        is_page = text_at(post, "type") == "page" or post.get("page") in (1, True)
        slug = slugify(text_at(post, "slug")) or slugify(text_at(post, "title"))
        shelf = Shelf(self._uploads, "../" if is_page else "../../")
        doubts: _Doubts = []
        text, told = self._text(post, shelf, doubts)
        title = plain_line(text_at(post, "title")) or self._untitled(text, number, doubts)
        draft = self._draft(post, doubts)
        if is_page and draft:
            doubts.append(
                ("the page was not published: it lies in pages/.drafts, where no build looks", "move it up to publish it")
            )
        meta = self._meta(post, shelf, doubts, is_page=is_page, draft=draft)
        people = [
            person_of(self.export.users[one], shelf)
            for one in self.export.authors_of.get(number, ())
            if one in self.export.users
        ]
        date = moment(post.get("published_at")) or moment(post.get("created_at"))
        doubts += [(what.replace(SITE, ""), hint) for what, hint in shelf.doubts("give Ghost's content folder with --media")]
        return Imported(
            source=self._source,
            kind="page" if is_page else "article",
            title=title,
            body=text.body,
            digest=digest(title, text.body, json.dumps([meta, date, people], default=dict, sort_keys=True)).hex(),
            story=digest("ghost", self._name, number).hex(),
            key=number,
            identity=f"ghost:{self._name}#{number}",
            slug=slug,
            meta=meta,
            date=date,
            people=tuple(people),
            sections=() if is_page else self._section(post),
            media=shelf.media,
            problems=tuple(Problem(self._source, 0, f"`{title}`: {what}", hint, "warning") for what, hint in doubts),
            words_in=text.words_in,
            words_out=text.words_out,
            words_total=text.words_in,
            mended=(told, *text.mended),
        )

    def tags(self) -> list[Imported]:
        """The sections that tags become, and the tags that say something of themselves."""
        found = []
        for row in self.export.tags.values():
            slug, name = slugify(text_at(row, "slug")), plain_line(text_at(row, "name"))
            about = plain_line(text_at(row, "description"))
            is_section = slug in self.sections
            if not slug or not name or _internal(row) or not (is_section or about):
                continue
            kind = "section" if is_section else "tag"
            meta = {"description": about} if about else {}
            found.append(
                Imported(
                    source=self._source,
                    kind="section" if is_section else "tag",
                    title=name,
                    body="",
                    digest=digest(name, about).hex(),
                    story=digest("ghost", self._name, kind, slug).hex(),
                    key=f"{kind}-{slug}",
                    identity=f"ghost:{self._name}#{kind}-{slug}",
                    slug=free_section(slug) if is_section else short(slugify(name)),
                    meta=meta,
                )
            )
        return found

    def _frequent(self) -> frozenset[str]:
        """Slugs of the tags that so many stories have first that they are sections."""
        first = Counter(slugify(text_at(tag, "slug")) for post in self.export.posts if (tag := self._primary(post)) is not None)
        needed = max(2, _SECTION_SHARE * sum(first.values()))
        return frozenset(slug for slug, number in first.items() if slug and number >= needed)

    def _primary(self, post: Row) -> Row | None:
        return next((tag for tag in self._tags_of(post) if not _internal(tag)), None)

    def _tags_of(self, post: Row) -> list[Row]:
        tags = self.export.tags
        return [tags[one] for one in self.export.tags_of.get(text_at(post, "id"), ()) if one in tags]

    def _section(self, post: Row) -> tuple[str, ...]:
        tag = self._primary(post)
        slug = slugify(text_at(tag, "slug")) if tag else ""
        known = slug in self.sections or slug in self._settings.sections
        return (free_section(slug), text_at(tag, "name")) if tag and known else ()

    def _text(self, post: Row, shelf: Shelf, doubts: _Doubts) -> tuple[Text, str]:
        """The body, from the best of what the export holds of it, and which that was."""
        html, why = text_at(post, "html"), ""
        sources: list[tuple[str, str, Callable[[Any, Findings], str]]] = [
            ("Lexical", text_at(post, "lexical"), lexical_html),
            ("Mobiledoc", text_at(post, "mobiledoc"), mobiledoc_html),
        ]
        fallback: tuple[str, str, Findings] | None = None
        for name, written, read in sources:
            if not written:
                continue
            found = Findings()
            try:
                made = read(json.loads(written), found)
            except (ValueError, RecursionError, TypeError, KeyError) as error:
                why = f"{name} cannot be read: {error}"
                doubts.append((f"its {why}", "" if html else "look at the old page"))
                continue
            if found.unread and html:
                cards = ", ".join(sorted(found.unread))
                why = f"{name} holds cards that are not known: {cards}"
                fallback = fallback or (name, made, found)
                continue
            return self._converted(made, found, shelf, doubts), f"read from {name}"
        if html:
            found = Findings()
            if fallback and any("paywall" in doubt for doubt in fallback[2].doubts):
                found.doubts += fallback[2].doubts
            return self._converted(
                html, found, shelf, doubts
            ), f"read from the exported HTML{f', because {why}' if why else ''}"
        return Text(""), "nothing to read"

    def _converted(self, html: str, found: Findings, shelf: Shelf, doubts: _Doubts) -> Text:
        text = text_of(html.replace(PLACEHOLDER, SITE), shelf, base=f"{SITE}/", link=link_of, raw_html=self._settings.raw_html)
        doubts += [(doubt, "") for doubt in found.doubts]
        doubts += [(f"a card `{name}` is not known, and left out", "look at the old page") for name in sorted(found.unread)]
        doubts += text.doubts
        left = tuple(f"{number} `{name}` left out" for name, number in sorted(found.left.items()))
        return text._replace(mended=(*text.mended, *left))

    def _untitled(self, text: Text, number: str, doubts: _Doubts) -> str:
        title = summary_of(text.body, 60).rstrip("….").strip() or f"Untitled {number}"
        doubts.append(("it has no headline; the beginning of its text stands there", "write one"))
        return title

    def _draft(self, post: Row, doubts: _Doubts) -> bool:
        status = text_at(post, "status")
        why = _STATUSES.get(status, "draft")
        if why and why != "draft":
            doubts.append((f"{why}; it is a draft now", "publish it if it is to have one"))
        return bool(why)

    def _meta(self, post: Row, shelf: Shelf, doubts: _Doubts, *, is_page: bool, draft: bool) -> dict[str, Any]:
        more = self.export.metas.get(text_at(post, "id"), {})
        excerpt = plain_line(text_at(post, "custom_excerpt"))
        description = plain_line(text_at(more, "meta_description") or text_at(post, "meta_description"))
        found: dict[str, Any]
        if is_page:
            found = {"description": description or excerpt}
        else:
            tags = {
                (slug, label_signs(name)): name
                for tag in self._tags_of(post)
                if not _internal(tag) and (slug := slugify(name := plain_line(text_at(tag, "name")))) and fits(slug)
            }
            canonical = plain_line(text_at(post, "canonical_url"))
            image = self._image(post, more, shelf)
            if is_remote(image.get("src", "")) and image["src"] not in shelf.missing:
                doubts.append((told_of_lead(image["src"]), MEND))
            found = {
                "dek": excerpt,
                "summary": description if description != excerpt else "",
                "tags": list(tags.values()),
                "aliases": _aliases(text_at(post, "slug")) if not draft else [],
                **(in_front(image) if image else {"photos": _words_of_picture(more)}),
                "canonical": canonical if canonical.startswith(("https://", "http://")) else "",
            }
        lang = text_at(post, "locale")
        if lang and not language_problem(lang) and lang.partition("-")[0] != self._settings.language.partition("-")[0]:
            found["lang"] = lang
        found["draft"] = draft
        found["featured"] = post.get("featured") in (1, True)
        seen = plain_line(text_at(post, "visibility"))
        if seen and seen != "public":
            found["visibility"] = seen
            doubts.append(
                (f"it was for readers of the kind `{seen}` only, and is for all now", "make it a draft if it is not to be")
            )
        for name in ("codeinjection_head", "codeinjection_foot"):
            if text_at(post, name):
                doubts.append(
                    (
                        f"its {name} is left out: {len(text_at(post, name))} characters of code",
                        "look whether the theme needs it",
                    )
                )
        return {key: value for key, value in found.items() if value}

    def _image(self, post: Row, more: Row, shelf: Shelf) -> dict[str, str]:
        url = text_at(post, "feature_image", "image").replace(PLACEHOLDER, SITE)
        if not url:
            return {}
        if url.startswith("/"):
            url = f"{SITE}{url}"
        place = shelf.from_front(url)
        if not place or (place == url and url.startswith(SITE)):
            return {}  # it is nowhere; the report says so
        caption, credit = captioned(
            plain_line(text_at(more, "feature_image_caption") or text_at(post, "feature_image_caption"))
        )
        alt = plain_line(text_at(more, "feature_image_alt") or text_at(post, "feature_image_alt"))
        image = {"src": place, "alt": alt, "caption": caption, "credit": credit}
        return {key: value for key, value in image.items() if value}


def _internal(tag: Row) -> bool:
    return text_at(tag, "visibility") == "internal" or text_at(tag, "name").startswith("#")


def _aliases(slug: str) -> list[str]:
    address = old_address(f"/{slug}/") if slug else ""
    return [address] if address else []


def _words_of_picture(more: Row) -> list[dict[str, str]]:
    caption, credit = captioned(plain_line(text_at(more, "feature_image_caption")))
    words = {key: value for key, value in (("caption", caption), ("credit", credit)) if value}
    return [words] if words else []
