"""Tags whose signs make them another word than their slug says: each gets a file, and stories name it by its slug.

``C++`` and ``C`` have one slug, and a build refuses two topics at one address.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from slugline.content import dump
from slugline.files import write_atomic
from slugline.urls import label_signs, spelt_out

__all__ = ["describe_tags", "slug_of_tag"]


def slug_of_tag(label: str) -> str:
    """A tag as front matter names it: the label, or the slug of its file."""
    return spelt_out(label) if label_signs(label) else label


def describe_tags(labels: Iterable[str], content: str) -> None:
    """Write the files of such tags, where there are none."""
    for label in labels:
        place = os.path.join(content, "tags", f"{spelt_out(label)}.md")
        if label_signs(label) and not os.path.exists(place):
            write_atomic(place, dump({"title": label}, "").encode())
