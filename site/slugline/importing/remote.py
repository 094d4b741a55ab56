"""Pictures that did not come along.

A page asks nothing of third parties, so each of them is a link, and a person is told how to bring it in.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["MEND", "PICTURE", "in_front", "is_remote", "told_of", "told_of_lead"]


MEND = "if it is yours to publish, put the file beside the story and name it there"
"""How to bring in a picture that is none of the old site's own files."""


PICTURE = "Picture"
"""What a link to a picture without a caption says: never its file's name."""


def is_remote(address: str) -> bool:
    """Whether a reader's browser would have to ask another server for a picture at this address."""
    return address.lower().startswith(("https://", "http://", "//"))


def told_of(addresses: Sequence[str]) -> str:
    """The warning about pictures of one story, each of them a link now; empty if there are none."""
    if not addresses:
        return ""
    if len(addresses) == 1:
        return f"a picture did not come along, and is now a link to {addresses[0][:160]}"
    return f"{len(addresses)} pictures did not come along, and are now links, the first to {addresses[0][:160]}"


def in_front(image: dict[str, str]) -> dict[str, object]:
    """The front matter of a lead picture; where it did not come along, its words and its address wait in ``photos``."""
    if not is_remote(image.get("src", "")):
        return {"image": image}
    return {"photos": [{**{key: value for key, value in image.items() if key != "src"}, "address": image["src"]}]}


def told_of_lead(address: str) -> str:
    """The warning about a lead picture that did not come along."""
    return f"the picture over the story did not come along, and is not shown; its address waits in `photos`: {address[:160]}"
