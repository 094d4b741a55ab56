"""Services whose pages can be embedded: an address → the service, what to link, what to load when a reader asks for it.

The forms of the addresses are those of each service's own "Share" and "Embed".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlencode, urlsplit

__all__ = ["Embed", "Service", "added_services", "find_embed", "pasted_embed"]


class Embed(NamedTuple):
    """Something of a service.

    Attributes:
        service: its name, as readers know it.
        url: the page, to be linked.
        frame: the address that a frame loads.
        ratio: of the frame, width:height.
    """

    service: str
    url: str
    frame: str
    ratio: str = "16:9"


class Service(NamedTuple):
    """A service: patterns of addresses, whole, and what to make of a match.

    The patterns are compiled when the first text asks: there are many, and few texts do.
    """

    name: str
    patterns: tuple[str, ...]
    made: Callable[[re.Match[str], str], tuple[str, str, str]]


def _service(
    name: str,
    *patterns: str,
    page: str = "",
    frame: str = "",
    ratio: str = "16:9",
    made: Callable[[re.Match[str], str], tuple[str, str, str]] | None = None,
) -> Service:
    """``page`` and ``frame`` are templates of the patterns' groups; ``made`` works out both where that is not enough."""

    def plain(match: re.Match[str], url: str) -> tuple[str, str, str]:
        groups = {key: value or "" for key, value in match.groupdict().items()}
        return page.format(**groups) if page else url, frame.format(**groups), ratio

    return Service(name, tuple(rf"https?://(?:www\.)?(?:{pattern})" for pattern in patterns), made or plain)


_ID = r"(?P<id>[\w-]+)"
_REST = r"(?:[/?#&]\S*)?"


def _youtube(match: re.Match[str], url: str) -> tuple[str, str, str]:
    found = parse_qs(urlsplit(url).query)
    start = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(\d+)?s?", (found.get("t") or found.get("start") or [""])[0])
    seconds = sum(int(part or 0) * unit for part, unit in zip(start.groups(), (3600, 60, 1), strict=True)) if start else 0
    page = f"https://www.youtube.com/watch?v={match['id']}" + (f"&t={seconds}s" if seconds else "")
    more = {"start": [str(seconds)] if seconds else [], "list": found.get("list", [])}
    query = urlencode([(key, values[0]) for key, values in more.items() if values])
    if match["id"] == "videoseries":
        page = f"https://www.youtube.com/playlist?{query}"
    frame = f"https://www.youtube-nocookie.com/embed/{match['id']}" + (f"?{query}" if query else "")
    return page, frame, "9:16" if "/shorts/" in url else "16:9"


def _vimeo(match: re.Match[str], _: str) -> tuple[str, str, str]:
    key = match["key"] or match["hash"] or ""
    page = f"https://vimeo.com/{match['id']}" + (f"/{key}" if key else "")
    return page, f"https://player.vimeo.com/video/{match['id']}?dnt=1" + (f"&h={key}" if key else ""), "16:9"


def _facebook(match: re.Match[str], url: str) -> tuple[str, str, str]:
    plugin = match["plugin"]
    if plugin:
        url = (parse_qs(urlsplit(url).query).get("href") or [url])[0]
    video = plugin == "video" or (not plugin and re.search(r"/videos?/|/watch|/reel/", url) is not None)
    frame = f"https://www.facebook.com/plugins/{'video' if video else 'post'}.php?{urlencode({'href': url})}"
    return url, frame, "16:9" if video else "4:5"


def _soundcloud(_: re.Match[str], url: str) -> tuple[str, str, str]:
    if "//w.soundcloud.com" in url:
        url = (parse_qs(urlsplit(url).query).get("url") or [url])[0]
    return url, f"https://w.soundcloud.com/player/?{urlencode({'url': url})}", "4:1"


def _openstreetmap(match: re.Match[str], url: str) -> tuple[str, str, str]:
    if not match["zoom"]:
        return url.replace("/export/embed.html", "/"), url, "4:3"
    zoom, lat, lon = float(match["zoom"]), float(match["lat"]), float(match["lon"])
    # The part of the world that a frame of 600 × 450 pixels shows, with tiles of 256.
    east = 360 * 600 / (256 * 2**zoom) / 2
    north = east * 0.75 * math.cos(math.radians(lat))
    box = ",".join(f"{value:.5f}" for value in (lon - east, lat - north, lon + east, lat + north))
    query = urlencode({"bbox": box, "layer": "mapnik"})
    return url, f"https://www.openstreetmap.org/export/embed.html?{query}", "4:3"


def _google_maps(_: re.Match[str], url: str) -> tuple[str, str, str]:
    if "/maps/embed" in url or "output=embed" in url:
        return url.replace("&output=embed", "").replace("/maps/embed", "/maps"), url, "4:3"
    place = re.search(r"/maps/(?:place|search)/([^/@?]+)", url)
    point = re.search(r"@(-?[\d.]+),(-?[\d.]+)", url)
    asked = place[1] if place else f"{point[1]},{point[2]}" if point else (parse_qs(urlsplit(url).query).get("q") or [""])[0]
    return url, f"https://www.google.com/maps?q={quote(asked, safe='+,%')}&output=embed", "4:3"


_SERVICES = (
    _service(
        "YouTube",
        rf"(?:m\.)?youtube\.com/watch\?(?:\S*&)?v={_ID}{_REST}",
        rf"(?:youtu\.be|(?:m\.)?youtube(?:-nocookie)?\.com/(?:embed|shorts|live))/{_ID}{_REST}",
        made=_youtube,
    ),
    _service(
        "Vimeo",
        r"(?:player\.)?vimeo\.com/(?:video/)?(?P<id>\d+)(?:/(?P<key>\w+))?(?:\?(?:\S*&)?h=(?P<hash>\w+))?(?:[?#&]\S*)?",
        made=_vimeo,
    ),
    _service(
        "X",
        rf"(?:mobile\.)?(?:twitter|x)\.com/(?P<who>\w+)/status(?:es)?/(?P<id>\d+){_REST}",
        page="https://x.com/{who}/status/{id}",
        frame="https://platform.twitter.com/embed/Tweet.html?dnt=true&id={id}",
        ratio="4:5",
    ),
    _service(
        "Bluesky",
        rf"bsky\.app/profile/(?P<who>[\w.:-]+)/post/{_ID}{_REST}",
        page="https://bsky.app/profile/{who}/post/{id}",
        frame="https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{id}",
        ratio="4:5",
    ),
    _service(
        "Instagram",
        rf"instagram\.com/(?:[\w.]+/)?(?P<kind>p|reel|tv)/{_ID}{_REST}",
        page="https://www.instagram.com/{kind}/{id}/",
        frame="https://www.instagram.com/{kind}/{id}/embed/",
        ratio="4:5",
    ),
    _service(
        "TikTok",
        rf"tiktok\.com/@(?P<who>[\w.]+)/video/(?P<id>\d+){_REST}",
        page="https://www.tiktok.com/@{who}/video/{id}",
        frame="https://www.tiktok.com/player/v1/{id}",
        ratio="9:16",
    ),
    _service(
        "TikTok",
        rf"tiktok\.com/(?:embed(?:/v2)?|player/v1)/(?P<id>\d+){_REST}",
        frame="https://www.tiktok.com/player/v1/{id}",
        ratio="9:16",
    ),
    _service(
        "Facebook",
        r"(?:m\.|web\.)?facebook\.com/(?:plugins/(?P<plugin>post|video)\.php\?\S*|[\w.]+/(?:posts|videos|photos)/\S+|"
        r"(?:watch|reel|permalink\.php|photo(?:\.php)?|story\.php|share)\S+)",
        made=_facebook,
    ),
    _service(
        "Spotify",
        rf"open\.spotify\.com/(?:intl-\w+/)?(?:embed/)?(?P<kind>track|album|playlist|artist|episode|show)/{_ID}{_REST}",
        page="https://open.spotify.com/{kind}/{id}",
        frame="https://open.spotify.com/embed/{kind}/{id}",
        ratio="4:2",
    ),
    _service("SoundCloud", r"(?:w\.soundcloud\.com/player/?\?\S*url=\S+|soundcloud\.com/[\w-]+/\S+)", made=_soundcloud),
    _service(
        "Datawrapper",
        rf"(?:datawrapper\.dwcdn\.net|datawrapper\.de/_)/{_ID}{_REST}",
        page="https://datawrapper.dwcdn.net/{id}/",
        frame="https://datawrapper.dwcdn.net/{id}/",
        ratio="4:3",
    ),
    _service(
        "Flourish",
        rf"(?:flo\.uri\.sh|public\.flourish\.studio)/(?P<kind>visualisation|story)/{_ID}{_REST}",
        page="https://public.flourish.studio/{kind}/{id}/",
        frame="https://flo.uri.sh/{kind}/{id}/embed",
        ratio="4:3",
    ),
    _service(
        "Google Maps",
        r"google\.[a-z.]+/maps(?:/(?:embed|place|search|@)\S+|\?\S*(?:output=embed|[?&]?q=)\S*)",
        made=_google_maps,
    ),
    _service(
        "OpenStreetMap",
        r"openstreetmap\.org/(?:export/embed\.html\?\S+|\S*#map=(?P<zoom>\d+)/(?P<lat>-?[\d.]+)/(?P<lon>-?[\d.]+)\S*)",
        made=_openstreetmap,
    ),
    _service(
        "Scribd",
        rf"scribd\.com/(?:document|doc|embeds|presentation)/(?P<id>\d+){_REST}",
        page="https://www.scribd.com/document/{id}/",
        frame="https://www.scribd.com/embeds/{id}/content",
        ratio="3:4",
    ),
    _service(
        "DocumentCloud",
        r"(?:beta\.|embed\.)?documentcloud\.org/documents/(?P<id>\d+-[\w-]+?)(?:\.html)?(?:[/?#]\S*)?",
        page="https://www.documentcloud.org/documents/{id}/",
        frame="https://embed.documentcloud.org/documents/{id}/?embed=1",
        ratio="3:4",
    ),
    # Last: any server can be one of Mastodon, and the others' addresses look like that.
    _service(
        "Mastodon",
        r"(?P<host>[\w-]+(?:\.[\w-]+)+)/@(?P<who>[\w.@-]+)/(?P<id>\d+)(?:/embed)?/?",
        page="https://{host}/@{who}/{id}",
        frame="https://{host}/@{who}/{id}/embed",
        ratio="4:5",
    ),
)

_FRAME = r"(?is)\s*<iframe\b[^>]*?\ssrc\s*=\s*[\"']([^\"']+)[\"'][^>]*>.*?</iframe>\s*"
_QUOTE = (
    r"(?i)\s*<blockquote\b[^>]*\bclass\s*=\s*[\"'](?:[^\"']*\s)?"
    r"(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|fb-post|fb-video)\b"
)
_TARGET = r"(?i)\b(?:href|cite|data-instgrm-permalink|data-href)\s*=\s*[\"']([^\"']+)[\"']"
_TITLE = r"(?i)<iframe\b[^>]*?\stitle\s*=\s*\"([^\"]*)\""
_NO_TITLE = r"(?i)(?:YouTube|Vimeo)(?: video)? player|Embedded? \w+|Spotify Embed:? ?|"
_SCRIPT = r"(?i)<script\b[^>]*>\s*</script>\s*"


@lru_cache(maxsize=4096)
def find_embed(url: str, added: tuple[Service, ...] = ()) -> Embed | None:
    """What an address leads to, if a service is known that can be embedded."""
    for service in (*added, *_SERVICES):
        for pattern in service.patterns:
            if match := re.fullmatch(pattern, url):
                page, frame, ratio = service.made(match, url)
                return Embed(service.name, page, frame, ratio)
    return None


def pasted_embed(html: str, added: tuple[Service, ...] = ()) -> tuple[str, str] | None:
    """The address and the title of what a service gave to paste, a frame or a quotation with its script; None for all else."""
    html = re.sub(_SCRIPT, "", html)
    frame = re.fullmatch(_FRAME, html)
    if frame:
        url = unescape(frame[1])
        title = re.search(_TITLE, html)
        words = unescape(title[1]).strip() if title else ""
        url = f"https:{url}" if url.startswith("//") else url
        return (url, "" if re.fullmatch(_NO_TITLE, words) else words) if find_embed(url, added) else None
    if re.match(_QUOTE, html) and html.rstrip().lower().endswith("</blockquote>"):
        # The last link is the post's own; those before it are in its words.
        for target in reversed(re.findall(_TARGET, html)):
            url = unescape(target).partition("?")[0] if "/plugins/" not in target else unescape(target)
            if find_embed(url, added):
                return url, ""
    return None


def added_services(given: Mapping[str, Mapping[str, str]]) -> tuple[Service, ...]:
    """The services of the settings: the address of a page and that of a frame, with ``{id}`` in both, a ratio if not 16:9."""
    found = []
    for name, parts in sorted(given.items()):
        pattern = re.escape(parts["match"]).replace(r"\{id\}", _ID).removeprefix("https://").removeprefix("http://")
        found.append(_service(name, pattern + _REST, frame=parts["frame"], ratio=parts.get("ratio", "16:9")))
    return tuple(found)
