"""Shortcodes of WordPress (``[gallery ids="1,2"]``) → HTML.

Those of WordPress itself are read. The others belong to plugins: they stay in the text as they stand, and are reported,
because only the newsroom knows what they showed. Brackets that are prose ("[sic]") are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from slugline.importing import snippets
from slugline.importing.wordpress.surroundings import Surroundings

__all__ = ["attributes_of", "expand"]

_CODE = re.compile(
    r"(?P<escape>\[?)\[(?P<name>[A-Za-z][\w-]{0,50})"
    r"(?P<rest>(?:\s[^\[\]<>]*(?:<[^<>]*>[^\[\]<>]*)*)?/?)\](?P<close>\]?)"
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|[“”″](?P<curly>[^“”″]*)[“”″]|(?P<bare>[^\s"'“”″\]]+))"""
    r"|(?P<alone>[^\s\"']\S*)"
)
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"</?a\b[^<>]*>", re.IGNORECASE)
_ENDINGS = {
    "audio": ("src", "mp3", "m4a", "ogg", "wav", "wma", "flac"),
    "video": ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv", "mov"),
}


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a shortcode; what has no name is under "0"."""
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(unescape(text)):
        if one["alone"] is not None:
            found.setdefault("0", one["alone"].strip("/"))
        else:
            value = next(one[group] for group in ("double", "single", "curly", "bare") if one[group] is not None)
            found.setdefault(one["name"].lower(), value.strip())
    return found


def expand(text: str, around: Surroundings) -> str:
    """Text with the shortcodes of WordPress read; block-level HTML in their place has blank lines around it."""
    if "[" not in text:
        return text
    out: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while (found := _CODE.search(text, at)) is not None:
        out.append(text[at : found.start()])
        name = found["name"].lower()
        if found["escape"] and found["close"]:
            out.append(found[0][1:-1])
            at = found.end()
            continue
        out.append(found["escape"])
        start, at = found.start() + len(found["escape"]), found.end() - len(found["close"])
        read = _READ.get(name)
        closing = f"[/{found['name']}]"
        end = -1 if found["rest"].endswith("/") or closing in unclosed else text.find(closing, at)
        if end < 0:
            unclosed.add(closing)
        if read is None:
            if _is_code(name, found["rest"], end >= 0):
                around.shortcode(name)
            out.append(text[start:at])
            continue
        inner = ""
        if end >= 0:
            inner, at = text[at:end], end + len(closing)
        out.append(f"\n\n{read(attributes_of(found['rest'].rstrip('/')), inner, around)}\n\n")
    out.append(text[at:])
    return "".join(out)


def _is_code(name: str, rest: str, closed: bool) -> bool:
    return closed or "=" in rest or rest.endswith("/") or "_" in name or (not rest.strip() and "-" in name)


def _caption(given: Mapping[str, str], inner: str, around: Surroundings) -> str:
    picture = _PICTURE.search(inner)
    if picture is None:
        return inner
    caption = given.get("caption") or _LINK.sub("", inner[: picture.start()]) + inner[picture.end() :].removeprefix("</a>")
    number = given.get("id", "").rpartition("_")[2]
    return around.picture(picture[0], caption.strip(), number)


def _gallery(given: Mapping[str, str], _: str, around: Surroundings) -> str:
    listed = given.get("ids") or given.get("include") or ""
    left_out = set(re.findall(r"\d+", given.get("exclude", "")))
    numbers = re.findall(r"\d+", listed) or [one for one in around.own_pictures() if one not in left_out]
    return around.gallery(numbers)


def _clip(kind: str) -> Callable[[Mapping[str, str], str, Surroundings], str]:
    def read(given: Mapping[str, str], inner: str, around: Surroundings) -> str:
        source = next((given[name] for name in _ENDINGS[kind] if given.get(name)), "") or given.get("0", "")
        if not source:
            found = re.search(r"https?://[^\s\"'<>\[\]]+", inner)
            source = found[0] if found else around.own_clip(kind)
        if not source:
            return around.nothing(f"the shortcode [{kind}] names no file")
        ending = re.search(r"\.(?:mp3|m4a|ogg|oga|wav|flac|mp4|m4v|webm|ogv|mov|wmv|flv|wma|aac)(?:\?|$)", source)
        return snippets.clip(kind, source, poster=given.get("poster", "")) if ending else snippets.embed(source)

    return read


def _embed(given: Mapping[str, str], inner: str, around: Surroundings) -> str:
    url = inner.strip() or given.get("src") or given.get("url") or given.get("0", "")
    return snippets.embed(unescape(url)) if url else around.nothing("an [embed] names no address")


def _playlist(given: Mapping[str, str], _: str, around: Surroundings) -> str:
    kind = given.get("type", "audio")
    files = [around.address_of(number) for number in re.findall(r"\d+", given.get("ids", ""))]
    clips = [snippets.clip("video" if kind == "video" else "audio", url) for url in files if url]
    return "\n\n".join(clips) or around.nothing("a [playlist] names no files that the export holds")


def _listing(given: Mapping[str, str], inner: str, _: Surroundings) -> str:
    """Lines of code as they stand, with their language where it is named."""
    language = re.sub(r"[^\w+#-]", "", given.get("language") or given.get("lang") or given.get("0", ""))
    said = f' class="language-{language}"' if language else ""
    text = re.sub(r"</?(?:p|br)\b[^>]*>", "", inner) if "<p>" in inner else inner
    return f"<pre><code{said}>{escape(unescape(text).strip(chr(10)), quote=False)}</code></pre>"


_READ: dict[str, Callable[[Mapping[str, str], str, Surroundings], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "audio": _clip("audio"),
    "video": _clip("video"),
    "embed": _embed,
    "playlist": _playlist,
    "code": _listing,
    "sourcecode": _listing,
    "source": _listing,
}
