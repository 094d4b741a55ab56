"""A story that goes out now: its date and its mark as a draft change, and no other byte."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from publications import Publication
from slugline.errors import PublicationError, UsageError
from slugline.starting import publish_now

NOW = datetime(2026, 3, 1, 12, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))
WRITTEN = "2026-03-01T10:30:15+00:00"


@pytest.fixture
def paper(tmp_path: Path) -> Publication:
    """A publication without content."""
    return Publication(tmp_path / "paper")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: A\ndate: 2026-01-01\ndraft: true\n", f"title: A\ndate: {WRITTEN}\n"),
        ("draft: yes it is\n# why\ndate: '2026-01-01 09:00'   # a guess\ntitle: A # b\n",
         f"# why\ndate: {WRITTEN}   # a guess\ntitle: A # b\n"),
        ('"date": 2026-01-01\r\n"draft": false\r\ntitle:   A\r\n', f'"date": {WRITTEN}\r\ntitle:   A\r\n'),
        ("title: A\ndraft: true\n", f"title: A\ndate: {WRITTEN}\n"),
        ("title: A\ndate:\ncorrections:\n- {date: 2026-01-02, text: 'date: x'}\n",
         f"title: A\ndate: {WRITTEN}\ncorrections:\n- {{date: 2026-01-02, text: 'date: x'}}\n"),
        ("title: A\ndek: |\n  date: 1\n  draft: true\ndate: now\n",
         f"title: A\ndek: |\n  date: 1\n  draft: true\ndate: {WRITTEN}\n"),
    ],
)  # fmt: skip
def test_only_the_date_and_the_draft_change(paper: Publication, before: str, after: str) -> None:
    newline = "\r\n" if "\r" in before else "\n"
    body = f"---{newline}{newline}date: 1{newline}draft: true{newline}---{newline}Ünd\tmore.  "
    path = paper.write("content/articles/news/a.md", f"---{newline}{before}{body}")
    assert publish_now(paper.root, str(path), NOW) == path
    assert path.read_bytes() == f"---{newline}{after}{body}".encode()


@pytest.mark.parametrize("front", ["{title: A, date: 2026-01-01, draft: true}\n", "title: A\ndate:\n  2026-01-01\n"])
def test_front_matter_that_is_not_written_line_by_line_is_left_alone(paper: Publication, front: str) -> None:
    path = paper.write("content/articles/news/a.md", f"---\n{front}---\nWords.\n")
    with pytest.raises(UsageError, match=f"write `date: {WRITTEN.replace('+', '.')}` yourself"):
        publish_now(paper.root, "a", NOW)
    assert path.read_text() == f"---\n{front}---\nWords.\n"


def test_front_matter_with_errors_is_reported_with_its_line(paper: Publication) -> None:
    paper.write("content/articles/news/a.md", "---\ntitle: [\n---\nWords.\n")
    with pytest.raises(PublicationError, match=r"content/articles/news/a\.md:3"):
        publish_now(paper.root, "a", NOW)


def test_a_story_is_named_by_its_path_or_its_name(paper: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    path = paper.article("news/one", draft=True)
    folder = paper.article("news/two/index", draft=True)
    for name in ("one", "content/articles/news/one.md", "articles/news/one.md", str(path)):
        assert publish_now(paper.root, name, NOW) == path
    assert publish_now(paper.root, "two", NOW) == folder
    monkeypatch.chdir(path.parent)
    assert publish_now(Path("../../.."), "one.md", NOW) == Path("one.md")


def test_a_story_without_text_does_not_go_out(paper: Publication) -> None:
    path = paper.article("news/one", "", draft=True)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="has no text yet"):
        publish_now(paper.root, "one", NOW)
    assert path.read_bytes() == before


def test_an_unknown_or_ambiguous_name_is_refused(paper: Publication) -> None:
    paper.article("news/one")
    paper.article("world/one")
    with pytest.raises(UsageError, match=r"several stories are called one: .*news/one\.md, .*world/one\.md"):
        publish_now(paper.root, "one", NOW)
    with pytest.raises(UsageError, match="there is no story two"):
        publish_now(paper.root, "two", NOW)


def test_a_story_that_goes_out_now_is_published_by_the_next_build(paper: Publication) -> None:
    paper.article("news/one", draft=True, date="2026-02-01")
    paper.build()
    assert "build/news/2026/03/one/index.html" not in paper.tree()
    publish_now(paper.root, "one", NOW)
    paper.build(now=NOW)
    assert "news/2026/03/one/index.html" in paper.tree()
