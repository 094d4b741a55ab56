"""Markdown with front matter, as other generators have it: Hugo, Jekyll, Eleventy, Pelican and their like.

reader.py      a file → an item
front.py       its front matter, in whichever form, → what Slugline's keys say
shortcodes.py  what stands in the text for the other generator to fill in
"""

from slugline.importing.posts.reader import read, read_text, sniff

__all__ = ["read", "read_text", "sniff"]
