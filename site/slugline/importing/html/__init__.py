"""Saved web pages → articles: structured data first, then what the page shows."""

from slugline.importing.html.archives import read_archive, sniff_archive
from slugline.importing.html.folders import stories_among
from slugline.importing.html.reading import EXTENSIONS, read, read_page, sniff

__all__ = ["EXTENSIONS", "read", "read_archive", "read_page", "sniff", "sniff_archive", "stories_among"]
