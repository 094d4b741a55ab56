"""A month of an archive, as templates see it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from slugline.catalog.queries import Months
from slugline.pages.render_context import RenderContext
from slugline.urls import archive_url

__all__ = ["MonthView", "month_view", "month_views"]


class MonthView(NamedTuple):
    """A month of an archive: its address, its name ``2026-01``, its first moment."""

    url: str
    month: str
    date: datetime


def month_view(context: RenderContext, name: str, month: str) -> MonthView:
    """A month of a list ("" or "section:world")."""
    return MonthView(context.site.href(archive_url(name, month)), month, context.first_moment(month))


def month_views(context: RenderContext, name: str) -> tuple[MonthView, ...]:
    """The months of a list, newest first."""
    return tuple(month_view(context, name, month) for month in context.ask(Months(name)))
