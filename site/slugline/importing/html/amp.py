"""The elements of AMP pages → the plain ones that they stand for (https://amp.dev/documentation/components)."""

from __future__ import annotations

from slugline.importing.markdown.model import Element

__all__ = ["as_plain_html"]

_PLAIN = {"amp-img": "img", "amp-anim": "img", "amp-video": "video", "amp-audio": "audio", "amp-iframe": "iframe"}
_FRAMES = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/embed/{}"),
    "amp-vimeo": ("data-videoid", "https://player.vimeo.com/video/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/embed/video/{}"),
    "amp-twitter": ("data-tweetid", "https://platform.twitter.com/embed/Tweet.html?id={}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/embed/"),
    "amp-facebook": ("data-href", "{}"),
}
_GONE = ("amp-ad", "amp-embed", "amp-analytics", "amp-pixel", "amp-sidebar", "amp-consent", "amp-auto-ads", "amp-sticky-ad")


def as_plain_html(tree: Element) -> None:
    """Put plain elements in the place of AMP's, and take out its advertisements and counters."""
    for element in [one for one in tree.iter() if isinstance(one.tag, str) and one.tag.startswith("amp-")]:
        if element.tag in _PLAIN:
            element.tag = _PLAIN[element.tag]
        elif element.tag in _FRAMES:
            name, address = _FRAMES[element.tag]
            element.tag = "iframe"
            element.set("src", address.format(element.get(name) or ""))
        elif element.tag in _GONE and element.getparent() is not None:
            element.drop_tree()
