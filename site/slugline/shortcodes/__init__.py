"""What shortcodes there are, and what each takes: ``::name[label]{key=value}`` in a text.

signature.py   what one takes, and whether what a text gives it is right
standard.py    those that ship with Slugline
heads.py       those that a theme adds: a template in ``shortcodes/`` that begins with what it takes
functions.py   those that extensions add: what a function's parameters say
services.py    the services whose pages can be embedded, and their addresses
marks.py       how a shortcode stands in a rendered body until a page fills it in
"""
