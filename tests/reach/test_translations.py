"""The theme's words and dates in other languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.ext import extract_from_ast
from lxml import etree
from papers import NOW, Paper

from slugline.errors import PublicationError
from slugline.theme.shared import SharedTag

THEME = Path(__file__).parents[2] / "themes" / "broadsheet"
LANGUAGES = ("ar", "de", "es", "fr")


def texts_of_templates() -> set[str]:
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", SharedTag], autoescape=True)
    found: set[str] = set()
    for path in THEME.rglob("*.html"):
        for _, _, message in extract_from_ast(environment.parse(path.read_text(encoding="utf-8")), ("_",)):
            parts = message if isinstance(message, tuple) else (message,)
            found |= {part for part in parts if part}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_of_the_theme_is_translated_and_none_is_left_over(lang: str) -> None:
    words = tomllib.loads((THEME / "translations" / f"{lang}.toml").read_text(encoding="utf-8"))
    assert set(words) == texts_of_templates()
    for text, translation in words.items():
        assert translation.strip()
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", translation))


def test_a_paper_speaks_its_language(paper: Paper) -> None:
    paper.write("slugline.toml", (paper.root / "slugline.toml").read_text().replace('"en"', '"de-AT"'))
    paper.story("eins", "2026-01-24T09:00:00Z")
    paper.build()
    page = etree.HTML(paper.read("world/2026/01/eins/index.html"))
    assert page.get("lang") == "de-AT"
    assert page.xpath("//a[@class='skip-link']/text()") == ["Zum Hauptinhalt springen"]
    assert "24. Jänner 2026" in paper.read("world/2026/01/eins/index.html")


def test_a_story_in_arabic_is_set_from_right_to_left(paper: Paper) -> None:
    paper.story("khabar", "2026-01-24T09:00:00Z", title="خبر", lang="ar")
    paper.build()
    html = paper.read("world/2026/01/khabar/index.html")
    page = etree.HTML(html)
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert "انتقل إلى المحتوى الرئيسي" in html
    assert "يناير" in html


def test_a_language_without_words_shows_those_of_the_templates(paper: Paper) -> None:
    paper.story("ett", "2026-01-24T09:00:00Z", lang="sv")
    paper.build()
    assert "Skip to the main content" in paper.read("world/2026/01/ett/index.html")
    assert "24 januari 2026" in paper.read("world/2026/01/ett/index.html")


def test_a_changed_translation_renders_the_pages_again(paper: Paper) -> None:
    paper.settings('[theme]\nname = "own"')
    paper.write("themes/own/theme.toml", 'name = "own"\nextends = "broadsheet"\n')
    paper.write("themes/own/translations/de.toml", '"Skip to the main content" = "Los"\n')
    paper.story("eins", "2026-01-24", lang="de")
    paper.build()
    assert ">Los<" in paper.read("world/2026/01/eins/index.html")
    paper.write("themes/own/translations/de.toml", '"Skip to the main content" = "<Hin>"\n')
    paper.build(NOW)
    assert ">&lt;Hin&gt;<" in paper.read("world/2026/01/eins/index.html")
    assert paper.build(verify=1.0).verified


def test_a_translation_that_is_wrong_is_told_with_its_file(paper: Paper) -> None:
    paper.settings('[theme]\nname = "own"')
    paper.write("themes/own/theme.toml", 'name = "own"\nextends = "broadsheet"\n')
    paper.write("themes/own/translations/de.toml", '"By {name}" = "Von {nmae}"\n')
    with pytest.raises(PublicationError, match=r"themes/own/translations/de.toml: error: “Von \{nmae\}”"):
        paper.build()
    paper.write("themes/own/translations/de.toml", "By = \n")
    with pytest.raises(PublicationError, match=r"themes/own/translations/de.toml:1: error: the translation is not valid"):
        paper.build()
