"""What types cannot say of settings."""

from __future__ import annotations

import pytest

from slugline.errors import PublicationError
from slugline.settings.load import parse_settings
from slugline.settings.validation import address_problem

LEAST = '[publication]\nname = "The Courier"\ntimezone = "Europe/London"\n'


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        ('base_url = "example.org"', "`example.org` is not the address of a site", "write it as `https://"),
        ('[urls]\narticle = "/{yyyy}/"', "`urls.article` cannot be an address", ""),
        ("[reading]\nwords_per_minute = 0", "`reading.words_per_minute` is 0", "it must be at least 1"),
        ("[archives]\nlength = 0", "`archives.length` is 0", "it must be at least 1"),
        ("[archives]\nfront = 0", "`archives.front` is 0", "it must be at least 1"),
        ("[archives]\nband = -1", "`archives.band` is -1", "it must be at least 0"),
        ("[feeds]\nlength = 0", "`feeds.length` is 0", "it must be at least 1"),
        ("[images]\nwidths = []", "`images.widths` must be whole numbers", "write it as"),
        ("[images]\nwidths = [8]", "`images.widths` must be whole numbers", "write it as"),
        ('[images]\nformats = ["wepb"]', "pictures cannot be made as `wepb`", "did you mean `webp`?"),
        ("[images]\nquality = 101", "`images.quality` is 101", "it goes from 1 to 100"),
        ('[share]\nservices = ["facebok"]', "no share link is known for `facebok`", "did you mean `facebook`?"),
        ('[feeds]\nformats = ["rdf"]', "`rdf` is none of `feeds.formats`", "known are rss, atom, json"),
        ('[feeds]\nlists = ["sections"]', "`sections` is none of `feeds.lists`", "did you mean `section`?"),
        ('[check.levels]\nlinks = "fatal"', "`fatal` is no level for `links`", "write one of error"),
        ('[comments]\nendpoint = "comments"', "`comments` is not an address", "begin it with https:// or /"),
    ],
)
def test_a_value_that_cannot_be_is_reported_on_its_line_with_what_to_write(lines: str, message: str, hint: str) -> None:
    text = f"{LEAST}{lines}\n"
    with pytest.raises(PublicationError) as raised:
        parse_settings(text)
    (problem,) = raised.value.problems
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)
    last = len(text.splitlines())
    # Of a table of levels, the table is named.
    assert problem.line == (last - 1 if "levels" in lines else last)


def test_an_empty_name_and_a_misspelt_zone_are_reported_together() -> None:
    with pytest.raises(PublicationError) as raised:
        parse_settings('[publication]\nname = " "\ntimezone = "Europe/Lodnon"\n')
    assert [(problem.line, problem.hint) for problem in raised.value.problems] == [
        (2, "name the publication"),
        (3, "did you mean `Europe/London`?"),
    ]


@pytest.mark.parametrize("address", ["https://example.org", "http://localhost:8000", "https://example.org/paper/"])
def test_addresses_of_sites(address: str) -> None:
    assert address_problem(address) == ""


@pytest.mark.parametrize("address", ["", "example.org", "ftp://example.org", "https://", "https://example.org/?a", "https://e.org/#b"])
def test_what_is_no_address_of_a_site(address: str) -> None:
    assert address_problem(address).startswith("is not the address of a site; write it as")
