"""Shortcodes filled in: what Slugline works out for each, and the theme's template that shows it.

filling.py    marks in a body → HTML, for a page or a feed
elements.py   what each of the standard ones is made of
tables.py     a table as it is shown: columns, numbers, order
chart.py      a table drawn; charts.py the drawing itself
"""
