"""Word documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from importing.conftest import Newsroom
from publications import picture

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="p" descr="The quay"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
FIRST = "The council voted on Tuesday to close the east quay for nine weeks, after divers found cracks in two piles."


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r>"
    return f"<w:p>{styled}{run}</w:p>"


def document(*blocks: str, image: bytes = b"") -> bytes:
    packed = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{name}"/></w:style>'
        for one, name in (("Title", "Title"), ("Heading2", "heading 2"), ("Quote", "Quote"))
    )
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        main = f'<Relationship Id="r1" Type="{kind}/officeDocument" Target="word/document.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{RELS}">{main}</Relationships>')
        inner = f'<Relationship Id="rId1" Type="{kind}/styles" Target="styles.xml"/>'
        inner += f'<Relationship Id="rId9" Type="{kind}/image" Target="media/p.png"/>' if image else ""
        file.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{RELS}">{inner}</Relationships>')
        file.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
        body = "".join(blocks)
        file.writestr("word/document.xml", f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>')
        if image:
            file.writestr("word/media/p.png", image)
    return packed.getvalue()


def test_a_document_becomes_a_story_with_its_head_and_its_pictures(newsroom: Newsroom) -> None:
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in row)}</w:tr>" for row in ("ab", "12"))
    raw = document(
        paragraph("Port to close east quay", "Title"),
        paragraph("Nine weeks without ferries"),
        paragraph("By Joon Park, Chief Correspondent, Asia"),
        paragraph("March 3, 2026"),
        paragraph(FIRST),
        f"<w:p><w:r>{DRAWING}</w:r></w:p>",
        paragraph("After", "Heading2"),
        paragraph("We all knew it for years.", "Quote"),
        f"<w:tbl>{cells}</w:tbl>",
        paragraph("Loud words.", bold=True),
        image=picture(),
    )
    newsroom.seed("story.docx", raw)
    report = newsroom.run()
    assert newsroom.actions(report) == ["written"]
    text = newsroom.read("articles/news/port-to-close-east-quay.md")
    head = "title: Port to close east quay\ndek: Nine weeks without ferries\ndate: 2026-03-03\nauthors:\n- joon-park\n"
    assert text.startswith(f"---\n{head}---\n\n{FIRST}\n\n![The quay](picture-")
    assert "## After\n\n> We all knew it for years.\n" in text
    assert "<td>a</td><td>b</td>" in text
    assert "**Loud words.**" in text
    assert newsroom.read("authors/joon-park.md") == "---\nname: Joon Park\nrole: Chief Correspondent, Asia\n---\n"
    (name,) = (name for name in newsroom.files() if name.endswith(".png"))
    assert newsroom.files()[name] == picture()
    assert newsroom.actions(newsroom.run()) == ["unchanged"]


def test_without_a_style_the_first_short_line_is_the_headline(newsroom: Newsroom) -> None:
    newsroom.seed("story.docx", document(paragraph("Port to close"), paragraph(FIRST)))
    newsroom.run()
    assert newsroom.read("articles/news/port-to-close.md").endswith(f"---\n\n{FIRST}\n")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (document(paragraph(FIRST), paragraph(FIRST)), "no headline"),
        (document(paragraph("Port to close", "Title")), "a headline and no text"),
        (document(), "no text"),
        (b"not a zip", "no Word document"),
        (document(paragraph("A"))[:200], "no Word document"),
        (b"<!doctype html><html><body>x</body></html>", "a web page under the name"),
    ],
)
def test_what_is_no_story_is_refused(newsroom: Newsroom, raw: bytes, what: str) -> None:
    newsroom.seed("story.docx", raw)
    report = newsroom.run()
    assert newsroom.actions(report) == ["refused"]
    assert what in report.problems[0].message
