"""The front matter of a page's story, and the picture in it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from slugline.importing.html.saved import SavedFiles
from slugline.importing.html.saying import Saying
from slugline.importing.markdown import Converted
from slugline.importing.markdown.model import Element
from slugline.importing.markdown.trees import text_of
from slugline.importing.places import old_address
from slugline.importing.remote import is_remote, told_of, told_of_lead
from slugline.importing.rules import headline_key
from slugline.importing.settings import ImportSettings

__all__ = ["front_matter", "lead_picture", "remote_pictures"]


def front_matter(
    sayings: Sequence[Saying],
    story: Element,
    title: str,
    dek: str,
    language: str,
    address: str,
    tags: Sequence[str],
    sections: Sequence[str],
    settings: ImportSettings,
) -> dict[str, object]:
    """Front matter beside the headline, the dates and the authors; a description that the page shows itself is none."""
    description = next((saying.description for saying in sayings if saying.description), "")
    shown = headline_key(text_of(story))
    start = headline_key(description.rstrip(" .…"))[:80]
    known = {headline_key(name) for name in sections}
    found: dict[str, object] = {
        "dek": dek,
        "summary": description
        if start and not any(start in text for text in (shown, *map(headline_key, (dek, title))))
        else "",
        "tags": [tag for tag in dict.fromkeys(tags) if headline_key(tag) not in known],
        "lang": language if language and language[:2].lower() != settings.language[:2].lower() else "",
        "aliases": [alias] if (alias := old_address(urlsplit(address).path)) else [],
    }
    return {key: value for key, value in found.items() if value}


def lead_picture(
    lead: dict[str, str], converted: Converted, files: SavedFiles, base: str, problems: list[tuple[int, str]]
) -> dict[str, str]:
    """The picture for the front matter: its file if it was saved, else its address; none if the story shows it."""
    if not lead:
        return {}
    source = lead["src"]
    token = files.token(source, int(lead.get("line") or 0))
    given = files.place_of(token) if token else None
    if given is None:
        source = urljoin(base, source) if base else source
        if not source.startswith(("https://", "http://")):
            what = f"the picture `{source[:160]}` was not saved with the page, and is left out"
            problems.append((int(lead.get("line") or 0), what))
            return {}
        given = source
    shown = {_stem(image.src) for image in converted.images}
    if _stem(token or source) in shown:
        return {}
    lead = {"src": given, **{key: lead.get(key, "") for key in ("alt", "caption", "credit")}}
    return {key: value for key, value in lead.items() if value}


def _stem(address: str) -> str:
    """A picture's name without its size and extension: the same picture in another size is the same."""
    name = os.path.splitext(urlsplit(address).path.rsplit("/", 1)[-1])[0]
    return re.sub(r"(?:-\d{2,4}x\d{2,4}|-scaled|@2x)$", "", name)


def remote_pictures(converted: Converted, image: dict[str, str]) -> list[tuple[int, str]]:
    """What is to be said of pictures that were not saved with the page: (line, what)."""
    told = [told_of(converted.linked)] if converted.linked else []
    if is_remote(image.get("src", "")):
        told.append(told_of_lead(image["src"]))
    return [(0, f"{what}; save the page with its pictures, and import it again") for what in told]
