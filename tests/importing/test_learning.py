"""What pages of one site have in common is the page's, and is found by counting."""

from __future__ import annotations

import json
from pathlib import Path

from importing.conftest import Newsroom
from slugline.importing.learning import closest, joined, learn
from slugline.importing.settings import ImportSettings
from slugline.importing.text import tools_of

NAMES = ("Matti Virtanen", "Anna Korhonen", "Liisa Nieminen", "Jukka Laine", "Sanna Salo", "Pekka Niemi")


def page(number: int, *, heading: str = "Mitä seuraavaksi") -> str:
    """A page in a language that no rule knows."""
    return (
        f"Kurjenrannan Sanomat\nEtusivu | Uutiset | Sää\nSatama sulkee laiturin numero {number}\n"
        f"Kirjoittaja: {NAMES[number % len(NAMES)]}\n\n"
        f"Kaupunginvaltuusto päätti tiistaina sulkea laiturin {number} yhdeksäksi viikoksi, kun sukeltajat löysivät "
        "halkeamia.\n\n"
        "Tilaa Kurkiviesti\n\n"
        f"{heading}\n\n"
        f"Noin {number} tuhatta matkustajaa käyttää päivittäin lauttoja, jotka lähtevät laiturista numero {number}.\n\n"
        "Vinkkaa toimitukselle\nKurjenrannan Sanomat on riippumaton paikallislehti, jonka toimitus sijaitsee torin laidalla.\n"
    )


def learnt(*texts: str) -> dict[str, tuple[str, ...]]:
    return dict(learn(texts, *tools_of(ImportSettings())))


def test_lines_that_repeat_and_labels_before_names_are_found_in_any_language() -> None:
    found = learnt(*(page(number, heading=f"Väliotsikko {number}") for number in range(6)))
    assert found["repeated"] == (
        "Etusivu | Uutiset | Sää",
        "Kurjenrannan Sanomat",
        "Kurjenrannan Sanomat on riippumaton paikallislehti, jonka toimitus sijaitsee torin laidalla.",
        "Tilaa Kurkiviesti",
        "Vinkkaa toimitukselle",
    )
    assert found["byline"] == ("Kirjoittaja:",)


def test_two_pages_teach_nothing() -> None:
    assert learnt(page(1), page(2)) == {}


def test_a_heading_of_some_stories_stays() -> None:
    pages = [page(number, heading="Mitä seuraavaksi" if number % 2 else f"Muuta {number}") for number in range(10)]
    assert "Mitä seuraavaksi" not in learnt(*pages)["repeated"]


def test_what_says_something_of_the_story_is_never_furniture() -> None:
    head = "Port to close quay {0}\n\nBy Ines Marlow\nInes Marlow\nCity Correspondent\nMarch 3, 2026\nPolitics\nReuters\n\n"
    prose = "The council voted on Tuesday to close quay {0} for nine weeks, after divers found cracks in the piles.\n\n"
    quote = "He did not comment.\n\n"
    pages = [(head + prose + quote + prose).format(number) for number in range(8)]
    assert learnt(*pages) == {}


def test_who_comments_often_is_no_furniture() -> None:
    prose = "The council voted on Tuesday to close quay {0} for nine weeks, after divers found cracks in the piles.\n\n"
    tail = "2 Comments\n\nOld Salt says:\nAye.\nReply\nSea Dog\n"
    assert learnt(*(f"Quay {number}\n\n{prose.format(number)}{tail}" for number in range(8))) == {}


def test_an_import_reads_a_folder_by_what_it_has_learnt_of_it(newsroom: Newsroom) -> None:
    for number in range(6):
        newsroom.seed(f"{number}.txt", page(number, heading=f"Väliotsikko {number}"))
    report = newsroom.run()
    assert newsroom.actions(report) == ["written"] * 6
    assert [outcome.authors for outcome in report.outcomes][:2] == [("matti-virtanen",), ("anna-korhonen",)]
    text = newsroom.read(report.outcomes[3].output)
    assert "title: Satama sulkee laiturin numero 3\n" in text
    assert "## Väliotsikko 3" in text
    for furniture in ("Kurjenrannan", "Etusivu", "Tilaa", "Vinkkaa"):
        assert furniture not in text.partition("---\n\n")[2], furniture
    (one,) = report.learnt
    assert (one.folder, one.files) == ("seeds", 6)
    assert json.loads(report.to_json())["learnt"][0]["patterns"]["byline"] == ["Kirjoittaja:"]
    assert newsroom.actions(newsroom.run()) == ["unchanged"] * 6


def test_the_next_single_page_of_the_site_profits(newsroom: Newsroom, tmp_path: Path) -> None:
    for number in range(6):
        newsroom.seed(f"{number}.txt", page(number))
    newsroom.run()
    alone = tmp_path / "mail" / "one.txt"
    alone.parent.mkdir()
    alone.write_text(page(9), "utf-8")
    report = newsroom.run(alone)
    assert report.outcomes[0].authors == ("jukka-laine",)
    assert "Tilaa" not in newsroom.read(report.outcomes[0].output)
    other = tmp_path / "mail2" / "two.txt"
    other.parent.mkdir()
    text = page(8).split("\n\n", 1)[1].replace("Kurjenrannan", "X").replace("Vinkkaa", "Y")
    other.write_text(f"Another paper\n\n{text}", "utf-8")
    assert newsroom.run(other).learnt == ()


def test_the_site_is_known_by_half_of_its_lines_and_three_of_them() -> None:
    known = (("repeated", ("A a", "B b", "C c", "D d")), ("byline", ("Kirj:",)))
    assert closest(["A a\nB b\nC c\nx"], [known]) == known
    assert closest(["A a\nB b\nx"], [known]) == ()
    assert closest(["A a\nB b\nC c"], [(("repeated", tuple(f"{one} x" for one in "ABCDEFGH")),)]) == ()
    assert joined(known, (("repeated", ("E e", "A a")),)) == (
        ("repeated", ("A a", "B b", "C c", "D d", "E e")),
        ("byline", ("Kirj:",)),
    )
