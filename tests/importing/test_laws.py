"""Laws of the importer: any bytes in, no crash; every word accounted for; what is written can be read back."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from importing.conftest import SETTINGS
from importing.scrapes import everything
from slugline.content import dump, load_front, split
from slugline.importing import Imported, Refused
from slugline.importing.decoding import NotTextError, decode
from slugline.importing.escaping import visible
from slugline.importing.rules import load_rules, words_of
from slugline.importing.text import read_text
from slugline.parse import Parser
from slugline.settings.load import parse_settings

PARSER = Parser(parse_settings('[publication]\nname = "The Update Desk"\ntimezone = "Europe/London"\n'))
RULES = load_rules()
LINES = sorted(
    {line for scrape in everything() for line in scrape.raw.decode("utf-8", "replace").splitlines() if "\0" not in line}
)
ODDITIES = [
    *("", "", "   ", "\t", "- ", "1. x", "2. y", "* a", "• b", "<b>", "# x", "***", "---", "|a|b|", "© 2026", "2026", "12:30"),
    *(
        "24 January 2026",
        "By",
        "By:",
        "Tags:",
        "Photo:",
        "“",
        "é\u0301",
        "\u202eevil",
        "&amp;",
        "&lt;script&gt;",
        "😀",
        "x - y | z",
    ),
    *(
        "Home > A > B",
        "()",
        "[/]",
        "/",
        "Jane Doe/Reuters",
        "Comments",
        "Reply",
        "Jane says:",
        "Leave a Reply",
        "About the author",
    ),
]
PHRASES = sorted(RULES._lines) + sorted(RULES._labels)
PAGES = st.lists(
    st.one_of(st.sampled_from(LINES), st.sampled_from(PHRASES), st.sampled_from(ODDITIES), st.just(""), st.text(max_size=60)),
    max_size=40,
).map("\n".join)


def account_for(raw: bytes) -> None:
    """Every word of a seed is in its body or in one of its parts, or the seed is refused with a reason."""
    item = read_text(raw, "seed.txt", SETTINGS)
    if isinstance(item, Refused):
        assert item.problem.message
        assert "mistake" not in item.problem.hint
        return
    assert item.words_in == item.words_out > 0
    placed = words_of(visible(item.body))
    for part in item.parts:
        placed.extend(words_of(part.text))
    assert Counter(placed) == Counter(words_of(decode(raw).text))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    account_for(raw)


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text: str) -> None:
    account_for(text.encode("utf-8", "surrogatepass"))


@given(PAGES)
def test_any_mixture_of_furniture_and_story_loses_no_word(page: str) -> None:
    account_for(page.encode("utf-8", "replace"))


@given(PAGES, st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_encoding_gives_the_same_item(page: str, codec: str) -> None:
    text = "A headline of its own\n\n" + page.encode("utf-8", "replace").decode("utf-8")
    plain, other = (read_text(text.encode(name), "seed.txt", SETTINGS) for name in ("utf-8", codec))
    if isinstance(plain, Imported):
        assert isinstance(other, Imported)
        assert (other.title, other.body, other.people, other.story) == (plain.title, plain.body, plain.people, plain.story)


@given(PAGES)
def test_a_sentence_of_the_body_is_never_lost_among_furniture(page: str) -> None:
    sentence = "The ninth lighthouse keeper of Quelmora counted eleven herons before the evening fog came in."
    raw = f"A Headline of Quelmora\n\nBy Jane Doe\n\n{sentence}\n\n{page}".encode("utf-8", "replace")
    item = read_text(raw, "seed.txt", SETTINGS)
    if isinstance(item, Imported) and item.title == "A Headline of Quelmora":
        assert (
            sentence in item.body
            or item.meta.get("dek") == sentence
            or any(sentence in part.text for part in item.parts if part.kind == "caption")
        )


AMONG = sorted(
    phrase
    for phrase, kinds in RULES._lines.items()
    if "#" not in phrase and set(kinds) <= {"share", "social", "advertisement", "newsletter", "cookies", "promo", "reading"}
)
NOUNS = ["harbour", "lantern", "orchard", "turbine", "violin", "glacier", "parcel", "meadow", "kettle", "compass"]


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(AMONG), max_size=2), st.sampled_from(["", "heading", "quote", "item"])),
        min_size=2,
        max_size=8,
    )
)
def test_paragraphs_headings_quotes_and_lists_survive_any_furniture_between_them(
    pieces: list[tuple[list[str], str]],
) -> None:
    blocks, kept = ["A Headline of Quelmora", "By Jane Doe"], []
    for number, (furniture, extra) in enumerate(pieces):
        noun = NOUNS[number]
        blocks.extend(furniture if number else [])
        sentence = f"Nobody in the valley had seen the {noun} since the ninth of March, and few had asked for it."
        told = {
            "": [],
            "heading": [f"Where the {noun} went"],
            "quote": [f"> The {noun} was never ours to lose, whatever they say."],
            "item": [f"• one {noun} for the mill", f"• another {noun} for the church"],
        }[extra]
        blocks.extend([*told, sentence] if extra == "heading" else [sentence, *told])
        kept.extend([*(line.lstrip("•> ") for line in told), sentence])
    blocks.append("The last of them came home on Sunday, and that was the end of the whole affair.")
    item = read_text("\n\n".join(blocks).encode(), "seed.txt", SETTINGS)
    assert isinstance(item, Imported)
    body = " ".join(visible(item.body).split())
    assert [text for text in kept if text not in body] == []


@given(PAGES)
def test_everything_imported_parses_without_an_error(page: str) -> None:
    from datetime import UTC, datetime
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from slugline.importing.writer import Writer

    item = read_text(page.encode("utf-8", "replace"), "seed.txt", SETTINGS)
    with TemporaryDirectory() as folder:
        writer = Writer(
            folder, SETTINGS, day="", section=None, now=datetime(2026, 11, 23, tzinfo=UTC), force=False, dry_run=False
        )
        writer.write(item)
        writer.finish()
        for path in Path(folder).rglob("*.md"):
            parsed = PARSER.parse(path.relative_to(folder).as_posix(), path.read_bytes())
            assert [problem for problem in parsed.problems if problem.severity == "error"] == []


@given(
    st.dictionaries(st.sampled_from(["title", "dek", "credit_line"]), st.text(max_size=80)),
    st.lists(st.text(max_size=20), max_size=4),
)
def test_front_matter_of_any_unicode_is_read_back_as_it_was(texts: dict[str, str], tags: list[str]) -> None:
    from slugline.importing.decoding import clean

    meta: dict[str, object] = {key: clean(text)[0] for key, text in texts.items()}
    meta["tags"] = [clean(tag)[0] for tag in tags]
    written = dump(meta, "Words.")
    read, problems = load_front(written, "x.md")
    assert problems == []
    assert read == meta
    assert split(written).body == "Words.\n"


@given(st.binary(max_size=300))
def test_decoding_either_gives_clean_text_or_a_reason_with_a_mend(raw: bytes) -> None:
    text, reason, mend = "", "", ""
    try:
        text = decode(raw).text
    except NotTextError as error:
        reason, mend = str(error), error.hint
    assert bool(text.strip()) != bool(reason and mend)
    assert not any(char < " " and char not in "\n\t" for char in text)
    text.encode("utf-8")
