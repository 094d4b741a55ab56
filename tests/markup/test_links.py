"""Links that name files."""

from __future__ import annotations

import pytest

from slugline.markup import line_of
from slugline.markup.links import content_reference


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("other.md", "content:articles/world/other.md"),
        ("./other.md", "content:articles/world/other.md"),
        ("../asia/other.md#part", "content:articles/asia/other.md#part"),
        ("../../authors/x.md?a=1&amp;b=2", "content:authors/x.md?a=1&amp;b=2"),
        ("../../../secret.md", "content:../secret.md"),
        ("../asia/", "content:articles/asia/"),
        ("a%20b.pdf", "content:articles/world/a%20b.pdf"),
        ("été.md", "content:articles/world/%C3%A9t%C3%A9.md"),
        ("e\u0301te\u0301.md", "content:articles/world/%C3%A9t%C3%A9.md"),
        ("%C3%A9.md", "content:articles/world/%C3%A9.md"),
        ("a&amp;b.md", "content:articles/world/a&amp;b.md"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("&#109;ailto:a@b.c", "&#109;ailto:a@b.c"),
        ("//example.org/", "//example.org/"),
        ("/about/", "/about/"),
        ("#part", "#part"),
        ("?page=2", "?page=2"),
        ("", ""),
        ("content:pages/about.md", "content:pages/about.md"),
        ("%FF.md", "%FF.md"),
    ],
)
def test_a_relative_target_becomes_a_reference_into_the_content(typed, written):
    assert content_reference(typed, "articles/world") == written


def test_a_source_at_the_top_of_the_content_has_no_folder():
    assert content_reference("a.md", "") == "content:a.md"


def test_links_are_listed_once_in_order_as_they_stand_in_the_html(render):
    body = render("[a](b.md) [c](https://example.org/?d=1&e=2) [f](b.md)\n\n[g]\n\n[g]: #h 'T'")
    assert body.links == ("content:articles/world/b.md", "https://example.org/?d=1&amp;e=2", "#h")
    assert all(f'href="{link}"' in body.html for link in body.links)


def test_the_line_of_a_link_is_found_however_it_is_written():
    text = "Other words: x.md is a file.\n\n[x](../world/x%20y.md#z)\n\n![p](img/p.jpg)\n\n[r]: ../q.md\n\n<img src='s.png'>"
    assert line_of(text, "content:articles/world/x%20y.md#z") == 3
    assert line_of(text, "../world/x%20y.md#z") == 3
    assert line_of(text, "content:articles/africa/img/p.jpg") == 5
    assert line_of(text, "content:articles/q.md") == 7
    assert line_of(text, "content:articles/africa/s.png") == 9
    assert line_of(text, "content:articles/none.md") == 0


def test_the_line_of_a_name_in_running_text_is_only_a_second_choice():
    assert line_of("See p.jpg here.\n\n![p](p.jpg)", "content:p.jpg") == 3
