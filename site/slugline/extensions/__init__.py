"""What a publication adds to Slugline in Python: files in its ``extensions/`` folder that use these decorators.

>>> from slugline.extensions import filter, test, query, output, shortcode, pages, check, importer

``@filter`` and ``@test`` give templates a word of their own (``{{ story.title|shout }}``, ``{% if card is fresh %}``);
their functions are pure: what they return depends on what they are given and on nothing else. ``@query`` names a question to
the catalog (``query.longest(5)``), ``@output`` a file of the site (``/latest.json``), ``@shortcode`` a word of texts
(``::weather[Leeds]``), ``@pages`` pages of any kind, ``@check`` something to look at before publishing, ``@importer`` a format
that can be imported. Functions that ask the catalog are handed a :class:`Paper`, so that what they asked is known and nothing
is rendered in vain.

declaring.py   the decorators
packages.py    installed packages that the settings name
loading.py     files → what they register, each with the file that it is from
shortcodes.py  what the parameters of a shortcode's function say
paper.py       what functions ask
"""

from slugline.extensions.declaring import Page, check, filter, importer, output, pages, query, shortcode, test  # noqa: A004  # the words that templates have for them
from slugline.extensions.paper import Paper

__all__ = ["Page", "Paper", "check", "filter", "importer", "output", "pages", "query", "shortcode", "test"]
