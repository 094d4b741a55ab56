"""Whether a page is a story: a list of stories, a front page or a search page is not, whatever text is on it."""

from __future__ import annotations

from collections.abc import Sequence

from slugline.importing.html.container import Prose
from slugline.importing.html.lines import lines_in
from slugline.importing.html.saying import LIST_TYPES, PAGE_TYPES, Saying
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import text_of
from slugline.importing.rules import words_of

__all__ = ["is_standing_page", "why_no_story"]

_LISTS = {
    "home": "a front page",
    "blog": "a front page",
    "archive": "a list of stories",
    "category": "a list of stories",
    "tag": "a list of stories",
    "author": "an author's page",
    "search": "a page of search results",
    "search-results": "a page of search results",
    "error404": "a page that says that nothing was found",
    "home-template": "a front page",
    "tag-template": "a list of stories",
    "author-template": "an author's page",
    "path-frontpage": "a front page",
}
_SINGLE = names("single single-post post-template postid article-page page-article node-type-article article story-page")
_TEASERS = 4
_LONG = 150
"""Words of a story that is one whatever the page calls itself, if no others stand beside it."""

_PARAGRAPH = 12
"""Words of a line that is more than a teaser's headline."""

_ENOUGH = 25
"""Words of prose below which a page tells no story."""


def why_no_story(
    body: Element, story: Element | None, prose: Prose, sayings: Sequence[Saying], types: frozenset[str], *, sure: bool
) -> str:
    """What a page is instead of a story; empty if it is one. ``sure``: the readers agree on its story."""
    classes = set((body.get("class") or "").lower().split())
    alone = sure and _teasers(body) < _TEASERS and _is_long(story, prose) and prose.words.get(body, 0) > _LONG
    if not classes & _SINGLE and not alone:
        for name, what in _LISTS.items():
            if name in classes:
                return what
    data = next((saying for saying in sayings if saying.types), None)
    lists = types & LIST_TYPES - {"Blog", "ItemList", "ProfilePage"}
    if lists and (data is None or data.types == ("Article",)):
        return "a list of stories"
    if "ProfilePage" in types and data is None:
        return "an author's page"
    words = prose.words.get(story, 0) if story is not None else 0
    if words < _ENOUGH and not (data is not None and len(data.body.split()) >= _ENOUGH):
        return "a page without a story's text" if words < _ENOUGH // 2 or data is None else ""
    if data is None and _teasers(body) >= _TEASERS and not _is_long(story, prose):
        return "a list of stories"
    return ""


def is_standing_page(body: Element, sayings: Sequence[Saying], types: frozenset[str]) -> bool:
    """Whether a page is one of those beside the stories, such as "About us"."""
    classes = set((body.get("class") or "").lower().split())
    if types & PAGE_TYPES:
        return True
    dated = any(saying.published for saying in sayings)
    return bool(classes & {"page", "page-template", "page-template-default"}) and not classes & _SINGLE and not dated


def _teasers(body: Element) -> int:
    """How many headings of a page are links to something else, each with its own address."""
    found = set()
    for heading in body.iter("h1", "h2", "h3", "h4"):
        for link in heading.iter("a"):
            if len(text_of(link)) > 0.8 * len(text_of(heading)) and (link.get("href") or "#")[0] != "#":
                found.add(link.get("href"))
    return len(found)


def _is_long(story: Element | None, prose: Prose) -> bool:
    """Whether one run of paragraphs is longer than what teasers are made of."""
    if story is None:
        return False
    told = [line.block for line in lines_in(story) if len(words_of(line.text)) >= _PARAGRAPH and prose.tells(line)]
    return len(told) >= 3 and len({block.getparent() for block in told}) <= max(2, len(told) // 3)
