"""One source file → its value, or the problems that prevent one.

Each file is parsed alone, so that any process can do it; what takes two files to see (an author that no file describes, two
stories for one address) is checked against the catalog afterwards.

Longer than others, because each kind of source is one short reader here and they share their checks.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from slugline.content import Split, load_front, load_yaml, split
from slugline.errors import Problem, did_you_mean
from slugline.fields import Fields
from slugline.files import relative_path
from slugline.languages import language_problem
from slugline.markup import Added, Body, MarkupOptions, Renderer, line_of
from slugline.markup.links import LOCAL_PATH, LOCAL_PATH_HINT, is_local_path
from slugline.model import Article, Author, Credit, ListEntry, PlainPage, Visibility
from slugline.moments import Moment
from slugline.placement import is_index, kind_of
from slugline.settings.schema import Settings
from slugline.tabular import ENDINGS, read_table, records
from slugline.text import conflict_problem, decode
from slugline.toml import TomlError, parse_toml
from slugline.urls import alias_url, article_url, page_url, slugify
from slugline.visibility import rest_of, says_draft, visibility

__all__ = ["ARTICLE_TYPES", "Parsed", "Parser", "markup_options"]

ARTICLE_TYPES = ("news", "analysis", "opinion", "editorial", "review", "reportage", "interview", "explainer", "obituary")
"""What a story can be; `type` in its front matter."""

_LAYOUT = re.compile(r"[\w-]+")
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-(?=.)")
_NO_MOMENT = Moment("", "", "", datetime(1, 1, 1))
_MAX_BYTES = 32 * 1024 * 1024

NO_BODY = Body("", 0, "", (), (), ())

Value = Article | Author | ListEntry | PlainPage | Any


class Parsed(NamedTuple):
    """What one file became.

    Attributes:
        path: below the content folder.
        kind: article, author, section, tag, series, page or data.
        slug: what the value is called by; an article's is its path.
        value: the frozen value, or None where a problem prevents one.
        body: the rendered Markdown; None for data.
        problems: errors and warnings, with paths that begin with ``content/``.
    """

    path: str
    kind: str
    slug: str
    value: Value
    body: Body | None
    problems: tuple[Problem, ...]


def markup_options(settings: Settings, added: Added = Added()) -> MarkupOptions:  # noqa: B008  # frozen
    """The Markdown options that the settings ask for, with what the publication adds of its own."""
    markdown = settings.markdown
    return MarkupOptions(
        extensions=markdown.extensions,
        extension_settings=tuple(
            (name, tuple(sorted(values.items()))) for name, values in sorted(markdown.settings.items())
        ),
        smart=markdown.smart,
        raw_html=markdown.raw_html,
        added=added,
        services=tuple((name, tuple(sorted(parts.items()))) for name, parts in sorted(settings.embeds.services.items())),
        third_parties=markdown.third_parties,
    )


class Parser:
    """Parses the sources of one publication; one per process, because it holds a Markdown engine."""

    def __init__(self, settings: Settings, added: Added = Added()) -> None:  # noqa: B008  # frozen
        self.settings = settings
        self.zone = ZoneInfo(settings.publication.timezone)
        self.renderer = Renderer(markup_options(settings, added))
        self._readers: dict[str, Callable[[str, Fields, Split], tuple[str, Value, Body | None]]] = {
            "article": self._article,
            "author": self._author,
            "section": self._entry,
            "tag": self._entry,
            "series": self._entry,
            "page": self._page,
        }

    def parse(self, path: str, raw: bytes) -> Parsed:
        """The value of a source file; never raises for what the file holds."""
        kind = kind_of(path)
        name = f"content/{path}"
        if len(raw) > _MAX_BYTES:
            problem = Problem(name, 0, f"the file is larger than {_MAX_BYTES >> 20} MB", "split the story")
            return Parsed(path, kind, "", None, None, (problem,))
        text, problems = decode(raw, name)
        if conflict := conflict_problem(text, name):
            problems = [conflict]
        if problems:
            return Parsed(path, kind, "", None, None, tuple(problems))
        if kind == "data":
            value, problems = _data(text, name)
            return Parsed(path, kind, posixpath.splitext(path.partition("/")[2])[0], value, None, tuple(problems))
        if not text or text.isspace():
            problem = Problem(name, 1, "the file is empty", "write front matter and text, or delete the file")
            return Parsed(path, kind, "", None, None, (problem,))
        parts = split(text)
        data, problems = load_front(text, name, parts)
        if problems and any(problem.severity == "error" for problem in problems):
            if says_draft(parts.front):
                return self._broken_draft(path, kind, data, problems)
            return Parsed(path, kind, _stem(path), None, None, tuple(problems))
        fields = Fields(name, data, parts.front)
        fields.problems.extend(problems)
        try:
            slug, value, body = self._readers[kind](path, fields, parts)
        except _MarkdownError as error:
            slug, value, body = _stem(path), None, None
            fields.problems.extend(error.problems)
        if not fields.problems:
            return Parsed(path, kind, slug, value, body, ())
        if not any(problem.severity == "error" for problem in fields.problems):
            return Parsed(path, kind, slug, value, body, tuple(fields.problems))
        if data.get("draft") is True:
            return self._broken_draft(path, kind, data, fields.problems)
        return Parsed(path, kind, slug, None, None, tuple(fields.problems))

    def read_fields(self, kind: str, path: str, fields: Fields, parts: Split) -> None:
        """Let the reader of a kind of source read front matter; what it makes of it is of no interest here."""
        self._readers[kind](path, fields, parts)

    def _broken_draft(self, path: str, kind: str, data: Mapping[str, Any], problems: list[Problem]) -> Parsed:
        """A draft with errors: nobody is to see it, so that they are warnings. What links to it finds that it exists."""
        slug = data.get("slug")
        name = slug if isinstance(slug, str) and slug and slugify(slug) == slug else _stem(path) or "draft"
        fields = Fields(f"content/{path}", {"title": name, "name": name, "date": "1970-01-01", "slug": name}, "")
        slug, value, body = self._readers[kind](path, fields, Split("", "", 1))
        value = value._replace(visibility=Visibility(draft=True, broken=True))
        warnings = tuple(problem._replace(severity="warning") for problem in problems)
        return Parsed(path, kind, slug, value, body or NO_BODY, warnings)

    def _render(self, path: str, fields: Fields, parts: Split, lang: str) -> Body:
        if fields.problems and any(problem.severity == "error" for problem in fields.problems):
            # The story cannot be published as it is: do not spend time on its text.
            return NO_BODY
        try:
            body = self.renderer.render(parts.body, lang=lang, source=path)
        except Exception as error:  # an extension of the publication may raise anything
            problems = getattr(error, "problems", None)
            if problems is None:
                message = f"the Markdown could not be rendered: {type(error).__name__}: {error}"
                problems = (Problem(fields.path, parts.body_line, message, "check the extensions in slugline.toml"),)
            else:
                # The renderer counts from the beginning of the body.
                problems = tuple([one._replace(line=one.line and one.line + parts.body_line - 1) for one in problems])
            raise _MarkdownError(problems) from error
        if body.links or body.images:
            fields.problems.extend(_local_paths(fields.path, body, parts))
        for line, message, hint in body.remarks:
            in_file = line + parts.body_line - 1 if line else 0
            fields.problems.append(Problem(fields.path, in_file, message, hint, "warning"))
        return body

    def _article(self, path: str, fields: Fields, parts: Split) -> tuple[str, Value, Body | None]:
        publication = self.settings.publication
        folders = path.split("/")[1:-1]
        title = fields.text("title", required=True)
        moment = fields.moment("date", self.zone, required=True)
        updated = fields.moment("updated", self.zone)
        section = fields.slug("section", slugify(folders[0]) if folders else "")
        if not section:
            hint = "move it into a folder such as content/articles/world/, or add `section: world`"
            fields.wrong("section", "the article is in no section", hint)
        slug = fields.slug("slug", _slug_of(path))
        if not slug:
            fields.wrong("slug", "the file name gives no address", "add `slug: a-few-words` to the front matter")
        kind = fields.text("type") or "news"
        if kind not in ARTICLE_TYPES:
            hint = did_you_mean(kind, ARTICLE_TYPES) or f"known are {', '.join(ARTICLE_TYPES)}"
            fields.wrong("type", f"`type: {kind}` is no kind of story", hint)
        if moment and updated and updated.sort < moment.sort:
            fields.wrong("updated", "`updated` is before `date`", "an update comes after the story")
        lang = _lang(fields, publication.language)
        dek = fields.inline("dek")
        layout = _layout(fields)
        canonical = fields.text("canonical")
        if canonical and not canonical.startswith(("https://", "http://")):
            fields.wrong("canonical", f"`canonical: {canonical}` is no address", "begin it with https://")
        translated = fields.text("translation_of")
        series = fields.labels("series", spell=self.settings.urls.spell_out_signs)
        if len(series) > 1:
            fields.wrong("series", "a story belongs to one series", "delete the others")
        if moment is None:
            # The other fields are read all the same: every problem is reported in one run.
            moment = _NO_MOMENT
        url = article_url(self.settings.urls.article, section=section, slug=slug, date=moment.local)
        seen = visibility(fields, self.zone, begins=moment)
        for alias in seen.aliases:
            if alias_url(alias) == url:
                fields.wrong("aliases", f"the alias {alias} is the address of this page", "take it out of `aliases`")
        article = Article(
            source=path,
            slug=slug,
            url=url,
            title=title,
            date=moment.iso,
            sort=moment.sort,
            month=moment.month,
            section=section,
            credits=_credits(fields),
            dek=dek.text,
            dek_html=dek.html,
            summary=fields.text("summary"),
            kicker=fields.text("kicker"),
            tags=fields.labels("tags", spell=self.settings.urls.spell_out_signs),
            series=series[0] if series else ("", ""),
            updated=updated.iso if updated else "",
            visibility=seen,
            image=fields.image("image", lambda src: content_path(path, src)),
            corrections=fields.corrections("corrections", self.zone),
            canonical=canonical,
            translation_of=content_path(path, translated) if translated else "",
            comments=fields.flag("comments", self.settings.comments.enabled),
            lang=lang,
            type=kind,
            layout=layout,
            extra=rest_of(fields),
        )
        return path, article, self._render(path, fields, parts, lang)

    def _author(self, path: str, fields: Fields, parts: Split) -> tuple[str, Value, Body | None]:
        slug = self._item_slug(path, fields)
        author = Author(
            slug,
            name=fields.text("name", required=True),
            role=fields.text("role"),
            image=fields.image("image", lambda src: content_path(path, src)),
            email=fields.text("email"),
            links=fields.links("links"),
            visibility=visibility(fields, self.zone, author=True),
            extra=rest_of(fields),
        )
        body = self._render(path, fields, parts, self.settings.publication.language)
        return slug, author._replace(html=body.html, excerpt=body.excerpt), body

    def _entry(self, path: str, fields: Fields, parts: Split) -> tuple[str, Value, Body | None]:
        slug = self._item_slug(path, fields)
        title = fields.text("title", required=True)
        description = fields.text("description")
        order = fields.number("order")
        image = fields.image("image", lambda src: content_path(path, src))
        seen = visibility(fields, self.zone)
        extra = rest_of(fields)
        body = self._render(path, fields, parts, self.settings.publication.language)
        return slug, ListEntry(slug, title, body.html, description or body.excerpt, order, image, extra, seen), body

    def _page(self, path: str, fields: Fields, parts: Split) -> tuple[str, Value, Body | None]:
        folders = [slugify(folder) for folder in path.split("/")[1:-1]]
        slug = fields.slug("slug", _slug_of(path))
        if not slug or not all(folders):
            fields.wrong("slug", "the file's path gives no address", "name file and folders in letters, such as legal/terms.md")
        whole = "/".join([*(folders[:-1] if is_index(path) else folders), slug])
        lang = _lang(fields, self.settings.publication.language)
        title = fields.text("title", required=True)
        description, menu, order = fields.text("description"), fields.text("menu"), fields.number("order")
        updated = fields.moment("updated", self.zone)
        seen = visibility(fields, self.zone)
        layout = _layout(fields)
        extra = rest_of(fields)
        body = self._render(path, fields, parts, lang)
        page = PlainPage(
            whole,
            page_url(whole),
            title,
            body.html,
            description or body.excerpt,
            menu,
            order,
            lang,
            updated.iso if updated else "",
            extra,
            seen,
            layout,
        )
        return whole, page, body

    def _item_slug(self, path: str, fields: Fields) -> str:
        stem = _slug_of(path, dated=False)
        slug = fields.slug("slug", stem)
        if not slug:
            fields.wrong("slug", "the file name gives no address", "name the file in letters, such as jane-doe.md")
        return slug


def _lang(fields: Fields, default: str) -> str:
    """The language of a text: its code, or the publication's."""
    lang = fields.text("lang")
    if lang and (hint := language_problem(lang)):
        fields.wrong("lang", f"`lang: {lang}` is no code of a language", hint)
        return default
    return lang or default


def _layout(fields: Fields) -> str:
    """The name of a template of the theme."""
    layout = fields.text("layout")
    if layout and not _LAYOUT.fullmatch(layout):
        fields.wrong("layout", f"`layout: {layout}` is no name of a template", "write the name alone: `layout: long-read`")
        return ""
    return layout


def _credits(fields: Fields) -> tuple[Credit, ...]:
    """The byline, under either of its two keys."""
    credited = fields.credits()
    fields.read.add("author")
    alone = fields.credits("author") if "author" in fields.data else ()
    if credited and alone:
        fields.wrong("author", "`author` and `authors` are both written", "name everybody in `authors`")
    return credited or alone


class _MarkdownError(Exception):
    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


def _local_paths(path: str, body: Body, parts: Split) -> Iterator[Problem]:
    """Warnings of links and pictures that lead to files of somebody's own computer."""
    for target in dict.fromkeys((*body.links, *(image.src for image in body.images))):
        if is_local_path(target):
            line = line_of(parts.body, target)
            message = LOCAL_PATH.format(unescape(target))
            yield Problem(path, line and line + parts.body_line - 1, message, LOCAL_PATH_HINT, "warning")


def content_path(source: str, target: str) -> str:
    """A path written in a source file as a path below the content folder; addresses on other hosts stay as they are.

    A path that begins with a slash counts from the content folder. One that climbs out of it retains its leading ``..``, so
    that looking it up fails and is reported.
    """
    if "://" in target or target.startswith("//"):
        return target
    path = relative_path(unquote(target))
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))


def _slug_of(path: str, *, dated: bool = True) -> str:
    """The slug that a file's name gives: the folder's for an ``index.md``; a date before the words is not part of it."""
    parts = path.split("/")
    stem = parts[-2] if len(parts) > 2 and is_index(path) else posixpath.splitext(parts[-1])[0]
    return slugify(_DATED.sub("", stem) if dated else stem)


def _stem(path: str) -> str:
    """The slug of a source whose front matter cannot be read."""
    return _slug_of(path, dated=path.startswith("articles/"))


def _data(text: str, path: str) -> tuple[Any, list[Problem]]:
    """The value of a data file, as JSON can hold it."""
    problems: list[Problem] = []
    try:
        if path.lower().endswith(".toml"):
            value: Any = parse_toml(text)
        elif path.lower().endswith(ENDINGS):
            table = read_table(text)
            if table.problem:
                hint = "save it as CSV, one row a line under one line of heads"
                return None, [Problem(path, table.line, table.problem, hint)]
            value = records(table)
        elif path.lower().endswith(".json"):
            value = json.loads(text, object_pairs_hook=_unrepeated)
        else:
            value, problems = load_yaml(text, path)
        plain = json.dumps(value, default=_plain, ensure_ascii=False)
        plain.encode()
        return json.loads(plain), problems
    except TomlError as error:
        return None, [Problem(path, error.line, f"not valid TOML: {error.reason}", "mend the line")]
    except json.JSONDecodeError as error:
        return None, [Problem(path, error.lineno, f"not valid JSON: {error.msg.lower()}", "mend the line")]
    except _RepeatedKeyError as error:
        key = json.dumps(error.key, ensure_ascii=False)
        places = [found.start() for found in re.finditer(rf"{re.escape(key)}\s*:", text)]
        line = text.count("\n", 0, places[1]) + 1 if len(places) == 2 else 0
        return None, [Problem(path, line, f"`{error.key}` is written twice in one object", "delete one of them")]
    except RecursionError:
        return None, [Problem(path, 0, "the data is nested too deeply", "write it flatter")]
    except UnicodeEncodeError as error:
        bad = error.object[error.start]
        line = text[: place].count("\n") + 1 if (place := text.lower().find(f"\\u{ord(bad):x}")) >= 0 else 0
        return None, [Problem(path, line, f"`\\u{ord(bad):x}` is half of a character", "write the character itself")]
    except (ValueError, TypeError) as error:
        return None, [Problem(path, 0, f"the data cannot be read: {error}", "use texts, numbers, lists and tables")]


class _RepeatedKeyError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedKeyError(next(name for name in names if names.count(name) > 1))
    return found


def _plain(value: object) -> str:
    if isinstance(value, datetime) or hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"{type(value).__name__} is not data")
