"""Ghost exports: one JSON file with everything that a site holds."""

from slugline.importing.ghost.reader import read, sniff

__all__ = ["read", "sniff"]
