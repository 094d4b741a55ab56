"""Which function writes each kind of page that has no template."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slugline.pages.machine.feeds import FEEDS, feed_style
from slugline.pages.page import Route
from slugline.pages.views import Scope

__all__ = ["WRITERS"]

WRITERS: Mapping[str, Callable[[Route, Scope], bytes]] = {
    **FEEDS,
    "feedstyle": feed_style,
}
