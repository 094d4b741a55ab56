"""The reader of web pages: what it takes for a page, what it refuses, what it believes, which files come along."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from importing.conftest import SETTINGS
from importing.fragments import fragment, read_html
from slugline.importing import Imported, Refused
from slugline.importing.html import read, read_page, reading, sniff, stories_among
from slugline.importing.html.dates import iso_of
from slugline.importing.html.saved import MAX_MEDIA
from slugline.importing.moments import Moments
from slugline.importing.rules import Rules
from slugline.markup import MarkupOptions, Renderer


def png(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(file, "PNG")
    return file.getvalue()


PROSE = [
    "The harbour board voted on Tuesday to rebuild the fish market that burned down two winters ago, and nobody objected.",
    "Work is expected to start in May and to take eighteen months, if the winter is kind and the cranes arrive in time.",
    "Until then the boats land their catch at the old ferry pier, where there is neither a roof nor a scale that works.",
]
PNG = png("teal")
RENDERER = Renderer(MarkupOptions(smart=False))


def page(head: str = "", body: str = "", *, title: str = "Board votes to rebuild the market", prose: list[str] = PROSE) -> str:
    story = "".join(f"<p>{text}</p>" for text in prose)
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head>\n"
        f"<body><article><h1>{title}</h1>{story}{body}</article></body></html>"
    )


def item(html: str | bytes, path: str = "/saved/page.html", source: str = "page.html") -> Imported:
    found = read_page(html if isinstance(html, bytes) else html.encode(), path, source, SETTINGS)
    assert isinstance(found, Imported), found
    return found


def refusal(html: str | bytes) -> Refused:
    found = read_page(html if isinstance(html, bytes) else html.encode(), "/saved/page.html", "page.html", SETTINGS)
    assert isinstance(found, Refused), found
    return found


def test_a_page_is_known_by_its_name_or_by_its_first_bytes(tmp_path: Path) -> None:
    for name, content, known in (
        ("a.html", b"x", True),
        ("b.HTM", b"x", True),
        ("c.txt", b"\xef\xbb\xbf  <!-- saved -->\n<!DOCTYPE html><p>x", True),
        ("d", b"<html lang=en>", True),
        ("e.txt", b"A headline\n\nA <html> in the text.", False),
        ("f.md", b"<html>", False),
    ):
        (tmp_path / name).write_bytes(content)
        assert sniff(str(tmp_path / name)) is known, name


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (page().encode(), ""),
        (b"\xef\xbb\xbf" + page().encode(), ""),
        (b"\xff\xfe" + page().encode("utf-16-le"), "read as UTF-16"),
        (page().replace("utf-8", "iso-8859-1").replace("Tuesday", "“Dimanche” café").encode("cp1252"), "read as cp1252"),
        (page().replace("<meta charset='utf-8'>", "").replace("Tuesday", "café").encode("cp1252"), "read as cp1252"),
        (page().replace("utf-8", "shift_jis").replace("Tuesday", "東京").encode("cp932"), "read as cp932"),
        (page().replace("utf-8", "nonsense").encode(), ""),
    ],
)
def test_the_encoding_is_the_one_that_a_mark_or_the_page_or_its_bytes_tell(raw: bytes, note: str) -> None:
    found = item(raw)
    assert found.title == "Board votes to rebuild the market"
    assert "�" not in found.body
    assert (note in found.mended) if note else not found.mended


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "ZIP archive"),
        (b"x" + bytes(range(256)) * 20, "binary"),
        (b"<div>" * 4000 + page().encode(), "nested so deep"),
        (page(title="").replace("<h1></h1>", "").encode(), "no headline"),
    ],
)
def test_what_is_no_page_that_can_be_read_is_refused_in_words(raw: bytes, message: str) -> None:
    problem = refusal(raw).problem
    assert message in problem.message
    assert problem.hint
    assert problem.severity == "error"


def test_a_page_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1 << 20)
    path = tmp_path / "large.html"
    path.write_bytes(page().encode() + b" " * (1 << 20))
    (found,) = read(str(path), "large.html", SETTINGS)
    assert isinstance(found, Refused)
    assert "larger than 1 MB" in found.problem.message


TEASERS = "".join(
    f"<article><h2><a href='/{n}'>Story number {n} of the day</a></h2><p>{text}</p></article>"
    for n, text in enumerate(PROSE * 2)
)


COLLECTION = '<script type="application/ld+json">{"@type":"CollectionPage","name":"W"}</script>'


@pytest.mark.parametrize(
    ("html", "what"),
    [
        (f"<html><head><title>Paper</title></head><body class='home blog'>{TEASERS}</body></html>", "a front page"),
        (
            f"<html><head><title>World</title></head><body class='archive category'><h1>World</h1>{TEASERS}</body></html>",
            "a list of stories",
        ),
        (f"<html><head><title>World</title></head><body><h1>World</h1>{TEASERS}</body></html>", "a list of stories"),
        ("<html><head><title>Search</title></head><body class='search'><h1>Search</h1></body></html>", "search results"),
        ("<html><head><title>Gone</title></head><body class='error404'><h1>Not found</h1></body></html>", "nothing was found"),
        ("<html><head><title>A</title></head><body><h1>A</h1><p>Log in to go on.</p></body></html>", "without a story's text"),
        (f"<html><head><title>W</title>{COLLECTION}</head><body><h1>World</h1>{TEASERS}</body></html>", "a list of stories"),
    ],
)
def test_a_page_that_tells_no_story_is_passed_over_and_told(html: str, what: str) -> None:
    problem = refusal(html).problem
    assert what in problem.message
    assert problem.severity == "warning"


def test_a_page_about_the_paper_becomes_a_page() -> None:
    found = item(page().replace("<body>", "<body class='page page-template-default page-id-2'>"))
    assert found.kind == "page"
    assert found.people == ()


def test_data_that_cannot_be_read_is_passed_over_with_its_line() -> None:
    head = '\n<script type="application/ld+json">{"@type":"NewsArticle", headline</script>'
    head += '<meta name="author" content="Ines Marlow">'
    found = item(page(head))
    assert [person.name for person in found.people] == ["Ines Marlow"]
    assert [(problem.line, problem.severity) for problem in found.problems] == [(3, "warning")]


@pytest.mark.parametrize(
    "wrapped", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "/* <![CDATA[ */{}/* ]]> */", "[{}]", '{{"@graph":[{}]}}']
)
def test_data_is_read_however_it_is_wrapped(wrapped: str) -> None:
    author = '{"@type":"Person","name":"Ines Marlow",}'
    data = f'{{"@type":"NewsArticle","headline":"Board votes","author":{author},"datePublished":"2026-01-24T09:00:00Z"}}'
    found = item(page(f'<script type="application/ld+json">{wrapped.format(data)}</script>'))
    assert [person.name for person in found.people] == ["Ines Marlow"]
    assert found.date is not None
    assert found.date.iso == "2026-01-24T09:00Z"


def test_names_in_data_that_are_no_persons_are_not_authors() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "Board votes to rebuild the market",
        "author": [
            {"@type": "Organization", "name": "The Beacon"},
            {"@type": "Person", "name": "admin"},
            {"@type": "Person", "name": "By Ines Marlow and Tom Ray"},
        ],
        "publisher": {"name": "The Beacon"},
    }
    found = item(page(f'<script type="application/ld+json">{json.dumps(data)}</script>'))
    assert [person.name for person in found.people] == ["Ines Marlow", "Tom Ray"]


def test_where_the_page_shows_only_the_beginning_the_text_of_its_data_is_taken_and_told() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "Board votes to rebuild the market",
        "articleBody": "\n\n".join(PROSE * 2),
        "isAccessibleForFree": False,
    }
    found = item(page(f'<script type="application/ld+json">{json.dumps(data)}</script>', prose=PROSE[:1]))
    assert found.body.count("\n\n") == 5
    assert any("only the beginning" in problem.message for problem in found.problems)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-01-24T09:00:00.000Z", "2026-01-24T09:00Z"),
        ("2026-01-24T09:00:07+0100", "2026-01-24T09:00:07+01:00"),
        ("2026-01-24 09:00", "2026-01-24T09:00"),
        ("2026-01-24", "2026-01-24"),
        ("Sat, 24 Jan 2026 09:00:00 GMT", "2026-01-24T09:00Z"),
        ("1769245200", "2026-01-24T09:00Z"),
        ("1769245200000", "2026-01-24T09:00Z"),
        ("January 24, 2026", "2026-01-24"),
        ("24. Januar 2026, 18:30 Uhr", "2026-01-24T18:30"),
        ("2026-13-40T09:00", ""),
        ("0000-00-00", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_date_in_any_spelling_becomes_one_of_front_matter(written: str, iso: str, rules: Rules) -> None:
    assert iso_of(written, Moments(rules)) == iso


def saved(folder: Path, html: str, name: str = "site/page.html") -> Imported:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, "utf-8")
    (found,) = read(str(path), name, SETTINGS)
    assert isinstance(found, Imported), found
    return found


def test_pictures_that_were_saved_with_a_page_come_along(tmp_path: Path) -> None:
    files = tmp_path / "site/page_files"
    files.mkdir(parents=True)
    (files / "Old pier-1024x683.png").write_bytes(PNG)
    (tmp_path / "site/lead.png").write_bytes(png("red"))
    image = '<img src="page_files/Old%20pier-1024x683.png" srcset="https://e.example/x.png 2x" alt="A">'
    figure = f"<figure>{image}<figcaption>The pier</figcaption></figure>"
    html = page(body=figure).replace("</h1>", '</h1><img src="./lead.png" alt="Lead"><div class="entry-content">')
    found = saved(tmp_path, html)
    pier, lead = found.media
    assert found.meta["image"] == {"src": lead.target, "alt": "Lead"}
    name = pier.target
    assert re.fullmatch(r"old-pier-[0-9a-f]{8}\.png", name)
    assert f'![A]({name} "The pier")' in found.body
    assert Path(pier.source).read_bytes() == PNG
    assert not found.problems


def test_a_mirrored_site_has_its_pictures_below_its_top(tmp_path: Path) -> None:
    (tmp_path / "site/wp-content").mkdir(parents=True)
    (tmp_path / "site/wp-content/pier.png").write_bytes(PNG)
    found = saved(tmp_path, page(body='<img src="/wp-content/pier.png" alt="A">'), "site/2026/01/page/index.html")
    assert len(found.media) == 1


@pytest.mark.parametrize(
    "address",
    [
        "../secret.png",
        "../../secret.png",
        "{root}/secret.png",
        "file://{root}/secret.png",
        "%2e%2e/secret.png",
        "..\\secret.png",
        "link.png",
        "/secret.png",
    ],
)
def test_no_picture_comes_from_outside_of_what_was_given(tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "site").mkdir()
    os.symlink(tmp_path / "secret.png", tmp_path / "site/link.png")
    found = saved(tmp_path, page(body=f'<img src="{address.format(root=tmp_path)}" alt="A">'))
    assert found.media == ()


def test_files_that_are_no_pictures_stay_behind(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.png").write_bytes(b"<script>alert(1)</script>")
    (tmp_path / "site/b.svg").write_bytes(b"<svg onload='alert(1)'/>")
    (tmp_path / "site/d.png").write_bytes(PNG[:60])
    with (tmp_path / "site/c.png").open("wb") as file:
        file.write(PNG)
        file.truncate(MAX_MEDIA + 1)
    found = saved(
        tmp_path, page(body="".join(f'<p><img src="{name}" alt="A"></p>' for name in ("a.png", "b.svg", "c.png", "d.png")))
    )
    assert found.media == ()
    assert sum("does not come along" in problem.message for problem in found.problems) == 3


def test_in_a_folder_with_pages_what_belongs_to_them_is_no_story() -> None:
    files = ["s/a.html", "s/a_files/x.js", "s/a_files/frame.html", "s/style.css", "s/pier.png", "s/notes.txt", "s/b/index.htm"]
    kept = [path for path, _ in stories_among((path, False) for path in files)]
    assert kept == ["s/a.html", "s/notes.txt", "s/b/index.htm"]
    only = [("t/a.txt", False), ("t/b.png", False)]
    assert list(stories_among(only)) == only


@settings(max_examples=150)
@given(st.integers(0, 2**40))
def test_any_page_in_no_crash_every_word_accounted_for_nothing_dangerous(seed: int) -> None:
    inside, _ = fragment(seed, depth=5)
    around, _ = fragment(seed + 1, depth=3)
    html = page(body=inside).replace("<body>", f"<body><div class='sidebar'>{around}</div>")
    found = read_page(html.encode("utf-8", "surrogatepass"), "/saved/page.html", "page.html", SETTINGS)
    if isinstance(found, Imported):
        assert found.words_in == found.words_out
        assert found.words_total == found.words_in + sum(part.words for part in found.parts)
        text, dangers = read_html(RENDERER.render(found.body, lang="en", source="articles/a/b.md").html)
        assert not dangers
        for sentence in PROSE[1:]:
            assert sentence in " ".join(text.split())
    else:
        assert found.problem.message


@settings(max_examples=60)
@example(b"<!", "")
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "<html>", "<html><body><h1>x</h1><p>", '<script type="application/ld+json">', "\xef\xbb\xbf"]),
)
def test_any_bytes_in_no_crash(raw: bytes, before: str) -> None:
    found = read_page(before.encode() + raw, "/saved/page.html", "page.html", SETTINGS)
    assert isinstance(found, Imported | Refused)
