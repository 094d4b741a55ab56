"""The kinds of pages: one file a kind, or a family of kinds that are published together.

``kind.py`` says what a declaration is made of, ``registry.py`` lists all of them: a new kind is a new file here and a line
there.
"""
