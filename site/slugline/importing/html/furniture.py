"""What of a page is not the story, told by tags, roles and class names: menus, share bars, lists of other stories.

An element that holds most of the page's prose is never furniture, whatever it is called.
"""

from __future__ import annotations

import re

from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import text_of

__all__ = ["furniture_kind", "hidden", "is_embed", "tokens"]

_POST = names(
    "twitter-tweet twitter-video instagram-media tiktok-embed reddit-embed-bq bluesky-embed mastodon-embed fb-post "
    "text-post-media"
)
_SPLIT = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])")
_TAGS = {"nav": "navigation", "form": "form", "dialog": "dialog", "menu": "navigation", "button": "button", "select": "form"}
_ROLES = {
    "navigation": "navigation",
    "complementary": "sidebar",
    "banner": "header",
    "contentinfo": "footer",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "navigation",
    "toolbar": "share",
    "tablist": "navigation",
}
_WORDS: dict[str, frozenset[str]] = {
    "share": names("share sharing sharedaddy sharebar sharethis addtoany social socials addthis sharer shares sociable"),
    "related_list": names(
        "related relatedposts internallink richlink recirc recirculation recommended recommendations recommend "
        "outbrain taboola popular trending mostread readmore readnext morefrom upnext zergnet ymal teaser teasers promo"
    ),
    "newsletter": names(
        "newsletter newsletters subscribe subscription subscriptions signup optin mailchimp mailpoet convertkit"
    ),
    "advertisement": names("ad ads advert adverts advertisement advertising adsense adslot adunit dfp gpt sponsored sponsor"),
    "comments": names("comments commentlist respond disqus commentform"),
    "cookies": names("cookie cookies gdpr consent cookiebar"),
    "promo": names("paywall regwall piano meter donate donation membership cta subscribewall upsell"),
    "navigation": names("breadcrumb breadcrumbs pagination pager navigation navbar menu skip toolbar jumplinks toc pathway"),
    "sidebar": names("sidebar widgets masthead"),
    "reading": names("audioplayer noprint printonly textsize fontsize readspeaker listen"),
    "hidden": names("sronly visuallyhidden"),
}
_PHRASES: tuple[tuple[str, str], ...] = (
    ("most-read", "related_list"),
    ("read-more", "related_list"),
    ("read-next", "related_list"),
    ("read-also", "related_list"),
    ("more-stories", "related_list"),
    ("more-from", "related_list"),
    ("further-reading", "related_list"),
    ("also-like", "related_list"),
    ("see-also", "related_list"),
    ("sign-up", "newsletter"),
    ("email-signup", "newsletter"),
    ("author-bio", "about_author"),
    ("author-box", "about_author"),
    ("author-card", "about_author"),
    ("author-info", "about_author"),
    ("author-description", "about_author"),
    ("about-author", "about_author"),
    ("about-the-author", "about_author"),
    ("bio-box", "about_author"),
    ("screen-reader-text", "hidden"),
    ("screen-reader", "hidden"),
    ("visually-hidden", "hidden"),
    ("sr-only", "hidden"),
    ("element-invisible", "hidden"),
    ("entry-meta", "meta"),
    ("post-meta", "meta"),
    ("article-meta", "meta"),
    ("story-meta", "meta"),
    ("entry-footer", "meta"),
    ("post-footer", "meta"),
    ("post-tags", "tags"),
    ("tags-links", "tags"),
    ("tag-links", "tags"),
    ("entry-tags", "tags"),
    ("article-tags", "tags"),
    ("tag-list", "tags"),
    ("cat-links", "meta"),
    ("posted-on", "meta"),
    ("read-time", "meta"),
    ("reading-time", "meta"),
    ("post-navigation", "navigation"),
    ("site-header", "header"),
    ("site-footer", "footer"),
    ("post-nav", "navigation"),
    ("back-to-top", "navigation"),
    ("recent-posts", "related_list"),
    ("latest-posts", "related_list"),
    ("latest-news", "related_list"),
    ("more-posts", "related_list"),
    ("elementor-widget-posts", "related_list"),
    ("elementor-widget-share", "share"),
    ("elementor-widget-post-info", "meta"),
    ("print-link", "reading"),
    ("pswp", "hidden"),
)
_NEVER = names("html body p h1 h2 h3 h4 h5 h6 li td th tr tbody blockquote figcaption em strong b i span")
_ANYWHERE = names("advertisement promo related_list share newsletter")
_BOXES = ("quote", "fact", "box", "note", "inset")
_BUILDERS = ("elementor", "et_pb", "vc_", "fl-module", "wp-block-group")


def tokens(element: Element) -> frozenset[str]:
    """The words of an element's classes and id, in lower case."""
    said = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}"
    return frozenset(word.lower() for word in _SPLIT.split(said) if word)


def hidden(element: Element) -> bool:
    """Whether an element is not shown to a reader who sees the page."""
    if element.get("hidden") is not None or (element.tag in ("template", "dialog") and element.get("open") is None):
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def is_embed(element: Element) -> bool:
    """Whether an element holds a post of a social network, and little else."""
    quotes = [one for one in element.iter("blockquote") if _POST & set((one.get("class") or "").split())]
    return any(len(text_of(element)) < len(text_of(one)) + 80 for one in quotes)


def furniture_kind(element: Element) -> str:
    """What an element is beside the story; empty if nothing says that it is anything but a part of it."""
    tag = element.tag
    if tag in _TAGS:
        return _TAGS[tag]
    if tag in ("html", "body"):
        return ""
    if hidden(element):
        return "hidden"
    if role := _ROLES.get((element.get("role") or "").lower()):
        return role
    said = f"{element.get('class') or ''} {element.get('id') or ''}".lower().replace("_", "-")
    if not said.strip():
        return _by_tag(element)
    for phrase, kind in _PHRASES:
        if phrase in said and (kind != "header" or tag not in _NEVER):
            return kind
    if tag in ("article", "main") or any(builder in said for builder in _BUILDERS):
        return ""
    words = tokens(element)
    for kind, known in _WORDS.items():
        if not known.isdisjoint(words) and (tag not in _NEVER or kind in _ANYWHERE):
            return kind
    return _by_tag(element)


def _by_tag(element: Element) -> str:
    if element.tag == "footer" and element.getparent() is not None and element.getparent().tag != "blockquote":
        return "footer"
    if element.tag == "aside" and not any(word in (element.get("class") or "").lower() for word in _BOXES):
        return "sidebar"
    return ""
