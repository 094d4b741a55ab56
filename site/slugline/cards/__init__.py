"""Share cards: the preview picture of a story that has none; icons.

drawing       a card from its words
icons         the publication's icon from a letter
text_layout   fonts, widths and lines of the text on both
cache         cards, cached by their words
"""
