"""SVG: read against lists of what a drawing may hold, measured, and written anew.

    vocabulary   the names of elements and attributes that browsers draw
    style        style sheets and values: what may stand in them
    addresses    where links and references may lead
    size         width and height in pixels
    reader       the file → what is published of it, or why it is refused

An SVG file that a reader opens by itself is a document of the publication's site: a script in it could do whatever a script of
the site can. What could run or load something is refused, with its line; what no browser draws (an editor's own data, comments)
is left out; the rest is written anew, so that a browser reads exactly what was checked.
"""

from slugline.images.svg.reader import SvgFile, read_svg

__all__ = ["SvgFile", "read_svg"]
