"""Files beside the content: pictures in several sizes, the crops of a story's lead picture, and what is published as it is."""

from __future__ import annotations

from slugline.catalog.queries import Media, PictureOf, TeaserOf
from slugline.images.crops import crops_of
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Maker, Owner, PageKind
from slugline.pages.page import Page, Route, Source
from slugline.placement import kind_of
from slugline.settings.schema import Settings
from slugline.urls import LIST_KINDS, media_url

__all__ = ["PICTURES"]

_NOTHING = Expansion()


def _files(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    """The files that a source refers to: all versions of a picture, any other file as it is."""
    routes = []
    for path in owner.references:
        if kind_of(path) != "media":
            continue
        if picture := ask(PictureOf(path)):
            routes += [
                Route.at(Page("variant", f"{path} {version.name}"), picture.url(path, version))
                for version in picture.renditions
            ]
        elif ask(Media(path)) is not None:
            routes.append(Route.at(Page("media", path), media_url(path)))
    return Expansion(tuple(routes)) if routes else _NOTHING


def _logo(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    # The masthead's picture is small, made for its place, and not encoded anew.
    logo = settings.publication.logo
    if logo and ask(Media(logo)) is not None:
        return Expansion((Route.at(Page("media", logo), media_url(logo)),))
    return _NOTHING


def _crops(owner: Owner, ask: Ask, settings: Settings) -> Expansion:
    if not (settings.metadata.crops and settings.metadata.structured_data):
        return _NOTHING
    # Only a story that refers to a picture is asked for the part of it that must stay in sight.
    for path in owner.references:
        if kind_of(path) == "media":
            break
    else:
        return _NOTHING
    teaser = ask(TeaserOf(owner.key))
    image = teaser.image if teaser else None
    picture = ask(PictureOf(image.src)) if image and kind_of(image.src) == "media" else None
    if image is None or picture is None:
        return _NOTHING
    return Expansion(
        tuple(
            Route.at(Page("crop", f"{image.src} {crop.name}"), crop.url(image.src, picture))
            for crop in crops_of(picture, image.focus)
        )
    )


PICTURES = (
    PageKind(
        "media",
        Maker("slugline.pages.writers.pictures:media"),
        {PUBLICATION: _logo, **dict.fromkeys(("article", "page", *LIST_KINDS), _files)},
        source=Source.MEDIA,
    ),
    # The pages of `media` include the versions: a file is either one or the other.
    PageKind("variant", Maker("slugline.pages.writers.pictures:version"), source=Source.VERSION, slow=True),
    PageKind("crop", Maker("slugline.pages.writers.pictures:crop"), {"article": _crops}, source=Source.VERSION, slow=True),
)
