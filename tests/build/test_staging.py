"""A build that shows what is not public says so on every page, and keeps search engines away."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest

from publications import SETTINGS, Factory, Publication
from slugline.build.session import BuildOptions

BROADSHEET = SETTINGS.replace('name = "tiny"', 'name = "broadsheet"')
LINE = "Staging: this is not the public site"
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def courier(publication: Factory) -> Publication:
    courier = publication(settings=BROADSHEET)
    courier.author("jane-doe")
    courier.page("about")
    courier.article("world/first", tags=["Ferry"], authors=["jane-doe"], series="Long road")
    courier.article("world/second", draft=True)
    courier.article("world/third", date="2026-04-01T09:00:00Z")
    return courier


def pages(courier: Publication) -> dict[str, str]:
    return {path: raw.decode() for path, raw in courier.tree().items() if path.endswith(".html")}


@pytest.mark.parametrize("options", [{"drafts": True}, {"future": True}, {"drafts": True, "future": True}])
def test_every_page_of_a_staging_site_says_so_and_is_not_indexed(courier: Publication, options: dict[str, bool]) -> None:
    courier.build(**options)
    found = pages(courier)
    assert ("world/2026/01/second/index.html" in found) == options.get("drafts", False)
    assert ("world/2026/04/third/index.html" in found) == options.get("future", False)
    assert len(found) > 8
    assert [path for path, html in found.items() if html.count(NOINDEX) != 1 or LINE not in html] == []
    robots = RobotFileParser()
    robots.parse(courier.read("build/robots.txt").splitlines())
    assert not robots.can_fetch("Googlebot", "/")
    assert robots.site_maps() is None


def test_a_build_for_the_public_has_none_of_it_before_and_after_one_for_staging(courier: Publication) -> None:
    courier.build()
    public = courier.tree()
    assert [path for path, html in pages(courier).items() if LINE in html] == []
    assert NOINDEX not in courier.read("build/index.html")
    courier.build(drafts=True)
    assert LINE in courier.read("build/index.html")
    courier.build()
    assert courier.tree() == public


def test_dev_mode_shows_drafts_and_is_no_staging_site() -> None:
    assert BuildOptions(drafts=True).staging
    assert not BuildOptions(drafts=True, future=True, local=True).staging
    assert not BuildOptions().staging
