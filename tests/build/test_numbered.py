"""The lists of authors and tags are numbered from the oldest story: what an edit renders, and what a reader finds."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from html import unescape

import pytest

from publications import SETTINGS, Factory, Publication

LENGTH = 4
FIRST = datetime(2025, 1, 1, 9)
BROADSHEET = SETTINGS.replace('name = "tiny"', 'name = "broadsheet"')


def story(paper: Publication, number: float, **front: object) -> None:
    moment = FIRST + timedelta(days=number)
    given: dict[str, object] = {"date": f"{moment.isoformat()}Z", "tags": ["Asia"], "authors": ["Jane Doe"], **front}
    paper.article(f"world/story-{number}", **given)


@pytest.fixture
def paper(publication: Factory) -> Publication:
    made = publication()
    made.source("sections/world.md", {"title": "World"})
    for number in range(5 * LENGTH + 1):
        story(made, number)
    made.build()
    made.settle()
    made.build()
    return made


def lists(rendered: dict[str, str], of: str = "tag/asia") -> set[str]:
    return {url.removeprefix(f"/{of}/") for url in rendered if url.startswith(f"/{of}/") and url.endswith("/")}


def shown(paper: Publication, page: str) -> list[int]:
    found = re.findall(r"/story-(\d+)/", paper.read(f"build/tag/asia/{page}index.html"))
    return list(dict.fromkeys(map(int, found)))


def test_page_one_has_the_oldest_and_the_page_without_a_number_what_is_on_no_other(paper: Publication) -> None:
    assert sorted(path.name for path in (paper.root / "build/tag/asia/page").iterdir()) == ["1", "2", "3", "4"]
    assert shown(paper, "page/1/") == [3, 2, 1, 0]
    assert shown(paper, "page/4/") == [15, 14, 13, 12]
    assert shown(paper, "") == [20, 19, 18, 17, 16]


def test_a_list_of_less_than_two_pages_has_one(publication: Factory) -> None:
    paper = publication()
    for number in range(2 * LENGTH - 1):
        story(paper, number)
    paper.check()
    assert len(shown(paper, "")) == 2 * LENGTH - 1
    assert not (paper.root / "build/tag/asia/page").exists()
    story(paper, 2 * LENGTH)
    paper.check()
    assert (len(shown(paper, "")), len(shown(paper, "page/1/"))) == (LENGTH, LENGTH)


def test_a_new_story_renders_the_newest_page_alone_until_it_is_full(paper: Publication) -> None:
    for number in range(21, 23):
        story(paper, number)
        assert lists(paper.rendered()) == {""}
        paper.check()
    story(paper, 23)
    # The page that is new, and the one before it, which links to it now.
    assert lists(paper.rendered()) == {"", "page/5/", "page/4/"}
    paper.check()
    story(paper, 24)
    assert lists(paper.rendered(), "author/jane-doe") == {""}


def test_a_backdated_story_renders_the_pages_from_its_place_on(paper: Publication) -> None:
    story(paper, 9.5)
    assert lists(paper.rendered()) == {"", "page/3/", "page/4/"}
    paper.check()
    assert shown(paper, "page/2/") == [7, 6, 5, 4]


def test_a_deleted_story_renders_the_pages_from_its_place_on(paper: Publication) -> None:
    story(paper, 21)
    paper.check()
    paper.delete("content/articles/world/story-13.md")
    assert lists(paper.rendered()) == {"", "page/4/"}
    paper.check()
    paper.delete("content/articles/world/story-0.md")
    assert lists(paper.rendered()) == {"", "page/1/", "page/2/", "page/3/", "page/4/"}
    paper.check()


def test_a_page_that_is_no_longer_full_goes(paper: Publication) -> None:
    for number in (20, 19, 18, 17, 16):
        paper.delete(f"content/articles/world/story-{number}.md")
    paper.check()
    assert not (paper.root / "build/tag/asia/page/4").exists()
    assert shown(paper, "") == [15, 14, 13, 12]


def test_an_edited_headline_renders_the_one_page_that_shows_it(paper: Publication) -> None:
    story(paper, 6, title="Another")
    assert lists(paper.rendered()) == {"page/2/"}


def test_every_story_is_found_from_the_front_within_the_lists(publication: Factory) -> None:
    paper = publication(settings=BROADSHEET)
    count = 6 * LENGTH + 2
    for number in range(count):
        story(paper, number, tags=["Asia", "Trade"][number % 2 :])
    paper.build()
    found, pending = set(), ["/tag/trade/"]
    sizes: Counter[str] = Counter()
    while pending:
        url = pending.pop()
        if url in found:
            continue
        found.add(url)
        html = paper.read(f"build{url}index.html")
        links = [unescape(link) for link in re.findall(r'href="(/[^"#]*)"', html.partition("<main")[2].partition("</main")[0])]
        sizes[url] = len({link for link in links if "story-" in link})
        pending += [link for link in links if link.startswith("/tag/trade/") and link.endswith("/")]
        found |= {link for link in links if "story-" in link}
    assert len([url for url in found if "story-" in url]) == count
    assert all(sizes[url] == LENGTH for url in found if "/page/" in url)
    assert LENGTH <= sizes["/tag/trade/"] < 2 * LENGTH


def test_without_archives_a_list_has_its_newest_stories_alone(publication: Factory) -> None:
    paper = publication(settings=SETTINGS.replace("[archives]", "[archives]\nmonths = false"))
    for number in range(3 * LENGTH):
        story(paper, number)
    paper.check()
    assert len(shown(paper, "")) == LENGTH
    assert not (paper.root / "build/tag/asia/page").exists()


def test_a_numbered_page_says_which_it_is_and_shows_no_total(publication: Factory) -> None:
    paper = publication(settings=BROADSHEET)
    for number in range(3 * LENGTH):
        story(paper, number)
    paper.build()
    first = paper.read("build/tag/asia/page/1/index.html")
    assert "<title>Asia, page 1 – The Courier</title>" in first
    assert '<link rel="canonical" href="https://courier.example/tag/asia/page/1/">' in first
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'href="/tag/asia/page/2/"' in paper.read("build/tag/asia/index.html")
    assert ">Newest stories<" in paper.read("build/tag/asia/page/2/index.html")
