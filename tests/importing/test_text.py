"""The reader of plain text, trait by trait: what it takes out, what it leaves, what it doubts."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from slugline.importing import Imported

ONE = "The council said on Monday that it would look at the matter again in the spring of next year."
TWO = "Nobody at the meeting had expected anything else, and the chairman went home on his bicycle."


def page(*between: str, head: str = "A Headline of Some Kind\n\nBy Jane Doe", foot: str = "Share this article") -> str:
    middle = "\n\n".join((ONE, *between, TWO))
    return f"{head}\n\n{middle}\n\n{foot}\n"


def kinds(item) -> list[str]:
    return [part.kind for part in item.parts]


@pytest.mark.parametrize(
    "line",
    [
        "Tags were cut off",
        "Photos that nobody took",
        "Comment on the matter",
        "Share prices and bread",
        "What the council said",
        "World of plenty",
    ],
)
def test_a_heading_that_begins_like_furniture_stays_in_the_story(read, line: str) -> None:
    assert read(page(line)).body == f"{ONE}\n\n## {line}\n\n{TWO}"


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday, the barricades were gone.",
        "Published in 1943, the letter had lain in a drawer.",
        "Tagged with a red ribbon, the swans were let go.",
        "Also in the room was the minister.",
        "More on that later, the mayor said.",
        "Reporting by the council shows that nothing was done.",
        "Comments from the floor went on until midnight.",
        "Jane Doe was not the only one to say so, and she did not say it loudly.",
        "Photo by photo, the album was filled.",
        "24 January 2026 was a cold day.",
        "Today they share a bin.",
        "Yesterday the mayor left without a word.",
        "Cookies on the table were gone by noon.",
        "Your privacy on the beach ends at the waterline.",
        "Please keep to the left!",
        "Register to view the tower, says the sign.",
        "Reproduction of the key without a permit is forbidden.",
        "Aujourd'hui, la cloche ne sonne plus.",
        "Hoy llueve, y mañana también.",
        "Gestern kam der Bürgermeister zu Fuß.",
        "Ontem o rio subiu dois metros.",
        "تابعوا الرحلة على الخريطة، قال المرشد.",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays_in_the_story(read, sentence: str) -> None:
    assert sentence in read(page(sentence)).body


def test_an_advertisement_in_the_middle_is_taken_out(read) -> None:
    item = read(page("Advertisement", "Also read: Something else"))
    assert item.body == f"{ONE}\n\n{TWO}"
    assert kinds(item) == ["headline", "byline", "advertisement", "related", "share"]


def test_a_list_of_other_stories_is_taken_out_with_its_label(read) -> None:
    item = read(page("Related articles\nThe bridge that folds\nA vote on the last phone box"))
    assert item.body == f"{ONE}\n\n{TWO}"
    assert kinds(item).count("related") == 3


TIGHT = f"""Harbour Board Votes to Rebuild the Market
By Ines Marlow
{ONE}
Related stories
Swimming pool opens at last without any water
{{line}}
{TWO}
Share this article
"""


@pytest.mark.parametrize("line", ["After the vote", "Nobody asked"])
def test_a_short_line_below_a_list_without_blank_lines_is_a_heading_and_doubted(read, line: str) -> None:
    item = read(TIGHT.format(line=line))
    assert item.body == f"{ONE}\n\n## {line}\n\n{TWO}"
    assert [(problem.line, problem.message) for problem in item.problems] == [
        (6, "the line below a list of other stories is kept in the body; is it one of the list?")
    ]


def test_what_may_be_a_heading_or_one_more_headline_is_left_out_and_doubted(read) -> None:
    item = read(TIGHT.format(line="The cost to the families of the coast"))
    assert item.body == f"{ONE}\n\n{TWO}"
    assert [(problem.line, problem.message) for problem in item.problems] == [
        (6, "the last line of a list of other stories is left out; is it a heading of the story?")
    ]


def test_the_line_that_a_colon_asked_for_stays_below_a_list_without_blank_lines(read) -> None:
    line = "A review after ten months and a public meeting in Saltmere"
    assert line in read(TIGHT.replace(ONE, f"{ONE}\nThe plan has two parts:").format(line=line)).body


def test_links_below_a_button_are_no_paragraphs(read) -> None:
    item = read(page("Read more\nSwimming pool opens without water\nBus shelter has no bus"))
    assert item.body == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize("place", ["São Paulo", "Bruxelles", "Lagos, Nigeria", "القاهرة", "Gdynia"])
def test_a_place_below_a_name_is_no_second_author_and_no_paragraph(read, place: str) -> None:
    item = read(f"The Fish Market Is Rebuilt\n\nInes Marlow\n{place}\n\n{ONE} It rained in Gdynia.\n\n{TWO}\n")
    assert [person.name for person in item.people] == ["Ines Marlow"]
    assert [part.kind for part in item.parts] == ["headline", "byline", "place"]


def test_two_names_below_each_other_are_two_authors(read) -> None:
    item = read(f"The Fish Market Is Rebuilt\n\nInes Marlow\nHal Orme\n24 January 2026\n\n{ONE}\n\n{TWO}\n")
    assert [person.name for person in item.people] == ["Ines Marlow", "Hal Orme"]


def test_a_caption_with_the_photographer_behind_a_sign_is_no_copyright_notice(read) -> None:
    item = read(page("In the workshop of Tulle. © Yanis Boudiaf"))
    assert [(photo.caption, photo.credit) for photo in item.photos] == [("In the workshop of Tulle.", "Yanis Boudiaf")]
    assert item.problems == ()


def test_the_author_whom_only_the_dek_names_is_taken_and_doubted(read) -> None:
    item = read(f"You can hear a bad rivet\n\nKirsty Lorne talks to the last riveter\n30 March 2026\n\n{ONE}\n\n{TWO}\n")
    assert [person.name for person in item.people] == ["Kirsty Lorne"]
    assert [problem.line for problem in item.problems] == [3]


@pytest.mark.parametrize("line", ["FOOD & DRINK", "LONG READ", "In Pictures"])
def test_a_label_over_the_headline_is_not_the_headline(read, line: str) -> None:
    item = read(f"{line}\n\nThe Cheese That Came Back\n\nBy Ines Marlow\n\n{ONE}\n\n{TWO}\n")
    assert item.title == "The Cheese That Came Back"


def test_the_name_of_the_site_over_its_menu_is_not_the_headline(read) -> None:
    item = read(f"The Lane Ledger\nMenu\nWhy Our Street Has Two\n\nPosted on 1 May 2026 by Pat Delaney\n\n{ONE}\n\n{TWO}\n")
    assert item.title == "Why Our Street Has Two"


HEADLINE = "Library service to decide on a season of plays written in the county"


@pytest.mark.parametrize(
    "below",
    [
        "September 18, 2026\nBy Ines Marlow",
        "Catalina Marlowe-Rook, Senior Courts Reporter",
        "Xaviera Iqbal, a librarian from Kelby, calls it good news. The library\nservice does not agree.\nBy Ines Marlow",
    ],
)
def test_a_headline_that_fills_the_width_ends_where_a_date_a_byline_or_a_sentence_begins(read, below: str) -> None:
    story = "\n".join(textwrap.fill(text, 70) for text in (ONE, TWO, ONE, TWO))
    assert read(f"{HEADLINE}\n{below}\n{story}\n").title == HEADLINE


def test_text_between_the_share_line_and_the_end_is_kept_and_doubted(read) -> None:
    item = read(page(foot=f"Share this article\n\n{TWO} Twice."))
    assert item.body.endswith("Twice.")
    assert [problem.line for problem in item.problems if "foot of the story" in problem.message] == [11]


def test_a_heading_below_a_share_line_is_kept_with_the_text_that_it_heads(read) -> None:
    item = read(page("Share this article", "What comes next"))
    assert "## What comes next\n\n" in item.body


def test_a_short_line_below_the_foot_is_left_out_and_doubted(read) -> None:
    item = read(page(foot="Share this article\n\nA strange line of the page"))
    assert "strange" not in item.body
    assert any("below the foot" in problem.message for problem in item.problems)


def test_a_sentence_below_the_copyright_line_is_left_out_and_doubted(read) -> None:
    item = read(
        page(
            foot="© 2026 The Update Desk. All rights reserved.\n\nThe desk is a paper for the towns of the river and the coast."
        )
    )
    assert "unplaced" in kinds(item)
    assert any("left out" in problem.message for problem in item.problems)


def test_a_copyright_line_in_the_middle_does_not_end_the_story(read) -> None:
    item = read(page("© 2026 The Update Desk", ONE + " Again.", TWO + " Again.", ONE + " Thrice."))
    assert "Thrice." in item.body
    assert "©" not in item.body


def test_a_comment_link_under_the_byline_does_not_end_the_story(read) -> None:
    item = read(page(head="A Headline of Some Kind\nBy Jane Doe\n14 comments\nLeave a comment"))
    assert item.body == f"{ONE}\n\n{TWO}"


def test_the_publication_behind_the_headline_is_cut_off(read) -> None:
    assert read(page(head="A Headline of Some Kind | The Update Desk\n\nBy Jane Doe")).title == "A Headline of Some Kind"
    assert read(page(head="A Headline - of Some Kind\n\nBy Jane Doe")).title == "A Headline - of Some Kind"


def test_a_name_that_only_its_place_speaks_for_is_taken_and_doubted(read) -> None:
    item = read(page(head="A Headline of Some Kind\n\nJane Doe"))
    assert [person.name for person in item.people] == ["Jane Doe"]
    assert any("only its place" in problem.message for problem in item.problems)


def test_a_name_that_the_bio_bears_out_is_not_doubted(read) -> None:
    item = read(page(head="A Headline of Some Kind\n\nJane Doe", foot="Share this article\nJane Doe is a reporter."))
    assert [person.bio for person in item.people] == ["Jane Doe is a reporter."]
    assert item.problems == ()


def test_a_bio_without_a_byline_names_the_author_with_a_doubt(read) -> None:
    item = read(page(head="A Headline of Some Kind", foot="About the author\nJane Doe is a reporter in Hull."))
    assert [(person.name, bool(person.bio)) for person in item.people] == [("Jane Doe", True)]
    assert any("because of the bio" in problem.message for problem in item.problems)


def test_a_paragraph_about_the_author_in_the_middle_is_no_bio(read) -> None:
    item = read(page("Jane Doe is the name on the door, and nobody has ever seen her."))
    assert "name on the door" in item.body


def test_a_relative_date_is_doubted(read) -> None:
    item = read(page(head="A Headline of Some Kind\nBy Jane Doe\n2 hours ago"))
    assert item.date is None
    assert any("2 hours ago" in problem.message for problem in item.problems)


def test_a_second_date_is_doubted_with_its_line(read) -> None:
    item = read(page(head="A Headline of Some Kind\nPublished: 5 January 2026\nPublished: 7 January 2026"))
    assert item.date is not None
    assert (item.date.iso, item.date.line) == ("2026-01-05", 2)
    assert [(problem.line, "further date" in problem.message) for problem in item.problems] == [(3, True)]


def test_a_caption_and_the_credit_below_it_are_one_photo(read) -> None:
    item = read(page("The bridge at dawn\nPhotograph: Karel Vit"))
    assert [(photo.caption, photo.credit) for photo in item.photos] == [("The bridge at dawn", "Karel Vit")]
    assert item.body == f"{ONE}\n\n{TWO}"


def test_a_paragraph_over_a_credit_is_not_taken_for_its_caption(read) -> None:
    item = read(f"A Headline of Some Kind\nBy Jane Doe\n{ONE}\nPhoto: Karel Vit\n{TWO}\nShare this article\n")
    assert item.body == f"{ONE}\n\n{TWO}"
    assert [(photo.caption, photo.credit) for photo in item.photos] == [("", "Karel Vit")]


def test_the_last_words_of_an_agencys_story_are_no_caption(read) -> None:
    item = read(f"A Headline of Some Kind\n\nReuters\n\n{ONE}\n\nThe chairman went home. — Reuters\n")
    assert item.body.endswith("The chairman went home. — Reuters")


def test_hashtags_are_tags(read) -> None:
    assert read(page(foot="#ferry #fuel")).meta["tags"] == ["ferry", "fuel"]


def test_a_line_of_a_publications_own_is_furniture_if_the_settings_say_so(read) -> None:
    text = page("The Desk Briefing, every morning at six")
    assert "Briefing" in read(text).body
    assert "Briefing" not in read(text, patterns=(("newsletter", ("The Desk Briefing…",)),)).body


def test_a_story_in_the_publications_language_has_no_lang(read) -> None:
    story = (
        "Los vecinos de la villa han comprado la montaña que se levanta detrás de sus casas con la venta de miel y de setas "
        "en el mercado."
    )
    text = f"El pueblo y su montaña\n\n{story}\n"
    assert read(text).meta["lang"] == "es"
    assert "lang" not in read(text, language="es-MX").meta


def test_a_seed_of_one_paragraph_is_an_article(read) -> None:
    assert read(f"A Headline\n\n{ONE}\n").body == ONE


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"Only a headline\n", "no body"),
        (b"A headline\n\nBy Jane Doe\n3 min read\n\nShare this article\n", "no body"),
        (("A very long beginning that is no headline. " * 9).encode(), "no headline"),
        (b"Share this article\n\nAdvertisement\n", "no headline"),
    ],
)
def test_a_seed_without_a_headline_or_a_body_is_refused(refuse, raw: bytes, reason: str) -> None:
    refused = refuse(raw)
    assert reason in refused.problem.message
    assert refused.problem.hint


def test_a_publication_that_only_calls_itself_a_company_is_no_other_one(read) -> None:
    assert read(page(foot="© 2026 The Update Desk Ltd. All rights reserved.")).problems == ()


BODY = (
    "The council voted on Tuesday to close the east quay for nine weeks, after divers found cracks in the piles.\n\n"
    "About 3,400 passengers a day use the ferries that leave from the quay, and they will be moved.\n"
)


def test_the_date_of_an_update_is_the_storys_where_it_has_no_other(read: Callable[..., Imported]) -> None:
    item = read("Port to close\n\nBy Joon Park\nUpdated 5:02 PM GMT, January 12, 2026\n\n" + BODY)
    assert item.date is not None
    assert item.date.iso == "2026-01-12T17:02Z"
    assert item.updated is None


def test_the_dates_of_a_life_are_no_date_of_the_story(read: Callable[..., Imported]) -> None:
    item = read("Margaret Dolan\nMay 4, 1934 - January 11, 2026\n\n" + BODY)
    assert item.date is None
    assert "May 4, 1934 - January 11, 2026" in item.body or item.meta.get("dek") == "May 4, 1934 - January 11, 2026"


def test_what_a_job_is_about_stays_with_it_and_a_time_in_a_caption_stays_whole(read: Callable[..., Imported]) -> None:
    caption = "Image caption, Campaigners met the 07:10 service at 6:15pm"
    item = read(f"Port to close\n\nBy Joon Park, Chief Correspondent, Asia\nMarch 3, 2026\n\n{caption}\n\n{BODY}")
    assert [(person.name, person.role) for person in item.people] == [("Joon Park", "Chief Correspondent, Asia")]
    assert [photo.caption for photo in item.photos] == ["Campaigners met the 07:10 service at 6:15pm"]
