"""The script of live reload in the pages that are sent."""

from __future__ import annotations

from slugline.serve.live_script import with_script


def test_the_script_is_at_the_end_of_the_body() -> None:
    page = with_script(b"<body>words</body></html>", "world/a&b.html")
    assert page.startswith(b"<body>words<script src=")
    assert page.endswith(b"defer></script></body></html>")
    assert b'data-page="world/a&amp;b.html"' in page


def test_a_page_without_a_body_gets_the_script_too() -> None:
    assert b"live.js" in with_script(b"words", "a.html")
