"""A post or a page of WordPress → an item: what becomes of each of its fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from slugline.errors import Problem
from slugline.files import digest
from slugline.importing import snippets
from slugline.importing.exported import Text, captioned, plain_line, summary_of, text_of
from slugline.importing.model import Imported, Person, Stated
from slugline.importing.places import RESERVED, fits, free_section, old_address
from slugline.importing.remote import MEND, in_front, is_remote, told_of_lead
from slugline.importing.settings import ImportSettings
from slugline.importing.uploads import Shelf, Uploads, bare_host
from slugline.importing.wordpress.autop import autop
from slugline.importing.wordpress.blocks import has_blocks
from slugline.importing.wordpress.comments import comments_of
from slugline.importing.wordpress.drawing import draw
from slugline.importing.wordpress.index import Index
from slugline.importing.wordpress.people import Directory, byline_of
from slugline.importing.wordpress.records import Post
from slugline.importing.wordpress.shortcodes import expand
from slugline.importing.wordpress.surroundings import Surroundings
from slugline.languages import language_problem
from slugline.urls import label_signs, slugify

__all__ = ["Desk"]

_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_genesis_description")
_SUBTITLES = ("newspack_post_subtitle", "_subtitle", "subtitle", "wps_subtitle", "kia_subtitle", "_secondary_title")
_CANONICALS = ("_yoast_wpseo_canonical", "rank_math_canonical_url")
_REAL_UPDATE = timedelta(hours=1)
_UNPUBLISHED = {
    "draft": "",
    "auto-draft": "",
    "pending": "it was waiting for review",
    "private": "it was private",
}


class Desk:
    """Makes items of the posts of one export.

    Attributes:
        index: what the first pass found.
    """

    def __init__(self, index: Index, source: str, settings: ImportSettings) -> None:
        self.index = index
        self._source, self._settings = source, settings
        inner = ("", "uploads/", "wp-content/uploads/")
        self._uploads = Uploads(
            settings.media, settings.content, ("/wp-content/uploads/", "/files/"), frozenset(index.hosts), inner
        )
        self._taken = RESERVED | {free_section(slugify(term.slug)) for term in index.sections()} | {*settings.sections}
        self._bios: dict[str, str] = {}
        self._who = Directory(index.accounts, index.guests, index.authors)

    def item(self, post: Post, turn: int = 1) -> Imported:
        """The item of a post or a page; ``turn``: how often its number has come in this file, which should be once."""
        number = post.number if turn == 1 else f"{post.number}.{turn}"
        is_page = post.type == "page"
        slug = self.index.page_slug(post) if is_page else slugify(post.slug) or slugify(post.title)
        shelf = Shelf(self._uploads, "../" * (1 + slug.count("/") if is_page else 2))
        around = self._around(post)
        text = text_of(
            self._html(post, around), shelf, base=self._base(post), link=self._link, raw_html=self._settings.raw_html
        )
        doubts = [*self._doubts(post, around), *text.doubts]
        draft = self._draft(post, doubts)
        title = post.title or self._untitled(post, text, doubts)
        meta = self._meta(post, shelf, draft=draft, doubts=doubts)
        people = self._people(post, shelf)
        date, updated = self._moments(post)
        if is_page:
            meta.pop("comments", None)
            if updated:
                meta["updated"] = updated.iso
            if draft:
                doubts.append(
                    ("the page was not published: it lies in pages/.drafts, where no build looks", "move it up to publish it")
                )
            if post.path and post.path.strip("/") != slug:
                what = f"the page stood at {post.path} and will stand at /{slug}/: nothing leads there from the old address"
                doubts.append((what, "tell the server of it"))
        if turn > 1:
            meta.pop("aliases", None)  # the address is the first one's
            doubts.append((f"another item of the export has its number, {post.number}; both are imported", "compare the two"))
        comments, notes = comments_of(post.remarks)
        doubts += shelf.doubts("give the folder of uploads with --media")
        return Imported(
            source=self._source,
            kind="page" if is_page else "article",
            title=title,
            body=text.body,
            digest=digest(
                title, text.body, json.dumps([meta, date, updated, people, comments], default=dict, sort_keys=True)
            ).hex(),
            story=digest("wordpress", self.index.site, number).hex(),
            key=number,
            identity=f"wordpress:{self.index.site}#{number}",
            slug=slug,
            meta=meta,
            date=date,
            updated=updated,
            people=tuple(people),
            sections=() if is_page else self._sections(post),
            media=shelf.media,
            comments=tuple(comments),
            problems=tuple(Problem(self._source, post.line, what, hint, "warning") for what, hint in doubts),
            words_in=text.words_in,
            words_out=text.words_out,
            words_total=text.words_in,
            mended=(*text.mended, *notes),
        )

    def _around(self, post: Post) -> Surroundings:
        notes = []
        try:
            listed = json.loads(post.meta.get("footnotes") or "[]")
            notes = [(str(one["id"]), str(one["content"])) for one in listed]
        except (ValueError, TypeError, KeyError, RecursionError):
            pass
        index = self.index
        return Surroundings(index.attachments, index.children.get(post.number, ()), index.blocks, notes)

    def _html(self, post: Post, around: Surroundings) -> str:
        blocks = has_blocks(post.content)
        html = expand(draw(post.content, around), around) if blocks else autop(expand(post.content, around))
        url, _, kind = (*post.meta.get("enclosure", "").split("\n"), "", "")[:3]
        medium = kind.strip().partition("/")[0]
        if medium in ("audio", "video") and url.strip() and url.strip() not in html:
            # The episode of a podcast: WordPress keeps it beside the text, for the feed.
            html += f"\n\n{snippets.clip(medium, url.strip())}"
            what = f"its {medium}, {url.strip()[:160]}, which WordPress keeps beside the text, stands below it now"
            around.missing.append(what)
        return html

    def _base(self, post: Post) -> str:
        return post.link if post.path else f"{self.index.address.rstrip('/')}/"

    def _link(self, url: str) -> str:
        """An address of the old site as a path of the new one, where an imported story has it as its old address."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return url
        if parts.netloc and bare_host(parts.netloc) not in self.index.hosts:
            return url
        path = "" if parts.query else parts.path
        if found := re.fullmatch(r"(?:p|page_id)=(\d+)", parts.query):
            path = self.index.paths.get(found[1], "")
        path = self.index.addresses.get(path.rstrip("/"), "") if path else ""
        if path.strip("/") in self._taken:
            path = f"{path.rstrip('/')}-2/"  # where a page goes whose address a section has
        if not path:
            return url
        return path + (f"#{parts.fragment}" if parts.fragment else "")

    def _draft(self, post: Post, doubts: list[tuple[str, str]]) -> bool:
        if post.password:
            doubts.append(("it was behind a password, and is a draft now", "publish it, or leave it so"))
            return True
        if post.status in ("publish", "future", "inherit", ""):
            return False
        why = _UNPUBLISHED.get(post.status, f"its status was `{post.status}`")
        if why:
            doubts.append((f"{why}, and is a draft now", ""))
        return True

    def _untitled(self, post: Post, text: Text, doubts: list[tuple[str, str]]) -> str:
        words = summary_of(text.body, 60).rstrip("….").strip()
        title = words or f"Untitled {post.number}"
        doubts.append((f"it has no headline; `{title}` stands in its place", "write one"))
        return title

    def _meta(self, post: Post, shelf: Shelf, *, draft: bool, doubts: list[tuple[str, str]]) -> dict[str, Any]:
        subtitle = plain_line(next((post.meta[key] for key in _SUBTITLES if post.meta.get(key, "").strip()), ""))
        description = plain_line(next((post.meta[key] for key in _DESCRIPTIONS if post.meta.get(key, "").strip()), ""))
        if "%%" in description or re.search(r"%\w+%", description):
            description = ""
        excerpt = plain_line(expand(post.excerpt, Surroundings()))
        dek = subtitle or (excerpt if len(excerpt) <= 300 else "")
        summary = description or (excerpt if excerpt != dek else "")
        if post.type == "page":
            found: dict[str, Any] = {"description": summary or dek}
        else:
            found = {
                "dek": dek,
                "summary": summary if summary != dek else "",
                "tags": self._tags(post),
                "series": next((name for taxonomy, _, name in post.terms if taxonomy == "series" and slugify(name)), ""),
                "aliases": self._aliases(post),
                **in_front(self._image(post, shelf, doubts)),
                "canonical": self._canonical(post),
            }
        language = next((slug for taxonomy, slug, _ in post.terms if taxonomy == "language"), "")
        known = bool(language) and not language_problem(language)
        if known and language.partition("-")[0] != self._settings.language.partition("-")[0]:
            found["lang"] = language
        found["draft"] = draft
        found["sticky"] = post.sticky
        found = {key: value for key, value in found.items() if value}
        if not post.open and post.type == "post":
            found["comments"] = False
        return found

    def _tags(self, post: Post) -> list[str]:
        chain = self.index.above(self.index.first_category(post))
        section = chain[-1].slug if chain else self.index.first_category(post)
        names = [name for taxonomy, slug, name in post.terms if taxonomy == "post_tag" and name]
        names += [
            name for taxonomy, slug, name in post.terms if taxonomy == "category" and slug not in (section, "uncategorized")
        ]
        found = {(slug, label_signs(name)): name for name in reversed(names) if (slug := slugify(name)) and fits(slug)}
        return list(found.values())[::-1]

    def _sections(self, post: Post) -> tuple[str, ...]:
        first = self.index.first_category(post)
        chain = self.index.above(first)
        if not chain and first:
            return (first,)
        return tuple(name for term in chain for name in dict.fromkeys((free_section(slugify(term.slug)), term.name)))

    def _aliases(self, post: Post) -> list[str]:
        path = post.path
        if not path:
            return []
        last = post.slug
        found = [path]
        for old in post.old_slugs:
            head, sep, tail = unquote(path).rstrip("/").rpartition(f"/{last}")
            if sep and not tail and old != last:
                found.append(f"{head}/{old}/")
        return [address for one in found if (address := old_address(one))]

    def _canonical(self, post: Post) -> str:
        url = next((post.meta[key].strip() for key in _CANONICALS if post.meta.get(key, "").strip()), "")
        parts = urlsplit(url) if url.startswith(("https://", "http://")) else None
        return url if parts and bare_host(parts.netloc) not in self.index.hosts else ""

    def _image(self, post: Post, shelf: Shelf, doubts: list[tuple[str, str]]) -> dict[str, str]:
        number = post.meta.get("_thumbnail_id", "")
        known = self.index.attachments.get(number)
        if known is None:
            if number.strip("0"):
                doubts.append(
                    (f"its picture, attachment {number}, is not in the export", "export all content, or add it by hand")
                )
            return {}
        caption, credit = plain_line(known.caption), known.credit
        if not credit:
            caption, credit = captioned(caption)
        source = shelf.from_front(known.url)
        if not source:
            return {}
        image = {"src": source, "alt": known.alt, "caption": caption, "credit": credit}
        if is_remote(source) and source not in shelf.missing:
            doubts.append((told_of_lead(source), MEND))
        return {key: value for key, value in image.items() if value}

    def _people(self, post: Post, shelf: Shelf) -> list[Person]:
        def portrait(number: str) -> dict[str, str]:
            known = self.index.attachments.get(number)
            place = shelf.from_front(known.url) if known else ""
            return {"src": place, "alt": known.alt} if known and place.startswith("/") else {}

        return [one._replace(line=post.line) for one in byline_of(post, self._who, portrait, self._bio)]

    def _bio(self, text: str) -> str:
        if not text.strip():
            return ""
        if text not in self._bios:
            self._bios[text] = text_of(autop(text), None, base=self.index.address, link=self._link).body
        return self._bios[text]

    def _moments(self, post: Post) -> tuple[Stated | None, Stated | None]:
        date = Stated(f"{post.date.replace(' ', 'T')}Z", post.line) if post.date else None
        if date is None and post.local:
            date = Stated(post.local.replace(" ", "T"), post.line)
        if not post.date or not post.modified or self.index.was_bulk_edit(post.modified):
            return date, None
        try:
            gap = datetime.fromisoformat(post.modified) - datetime.fromisoformat(post.date)
        except ValueError:
            return date, None
        return date, Stated(f"{post.modified.replace(' ', 'T')}Z", post.line) if gap >= _REAL_UPDATE else None

    def _doubts(self, post: Post, around: Surroundings) -> Iterable[tuple[str, str]]:
        for name, number in sorted(around.codes.items()):
            yield f"the shortcode [{name}] stays in the text{_times(number)}: it belongs to a plugin", "write what it showed"
        for name, number in sorted(around.unread.items()):
            yield (
                f"the block `{name}` is a plugin's; the HTML in it is kept{_times(number)}",
                "look whether it shows what it should",
            )
        for why in around.missing:
            yield why, "look at the old page"
        if not post.whole:
            yield "the item is larger than 64 MB; only its beginning was read", "look at it by itself"


def _times(number: int) -> str:
    return f" ({number} times)" if number > 1 else ""
