"""Pictures: what they show, their captions and credited_to, and the figures and groups that Markdown makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from slugline.importing.escaping import as_inline
from slugline.importing.markdown.addresses import address, image_source, is_picture, written
from slugline.importing.markdown.model import Element, FoundImage, Work
from slugline.importing.markdown.trees import text_of
from slugline.importing.markdown.walking import Run
from slugline.importing.photos import credited
from slugline.importing.remote import PICTURE, is_remote
from slugline.importing.rules import load_rules
from slugline.importing.units import ends_sentence
from slugline.markup.inline_text import escape_inline

__all__ = ["caption_of", "distinct", "figure_line", "is_ornament", "picture", "together"]

_CREDIT = re.compile(
    r"credit|copyright|photographer|image-source|img-source|photo-by|attribution|byline|(?:media|image|photo)-author",
    re.IGNORECASE,
)
_PLACEHOLDER = 200
"""Characters: a shorter picture in an address only keeps the place of one that a script would load."""

_EMOJI = re.compile(r"(?:^|[\s-])(?:emoji|wp-smiley|smiley|twemoji)(?:$|[\s-])")
_CREDIT_PROPERTIES = frozenset({"copyrightHolder", "creditText", "author", "creator", "copyrightNotice"})
_TITLE_SIGNS = re.compile(r"[&<>\"`\\*_{}\[\]^~]")


def is_ornament(element: Element) -> str | None:
    """The text that stands for a picture which is none: an emoji, or nothing for a counting pixel; None for a picture."""
    alt = (element.get("alt") or "").strip()
    if _EMOJI.search(element.get("class") or "") and len(alt) < 12:
        return "" if any(char.isalnum() for char in alt) else alt
    sizes = [element.get(name) or "" for name in ("width", "height")]
    if any(size.strip().removesuffix("px") in ("0", "1", "2") for size in sizes):
        return ""
    return None


def picture(element: Element, work: Work, *, caption: str = "", credit: str = "", href: str = "") -> str:
    """The Markdown of one picture, a link if it did not come along; empty, with a warning, where it has no address to keep."""
    source = image_source(element)
    alt = " ".join((element.get("alt") or "").split())
    if not source:
        return ""
    if source.lower().startswith("data:"):
        if len(source) < _PLACEHOLDER:
            return ""
        work.warn(element, f"a picture that is written into the page itself is left out{_called(alt)}")
        return ""
    target = address(source, work.base)
    given = work.image(target or source) if work.image else None
    if given is None and (not target or target.startswith("/")):
        # Without a base; in Markdown, a path from the root is one below the content folder.
        work.warn(element, f"the picture `{source[:160]}` is left out: its address leads nowhere without that of its page")
        return ""
    found = FoundImage(target or source, alt, caption, credit)
    if all(known.src != found.src for known in work.images):
        work.images.append(found)
    linked = "" if work.plain or not href or is_picture(href) or href == target else href
    if given is None and work.image and is_remote(target):
        return _link_to(target, work, caption=caption, alt=alt, credit=credit, href=linked)
    title = f' "{_quoted(caption)}"' if caption else ""
    markdown = f"![{_quoted(alt)}]({written(given or target)}{title})"
    if credit:
        markdown += _listed(credit)
    return f"[{markdown}]({written(linked)})" if linked else markdown


def _link_to(target: str, work: Work, *, caption: str, alt: str, credit: str, href: str) -> str:
    """A picture that did not come along: a link to it, its credit behind, and the link that was around it."""
    label = caption or alt or PICTURE
    if not caption:
        work.added.append(label)
    made = f"[{as_inline(label, brackets=True, paired='~^')}]({written(target)})"
    if credit:
        made += f" ({as_inline(credit, brackets=True, paired='~^')})"
    if href:
        work.added.append("Link")
        made += f" [Link]({written(href)})"
    work.linked[target] = None
    return made


def figure_line(images: Iterable[Run], work: Work, *, caption: str = "", credit: str = "") -> str:
    """A paragraph of nothing but pictures; the caption goes to the last."""
    shown = distinct(list(images))
    lines: list[str] = []
    for place, run in enumerate(shown):
        last = place == len(shown) - 1
        made = picture(run.element, work, caption=caption if last else "", credit=credit if last else "", href=run.href)
        if made:
            lines.append(made)
        elif last and lines and (caption or credit):
            return ""
    return together(lines)


def together(made: Iterable[str]) -> str:
    """Pictures side by side as one group; a link that stands for one is a paragraph of its own, or the others were no group."""
    found: list[str] = []
    for one in filter(None, made):
        shown = one.startswith(("![", "[!["))
        if found and shown and found[-1].startswith(("![", "[![")):
            found[-1] += f" {one}"
        else:
            found.append(one)
    return "\n\n".join(found)


def distinct(images: list[Run]) -> list[Run]:
    """Pictures without those that a loader shows a second time."""
    kept: dict[str, Run] = {}
    for run in images:
        source = image_source(run.element)
        if len(images) == 1 or (source and len(source) >= _PLACEHOLDER) or not source.startswith("data:"):
            kept.setdefault(source, run)
    return list(kept.values())


def caption_of(element: Element, work: Work) -> tuple[str, str]:
    """The words of a caption and of the credit in it."""
    credited_to: list[str] = []
    for inner in list(element.iter()):
        if inner is element or not isinstance(inner.tag, str) or inner.getparent() is None:
            continue
        if _CREDIT.search(inner.get("class") or "") or inner.get("itemprop") in _CREDIT_PROPERTIES:
            if any(around.get("data-credit") for around in inner.iterancestors()):
                continue
            inner.set("data-credit", "1")
            credited_to.append(text_of(inner))
    for link in element.iter("a"):
        if (target := address(link.get("href") or "", work.base)) and not is_picture(target) and not target.startswith("#"):
            work.told[f"a caption's link to {target[:200]} is not kept; captions are plain text"] = None
    caption = text_of(element, without="data-credit")
    if not credited_to and caption:
        return _parted(caption)
    return caption, " ".join(credit for credit in credited_to if credit)


def _parted(text: str) -> tuple[str, str]:
    """A caption whose end names the photographer, parted there; its label ("Photo:") stays with the credit."""
    rules = load_rules()
    label = rules.label(text)
    if label and "credit" in label.kinds and label.value and len(text) < 80 and not ends_sentence(text):
        return "", text
    found = credited(text, rules)
    if not found or not text.startswith(found.caption):
        return text, ""
    return found.caption, text[len(found.caption) :].strip(" ([|/—–-)]")


def _called(alt: str) -> str:
    return f" (`{alt[:80]}`)" if alt else ""


def _quoted(text: str) -> str:
    return _TITLE_SIGNS.sub(lambda found: f"&#{ord(found[0])};", text)


def _listed(credit: str) -> str:
    """The attribute list that carries a credit, as both engines read it."""
    credit = credit.replace("{", "(").replace("}", ")").replace("<", "‹").replace(">", "›")
    credit = escape_inline(credit.replace("\\", "/").replace("`", "'"))
    mark = '"' if '"' not in credit else "'"
    if mark in credit:
        credit = credit.replace('"', "”")
        mark = '"'
    return f"{{credit={mark}{credit}{mark}}}"
