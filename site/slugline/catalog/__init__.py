"""The catalog: the index of all content, and the only door to it."""
