"""WordPress exports (WXR): an RSS file with everything that a site holds, read as a stream in two passes.

The first pass (:mod:`~slugline.importing.wordpress.index`) notes what stories refer to and may come after them in the
file: pictures, authors, categories, the addresses of the other stories. The second makes items of posts and pages.
"""

from slugline.importing.wordpress.reader import read, sniff

__all__ = ["read", "sniff"]
