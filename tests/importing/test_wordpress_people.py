"""Who wrote a post: WordPress's author, Co-Authors Plus, PublishPress, Newspack."""

from __future__ import annotations

from importing.conftest import Newsroom
from importing.wxr import author, item, meta, term, wxr
from slugline.content import load_front

GUEST = item(
    40,
    "",
    title="Tomas Hale",
    type="guest-author",
    name="cap-tomas-hale",
    more=meta("cap-display_name", "Tomas Hale")
    + meta("cap-user_login", "tomas-hale")
    + meta("cap-user_email", "tomas@courier.example")
    + meta("cap-newspack_job_title", "Shipping correspondent")
    + meta("cap-description", "Has <em>sailed</em>.")
    + meta("cap-website", "https://hale.example/")
    + meta("cap-twitter", "@thale"),
)
HEAD = author("ines", "Ines Marlow", 2) + author("admin", "Newsroom", 1)


def byline(newsroom: Newsroom, post: str, *others: str, head: str = HEAD) -> list[object]:
    newsroom.seed("export.xml", wxr(post, *others, head=head))
    newsroom.run()
    found, _ = load_front(newsroom.read("articles/news/story-1.md"), "x")
    return list(found.get("authors", []))


def test_the_author_of_wordpress_is_the_author(newsroom: Newsroom) -> None:
    assert byline(newsroom, item(1)) == ["ines-marlow"]
    assert "authors/newsroom.md" not in newsroom.files()


def test_an_author_without_a_display_name_has_the_first_and_the_last(newsroom: Newsroom) -> None:
    head = (
        "<wp:author><wp:author_login>ines</wp:author_login><wp:author_display_name>ines</wp:author_display_name>"
        "<wp:author_first_name>Ines</wp:author_first_name><wp:author_last_name>Marlow</wp:author_last_name>"
        "<wp:author_description>Covers the coast.</wp:author_description></wp:author>"
    )
    assert byline(newsroom, item(1), head=head) == ["ines-marlow"]
    assert newsroom.read("authors/ines-marlow.md").endswith("---\n\nCovers the coast.\n")


def test_co_authors_come_in_their_order_with_what_their_profile_says(newsroom: Newsroom) -> None:
    terms = term("author", "cap-tomas-hale", "tomas-hale") + term("author", "cap-ines", "ines")
    assert byline(newsroom, item(1, creator="admin", more=terms), GUEST) == ["tomas-hale", "ines-marlow"]
    assert newsroom.read("authors/tomas-hale.md") == (
        "---\nname: Tomas Hale\nrole: Shipping correspondent\nlinks:\n  Website: https://hale.example/\n  X: https://x.com/thale\n"
        "---\n\nHas *sailed*.\n"
    )


def test_a_co_author_without_a_profile_keeps_the_name(newsroom: Newsroom) -> None:
    assert byline(newsroom, item(1, more=term("author", "jo-reef", "Jo Reef"))) == ["jo-reef"]
    assert newsroom.read("authors/jo-reef.md") == "---\nname: Jo Reef\n---\n"


def test_the_bio_of_publishpress_stands_at_its_term(newsroom: Newsroom) -> None:
    head = HEAD + (
        "<wp:term><wp:term_taxonomy>author</wp:term_taxonomy><wp:term_slug>jo-reef</wp:term_slug>"
        "<wp:term_name>Jo Reef</wp:term_name>"
        "<wp:termmeta><wp:meta_key>description</wp:meta_key><wp:meta_value>Dives.</wp:meta_value></wp:termmeta></wp:term>"
    )
    byline(newsroom, item(1, more=term("author", "jo-reef", "Jo Reef")), head=head)
    assert newsroom.read("authors/jo-reef.md").endswith("---\n\nDives.\n")


def test_a_byline_of_newspack_wins_where_it_is_active(newsroom: Newsroom) -> None:
    written = meta("_newspack_byline", "By [Author id=2]Ines Marlow[/Author] and [Author id=9]Joan <b>Reef</b>[/Author]")
    terms = term("author", "cap-tomas-hale", "tomas-hale")
    assert byline(newsroom, item(1, more=terms + written + meta("_newspack_byline_active", "1")), GUEST) == [
        "ines-marlow",
        "joan-reef",
    ]
    newsroom.clear()
    assert byline(newsroom, item(1, more=terms + written + meta("_newspack_byline_active", "")), GUEST) == ["tomas-hale"]


def test_someone_who_is_named_twice_stands_once(newsroom: Newsroom) -> None:
    terms = term("author", "cap-ines", "ines") + term("author", "ines-marlow", "Ines Marlow")
    assert byline(newsroom, item(1, more=terms)) == ["ines-marlow"]
