"""Make the theme's fonts: small WOFF2 files cut from two open families, and the measures of their stand-ins.

Run by hand when the fonts are to change; the results lie in ``assets/fonts`` and go into the repository, and
the printed measures go into ``assets/style.css.jinja``:

    npm install @fontsource-variable/source-serif-4@5.3.0 @fontsource-variable/libre-franklin@5.3.0
    pip install fonttools==4.68.0 brotli==1.2.1
    SOURCE_DATE_EPOCH=0 PYTHONHASHSEED=0 python make_fonts.py node_modules /usr/share/fonts/truetype/liberation seeds/*.txt

The serif is one file with one axis that stands for two: at weight 400 it is drawn for text, at 650 for headlines, with
their finer hairlines and closer fit (the family's weight and optical size, moved together). A page so gets body and
headlines from a single request. The Liberation fonts have the widths of Times New Roman and Arial, which most readers
have; a story tells how often each letter stands in running text.
"""

from __future__ import annotations

import os
import sys
import tempfile

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import build
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "assets", "fonts")

TEXT = {"opsz": 16, "wght": 400}
HEADLINE = {"opsz": 44, "wght": 650}
INTERFACE = {"wght": 500}

PAIRS = 2
"""The type of a table of OpenType that moves pairs of letters."""

UNITS = 400
"""Of an em, where the families are drawn on 1,000: it makes the files an eighth smaller. A point then is off by an eighth of a
pixel at most in a headline of a hundred pixels, by a fortieth in running text."""

# The core file holds what English stories need, with the accents that they meet most; every other letter of the Latin
# languages is in the extended file, which a browser fetches only for a page that uses it.
CORE = frozenset(
    [*range(0x20, 0x7F), 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xAD, 0xB0, 0xB7, 0xBB, 0xBD, 0xD7]
    + [ord(letter) for letter in "ÁÄÅÇÉÍÖØÜßàáâãäåæçèéêëíîïñóôöøúü"]
    + [0x2009, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x202F, 0x20AC, 0x2212]
)
EXTENDED = frozenset([*range(0xA0, 0x180), *range(0x218, 0x21C), 0x1E9E, 0x201A, 0x201E, 0x2032, 0x2033, 0x2039]) - CORE


def one(modules: str, package: str, style: str, axes: str, place: dict[str, int]) -> TTFont:
    """A family at one place of its axes, put together again from the files in which it is published."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in ("latin", "latin-ext"):
            name = f"{package}-{subset}-{axes}-{style}.woff2"
            font = TTFont(os.path.join(modules, "@fontsource-variable", package, "files", name), recalcTimestamp=False)
            instantiateVariableFont(font, place, inplace=True)
            for table in {"STAT", "MVAR", "avar", "BASE", "DSIG"} & set(font.keys()):
                del font[table]
            font.flavor = None
            parts.append(os.path.join(folder, f"{subset}.ttf"))
            font.save(parts[-1])
        return Merger().merge(parts)


def between(low: TTFont, high: TTFont) -> TTFont:
    """A font with the one axis ``wght``, that runs from one place of a family to another.

    The pairs of letters are kerned as in ``low`` everywhere: kerning that varies too would weigh a tenth of the file,
    and no difference can be seen.
    """
    high["GPOS"] = low["GPOS"]
    space = DesignSpaceDocument()
    ends = {"minimum": TEXT["wght"], "default": TEXT["wght"], "maximum": HEADLINE["wght"]}
    space.addAxis(AxisDescriptor(tag="wght", name="Weight", **ends))
    for font, weight in ((low, ends["default"]), (high, ends["maximum"])):
        space.addSource(SourceDescriptor(font=font, location={"Weight": weight}, name=str(weight)))
    return build(space)[0]


def kern_coarsely(font: TTFont) -> None:
    """Round the distances between pairs of letters to a hundredth of an em, a fifth of a pixel in running text.

    Those that come to nothing, and the many that come to the same, then weigh next to nothing.
    """
    step = font["head"].unitsPerEm / 100
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            pairs = getattr(table, "ExtSubTable", table)
            if pairs.LookupType != PAIRS:
                continue
            rows = pairs.PairSet if pairs.Format == 1 else pairs.Class1Record
            for row in rows:
                for pair in row.PairValueRecord if pairs.Format == 1 else row.Class2Record:
                    if pair.Value1 is not None:
                        pair.Value1.XAdvance = round(round(getattr(pair.Value1, "XAdvance", 0) / step) * step)


def cut(font: TTFont, characters: frozenset[int], family: str, style: str, target: str) -> None:
    """Keep only some characters, rename (a changed font may not carry a reserved name) and write."""
    options = Options()
    # The serif's figures are all of one width, as tables want them; those of a text come with the feature pnum.
    options.layout_features = ["kern"] if style == "Italic" else ["kern", "liga", "pnum"]
    options.hinting = False
    options.drop_tables += ["STAT"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    kern_coarsely(font)
    scale_upem(font, UNITS)
    full = f"{family} {style}"
    for number, text in ((1, family), (2, style), (3, full), (4, full), (6, full.replace(" ", ""))):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.recalcTimestamp = False
    font.flavor = "woff2"
    path = os.path.join(TARGET, target)
    font.save(path)
    sys.stdout.write(f"{target}: {os.path.getsize(path)} bytes\n")


def width(font: TTFont, text: str) -> float:
    """The width of a text on one line, in ems."""
    names, widths = font.getBestCmap(), font["hmtx"]
    return float(sum(widths[names[ord(letter)]][0] for letter in text if ord(letter) in CORE) / font["head"].unitsPerEm)


def stand_in(font: TTFont, path: str, text: str) -> str:
    """The descriptors that give a font of the reader's system the measures of ours."""
    ours, em = font["hhea"], font["head"].unitsPerEm
    scale = width(font, text) / width(TTFont(path), text)
    shares = {"ascent": ours.ascent, "descent": -ours.descent, "line-gap": ours.lineGap}
    overrides = "".join(f"{name}-override:{value / em / scale:.2%};" for name, value in shares.items())
    return f"size-adjust:{scale:.2%};{overrides}"


def main(modules: str, liberation: str, story: str) -> None:
    """Write every file; print their sizes and the measures of the stand-ins."""
    serif, sans = (modules, "source-serif-4"), (modules, "libre-franklin")
    for characters, end in ((CORE, ""), (EXTENDED, "-ext")):
        roman = between(one(*serif, "normal", "opsz", TEXT), one(*serif, "normal", "opsz", HEADLINE))
        cut(roman, characters, "Broadsheet Serif", "Regular", f"serif{end}.woff2")
        italic = one(*serif, "italic", "opsz", TEXT)
        cut(italic, characters, "Broadsheet Serif", "Italic", f"serif-italic{end}.woff2")
        cut(one(*sans, "normal", "wght", INTERFACE), characters, "Broadsheet Sans", "Regular", f"sans{end}.woff2")
    with open(story, encoding="utf-8") as file:
        text = file.read()
    pairs = (
        (one(*serif, "normal", "opsz", TEXT), "LiberationSerif-Regular.ttf"),
        (one(*serif, "normal", "opsz", HEADLINE), "LiberationSerif-Bold.ttf"),
        (one(*serif, "italic", "opsz", TEXT), "LiberationSerif-Italic.ttf"),
        (one(*sans, "normal", "wght", INTERFACE), "LiberationSans-Regular.ttf"),
    )
    for font, name in pairs:
        sys.stdout.write(f"{name} {stand_in(font, os.path.join(liberation, name), text)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
