"""Importing: what a newsroom arrives with → Markdown with front matter, with nothing lost and nothing invented.

:func:`run_import` is the whole of it for a caller; the rest is how. See docs/importing.md for what editors see, and
:mod:`slugline.importing.model` for the values that a further format has to make.
"""

from slugline.importing.model import Comment, Imported, Item, Media, Noted, Part, Person, Photo, Refused, Stated
from slugline.importing.page import to_html
from slugline.importing.report import ImportReport, Outcome
from slugline.importing.run import import_into, run_import
from slugline.importing.settings import ImportSettings, import_settings, settings_problems

__all__ = [
    "Comment",
    "ImportReport",
    "ImportSettings",
    "Imported",
    "Item",
    "Media",
    "Noted",
    "Outcome",
    "Part",
    "Person",
    "Photo",
    "Refused",
    "Stated",
    "import_into",
    "import_settings",
    "run_import",
    "settings_problems",
    "to_html",
]
