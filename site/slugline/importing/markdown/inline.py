"""Runs → one line of Markdown: emphasis, links, code, breaks, footnote marks, and HTML where Markdown has no sign.

The line is built from flat runs and not from the nesting of tags, so that `<b>a</b><b>b</b>`, blanks inside of tags and
tags that cross each other come out as what a reader sees of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from slugline.importing.escaping import as_entities, as_inline, opened
from slugline.importing.markdown.addresses import written
from slugline.importing.markdown.model import Work
from slugline.importing.markdown.walking import Run

__all__ = ["line", "split_at_breaks"]

_SPACES = re.compile(r"[ \t\n\r\f]+")
_TAGS = ("del", "ins", "mark", "u", "bdi", "sub", "sup", "kbd")
_LINKISH = re.compile(r"\](?:[(\[:]|\s?\[)|\[[\^\[\]]|\[[ xX]\]")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_UNDERLINE = re.compile(r"\s*(?:[=:|]|-+\s*$)")


class _Span(NamedTuple):
    """Neighbouring runs with the same strength and link: what is between them, and whether it can be emphasised."""

    text: str
    strong: bool
    em: bool


def line(runs: Sequence[Run], work: Work, *, cell: bool = False, heading: bool = False) -> str:
    """Runs as Markdown that stands on one line, or on several where the text has line breaks.

    Args:
        runs: without pictures.
        work: see the type.
        cell: of a table, where a line cannot end.
        heading: where a break is only a space.
    """
    runs = _collapsed([Run("text", " ") if run.kind == "break" and heading else run for run in runs])
    if not runs:
        return ""
    plain = "".join(run.text for run in runs if run.kind == "text")
    if len(runs) == 1 and not cell and _ADDRESS.fullmatch(plain) and "code" not in runs[0].marks and not work.plain:
        return f"<{plain}>" if runs[0].href in ("", plain) else _linked(runs[0].href, runs, work, _Signs(plain, True), " ")
    linked = any(run.href or run.kind == "note" for run in runs)
    signs = _Signs(plain, linked or _LINKISH.search(plain) is not None)
    lines = [_spans(part, work, signs) for part in _parts(runs)]
    if cell:
        return (" <br> " if not work.raw_html else "<br>").join(text.replace("|", "&#124;") for text in lines)
    if heading:
        return " ".join(lines)
    lines = [opened(text) for text in lines]
    if len(lines) > 1 and any(_UNDERLINE.match(text) for text in lines[1:]):
        return "<br>".join(lines) if work.raw_html else " ".join(lines)
    return "  \n".join(lines)


def split_at_breaks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Paragraphs that two line breaks in a row part."""
    part: list[Run] = []
    breaks: list[Run] = []
    for run in runs:
        if run.kind == "break" or (run.kind == "text" and not run.text.strip() and breaks):
            breaks.append(run)
        else:
            if sum(one.kind == "break" for one in breaks) > 1:
                yield part
                part = []
            elif part:
                part.extend(breaks)
            breaks = []
            part.append(run)
    if part:
        yield part


class _Signs(NamedTuple):
    text: str
    brackets: bool

    @property
    def paired(self) -> str:
        return "".join(mark for mark in "~^" if self.text.count(mark) > 1)

    def escaped(self, text: str, work: Work) -> str:
        return as_entities(text) if work.plain else as_inline(text, brackets=self.brackets, paired=self.paired)


def _collapsed(runs: Sequence[Run]) -> list[Run]:
    """Runs with single spaces, none at the ends or beside a break; neighbours of one kind joined."""
    found: list[Run] = []
    space = True
    for run in runs:
        if run.kind == "break":
            found.append(run)
            space = True
            continue
        if run.kind != "text":
            found.append(run)
            space = False
            continue
        text = _SPACES.sub(" ", run.text)
        if space:
            text = text.lstrip(" ")
        if not text:
            continue
        space = text.endswith(" ")
        last = found[-1] if found else None
        if last is not None and last.kind == "text" and last[2:] == run[2:]:
            found[-1] = last._replace(text=last.text + text)
        else:
            found.append(run._replace(text=text))
    for place, run in enumerate(found):
        at_end = place + 1 == len(found) or found[place + 1].kind == "break"
        if run.kind == "text" and at_end:
            found[place] = run._replace(text=run.text.rstrip(" "))
    found = [run for run in found if run.kind != "text" or run.text]
    while found and found[-1].kind == "break":
        found.pop()
    while found and found[0].kind == "break":
        found.pop(0)
    return found


def _parts(runs: Sequence[Run]) -> Iterator[list[Run]]:
    for is_break, group in groupby(runs, key=lambda run: run.kind == "break"):
        if not is_break:
            yield list(group)


def _spans(runs: Sequence[Run], work: Work, signs: _Signs) -> str:
    """One line's runs."""
    written_so_far = ""
    for href, group in groupby(runs, key=lambda run: "" if work.plain else run.href):
        part = list(group)
        if href:
            lead, tail = _edges(part)
            if lead and written_so_far:
                written_so_far += " "
            if written_so_far.endswith("!"):
                written_so_far = f"{written_so_far[:-1]}\\!"
            written_so_far += _linked(href, _stripped(part), work, signs, "") + (" " if tail else "")
        else:
            written_so_far += _emphasised(part, work, signs, written_so_far)
    return written_so_far.strip(" ")


def _linked(href: str, runs: Sequence[Run], work: Work, signs: _Signs, before: str) -> str:
    inner = _emphasised(runs, work, signs._replace(brackets=True), before or "[").strip(" ")
    return f"[{inner}]({written(href)})" if inner else ""


def _edges(runs: Sequence[Run]) -> tuple[bool, bool]:
    first, last = runs[0], runs[-1]
    return first.kind == "text" and first.text[:1] == " ", last.kind == "text" and last.text[-1:] == " "


def _stripped(runs: list[Run]) -> list[Run]:
    if runs[0].kind == "text":
        runs[0] = runs[0]._replace(text=runs[0].text.lstrip(" "))
    if runs[-1].kind == "text":
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip(" "))
    return runs


def _emphasised(runs: Sequence[Run], work: Work, signs: _Signs, before: str) -> str:
    """Runs of one link or of none; ``before`` is what stands before them on the line."""
    out = ""
    spans: list[_Span] = []
    for key, group in groupby(runs, key=lambda run: ("strong" in run.marks, "em" in run.marks) if run.kind == "text" else None):
        strong, em = key if key is not None and not work.plain else (False, False)
        spans.append(_Span("".join(_marked(run, work, signs) for run in group), strong, em))
    for place, span in enumerate(spans):
        core = span.text.strip(" ")
        lead = " " if span.text[:1] == " " and core else ""
        tail = " " if span.text[-1:] == " " and core else ""
        if not core or not (span.strong or span.em):
            out += span.text
        else:
            sign = "*" * (2 * span.strong + span.em)
            left = lead or (before + out)[-1:]
            after = spans[place + 1] if place + 1 < len(spans) else None
            right = tail or (after.text[:1] if after else "")
            if after and not tail and (after.strong or after.em) and not right.isspace():
                right = "*"
            if _flanked(left, core, right):
                out += f"{lead}{sign}{core}{sign}{tail}"
            elif work.raw_html:
                open_, close = _html(span)
                out += f"{lead}{open_}{core}{close}{tail}"
            else:
                out += span.text
    return out


def _flanked(left: str, core: str, right: str) -> bool:
    """Whether both engines would read signs around ``core`` as emphasis."""
    if left.endswith("*") or right.startswith("*") or core.endswith("\\"):
        return False
    if not core[0].isalnum() and (left[-1:].isalnum() or left[-1:] == ";"):
        return False
    return core[-1].isalnum() or not right[:1].isalnum()


def _html(span: _Span) -> tuple[str, str]:
    tags = [tag for tag, is_on in (("strong", span.strong), ("em", span.em)) if is_on]
    return "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))


def _marked(run: Run, work: Work, signs: _Signs) -> str:
    """A run's text, in its marks other than strength and emphasis."""
    if run.kind == "note":
        return f"[^{run.text}]"
    if work.plain:
        return signs.escaped(run.text, work)
    core = run.text.strip(" ")
    if not core:
        return run.text
    text = _code(core, work) if "code" in run.marks else signs.escaped(core, work)
    tags = [tag for tag in _TAGS if tag in run.marks]
    if tags and not work.raw_html:
        work.count("1 piece of marked-up text made plain", "{} pieces of marked-up text made plain")
        tags = []
    text = "".join(f"<{tag}>" for tag in tags) + text + "".join(f"</{tag}>" for tag in reversed(tags))
    if run.title and work.raw_html:
        text = f'<abbr title="{as_entities(run.title)}">{text}</abbr>'
    lead, tail = run.text[: len(run.text) - len(run.text.lstrip(" "))], run.text[len(run.text.rstrip(" ")) :]
    return f"{lead}{text}{tail}"


def _code(text: str, work: Work) -> str:
    if not any(sign in text for sign in "`|*_\\<&[]{}!") or ("`" not in text and "|" not in text and "\\" not in text):
        return f"`{text}`"
    return f"<code>{as_entities(text)}</code>" if work.raw_html else as_entities(text)
