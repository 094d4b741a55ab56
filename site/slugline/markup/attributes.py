"""The attributes that an attribute list may give: those of HTML, and the credit of a picture."""

from __future__ import annotations

import re

from slugline.errors import did_you_mean
from slugline.markup.errors import MarkdownError

__all__ = ["FLAGS", "check_attribute"]

FLAGS = frozenset(
    (
        *(
            "allowfullscreen",
            "async",
            "autofocus",
            "autoplay",
            "checked",
            "compact",
            "controls",
            "default",
            "defer",
            "disabled",
        ),
        *("download", "formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop", "multiple", "muted", "nomodule"),
        *("novalidate", "nowrap", "open", "playsinline", "readonly", "required", "reversed", "selected"),
    )
)
"""HTML's attributes without a value."""

_NAMES = FLAGS | frozenset(
    (
        *("abbr", "accesskey", "align", "alt", "as", "autocapitalize", "autocomplete", "background", "bgcolor", "border"),
        *(
            "cellpadding",
            "cellspacing",
            "cite",
            "class",
            "color",
            "cols",
            "colspan",
            "content",
            "contenteditable",
            "coords",
            "credit",
        ),
        *(
            "crossorigin",
            "datetime",
            "decoding",
            "dir",
            "dirname",
            "draggable",
            "enctype",
            "enterkeyhint",
            "fetchpriority",
            "for",
        ),
        *("form", "headers", "height", "high", "href", "hreflang", "id", "imagesizes", "imagesrcset", "inputmode", "integrity"),
        *(
            "is",
            "itemid",
            "itemprop",
            "itemref",
            "itemtype",
            "kind",
            "label",
            "lang",
            "list",
            "loading",
            "low",
            "max",
            "maxlength",
        ),
        *(
            "media",
            "min",
            "minlength",
            "name",
            "nonce",
            "optimum",
            "part",
            "pattern",
            "ping",
            "placeholder",
            "popover",
            "poster",
        ),
        *(
            "preload",
            "property",
            "referrerpolicy",
            "rel",
            "resource",
            "role",
            "rows",
            "rowspan",
            "rules",
            "sandbox",
            "scope",
            "shape",
        ),
        *(
            "size",
            "sizes",
            "slot",
            "span",
            "spellcheck",
            "src",
            "srcdoc",
            "srclang",
            "srcset",
            "start",
            "step",
            "style",
            "summary",
        ),
        *("tabindex", "target", "title", "translate", "type", "typeof", "usemap", "valign", "value", "vocab", "width", "wrap"),
        *("action", "allow", "formaction", "formmethod", "method"),
    )
)
"""HTML's attributes, and ``credit``; beside them, any with a hyphen, a colon or an at sign, and ``on…``."""

_OF_OTHERS = re.compile(r"on\w|\w+[-:.]\w|[@:]\w", re.IGNORECASE)


def check_attribute(name: str, listed: str) -> None:
    """Refuse an attribute that no browser and no script looks for: its value would be lost.

    Args:
        name: the attribute's name.
        listed: the list that it is in.

    Raises:
        MarkdownError: it is none.
    """
    if name.lower() not in _NAMES and not _OF_OTHERS.match(name):
        hint = did_you_mean(name, _NAMES) or 'a caption is the title of the image: `![…](… "caption")`'
        raise MarkdownError(f"`{name}` in `{{{listed}}}` is no attribute of HTML", hint, re.compile(re.escape(listed)))
