from __future__ import annotations

import pytest

from slugline.images.svg import SvgFile, read_svg

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:h="http://www.w3.org/1999/xhtml" viewBox="0 0 4 2">{}</svg>'
)
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def read(inside: str) -> SvgFile:
    return read_svg(SVG.format(f"\n{inside}").encode())


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script/>", "run or load"),
        ("<h:script/>", "run or load"),
        ("<SCRIPT/>", "run or load"),
        ("<metadata><h:iframe src='/x'/></metadata>", "run or load"),
        ("<h:meta http-equiv='refresh' content='0;url=http://x.example/'/>", "of HTML"),
        ("<foreignObject/>", "run or load"),
        ("<rect onclick='x()'/>", "runs a script"),
        ("<rect ONCLICK='x()'/>", "runs a script"),
        ("<a xlink:href='java&#10;script:x()'/>", "links to"),
        ("<a href='&#9;&#32;JavaScript:x()'/>", "links to"),
        ("<a href='vbscript:x()'/>", "links to"),
        ("<a href='data:text/html,x'/>", "links to"),
        ("<a href='blob:x'/>", "links to"),
        ("<set attributeName='href' to='x'/>", "while it is open"),
        ("<animate attributeName=' xlink:href ' values='x'/>", "while it is open"),
        ("<set attributeName='onclick' to='x'/>", "while it is open"),
        ("<animate attributeName='fill' values='red;url(x.svg#a)'/>", "from elsewhere"),
        ("<image href='http://x.example/a.png'/>", "from elsewhere"),
        ("<image href='a.png'/>", "from elsewhere"),
        ("<image href='data:image/svg+xml,x'/>", "from elsewhere"),
        ("<image href='&#9;//x.example/a.png'/>", "from elsewhere"),
        (f"<use href='{PIXEL}'/>", "from elsewhere"),
        ("<use href='b.svg#a'/>", "from elsewhere"),
        ("<feImage xlink:href='http://x.example/'/>", "from elsewhere"),
        ("<rect fill='url(http://x.example/#a)'/>", "from elsewhere"),
        ("<rect fill='u\\72l(http://x.example/#a)'/>", "from elsewhere"),
        ("<rect fill='&#117;rl( &quot;x.svg#a&quot; )'/>", "from elsewhere"),
        ("<rect style='mask:URL(//x.example)'/>", "from elsewhere"),
        ("<rect style='background:image-set(\"http://x.example/a.png\" 1x)'/>", "image-set()"),
        ("<rect style='background:-webkit-image-set(\"http://x.example/a.png\" 1x)'/>", "-webkit-image-set()"),
        ("<rect style='background:i\\mage-se\\t(\"http://x.example/a.png\" 1x)'/>", "image-set()"),
        ("<rect style='background:soon-to-come(\"http://x.example/a.png\")'/>", "soon-to-come()"),
        ("<style>@import 'x.css';</style>", "@import"),
        ("<style>@im\\port 'x.css';</style>", "@import"),
        ("<style>@IM\\50 ORT 'x.css';</style>", "@import"),
        ("<style><![CDATA[@imp]]><![CDATA[ort 'x.css';]]></style>", "@import"),
        ("<style>@imp<!-- -->ort 'x.css';</style>", "@import"),
        ("<style>@-moz-document url(http://x.example/) {}</style>", "@-moz-document"),
        ("<style>@font-face{src:url(http://x.example/a.woff2)}</style>", "from elsewhere"),
        ("<style>a{src:url(data:font/woff2;base64,AA)}</style>", "from elsewhere"),
        ("<style>a{b:url(x y)}</style>", "cannot be read"),
        ("<rect style='a:\\e b'/>", "control characters"),
        ("<style>a<b/></style>", "in its style sheet"),
        (f"<style>{'(' * 9000}</style>", "too deeply"),
        ("<?xml-stylesheet href='x.css'?>", "xml-stylesheet"),
        ("<g:a/>", "does not declare"),
        ("<g>", "well-formed"),
        ("&amp;&nbsp;", "well-formed"),
    ],
)
def test_what_could_run_or_load_something_is_refused_with_its_line(inside: str, reason: str):
    drawing = read(inside)
    assert reason in drawing.problem
    assert "(line 2)" in drawing.problem
    assert drawing.hint
    assert drawing.markup == b""


@pytest.mark.parametrize(
    "inside",
    [
        "words &amp; <tspan> words  </tspan>\n",
        '<text xml:space="preserve" xml:lang="fr">  a  </text>',
        '<text><textPath xlink:href="#p" startOffset="50%">along</textPath></text>',
        '<a xlink:href="https://x.example/?a=1&amp;b=2#c" target="_top"><title>A</title></a>',
        '<a href="/about/"/><a href="mailto:desk@x.example"/>',
        '<rect id="Layer(1)" class="a(b" data-name="x(1)" aria-label="(a)"/>',
        '<rect style="fill:url(#a);mix-blend-mode:multiply;paint-order:stroke" transform="rotate(45) translate(1 2)"/>',
        "<style>.a&gt;b:not(.c){fill:rgb(1 2 3);font-family:'Größe'}@media print{a{fill:var(--x)}}</style>",
        '<style>@font-face{font-family:a;src:url(data:font/woff2;base64,AA) format("woff2")}</style>',
        '<style>@keyframes a{from{transform:scale(1)}}b{animation:a 1s cubic-bezier(0,0,1,1)}</style>',
        f'<image xlink:href="{PIXEL}" width="1" height="1"/><feImage href="{PIXEL}"/>',
        '<animateTransform attributeName="transform" values="0 1 1;90 1 1" begin="a.click+1s" dur="1s"/>',
        '<filter id="f"><feDropShadow dx="1" flood-color="color-mix(in srgb, red, blue)"/></filter>',
    ],
)  # fmt: skip
def test_a_drawing_of_what_drawings_consist_of_is_published_to_the_letter(inside: str):
    published = read(inside).markup.decode()
    assert published.partition(">")[2] == f"\n{inside}</svg>"


@pytest.mark.parametrize(
    ("inside", "published"),
    [
        ("<!-- drawn by hand --><rect/>", "<rect/>"),
        ("<?xpacket begin=''?><rect></rect>", "<rect/>"),
        ("<i:pgf xmlns:i='urn:i'>AAAA<rect/></i:pgf><rect i:b='c' xmlns:i='urn:i'/>", "<rect/>"),
        (
            "<switch><foreignObject requiredExtensions='http://ns.adobe.com/Flows/1.0/'><p/></foreignObject><g/></switch>",
            "<switch><g/></switch>",
        ),
        ("<flowRoot>x</flowRoot><font-face-uri href='http://x.example/'/>", ""),
        ("<rect ping='http://x.example/' src='x' xml:base='http://x.example/'/>", "<rect/>"),
        ("<image href=''/>", "<image/>"),
        ("<g xmlns=''><rect/></g>", ""),
        ("<style>a{fill:u\\72l(#b)}</style>", "<style>a{fill:url(#b)}</style>"),
        (f"<image href='{PIXEL[:30]}&#10; {PIXEL[30:]}'/>", f'<image href="{PIXEL[:30]} {PIXEL[30:]}"/>'),
    ],
)
def test_what_no_browser_draws_is_left_out_and_disguises_are_taken_off(inside: str, published: str):
    assert read(inside).markup.decode().partition(">")[2] == f"\n{published}</svg>"


def test_prefixes_of_any_name_are_written_plainly():
    raw = b'<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"><s:use l:href="#a"/></s:svg>'
    assert read_svg(raw).markup == (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>'
    )


def test_who_drew_it_and_its_licence_are_published():
    metadata = (
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#" '
        'xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:s="urn:s"><cc:Work r:about=""><d:creator>Ann</d:creator>'
        '<cc:license r:resource="https://creativecommons.org/licenses/by/4.0/"/><s:place>50.1</s:place></cc:Work></r:RDF></metadata>'
    )
    published = read(metadata).markup.decode()
    assert "Ann</dc:creator>" in published
    assert 'rdf:resource="https://creativecommons.org/licenses/by/4.0/"' in published
    assert "50.1" not in published
    assert read_svg(published.encode()).markup.decode() == published


def test_a_drawing_in_no_namespace_is_an_error_that_says_what_to_write():
    drawing = read_svg(b'\n<svg width="4" height="2"><rect/></svg>')
    assert drawing.problem == "is in no namespace, so no browser draws it (line 2)"
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawing.hint


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"\xff\xfe\0",
        b'<?xml version="1.0" encoding="x"?><svg/>',
    ],
)
def test_a_file_that_is_no_drawing_is_refused(raw: bytes):
    assert read_svg(raw).problem


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_a_drawing_of_any_encoding_is_published_in_utf_8(encoding: str):
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    raw = f'<?xml version="1.0" encoding="{name}"?><svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>'.encode(
        encoding
    )
    assert read_svg(raw).markup == '<svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>'.encode()
