"""Embeds: what another site shows inside of a page becomes a link to it, since a story loads nothing from elsewhere."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = ["embedded"]

_PATTERNS: tuple[tuple[str, str, str], ...] = (
    # (the frame's address, what it is, the page that a reader is sent to)
    (
        r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts|live)/(?P<id>[\w-]{6,})",
        "YouTube video",
        "https://www.youtube.com/watch?v={id}",
    ),
    (r"youtu\.be/(?P<id>[\w-]{6,})", "YouTube video", "https://www.youtube.com/watch?v={id}"),
    (r"player\.vimeo\.com/video/(?P<id>\d+)", "Vimeo video", "https://vimeo.com/{id}"),
    (r"(?:www\.)?dailymotion\.com/embed/video/(?P<id>\w+)", "Dailymotion video", "https://www.dailymotion.com/video/{id}"),
    (
        r"(?:geo\.)?dailymotion\.com/player(?:/\w+)?\.html\?video=(?P<id>\w+)",
        "Dailymotion video",
        "https://www.dailymotion.com/video/{id}",
    ),
    (r"open\.spotify\.com/embed(?:-podcast)?/(?P<id>[\w/]+)", "Spotify player", "https://open.spotify.com/{id}"),
    (r"embed\.podcasts\.apple\.com/(?P<id>[^?]+)", "podcast", "https://podcasts.apple.com/{id}"),
    (r"(?:www\.)?instagram\.com/(?P<id>(?:p|reel|tv)/[\w-]+)", "Instagram post", "https://www.instagram.com/{id}/"),
    (r"(?:www\.)?tiktok\.com/embed/(?:v2/)?(?P<id>\d+)", "TikTok video", "https://www.tiktok.com/@/video/{id}"),
    (r"platform\.twitter\.com/embed/.*[?&]id=(?P<id>\d+)", "post on X", "https://x.com/i/status/{id}"),
    (
        r"embed\.bsky\.app/embed/(?P<did>did:[^/]+)/app\.bsky\.feed\.post/(?P<id>\w+)",
        "Bluesky post",
        "https://bsky.app/profile/{did}/post/{id}",
    ),
    (r"(?:embed\.)?ted\.com/talks/(?P<id>\w+)", "TED talk", "https://www.ted.com/talks/{id}"),
    (r"datawrapper\.dwcdn\.net/(?P<id>\w+)", "Datawrapper chart", "https://datawrapper.dwcdn.net/{id}/"),
    (r"flo\.uri\.sh/(?P<id>(?:visualisation|story)/\d+)", "Flourish chart", "https://public.flourish.studio/{id}/"),
    (r"e\.infogram\.com/(?P<id>[\w-]+)", "Infogram chart", "https://infogram.com/{id}"),
    (r"(?:www\.)?documentcloud\.org/documents/(?P<id>[\w-]+)", "document", "https://www.documentcloud.org/documents/{id}/"),
    (r"(?:www\.)?scribd\.com/embeds/(?P<id>\d+)", "document", "https://www.scribd.com/document/{id}"),
    (r"w\.soundcloud\.com/player/", "SoundCloud player", ""),
    (r"(?:www\.)?facebook\.com/plugins/(?:video|post)\.php", "Facebook post", ""),
    (r"(?:www\.)?google\.[a-z.]+/maps/embed|maps\.google\.", "map", ""),
)
_COMPILED = tuple((re.compile(rf"https?://{pattern}", re.IGNORECASE), what, page) for pattern, what, page in _PATTERNS)


def embedded(address: str) -> tuple[str, str]:
    """What a frame's address shows ("YouTube video"), and the page that shows it by itself."""
    for pattern, what, page in _COMPILED:
        if found := pattern.match(address):
            if page:
                return what, page.format(**found.groupdict())
            query = parse_qs(urlsplit(address).query)
            for key in ("url", "href"):
                if value := query.get(key, [""])[0]:
                    target = unquote(value)
                    return what, target if target.startswith(("https://", "http://")) else address
            return what, address
    host = urlsplit(address).hostname or "another site"
    return f"frame from {host}", address
