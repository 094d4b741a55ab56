"""Who made a picture and how it may be used: read from its file, and written into what is published of it.

A file says so in EXIF, in the IPTC's own block, and in XMP, which is what editors of pictures write today and search engines
read; it is written as XMP, and the creators and the notice as EXIF too. Everything else that a file knows (the place, the
camera's serial number, a small copy of the uncropped picture) is left out. https://iptc.org/standards/photo-metadata/
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from PIL import Image, ImageFile, IptcImagePlugin

__all__ = ["Rights", "exif_of", "read_rights", "xmp_of"]

_LONGEST, _MOST_CREATORS, _LARGEST_XMP = 500, 10, 1 << 20
_ARTIST, _COPYRIGHT = 0x013B, 0x8298
_BYLINE, _CREDIT, _NOTICE, _CODING = (2, 80), (2, 110), (2, 116), (1, 90)
_UTF8 = b"\x1b%G"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


class Rights(NamedTuple):
    """The rights in a picture; what is not known is empty.

    Attributes:
        creators: who made it.
        credit: who is to be named beside it.
        notice: the copyright notice.
        terms: how it may be used, in words.
        statement: the address of its licence.
        licensor: who grants a licence.
        licensor_url: where.
        source_type: how it came about, an address of the IPTC's list: whether a camera made it or a program.
    """

    creators: tuple[str, ...] = ()
    credit: str = ""
    notice: str = ""
    terms: str = ""
    statement: str = ""
    licensor: str = ""
    licensor_url: str = ""
    source_type: str = ""


_PROPERTIES = {
    "creators": ("dc", "creator", "Seq"),
    "credit": ("photoshop", "Credit", ""),
    "notice": ("dc", "rights", "Alt"),
    "terms": ("xmpRights", "UsageTerms", "Alt"),
    "statement": ("xmpRights", "WebStatement", ""),
    "licensor": ("plus", "LicensorName", ""),
    "licensor_url": ("plus", "LicensorURL", ""),
    "source_type": ("Iptc4xmpExt", "DigitalSourceType", ""),
}
"""Each with its prefix, its name, and the list that XMP holds its values in."""

_FIELDS = {f"{_PREFIXES[prefix]} {name}": field for field, (prefix, name, _) in _PROPERTIES.items()}
_NESTED = ("licensor", "licensor_url")


def read_rights(image: Image.Image) -> Rights:
    """The rights in a picture, by what its file says; call it when the picture is decoded, for PNG may say it last."""
    # Broken metadata is no reason to refuse a picture, and its readers raise whatever they run into.
    found: dict[str, list[str]] = {}
    for reader in (_from_xmp, _from_iptc, _from_exif):
        with suppress(Exception):
            for field, values in reader(image).items():
                clean = [text for value in values if (text := _clean(value))]
                if clean:
                    found.setdefault(field, clean)
    creators = tuple(dict.fromkeys(found.pop("creators", ())))[:_MOST_CREATORS]
    return Rights(creators=creators, **{field: values[0] for field, values in found.items()})


def exif_of(rights: Rights) -> bytes:
    """The creators and the notice as a block of EXIF; empty where neither is known."""
    exif = Image.Exif()
    if rights.creators:
        exif[_ARTIST] = "; ".join(rights.creators).encode()
    if rights.notice:
        exif[_COPYRIGHT] = rights.notice.encode()
    return exif.tobytes() if len(exif) else b""


def xmp_of(rights: Rights) -> bytes:
    """The rights as a packet of XMP; empty where nothing is known."""
    if rights == Rights():
        return b""
    plain = {field: _element(field, rights) for field in _PROPERTIES if getattr(rights, field)}
    inside = "".join(text for field, text in plain.items() if field not in _NESTED)
    licensor = "".join(plain.get(field, "") for field in _NESTED)
    if licensor:
        inside += f'<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">{licensor}</rdf:li></rdf:Seq></plus:Licensor>'
    prefixes = "".join(f' xmlns:{name}="{space}"' for name, space in _PREFIXES.items() if f"<{name}:" in inside)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{_RDF}"><rdf:Description rdf:about=""{prefixes}>{inside}</rdf:Description></rdf:RDF>'
        '</x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _element(field: str, rights: Rights) -> str:
    prefix, name, kind = _PROPERTIES[field]
    value = getattr(rights, field)
    if kind == "Seq":
        content = f"<rdf:Seq>{''.join(f'<rdf:li>{escape(one)}</rdf:li>' for one in value)}</rdf:Seq>"
    elif kind == "Alt":
        content = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt>'
    else:
        content = escape(value)
    return f"<{prefix}:{name}>{content}</{prefix}:{name}>"


def _clean(text: str) -> str:
    """Without what XML forbids, on one line, of a bounded length."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())[:_LONGEST]


def _from_xmp(image: Image.Image) -> Mapping[str, list[str]]:
    packet: Any = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = packet.encode() if isinstance(packet, str) else bytes(packet)
    # A packet has no document type; one that declares entities wants to be larger than it is.
    if not raw or len(raw) > _LARGEST_XMP or b"<!DOCTYPE" in raw:
        return {}
    found: dict[str, list[str]] = {}
    open_fields: list[str] = []
    text: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        text.clear()
        open_fields.append(_FIELDS.get(name, open_fields[-1] if open_fields else ""))
        for key, value in attributes.items():
            if key in _FIELDS:
                found.setdefault(_FIELDS[key], []).append(value)

    def end(_: str) -> None:
        field = open_fields.pop()
        if field and (value := "".join(text).strip()):
            found.setdefault(field, []).append(value)
        text.clear()

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text.append
    with suppress(ExpatError):
        parser.Parse(raw.strip(b"\0 \r\n\t"), True)
    return found


def _from_iptc(image: Image.Image) -> Mapping[str, list[str]]:
    if not isinstance(image, ImageFile.ImageFile):
        return {}
    block = IptcImagePlugin.getiptcinfo(image) or {}
    coding = "utf-8" if block.get(_CODING) == _UTF8 else ""

    def texts(key: tuple[int, int]) -> list[str]:
        values = block.get(key) or []
        return [_decoded(value, coding) for value in (values if isinstance(values, list) else [values])]

    return {"creators": texts(_BYLINE), "credit": texts(_CREDIT), "notice": texts(_NOTICE)}


def _from_exif(image: Image.Image) -> Mapping[str, list[str]]:
    exif = image.getexif()
    artist, notice = (_decoded(exif.get(tag, "")) for tag in (_ARTIST, _COPYRIGHT))
    return {"creators": artist.split(";"), "notice": [notice]}


def _decoded(value: Any, coding: str = "") -> str:
    # Pillow has read the bytes of EXIF as Latin-1; cameras and editors write UTF-8.
    raw: bytes = value if isinstance(value, bytes) else str(value).encode("latin-1", "replace")
    try:
        return raw.decode(coding or "utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
