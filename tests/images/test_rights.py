from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image, PngImagePlugin, TiffImagePlugin

from slugline.files import digest
from slugline.images.encoder import ImageEncoder
from slugline.images.rights import Rights, exif_of, read_rights, xmp_of
from slugline.settings.schema import Images

from .conftest import photo
from .test_picture_probing import look

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
PACKET = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {" ".join(f'xmlns:{name}="{space}"' for name, space in NAMES.items())}>
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="50,3.5N" photoshop:Credit="The Pier">
  <dc:creator><rdf:Seq><rdf:li>Ána Hand</rdf:li><rdf:li>B. Two</rdf:li></rdf:Seq></dc:creator>
  <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 The Pier</rdf:li><rdf:li
    xml:lang="fr">Tous droits</rdf:li></rdf:Alt></dc:rights>
  <xmpRights:WebStatement>https://creativecommons.org/licenses/by/4.0/</xmpRights:WebStatement>
  <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">CC BY &amp; no more</rdf:li></rdf:Alt></xmpRights:UsageTerms>
  <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://pier.example/buy</plus:LicensorURL>
    </rdf:li></rdf:Seq></plus:Licensor>
  <ext:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture</ext:DigitalSourceType>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()
RIGHTS = Rights(
    creators=("Ána Hand", "B. Two"),
    credit="The Pier",
    notice="© 2026 The Pier",
    terms="CC BY & no more",
    statement="https://creativecommons.org/licenses/by/4.0/",
    licensor_url="https://pier.example/buy",
    source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
)


def original(kind: str) -> bytes:
    """A picture that says who made it, and where it was taken with which camera."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8769)[0xA431] = "SERIAL-1"
    options: dict[str, Any] = {"xmp": PACKET, "exif": exif}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", PACKET.decode())
        options = {"pnginfo": texts, "exif": exif}
    elif kind == "TIFF":
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[700] = PACKET
        tags.tagtype[700] = 1
        options = {"tiffinfo": tags}
    return photo(kind=kind, **options)


def versions(raw: bytes, name: str, folder: Path) -> dict[str, bytes]:
    """Everything that is published of a picture."""
    (folder / name).write_bytes(raw)
    picture = look(raw, name, Images(widths=(24,)))
    encoder = ImageEncoder(str(folder), str(folder / "cache"))
    return {one.name: encoder.encode(name, digest(raw), picture, one) for one in picture.renditions}


def packet_in(raw: bytes) -> etree._Element:
    """The packet of XMP in a file, found by its bytes and read by another parser."""
    start, end = raw.index(b"<x:xmpmeta"), raw.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")
    return etree.fromstring(raw[start:end])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_the_rights_in_a_picture_are_in_all_that_is_published_of_it_and_nothing_else_is(kind: str, tmp_path: Path):
    published = versions(original(kind), f"x.{kind.lower()}", tmp_path)
    assert published
    for name, raw in published.items():
        tree = packet_in(raw)

        def values(path: str, tree: etree._Element = tree) -> list[str]:
            return [found.text for found in tree.iterfind(f".//{path}", NAMES)]

        assert values("dc:creator//rdf:li") == ["Ána Hand", "B. Two"], name
        assert values("dc:rights//rdf:li") == ["© 2026 The Pier"]
        assert values("photoshop:Credit") == ["The Pier"]
        assert values("xmpRights:WebStatement") == ["https://creativecommons.org/licenses/by/4.0/"]
        assert values("xmpRights:UsageTerms//rdf:li") == ["CC BY & no more"]
        assert values("plus:Licensor//plus:LicensorURL") == ["https://pier.example/buy"]
        assert values("ext:DigitalSourceType") == [RIGHTS.source_type]
        exif = Image.open(io.BytesIO(raw)).getexif()
        assert set(exif) == {0x013B, 0x8298}, "neither the place nor the camera"
        assert b"SERIAL" not in raw
        assert b"GPS" not in raw


def test_a_picture_that_says_nothing_is_published_without_metadata(tmp_path: Path):
    for raw in versions(photo(), "x.jpg", tmp_path).values():
        image = Image.open(io.BytesIO(raw))
        assert not {"exif", "xmp"} & set(image.info)


def test_what_was_written_is_read_again():
    image = Image.new("RGB", (4, 4))
    image.info["xmp"] = xmp_of(RIGHTS)
    assert read_rights(image) == RIGHTS
    assert xmp_of(Rights()) == exif_of(Rights()) == b""


def test_the_block_of_the_iptc_is_read_too():
    def record(number: int, value: bytes, group: int = 2) -> bytes:
        return struct.pack(">BBBH", 0x1C, group, number, len(value)) + value

    block = record(90, b"\x1b%G", 1) + b"".join(
        record(number, text.encode()) for number, text in ((80, "Ána Hand"), (110, "The Pier"), (116, "© 2026"))
    )
    resource = b"8BIM" + struct.pack(">HxxI", 0x0404, len(block)) + block + b"\0" * (len(block) % 2)
    body = b"Photoshop 3.0\0" + resource
    plain = photo()
    raw = plain[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + plain[2:]
    assert read_rights(Image.open(io.BytesIO(raw))) == Rights(("Ána Hand",), "The Pier", "© 2026")


def test_exif_is_read_in_utf_8_and_latin_1():
    for coding in ("utf-8", "latin-1"):
        exif = Image.Exif()
        exif[0x013B], exif[0x8298] = "Ána; B".encode(coding), "© 2026".encode(coding)
        assert read_rights(Image.open(io.BytesIO(photo(exif=exif)))) == Rights(("Ána", "B"), notice="© 2026")


@pytest.mark.parametrize(
    "packet", [b"<", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 10_000, PACKET[: len(PACKET) // 2]]
)
def test_broken_metadata_is_no_reason_to_refuse_a_picture(packet: bytes):
    assert look(photo(xmp=packet)).problem == ""
    assert isinstance(read_rights(Image.open(io.BytesIO(photo(xmp=packet)))), Rights)


def test_what_a_file_says_is_bounded_and_safe_in_xml():
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "; ".join(str(number) for number in range(99)), "a\x07<b>&" + "x" * 9000
    rights = read_rights(Image.open(io.BytesIO(photo(exif=exif))))
    assert len(rights.creators) == 10
    assert rights.notice.startswith("a <b>&x")
    assert len(packet_in(xmp_of(rights)).xpath("string()")) < 600
