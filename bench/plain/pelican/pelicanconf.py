"""The plain site's settings for Pelican: no feeds, no archives, no pagination."""

import json
import os

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "publication.json"), encoding="utf-8") as _file:
    _publication = json.load(_file)

SITENAME = _publication["name"]
TAGLINE = _publication["tagline"]
SECTIONS = _publication["sections"]
ROLES = _publication["roles"]
SITEURL = ""
ADDRESS = "https://www.example.org"

TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = os.path.join(os.path.dirname(os.path.abspath(__file__)), "theme")
THEME_STATIC_DIR = ""
CACHE_CONTENT = False

SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "{category}/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
AUTHOR_URL = "author/{slug}/"
AUTHOR_SAVE_AS = "author/{slug}/index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = "tag/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "404"]
DEFAULT_PAGINATION = False

FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.smarty": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
