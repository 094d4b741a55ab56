"""The bars of the reader of web pages, on layouts in the manner of well-known themes (tests/importing/layouts)."""

from __future__ import annotations

import re
import statistics

import pytest
import trafilatura

from importing.conftest import SETTINGS
from importing.pages import Layout, f1, layouts, same_moment
from slugline.importing import Imported
from slugline.importing.html import read_page
from slugline.importing.markdown.counting import shown

LAYOUTS = layouts()


def read(layout: Layout) -> Imported:
    item = read_page(layout.html, f"/saved/{layout.name}.html", f"{layout.name}.html", SETTINGS)
    assert isinstance(item, Imported), f"{layout.name}: {item}"
    return item


READ = {layout.name: read(layout) for layout in LAYOUTS}


def text_of(item: Imported) -> str:
    text = shown(item.body)
    assert text is not None
    return text


def test_there_are_at_least_thirty_layouts() -> None:
    assert len(LAYOUTS) >= 30


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_headline_is_found_in_every_layout(layout: Layout) -> None:
    assert READ[layout.name].title == layout.title


def test_authors_are_found_in_nearly_every_layout() -> None:
    wrong = {
        layout.name: [person.name for person in READ[layout.name].people]
        for layout in LAYOUTS
        if tuple(person.name for person in READ[layout.name].people) != layout.authors
    }
    assert len(wrong) <= 0.05 * len(LAYOUTS), wrong


def test_dates_are_found_in_nearly_every_layout() -> None:
    wrong = {}
    for layout in LAYOUTS:
        item = READ[layout.name]
        found = (item.date.iso if item.date else "", item.updated.iso if item.updated else "")
        if not (same_moment(layout.date, found[0]) and same_moment(layout.updated, found[1])):
            wrong[layout.name] = found
    assert len(wrong) <= 0.05 * len(LAYOUTS), wrong


def test_a_date_that_can_be_read_in_two_ways_is_reported_and_not_used() -> None:
    item = READ["weebly"]
    assert item.date is None
    assert any("two ways" in problem.message and problem.line for problem in item.problems)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_text_is_found_in_every_layout(layout: Layout) -> None:
    assert f1(layout.text, text_of(READ[layout.name])) >= 0.95


def test_the_text_is_found_better_than_by_the_extraction_library_alone() -> None:
    ours = [f1(layout.text, text_of(READ[layout.name])) for layout in LAYOUTS]
    theirs = {False: [], True: []}
    for layout in LAYOUTS:
        html = layout.html.decode("cp1252" if b"iso-8859-1" in layout.html else "utf-8")
        for precise, scores in theirs.items():
            text = trafilatura.extract(html, include_comments=False, include_tables=True, favor_precision=precise)
            scores.append(f1(layout.text, text or ""))
    best = max(statistics.mean(scores) for scores in theirs.values())
    assert statistics.mean(ours) >= 0.95
    assert statistics.mean(ours) > best


def test_the_text_is_found_where_nothing_on_a_page_has_a_name() -> None:
    """The same layouts without classes, ids, roles, data of any kind, and with nothing but `div` for a structure."""
    scores = {}
    for layout in LAYOUTS:
        item = read_page(bare(layout), "/saved/page.html", "page.html", SETTINGS)
        scores[layout.name] = f1(layout.text, text_of(item)) if isinstance(item, Imported) else 0.0
    assert statistics.mean(scores.values()) >= 0.95, scores


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_word_of_a_page_is_in_the_body_or_in_a_part(layout: Layout) -> None:
    item = READ[layout.name]
    assert item.words_in == item.words_out
    assert item.words_total == item.words_in + sum(part.words for part in item.parts)


def test_roles_and_tasks_are_read_from_bylines() -> None:
    roles = {person.name: person.role for person in READ["no-structured-data"].people}
    assert roles == {"Tomas Aberle": "Education Editor", "Ruth Okafor": "Data Reporter"}
    tasks = {person.name: person.task for person in READ["contributor-credits"].people}
    assert tasks == {"Ines Marlow": "", "Olaf Reuter": "Photographs"}
    assert READ["paywall-metered"].people[0].role == "Maritime Correspondent"


def test_a_bio_beside_the_story_becomes_the_authors() -> None:
    assert READ["twenty-twenty-one"].people[0].bio.startswith("Tomas Aberle has written about schools")
    assert READ["newspack"].people[0].bio.startswith("Gwen Astley reports on land and water")


def test_the_old_address_becomes_an_alias() -> None:
    assert READ["twenty-ten"].meta["aliases"] == ["/2025/03/night-ferry/"]
    assert READ["amp"].meta["aliases"] == ["/environnement/phare-port-aven.html"]
    assert "aliases" not in READ["no-structured-data"].meta


def test_sections_tags_and_languages_are_read() -> None:
    assert READ["twenty-twenty-one"].sections[0] == "Business"
    assert READ["drupal-olivero"].sections[0] == "Kultur"
    assert READ["twenty-ten"].meta["tags"] == ["Ferries", "Halmer"]
    assert READ["rtl-arabic"].meta["lang"] == "ar"
    assert READ["cms-agency"].meta["lang"] == "de"
    assert "lang" not in READ["newspack"].meta


def test_a_dek_is_read_and_is_not_in_the_body() -> None:
    for name in ("ghost-source", "paywall-metered", "gallery", "cms-agency", "french-daily", "microdata-only"):
        layout = next(layout for layout in LAYOUTS if layout.name == name)
        assert READ[name].meta["dek"] == layout.dek
        assert layout.dek not in text_of(READ[name])


def test_the_picture_over_a_story_comes_with_caption_and_credit() -> None:
    assert "image" not in READ["newspack"].meta
    photos = READ["newspack"].meta["photos"]
    assert isinstance(photos, list)
    (image,) = photos
    assert image["address"] == "https://post.example/wp-content/uploads/2023/10/orchard-1200x800.jpg"
    assert image["caption"] == "The orchard in October."
    assert "Gwen Astley / Pell Valley Post" in image["credit"]


def test_comments_below_a_story_are_data() -> None:
    comment = READ["twenty-ten"].comments[0]
    assert comment.name == "Old Salt"
    assert comment.text.startswith("I was on the last crossing")
    assert READ["twenty-twenty-four"].comments[0].date == "2025-01-09T10:00:00+00:00"


def test_embeds_of_known_services_become_shortcodes() -> None:
    item = READ["video-story"]
    assert "::embed[Le phare vu du ciel]{url=https://www.youtube.com/watch?v=abcdefghijk}" in item.body.split("\n")
    assert "1 embed of another service" in item.mended


def test_a_page_that_asks_for_money_is_pointed_out() -> None:
    assert any("pay" in problem.message for problem in READ["paywall-metered"].problems)


def bare(layout: Layout) -> bytes:
    html = layout.html.decode("cp1252" if b"iso-8859-1" in layout.html else "utf-8")
    html = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r"<meta (?!charset|http-equiv)[^>]*>", "", html, flags=re.IGNORECASE)
    names = "class|id|itemprop|itemscope|itemtype|role|rel|property|typeof|about|data-[\\w-]+|aria-[\\w-]+"
    html = re.sub(rf"\s(?:{names})(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?(?=[\s/>])", "", html)
    html = re.sub(r"<(/?)(?:article|main|section|aside|nav|header|footer)\b", r"<\1div", html)
    return html.encode("cp1252" if b"iso-8859-1" in layout.html else "utf-8")
