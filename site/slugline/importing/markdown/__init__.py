"""HTML → Slugline's Markdown, made safe, with nothing lost: for every format whose stories are HTML."""

from slugline.importing.markdown.converting import require, to_markdown
from slugline.importing.markdown.model import Converted, FoundImage

__all__ = ["Converted", "FoundImage", "require", "to_markdown"]
