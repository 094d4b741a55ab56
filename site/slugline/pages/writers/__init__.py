"""What writes the outputs that no template renders: feeds, sitemaps, redirects, pictures, cards, small text files.

The kinds of pages (:mod:`slugline.pages.kinds`) name these functions, and a build imports those that it needs.
"""
