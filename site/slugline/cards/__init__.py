"""Share cards: the picture that a social network shows of a story that has none."""
