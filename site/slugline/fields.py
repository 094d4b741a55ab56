"""Front matter, field by field: typed reads that gather every problem with its line and its mend.

Longer than others: one short method for each form of value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from slugline.content import key_line
from slugline.errors import Problem, did_you_mean
from slugline.markup.errors import MarkdownError
from slugline.markup.inline_text import InlineText, has_marks, inline_text
from slugline.markup.links import LOCAL_PATH, content_reference, is_local_path
from slugline.model import Correction, Credit, Image
from slugline.moments import MOMENT_HINT, Moment, MomentError, read_moment
from slugline.urls import MAX_NAME, fits, label_signs, label_slug, slug_or_name, slugify, spelt_out
from slugline.written import as_written

__all__ = ["Fields"]

_FOCUS = re.compile(r"(?:100|\d{1,2})% (?:100|\d{1,2})%")
_SEVERAL = re.compile(r"[,;]\s*")
_PLURAL = frozenset(("tags", "aliases"))
_PLAIN_ITEM = re.compile(r"[^\W_][^,:#\[\]{}\"']*|/[\w/.-]+")
_LARGE = 10**9
# Keys of one file that are compared with the known ones, which takes long: no person writes more.
_MANY = 200
_PICTURE = ("src", "alt", "caption", "credit", "focus")
_ONLY_TEXTS = frozenset((str,))
_PRESENT = frozenset(("now", "today"))
_SHORT_DATE = len("2026-01-01")
_SHORT = MAX_NAME // 4
"""Characters; file systems hold every name of so few, whatever they are."""


def _on_one_line(text: str) -> str:
    # What is printable holds no white space but spaces: nearly always there is nothing to mend.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def _as_list(text: str) -> str:
    """The items that a text with commas names, as a list of YAML."""
    items = [item.strip() for item in _SEVERAL.split(text) if item.strip()]
    return f"[{', '.join(item if _PLAIN_ITEM.fullmatch(item) else json.dumps(item, ensure_ascii=False) for item in items)}]"


class Fields:
    """The front matter of one file, read field by field; what is wrong gathers in :attr:`problems`."""

    def __init__(self, path: str, data: Mapping[str, Any], front: str) -> None:
        self.path = path
        self.data = data
        self.front = front
        self.problems: list[Problem] = []
        self.read: set[str] = set()

    def wrong(self, key: str, message: str, hint: str = "", *, severity: Any = "error") -> None:
        """Note a problem on the line of a key."""
        line = key_line(self.front, key) if ":" in key else self._lines.get(key, 1)
        self.problems.append(Problem(self.path, line, message, hint, severity))

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The line of each top-level key: what :func:`key_line` finds, for as many problems as there may be."""
        numbered = list(enumerate(self.front.split("\n"), 2))
        return {line.partition(":")[0].rstrip(): number for number, line in reversed(numbered) if ":" in line}

    def get(self, key: str) -> Any:
        """The value as it is; None if it is missing or empty."""
        self.read.add(key)
        value = self.data.get(key)
        return None if value == "" else value

    def text(self, key: str, *, required: bool = False) -> str:
        """A text on one line. A number is taken as it is written, true and false are a mistake."""
        value = self.get(key)
        if value is None:
            if required:
                self.wrong(key, f"`{key}` is missing", f"add a line `{key}: …` to the front matter")
            return ""
        if isinstance(value, str):
            text = _on_one_line(value)
            if required and not text:
                self.wrong(key, f"`{key}` is empty", f"write it after `{key}:`")
            return text
        if isinstance(value, bool):
            self.wrong(key, f"`{key}` is {str(value).lower()}, not a text", "put it in quotes")
            return ""
        if isinstance(value, int | float):
            return as_written(value)
        self.wrong(key, f"`{key}` must be a text", f"write `{key}: …` on one line")
        return ""

    def inline(self, key: str) -> InlineText:
        """A text on one line with inline Markdown."""
        return self._inline(key, self.text(key))

    def _inline(self, key: str, text: str) -> InlineText:
        if not has_marks(text):
            return InlineText(text)
        folder = self.path.partition("/")[2].rpartition("/")[0]
        try:
            found = inline_text(text, lambda target: content_reference(target, folder))
        except MarkdownError as error:
            self.wrong(key, f"`{key}`: {error.message}", error.hint)
            return InlineText(text)
        for target in filter(is_local_path, found.links):
            self.wrong(key, LOCAL_PATH.format(target), "link to a page, or to a file beside the text", severity="warning")
        return found

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, f"`{key}` must be true or false, not `{value}`", f"write `{key}: true` or `{key}: false`")
            return default
        return value

    def number(self, key: str, default: int = 0) -> int:
        """A whole number."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(key, f"`{key}` must be a whole number, not `{value}`", f"write `{key}: 1`")
            return default
        if abs(value) >= _LARGE:
            self.wrong(key, f"`{key}: {as_written(value)[:20]}…` is out of all proportion", f"write `{key}: 1`")
            return default
        return int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = self.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            if key in _PLURAL and _SEVERAL.search(value):
                message = f"`{key}` holds one text with commas, not a list"
                self.wrong(key, message, self._list_hint(key, value))
                return ()
            return (value.strip(),) if value.strip() else ()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return (as_written(value),)
        if isinstance(value, list) and _ONLY_TEXTS.issuperset(map(type, value)):
            return tuple(text for item in value if (text := _on_one_line(item)))
        if not isinstance(value, list) or any(isinstance(item, dict | list | bool) or item is None for item in value):
            self.wrong(key, f"`{key}` must be a list of texts", f"write `{key}: [one, two]`")
            return ()
        return tuple(" ".join(as_written(item).split()) for item in value if as_written(item).strip())

    def _list_hint(self, key: str, value: str) -> str:
        one = json.dumps(_on_one_line(value), ensure_ascii=False)
        return f"write `{key}: {_as_list(value)}`, or `{key}: [{one}]` if it is one"

    def moment(self, key: str, zone: ZoneInfo, *, required: bool = False) -> Moment | None:
        """A moment; see :func:`read_moment`."""
        value = self.get(key)
        if value is None:
            if required:
                self.wrong(key, f"`{key}` is missing", f"add a line `{key}: …`; {MOMENT_HINT}")
            return None
        if isinstance(value, str) and len(value) < _SHORT_DATE and value.strip().lower() in _PRESENT:
            hint = "write the moment itself; `slugline publish-now STORY` does, and makes it no draft"
            self.wrong(key, f"`{key}: {value}` would be another moment in every build", hint)
            return None
        try:
            return read_moment(value, zone)
        except MomentError as error:
            self.wrong(key, f"`{key}: {value}` is not a date that exists: {error}", error.hint)
            return None

    def slug(self, key: str, default: str) -> str:
        """A slug; one that is not is a mistake rather than silently another."""
        text = self.text(key) or default
        if text and slugify(text) != text:
            better = slugify(text)
            self.wrong(key, f"`{key}: {text}` cannot be part of an address", f"write `{key}: {better}`" if better else "")
            return better
        if len(text) > _SHORT:
            self._check_length(key, text, text)
        return text

    def _check_length(self, key: str, written: str, slug: str) -> None:
        """Note a name whose address no file system holds."""
        if not fits(slug):
            shown = f"{written[:40]}…"
            size = len(slug.encode())
            message = f"`{shown}` in `{key}` makes a part of an address of {size} bytes; file systems hold {MAX_NAME}"
            hint = "write a list, one name each" if key in ("authors", "tags") else "write fewer words"
            self.wrong(key, message, hint)

    def credits(self, key: str = "authors") -> tuple[Credit, ...]:
        """The names of the byline: slugs, plain names, or mappings of ``author`` (or ``name``) and ``role``."""
        value = self.get(key)
        if value is None:
            return ()
        if isinstance(value, str) and _SEVERAL.search(value):
            self.wrong(key, f"`{key}` holds one name with a comma", self._list_hint(key, value), severity="warning")
        found: dict[str, Credit] = {}
        for item in value if isinstance(value, list) else [value]:
            name, role = item, ""
            if isinstance(item, dict):
                name, role = item.get("author") or item.get("name"), item.get("role") or ""
                unknown = sorted(str(other) for other in set(item) - {"author", "name", "role"})
                if unknown:
                    hint = did_you_mean(unknown[0], ("author", "name", "role")) or "an author has `author` and `role`"
                    self.wrong(key, f"unknown key `{unknown[0]}` in `{key}`", hint)
            if not isinstance(name, str) or not name.strip() or not isinstance(role, str):
                self.wrong(key, f"`{key}` holds something that is no name", f"write `{key}: [jane-doe, John Roe]`")
                continue
            written = _on_one_line(name)
            slug, plain = slug_or_name(written)
            if not slug:
                self.wrong(key, f"`{name}` in `{key}` has no letter to make an address of", "write a name")
                continue
            if slug in found:
                self.wrong(key, f"`{name}` is named twice in `{key}`", "name each author once")
                continue
            if len(slug) > _SHORT:
                self._check_length(key, written, slug)
            found[slug] = Credit(slug, _on_one_line(role), written if plain else "")
        return tuple(found.values())

    def labels(self, key: str, *, spell: bool) -> tuple[tuple[str, str], ...]:
        """Texts with the slug that each is listed under; a label that repeats another's slug is dropped.

        ``spell``: see :func:`~slugline.urls.label_slug`.
        """
        found: dict[str, str] = {}
        for label in self.texts(key):
            slug = label_slug(label, spell=True) if spell and ("+" in label or "#" in label) else slugify(label)
            if not slug:
                self.wrong(key, f"`{label}` in `{key}` has no letter to make an address of", "write a word")
            if len(slug) > _SHORT:
                self._check_length(key, label, slug)
            first = found.setdefault(slug, label)
            if first != label and label_signs(first, spell=spell) != label_signs(label, spell=spell):
                hint = f"write a file for it, with `title: {label}`, and its name here: `{spelt_out(label)}`"
                self.wrong(key, f"`{first}` and `{label}` in `{key}` would have one address, `{slug}`", hint)
        found.pop("", None)
        return tuple(found.items())

    def image(self, key: str, resolve: Any) -> Image | None:
        """A picture: its path, or a mapping of ``src``, ``alt``, ``caption``, ``credit``, ``focus``.

        ``resolve`` makes a path below the content folder of a path beside the file.
        """
        value = self.get(key)
        if value is None:
            return None
        source = value.get("src") if isinstance(value, dict) else value
        if isinstance(source, str) and is_local_path(source):
            self.wrong(key, LOCAL_PATH.format(source), "put the picture beside the text: `image: dam.jpg`", severity="warning")
        if isinstance(value, str):
            return Image(resolve(value))
        if not isinstance(value, dict) or not isinstance(value.get("src"), str) or not value["src"].strip():
            self.wrong(key, f"`{key}` names no picture", f"write `{key}: {{src: photo.jpg, alt: …, credit: …}}`")
            return None
        parts: dict[str, str] = {}
        for name, part in value.items():
            if name not in _PICTURE:
                hint = did_you_mean(str(name), _PICTURE) or f"a picture has {', '.join(_PICTURE)}"
                self.wrong(key, f"unknown key `{name}` in `{key}`", hint)
            elif part is not None:
                parts[name] = " ".join(as_written(part).split())
        focus = parts.get("focus", "")
        if focus and not _FOCUS.fullmatch(focus):
            hint = "write how far from the left and from the top it is: `focus: 30% 45%`"
            self.wrong(key, f"`focus: {focus}` of `{key}` is no place in the picture", hint)
        image = Image(resolve(parts.pop("src")), **parts)
        caption, credit = self._inline(key, image.caption), self._inline(key, image.credit)
        words = {"caption": caption.text, "credit": credit.text}
        return image._replace(**words, caption_html=caption.html, credit_html=credit.html)

    def corrections(self, key: str, zone: ZoneInfo) -> tuple[Correction, ...]:
        """Corrections, each a mapping of ``date`` and ``text``; in the order of their dates."""
        value = self.get(key)
        if value is None:
            return ()
        found: list[tuple[str, Correction]] = []
        for item in value if isinstance(value, list) else [value]:
            text = item.get("text") if isinstance(item, dict) else None
            if not isinstance(item, dict) or not isinstance(text, str) or not text.strip() or set(item) - {"date", "text"}:
                hint = f"write `{key}:` and below it `  - {{date: 2026-01-24, text: …}}`"
                self.wrong(key, f"`{key}` must be a list of dates and texts", hint)
                continue
            try:
                moment = read_moment(item.get("date"), zone)
            except MomentError as error:
                when = item.get("date")
                wrong = f"a correction's `date: {when}` is not a date that exists: {error}"
                self.wrong(key, "a correction has no date" if when is None else wrong, error.hint)
                continue
            words = self._inline(key, " ".join(text.split()))
            found.append((moment.sort, Correction(moment.iso, words.text, words.html)))
        return tuple(correction for _, correction in sorted(found))

    def links(self, key: str) -> tuple[tuple[str, str], ...]:
        """Links as a mapping of label to address."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, dict) or any(not isinstance(url, str) for url in value.values()):
            self.wrong(key, f"`{key}` must map labels to addresses", f"write `{key}: {{Website: https://…}}`")
            return ()
        for url in value.values():
            if not url.startswith(("https://", "http://", "mailto:", "/")):
                self.wrong(key, f"`{url}` in `{key}` is not an address", "begin it with https://")
        return tuple((as_written(label), url) for label, url in value.items())

    def misspelt(self, keys: Sequence[str], known: Iterable[str]) -> None:
        """Report keys that no field has read, where they look like misspelt ones or like the text of the story."""
        self._refuse_paragraphs(keys)
        names = sorted(known)
        for key in keys[:_MANY]:
            if hint := did_you_mean(key, names):
                self.wrong(key, f"unknown key `{key}`", hint, severity="warning")

    def _refuse_paragraphs(self, keys: Iterable[str]) -> None:
        """Report keys that are the beginning of a paragraph: to YAML a paragraph with a colon in it is one."""
        lines = self.front.split("\n")
        for key in keys:
            words, place = len(key.split()), self._lines.get(key, 2) - 2
            after_blank = place > 0 and not lines[place - 1].strip()
            if words > 3 or (after_blank and (words > 1 or not key[:1].islower())):
                hint = "put a line of `---` above it"
                if words <= 3:
                    hint += ", or delete the blank line if it is a key"
                self.wrong(key, "this line is in the front matter and reads as the text of the story", hint)
