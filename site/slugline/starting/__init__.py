"""Start something: a publication, a story, a section, an author, a page; and let a story go out now."""

from slugline.starting.articles import new_article
from slugline.starting.documents import documentation
from slugline.starting.items import new_item
from slugline.starting.publication import init_publication
from slugline.starting.release import publish_now

__all__ = ["documentation", "init_publication", "new_article", "new_item", "publish_now"]
