"""Markdown → HTML, and everything known about a body: words, excerpt, headings, links, images."""

from slugline.markup.body import Body, Heading, ImageRef
from slugline.markup.links import line_of
from slugline.markup.options import Added, MarkupOptions
from slugline.markup.renderer import Renderer

__all__ = ["Added", "Body", "Heading", "ImageRef", "MarkupOptions", "Renderer", "line_of"]
