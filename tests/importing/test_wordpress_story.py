"""What becomes of each field of a WordPress post, seen through whole imports of small exports."""

from __future__ import annotations

import json

import pytest

from importing.conftest import NOW, Newsroom
from importing.wxr import author, category, item, meta, term, wxr
from slugline.content import load_front
from slugline.importing import ImportReport
from slugline.starter_pages import STARTER_PAGES

STORY = "articles/news/story-1.md"


def front(newsroom: Newsroom, path: str = STORY) -> dict[str, object]:
    found, problems = load_front(newsroom.read(path), path)
    assert not problems
    return dict(found)


def bring(newsroom: Newsroom, *items: str, head: str = "", **options: object) -> ImportReport:
    newsroom.seed("export.xml", wxr(*items, head=head))
    return newsroom.run(**options)  # type: ignore[arg-type]


def messages(report: ImportReport) -> list[str]:
    return [problem.message for problem in report.problems]


def test_a_post_becomes_a_story_to_the_letter(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1), head=author("ines", "Ines Marlow"))
    assert newsroom.actions(report) == ["written"]
    assert newsroom.read(STORY) == (
        "---\ntitle: Story 1\ndate: 2026-01-24T09:00:00Z\nauthors:\n- ines-marlow\naliases:\n- /2026/01/story-1/\n---\n\n"
        "The tide is out.\n"
    )
    assert newsroom.read("authors/ines-marlow.md") == "---\nname: Ines Marlow\n---\n"
    assert not messages(report)
    (outcome,) = report.outcomes
    assert (outcome.source, outcome.words_in, outcome.words_out) == ("seeds/export.xml#1", 4, 4)


def test_no_mail_address_comes_along(newsroom: Newsroom) -> None:
    bring(newsroom, item(1), head=author("ines", "Ines Marlow"))
    assert not any(b"@courier.example" in content for content in newsroom.files().values())


@pytest.mark.parametrize(
    ("status", "draft", "told"),
    [
        ("publish", False, ""),
        ("draft", True, ""),
        ("pending", True, "waiting for review"),
        ("private", True, "private"),
        ("in-legal-review", True, "in-legal-review"),
    ],
)
def test_what_was_not_published_is_a_draft(newsroom: Newsroom, status: str, draft: bool, told: str) -> None:
    report = bring(newsroom, item(1, status=status))
    assert front(newsroom).get("draft", False) is draft
    assert all(told in message for message in messages(report))
    assert bool(told) == bool(messages(report))


def test_a_scheduled_post_is_under_embargo(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, status="future", date="2027-05-01 06:00:00"))
    assert "draft" not in front(newsroom)
    assert "date: 2027-05-01T06:00:00Z" in newsroom.read(STORY)
    assert "under embargo" in messages(report)[0]


def test_what_was_behind_a_password_is_a_draft(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, password="herring"))
    assert front(newsroom)["draft"] is True
    assert "password" in messages(report)[0]
    assert "herring" not in newsroom.read(STORY)


def test_what_was_in_the_trash_is_left_out_and_told(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1), item(2, status="trash"))
    assert newsroom.actions(report) == ["written", "left"]
    assert report.exit_code == 0
    assert "in the trash" in messages(report)[0]


def test_a_draft_without_a_date_takes_the_local_one(newsroom: Newsroom) -> None:
    more = "<wp:post_date>2026-02-03 10:20:30</wp:post_date>"
    bring(newsroom, item(1, status="draft", date="0000-00-00 00:00:00", more=more))
    assert "date: 2026-02-03T10:20:30\n" in newsroom.read(STORY)


@pytest.mark.parametrize(
    ("modified", "updated"),
    [
        ("2026-01-24 09:59:59", ""),
        ("2026-01-24 10:00:00", "2026-01-24T10:00:00Z"),
        ("2026-01-23 09:00:00", ""),
        ("nonsense", ""),
    ],
)
def test_a_change_is_an_update_if_it_came_an_hour_later(newsroom: Newsroom, modified: str, updated: str) -> None:
    bring(newsroom, item(1, modified=modified))
    assert (f"updated: {updated}\n" in newsroom.read(STORY)) if updated else ("updated" not in front(newsroom))


def test_a_change_of_many_posts_at_once_is_no_update(newsroom: Newsroom) -> None:
    items = [item(number, f"Story of day {number}.", modified=f"2026-05-01 10:00:{number:02d}") for number in range(1, 12)]
    bring(newsroom, *items, item(12, "Another.", modified="2026-05-01 11:00:00"))
    assert "updated" not in front(newsroom)
    assert "updated: 2026-05-01T11:00:00Z" in newsroom.read("articles/news/story-12.md")


SECTIONS = (
    category("world", "World", number=3) + category("asia", "Asia &amp; Pacific", parent="world", number=4)
    + category("harbour", "Harbour", number=5) + category("empty", "Empty", number=6)
)  # fmt: skip
FILED = term("category", "harbour", "Harbour") + term("category", "asia", "Asia &amp; Pacific")


def test_categories_become_sections_and_further_ones_tags(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, more=FILED + term("post_tag", "fish", "Fish")), head=SECTIONS)
    assert front(newsroom, "articles/harbour/story-1.md")["tags"] == ["Fish", "Asia & Pacific"]
    assert newsroom.read("sections/harbour.md") == "---\ntitle: Harbour\n---\n"
    assert sorted(path for path in newsroom.files() if path.startswith("sections/")) == ["sections/harbour.md"]


def test_the_primary_category_wins_and_its_section_is_the_one_above_it(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, more=FILED + meta("_yoast_wpseo_primary_category", "4")), head=SECTIONS)
    assert front(newsroom, "articles/world/story-1.md")["tags"] == ["Harbour", "Asia & Pacific"]


def test_the_category_in_the_permalink_wins_over_the_first_one(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, link="https://courier.example/asia/story-1/", more=FILED), head=SECTIONS)
    assert "articles/world/story-1.md" in newsroom.files()


def test_a_section_that_the_publication_has_wins_over_the_one_above_it(newsroom: Newsroom) -> None:
    (newsroom.content / "sections").mkdir(parents=True)
    (newsroom.content / "sections/asia.md").write_text("---\ntitle: Asia\n---\n", "utf-8")
    bring(newsroom, item(1, more=FILED + meta("_yoast_wpseo_primary_category", "4")), head=SECTIONS)
    assert "articles/asia/story-1.md" in newsroom.files()


def test_a_section_that_is_given_takes_all_and_makes_no_other(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, more=FILED), head=SECTIONS, section="World")
    assert "articles/world/story-1.md" in newsroom.files()
    assert newsroom.actions(report) == ["left", "written"]
    assert [path for path in newsroom.files() if path.startswith("sections/")] == ["sections/world.md"]


def test_a_category_whose_address_the_site_has_gets_another(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, more=term("category", "archive", "Archive")), head=category("archive", "Archive"))
    assert newsroom.read("sections/archive-news.md") == "---\ntitle: Archive\n---\n"
    assert "articles/archive-news/story-1.md" in newsroom.files()


def test_uncategorized_says_nothing(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, more=term("category", "uncategorized", "Uncategorized")))
    assert STORY in newsroom.files()
    assert not messages(report)


def test_a_short_excerpt_is_the_dek_and_the_seo_description_the_summary(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, excerpt="Short &amp; <b>sweet</b>.", more=meta("_yoast_wpseo_metadesc", "For search.")))
    found = front(newsroom)
    assert (found["dek"], found["summary"]) == ("Short & sweet.", "For search.")


def test_a_long_excerpt_is_the_summary(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, excerpt="Long words. " * 40))
    assert "dek" not in front(newsroom)
    assert str(front(newsroom)["summary"]).startswith("Long words. Long")


def test_a_subtitle_is_the_dek_and_a_template_of_seo_is_nothing(newsroom: Newsroom) -> None:
    more = meta("newspack_post_subtitle", "Below the head") + meta("_yoast_wpseo_metadesc", "%%title%% %%sep%%")
    bring(newsroom, item(1, excerpt="The excerpt.", more=more))
    found = front(newsroom)
    assert (found["dek"], found["summary"]) == ("Below the head", "The excerpt.")


def test_further_fields_of_a_post(newsroom: Newsroom) -> None:
    more = (
        "<wp:is_sticky>1</wp:is_sticky><wp:comment_status>closed</wp:comment_status>"
        + meta("_yoast_wpseo_canonical", "https://first.example/story/")
        + term("series", "tides", "The Tides")
        + term("language", "fr", "Français")
    )
    bring(newsroom, item(1, more=more))
    found = front(newsroom)
    assert found["sticky"] is True
    assert found["comments"] is False
    assert found["canonical"] == "https://first.example/story/"
    assert found["series"] == "The Tides"
    assert found["lang"] == "fr"


def test_a_headline_that_is_missing_is_made_of_the_text_and_told(newsroom: Newsroom) -> None:
    report = bring(
        newsroom, item(1, "<p>The <b>tide</b> is out again, and so are we, said the harbour master on Monday.</p>", title="")
    )
    (found,) = (path for path in newsroom.files() if path.startswith("articles/"))
    assert front(newsroom, found)["title"] == "The tide is out again, and so are we, said the harbour"
    assert "no headline" in messages(report)[0]


def test_an_item_with_nothing_in_it_is_left_out(newsroom: Newsroom) -> None:
    assert newsroom.actions(bring(newsroom, item(1), item(2, "", title=""))) == ["written", "left"]


def test_old_slugs_lead_to_the_story_too(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, more=meta("_wp_old_slug", "older") + meta("_wp_old_slug", "oldest")))
    assert front(newsroom)["aliases"] == ["/2026/01/story-1/", "/2026/01/older/", "/2026/01/oldest/"]


def test_an_address_in_another_script_is_readable(newsroom: Newsroom) -> None:
    path = "%e4%b8%96%e7%95%8c"
    bring(newsroom, item(1, name=path, link=f"https://courier.example/2026/{path}/"))
    assert front(newsroom, "articles/news/世界.md")["aliases"] == ["/2026/世界/"]


@pytest.mark.parametrize("link", ["https://courier.example/?p=1", "", "https://courier.example/", "javascript:alert(1)"])
def test_an_address_that_is_no_path_is_no_alias(newsroom: Newsroom, link: str) -> None:
    bring(newsroom, item(1, link=link))
    assert "aliases" not in front(newsroom)


def test_an_address_that_stays_the_same_is_no_alias(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, link="https://courier.example/news/2026/01/story-1/"))
    assert "aliases" not in front(newsroom)


def test_an_address_that_is_a_sections_now_is_no_alias_and_told(newsroom: Newsroom) -> None:
    report = bring(
        newsroom, item(1, link="https://courier.example/world/", more=term("category", "world", "World")), head=SECTIONS
    )
    assert "aliases" not in front(newsroom, "articles/world/story-1.md")
    assert messages(report) == ["the old address /world/ is a section now, and does not lead to the story"]


def test_links_to_other_stories_lead_to_their_old_addresses(newsroom: Newsroom) -> None:
    html = (
        'See <a href="https://www.courier.example/2026/01/story-2/#top">two</a>, <a href="/?p=2">two again</a>, '
        '<a href="http://courier.example/about/us/">us</a>, <a href="https://courier.example/2026/01/gone/">gone</a> and '
        '<a href="https://other.example/2026/01/story-2/">another</a>.'
    )
    bring(newsroom, item(1, html), item(2), item(3, type="page", link="https://courier.example/about/us/"))
    assert newsroom.read(STORY).endswith(
        "See [two](/2026/01/story-2/#top), [two again](/2026/01/story-2/), [us](/about/us/), "
        "[gone](https://courier.example/2026/01/gone/) and [another](https://other.example/2026/01/story-2/).\n"
    )


def test_pages_keep_their_address_and_drafts_of_pages_are_out_of_reach(newsroom: Newsroom) -> None:
    report = bring(
        newsroom,
        item(1, type="page", link="https://courier.example/about/us/", title="Us"),
        item(2, type="page", status="private", link="https://courier.example/secret/", name="secret", title="Secret"),
    )
    assert newsroom.read("pages/about/us.md") == "---\ntitle: Us\n---\n\nThe tide is out.\n"
    assert "pages/secret.md" not in newsroom.files()
    assert "draft: true" in newsroom.read("pages/.drafts/secret.md")
    assert any("pages/.drafts" in message for message in messages(report))


def test_a_page_with_a_sections_address_gets_another(newsroom: Newsroom) -> None:
    filed = term("category", "world", "World")
    report = bring(newsroom, item(1, more=filed), item(2, type="page", link="https://courier.example/world/"), head=SECTIONS)
    assert "pages/world-2.md" in newsroom.files()
    assert "the address /world/ is taken; the page is written to pages/world-2.md" in messages(report)


def test_a_page_that_is_published_later_moves_to_where_readers_see_it(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, type="page", status="draft", name="us", link="https://courier.example/?page_id=1"))
    assert newsroom.files().keys() == {"authors/ines.md", "pages/.drafts/us.md"}
    report = bring(newsroom, item(1, type="page", name="us", link="https://courier.example/us/"))
    assert "pages/us.md" in newsroom.files()
    assert any("pages/.drafts/us.md" in message for message in messages(report))


COMMENT = (
    "<wp:comment><wp:comment_author><![CDATA[Ada]]></wp:comment_author><wp:comment_date_gmt>2026-01-24 10:00:00"
    "</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
    "<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type></wp:comment>"
)


def test_comments_are_data_without_spam_and_pingbacks(newsroom: Newsroom) -> None:
    more = (
        COMMENT.format(
            text="One<br>two &amp; <a href='https://x.example'>three</a><script>x</script>", approved="1", kind="comment"
        )
        + COMMENT.format(text="old style", approved="1", kind="")
        + COMMENT.format(text="waiting", approved="0", kind="comment")
        + COMMENT.format(text="spam", approved="spam", kind="comment")
        + COMMENT.format(text="ping", approved="1", kind="pingback")
    )
    report = bring(newsroom, item(1, more=more))
    data = json.loads(newsroom.read("data/comments/news/story-1.json"))
    assert data["comments"] == [
        {"name": "Ada", "date": "2026-01-24T10:00:00Z", "text": "One\n\ntwo & threex"},
        {"name": "Ada", "date": "2026-01-24T10:00:00Z", "text": "old style"},
    ]
    assert report.outcomes[0].mended == ("2 comments not approved, left out", "1 pingback or trackback left out")


def test_comments_that_came_later_are_added(newsroom: Newsroom) -> None:
    first = COMMENT.format(text="first", approved="1", kind="comment")
    bring(newsroom, item(1, more=first))
    bring(newsroom, item(1, more=first + COMMENT.format(text="second", approved="1", kind="comment")))
    data = json.loads(newsroom.read("data/comments/news/story-1.json"))
    assert [one["text"] for one in data["comments"]] == ["first", "second"]


def test_items_of_plugins_are_counted_and_left(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1), item(2, type="event"), item(3, type="event"), item(4, type="revision"))
    assert newsroom.actions(report) == ["written"]
    assert messages(report) == ["2 items of the type `event`, a plugin's, left out"]


def test_an_export_that_was_split_is_one(newsroom: Newsroom) -> None:
    picture = item(
        9, "", type="attachment", more="<wp:attachment_url>https://courier.example/wp-content/uploads/a.jpg</wp:attachment_url>"
    )
    linked = '<a href="https://courier.example/2026/01/story-2/">two</a>'
    first = item(1, linked, creator="ines", more=meta("_thumbnail_id", "9") + term("category", "asia", "Asia"))
    other = wxr(item(3)).replace(b"courier.example", b"other.example")
    newsroom.seed("1.xml", wxr(first))
    newsroom.seed("2.xml", wxr(item(2, "Words."), picture, head=author("ines", "Ines Marlow") + SECTIONS))
    newsroom.seed("3.xml", other.replace(b"Story 3", b"Another site's story"))
    report = newsroom.run()
    found = front(newsroom, "articles/world/story-1.md")
    assert found["authors"] == ["ines-marlow"]
    assert found["photos"] == [{"address": "https://courier.example/wp-content/uploads/a.jpg"}]
    assert "[two](/2026/01/story-2/)" in newsroom.read("articles/world/story-1.md")
    assert "ines" in front(newsroom, "articles/news/story-3.md")["authors"]  # type: ignore[operator]
    assert report.exit_code == 0


def test_categories_that_the_export_does_not_list_are_sections_too(newsroom: Newsroom) -> None:
    bring(newsroom, item(1, more=term("category", "tides", "Tides &amp; Times")))
    assert newsroom.read("sections/tides.md") == "---\ntitle: Tides & Times\n---\n"
    assert "articles/tides/story-1.md" in newsroom.files()


def test_two_posts_with_the_same_words_are_two_stories(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, title="Gallery"), item(2, title="Gallery"))
    assert newsroom.actions(report) == ["written", "written"]


def test_the_import_is_dated_by_the_export_alone(newsroom: Newsroom) -> None:
    bring(newsroom, item(1), now=NOW)
    first = newsroom.files()
    newsroom.clear()
    bring(newsroom, item(1), now=NOW.replace(year=2031))
    assert newsroom.files() == first


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2024-03-03T10:00:00", "2024-03-03T10:00:00Z"),
        ("2024-03-03T10:00:00+02:00", "2024-03-03T08:00:00Z"),
        ("2024-03-03 10:00", "2024-03-03T10:00:00Z"),
        ("", "2013-06-07T03:00:44Z"),
        ("0000-00-00 00:00:00", "2013-06-07T03:00:44Z"),
    ],
)
def test_a_date_is_read_as_plugins_write_it_and_else_from_the_feed(newsroom: Newsroom, given: str, date: str) -> None:
    bring(newsroom, item(1, date=given, modified="", more="<pubDate>Fri, 07 Jun 2013 03:00:44 +0000</pubDate>"))
    assert front(newsroom)["date"] == date


def test_a_draft_that_was_never_dated_has_no_date_of_the_feed(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, date="", status="draft", more="<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>"))
    assert str(front(newsroom)["date"]) == f"{NOW:%Y-%m-%d}"
    assert any("names no date" in one for one in messages(report))


def test_the_words_on_an_old_cover_stay(newsroom: Newsroom) -> None:
    style = "background-image:url(https://courier.example/a.jpg)"
    cover = f'<div class="wp-block-cover" style="{style}"><p class="wp-block-cover-text">Eight words on a cover.</p></div>'
    below = "<!-- wp:paragraph --><p>Below.</p><!-- /wp:paragraph -->"
    bring(newsroom, item(1, f"<!-- wp:cover -->{cover}<!-- /wp:cover -->{below}"))
    assert "(https://courier.example/a.jpg)\n\nEight words on a cover.\n\nBelow." in newsroom.read(STORY)


def test_code_keeps_its_lines(newsroom: Newsroom) -> None:
    first = '[code language="python"]\ndef f(x):\n    if x &lt; 2:\n\n        return "a"\n[/code]'
    report = bring(newsroom, item(1, f"Before.\n\n{first}\n\n[sourcecode]\n# top\n* a\n[/sourcecode]"))
    assert '```python\ndef f(x):\n    if x < 2:\n\n        return "a"\n```\n\n```\n# top\n* a\n```' in newsroom.read(STORY)
    assert not messages(report)


def test_a_podcasts_episode_comes_along_and_is_told(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, more=meta("enclosure", "https://courier.example/ep1.mp3\n21169426\naudio/mpeg\n")))
    assert "https://courier.example/ep1.mp3" in newsroom.read(STORY)
    assert any("its audio, https://courier.example/ep1.mp3" in one for one in messages(report))


def test_two_items_of_one_number_are_two_stories(newsroom: Newsroom) -> None:
    items = (item(5, "The first is about a quay.", title="First"), item(5, "The second is about a ferry.", title="Second"))
    report = bring(newsroom, *items)
    assert newsroom.actions(report) == ["written", "written"]
    first, second = (newsroom.read(outcome.output) for outcome in report.outcomes)
    assert "a quay" in first
    assert "a ferry" in second
    assert "aliases" not in second
    assert any("another item of the export has its number, 5" in one for one in messages(report))
    assert newsroom.actions(newsroom.run()) == ["unchanged", "unchanged"]


def test_words_that_a_style_hides_are_left_out_and_told(newsroom: Newsroom) -> None:
    report = bring(newsroom, item(1, '<p>One.</p><p style="display: none">Hidden words here.</p><p>Two.</p>'))
    assert newsroom.read(STORY).endswith("---\n\nOne.\n\nTwo.\n")
    assert any("words that a style hides are left out: Hidden words here." in one for one in messages(report))


def test_a_sign_at_the_head_of_a_term_costs_no_links(newsroom: Newsroom) -> None:
    terms = "<dl><dt>#tag</dt><dd>A word.</dd></dl>"
    bring(newsroom, item(1, f'<p>See <a href="https://example.org/">the <em>report</em></a>.</p>{terms}'))
    assert "See [the *report*](https://example.org/).\n\n&#35;tag\n:   A word." in newsroom.read(STORY)


def test_the_sites_own_about_page_takes_the_place_of_the_starters(newsroom: Newsroom) -> None:
    page = newsroom.content / "pages" / "about.md"
    page.parent.mkdir(parents=True)
    starter = STARTER_PAGES["about"][2].format(name="The Update Desk")
    page.write_text(f"---\ntitle: About\nmenu: about\n---\n\n{starter}\n", "utf-8")
    ours = item(1, "We were founded in 1911.", title="About", name="about", type="page", link="https://courier.example/about/")
    assert newsroom.actions(bring(newsroom, ours)) == ["overwritten"]
    assert "founded in 1911" in page.read_text("utf-8")
    page.write_text(f"---\ntitle: About\n---\n\n{starter} Write to Ines.\n", "utf-8")
    newsroom.forget()
    assert newsroom.actions(bring(newsroom, ours)) == ["kept"]
