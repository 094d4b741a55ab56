"""What other generators fill in when they build: Hugo's shortcodes, and the tags of Liquid and Nunjucks.

What says the same everywhere becomes Markdown or HTML; the rest stays in the text and is told, because only the newsroom knows
what it showed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from slugline.importing import snippets

__all__ = ["expand"]

_HUGO = re.compile(r"\{\{(?P<mark>[<%])\s*(?P<close>/?)\s*(?P<name>[\w/.-]+)(?P<rest>.*?)/?\s*[>%]\}\}", re.DOTALL)
_TAG = re.compile(r"\{%-?\s*(?P<name>\w+)(?P<rest>[^%]*?)-?%\}")
_VALUE = re.compile(r"\{\{-?\s*(?P<value>[^{}<%][^{}]*?)\s*-?\}\}")
_KRAMDOWN = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*$\n?|\{:\s*[.#][^{}\n]*\}", re.MULTILINE)
_MORE = re.compile(r"^[ \t]*<!--\s*(?:more|excerpt|readmore)\s*-->[ \t]*$\n?", re.MULTILINE)
_ROOT = re.compile(r"(?:site|page)\.(?:baseurl|base_url|url)|site_?url|base", re.IGNORECASE)
_FILTERED = re.compile(r"""^["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|url|relURL|absURL)\b""")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|([^\s"'=]+)""")
_HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\s+[\"']?([\w+#-]*)[\"']?.*?[>%]\}\}\n?(.*?)\{\{[<%]\s*/\s*highlight\s*[>%]\}\}", re.DOTALL
)
_LIQUID_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w+#-]*).*?%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)


def expand(text: str) -> tuple[str, dict[str, int]]:
    """A text with what is known filled in; the tags that stay, with how often. Blocks of code stay as they are."""
    left: dict[str, int] = {}
    parts: list[str] = []
    at = 0
    for fence in _FENCE.finditer(text):
        parts += (_filled(text[at : fence.start()], left), fence[0])
        at = fence.end()
    parts.append(_filled(text[at:], left))
    return "".join(parts), left


def _filled(text: str, left: dict[str, int]) -> str:
    if "{" not in text and "<!--" not in text:
        return text
    text = _MORE.sub("", text)
    text = _listings(text)
    text = _HUGO.sub(lambda found: _hugo(found, left), text)
    text = _TAG.sub(lambda found: _tag(found, left), text)
    text = _VALUE.sub(lambda found: _value(found, left), text)
    return _KRAMDOWN.sub("", text)


def _listings(text: str) -> str:
    """Code between an opening and a closing tag, in each of the three languages."""
    for pattern in (_HIGHLIGHT, _LIQUID_HIGHLIGHT):
        text = pattern.sub(lambda found: f"```{found[1]}\n{found[2].rstrip()}\n```", text)
    return _RAW.sub(lambda found: found[1], text)


def _given(text: str) -> dict[str, str]:
    """The attributes of a shortcode; those without a name are under "0", "1" and so on."""
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(text):
        name, *named = one[1], one[2], one[3], one[4]
        if name:
            found[name.lower()] = next((value for value in named if value is not None), "")
        else:
            found[str(len([key for key in found if key.isdigit()]))] = one[5] or one[6] or one[7] or ""
    return found


def _hugo(found: re.Match[str], left: dict[str, int]) -> str:
    name, given = found["name"].lower(), _given(found["rest"])
    if found["rest"].strip().startswith("/*"):
        return found[0].replace("/*", "").replace("*/", "")
    read = _KNOWN.get(name)
    if read is None or found["close"]:
        left[found["name"]] = left.get(found["name"], 0) + (not found["close"])
        return found[0]
    return read(given)


def _tag(found: re.Match[str], left: dict[str, int]) -> str:
    name, given = found["name"].lower(), _given(found["rest"])
    if name in ("comment", "endcomment"):
        return ""
    if name == "include" and given.get("0", "").endswith((".html", ".md")):
        name = given["0"].rpartition("/")[2].partition(".")[0]
        given = {key: value for key, value in given.items() if key != "0"} | {"0": given.get("id", given.get("src", ""))}
    read = _KNOWN.get(name)
    if read is None or not any(given.values()):
        left[name] = left.get(name, 0) + 1
        return found[0]
    return read(given)


def _value(found: re.Match[str], left: dict[str, int]) -> str:
    value = found["value"].strip()
    if _ROOT.fullmatch(value.partition("|")[0].strip()):
        return ""
    if path := _FILTERED.match(value):
        return path[1]
    left[value[:40]] = left.get(value[:40], 0) + 1
    return found[0]


def _figure(given: Mapping[str, str]) -> str:
    source = given.get("src") or given.get("url") or given.get("0", "")
    caption = given.get("caption") or given.get("title") or ""
    image = f'<img src="{escape(source)}" alt="{escape(given.get("alt", ""))}">'
    credit = given.get("attr") or given.get("credit") or ""
    words = escape(caption) + (f' <span class="credit">{escape(credit)}</span>' if credit else "")
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{image}{below}</figure>\n\n" if source else ""


def _at(address: str) -> Callable[[Mapping[str, str]], str]:
    def read(given: Mapping[str, str]) -> str:
        number = given.get("id") or given.get("0", "")
        user = given.get("user", "i")
        return f"\n\n{snippets.embed(address.format(number, user=user))}\n\n" if number else ""

    return read


def _link(given: Mapping[str, str]) -> str:
    return given.get("path") or given.get("0", "")


_KNOWN: dict[str, Callable[[Mapping[str, str]], str]] = {
    "figure": _figure,
    "image": _figure,
    "img": _figure,
    "picture": _figure,
    "youtube": _at("https://www.youtube.com/watch?v={0}"),
    "vimeo": _at("https://vimeo.com/{0}"),
    "tweet": _at("https://twitter.com/{user}/status/{0}"),
    "x": _at("https://twitter.com/{user}/status/{0}"),
    "instagram": _at("https://www.instagram.com/p/{0}/"),
    "ref": _link,
    "relref": _link,
    "link": _link,
    "post_url": _link,
}
