"""A story on its own page, as templates see it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from slugline.catalog.decoding import present
from slugline.catalog.queries import Listing, Related, StoryOf, TeaserOf, Window
from slugline.catalog.rows import Story
from slugline.errors import UsageError
from slugline.markup import Heading
from slugline.model import Teaser
from slugline.pages.bodies import body_html, line_html
from slugline.pages.lazy import lazy
from slugline.pages.pictures import ImageView, crop_views
from slugline.pages.render_context import RenderContext
from slugline.pages.views.author import AuthorView, author_view
from slugline.pages.views.card import Card, cards
from slugline.pages.views.extra import Extra
from slugline.pages.views.share import ShareLink, share_links
from slugline.shortcodes.marks import names, uses
from slugline.urls import card_url

__all__ = ["ArticleView", "CorrectionView", "Rating"]


class CorrectionView(NamedTuple):
    """A correction: its ``text`` is plain, ``html`` has its emphasis and links."""

    date: datetime
    text: str
    html: Markup


class Rating(NamedTuple):
    """A verdict: what is rated, what kind of thing it is, ``value`` of ``best``."""

    item: str
    type: str
    value: float
    best: int


class ArticleView(Card):
    """A story on its own page."""

    def __init__(self, context: RenderContext, teaser: Teaser, story: Story) -> None:
        super().__init__(context, teaser)
        self._story = story

    @lazy
    def html(self) -> Markup:
        """The rendered body."""
        return body_html(self._context, self._story.html, self.key, lang=self.lang)

    @lazy
    def shortcodes(self) -> tuple[str, ...]:
        """The names of the shortcodes in its text, each once: a theme loads their style sheet where there are any."""
        return names(self._story.html)

    @lazy
    def rating(self) -> Rating | None:
        """The verdict that its text gives first, if it gives one."""
        found = uses(self._story.html, "rating")
        if not found:
            return None
        values = found[0].values
        return Rating(values["item"], values["type"], values["value"], values["of"])

    @property
    def words(self) -> int:
        """How many words it has."""
        return self._story.words

    @property
    def summary(self) -> str:
        """Its summary, or its beginning."""
        return self._teaser.summary or self._story.excerpt

    @lazy
    def dek_html(self) -> Markup:
        """Its dek with its emphasis and links."""
        return line_html(self._context, self.dek, self._teaser.dek_html, self.key)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings: level, id, text."""
        return self._story.headings

    @lazy
    def corrections(self) -> tuple[CorrectionView, ...]:
        """Its corrections, oldest first."""
        context, key = self._context, self.key
        return tuple(
            CorrectionView(context.moment(item.date), item.text, line_html(context, item.text, item.html, key))
            for item in self._story.corrections
        )

    @property
    def canonical(self) -> str:
        """The address of the original: the story's own absolute one, unless its front matter names another."""
        return self._story.canonical or self._context.site.absolute(self.url)

    @property
    def comments(self) -> bool:
        """Whether it has a comment form."""
        return self._story.comments and bool(self._context.site.comments_endpoint)

    @lazy
    def extra(self) -> Extra:
        """Front matter that Slugline does not know."""
        return Extra(self._story.extra)

    @lazy
    def card(self) -> ImageView | None:
        """The share card that is drawn of it, if it has no picture of its own."""
        site = self._context.site
        if not site.settings.metadata.cards or self._teaser.image is not None:
            return None
        return ImageView(site.href(card_url(self._teaser.url)), self.title, "", "", 1200, 630)

    @lazy
    def crops(self) -> tuple[ImageView, ...]:
        """Its lead picture cut to 16:9, 4:3 and 1:1 for search engines: those of the shapes that the picture has not itself."""
        return crop_views(self._context, self._teaser.image, self.key)

    @lazy
    def original(self) -> Card | None:
        """The story that it translates; an unlisted one is named by none, and names none."""
        key = self._story.translation_of
        teaser = self._context.ask(TeaserOf(key)) if key and key != self.key and not self._teaser.unlisted else None
        return Card(self._context, teaser) if teaser and not teaser.unlisted else None

    @lazy
    def translations(self) -> tuple[Card, ...]:
        """The story in all its languages, itself too, the original first; empty where there is one language only.

        A translation may have been made of another one: each story of such a chain has the same answer.
        """
        first = self._teaser
        if first.unlisted:
            return ()
        known = {first.key}
        parent = self._story.translation_of
        while parent and parent not in known and (teaser := self._context.ask(TeaserOf(parent))) and not teaser.unlisted:
            known.add(parent)
            first = teaser
            parent = present(self._context.ask(StoryOf(parent)), parent).translation_of
        # What cannot be seen, or is not there, still joins those that were made of it.
        origins = [parent] if parent and parent not in known else []
        found = {first.key: first}
        pending = [first.key, *origins]
        while pending:
            for teaser in self._context.ask(Listing(f"translation:{pending.pop(0)}", oldest=True)):
                if teaser.key not in found:
                    found[teaser.key] = teaser
                    pending.append(teaser.key)
        if origins:
            found = dict(sorted(found.items(), key=lambda one: (datetime.fromisoformat(one[1].date), one[0])))
        return cards(self._context, tuple(found.values())) if len(found) > 1 else ()

    @lazy
    def authors(self) -> tuple[AuthorView, ...]:
        """Its authors with their bios."""
        return tuple(author_view(self._context, credit.author) for credit in self._teaser.credits)

    @lazy
    def previous(self) -> Card | None:
        """The story before it in its section."""
        return self._neighbour(newer=False)

    @lazy
    def next(self) -> Card | None:
        """The story after it in its section."""
        return self._neighbour(newer=True)

    @lazy
    def related(self) -> tuple[Card, ...]:
        """Older stories that share tags or the series with it: the archive never changes because of a newer one."""
        lists = [f"tag:{slug}" for slug in self._teaser.tags]
        if self._teaser.series:
            lists.insert(0, f"series:{self._teaser.series}")
        if not lists:
            return ()
        return cards(self._context, self._context.ask(Related(self.key, tuple(lists))))

    def more_by(self, author: AuthorView, limit: int = 3) -> tuple[Card, ...]:
        """The stories that one of its authors wrote before this one."""
        if all(credit.author != author.slug for credit in self._teaser.credits):
            # Others' stories are no neighbours of this one, and would change unseen.
            raise UsageError(f"article.more_by takes one of the story's own authors, not `{author.slug}`")
        return cards(self._context, self._context.ask(Window(self.key, f"author:{author.slug}", limit=limit)))

    @lazy
    def series_stories(self) -> tuple[Card, ...]:
        """The other stories of its series, oldest first."""
        if not self._teaser.series:
            return ()
        found = self._context.ask(Listing(f"series:{self._teaser.series}", oldest=True))
        return cards(self._context, tuple(teaser for teaser in found if teaser.key != self.key))

    @lazy
    def share(self) -> tuple[ShareLink, ...]:
        """Links that share it."""
        site = self._context.site
        return share_links(site.share, site.absolute(self.url), self.title)

    def _neighbour(self, *, newer: bool) -> Card | None:
        found = self._context.ask(Window(self.key, f"section:{self._teaser.section}", newer))
        return Card(self._context, found[0]) if found else None
