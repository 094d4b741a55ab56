"""Formulas in MathML → TeX, which is text: Markdown keeps it, and a reader of the source can still read it.

The elements are those of presentation MathML, https://www.w3.org/TR/mathml-core/.
"""

from __future__ import annotations

from slugline.importing.markdown.model import Element
from slugline.importing.markdown.trees import inner_text, removed

__all__ = ["formulas_as_tex"]

_TWO = {
    "msup": "{}^{{{}}}",
    "msub": "{}_{{{}}}",
    "mfrac": "\\frac{{{}}}{{{}}}",
    "mover": "\\overset{{{1}}}{{{0}}}",
    "munder": "\\underset{{{1}}}{{{0}}}",
    "mroot": "\\sqrt[{1}]{{{0}}}",
}
_THREE = {"msubsup": "{}_{{{}}}^{{{}}}", "munderover": "{}_{{{}}}^{{{}}}"}
_SIGNS = {
    "×": "\\times ", "·": "\\cdot ", "÷": "\\div ", "±": "\\pm ", "≤": "\\le ", "≥": "\\ge ", "≠": "\\ne ",
    "≈": "\\approx ", "∞": "\\infty ", "√": "\\surd ", "\u2061": "", "\u2062": "", "\u2212": "-", "∈": "\\in ",
    "∑": "\\sum ", "∏": "\\prod ", "∫": "\\int ", "→": "\\to ",
}  # fmt: skip
_DEEPEST = 60


def formulas_as_tex(tree: Element) -> list[tuple[int, str]]:
    """Put TeX in the place of each formula; (line of source, what is to be told) of each."""
    told = []
    for formula in [one for one in tree.iter("math") if one.getparent() is not None]:
        tex = _written(formula)
        line = formula.sourceline or 0
        formula.tail = (f"\\({tex}\\)" if tex else "") + (formula.tail or "")
        removed(formula)
        kept = f"a formula is kept as TeX, which a browser shows as it is: {tex[:80]}"
        told.append((line, kept if tex else "an empty formula is left out"))
    return told


def _written(formula: Element) -> str:
    for note in formula.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower() and inner_text(note):
            return " ".join(inner_text(note).split())
    return " ".join((_tex(formula, 0) or formula.get("alttext") or "").split())


def _tex(element: Element, depth: int) -> str:
    if not isinstance(element.tag, str) or element.tag.startswith("annotation") or depth > _DEEPEST:
        return ""
    inner = [child for child in element if isinstance(child.tag, str)]
    if not inner:
        text = "".join(element.itertext()).strip()
        return "".join(_SIGNS.get(char, char) for char in text)
    parts = [_tex(child, depth + 1) for child in inner]
    if element.tag in _TWO and len(parts) == 2:
        return _TWO[element.tag].format(*parts)
    if element.tag in _THREE and len(parts) == 3:
        return _THREE[element.tag].format(*parts)
    if element.tag == "msqrt":
        return f"\\sqrt{{{''.join(parts)}}}"
    if element.tag == "mtr":
        return " & ".join(parts) + " \\\\ "
    return "".join(parts)
