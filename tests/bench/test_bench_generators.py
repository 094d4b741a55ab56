from __future__ import annotations

import re
from pathlib import Path

import jinja2.meta
import pytest
from bench.corpus import FEWEST_STORIES, Corpus
from bench.generators import PEERS, Generator, HugoPaper, HugoUnrelated, Slugline
from bench.generators.base import Links
from bench.prose import count_words

from bench import sites
from slugline.theme.shared import SharedTag

CORPUS = Corpus(FEWEST_STORIES)
KINDS: tuple[type[Generator], ...] = (*PEERS, Slugline)


def generators(folder: Path, links: Links = "files") -> list[Generator]:
    return [kind(folder / "tools", links) for kind in KINDS]


def body(text: str) -> str:
    """What follows the front matter, in whichever form it is."""
    return text.split("---\n", 2)[2] if text.startswith("---\n") else text.partition("\n\n")[2]


def test_every_generator_gets_the_same_words(tmp_path: Path) -> None:
    for story in CORPUS:
        counts = {one.name: count_words(body(one.story_text(CORPUS, story))) for one in generators(tmp_path)}
        assert set(counts.values()) == {story.words}, counts


def test_every_generator_gets_the_same_text_but_for_link_targets(tmp_path: Path) -> None:
    for story in CORPUS:
        texts = {
            re.sub(r"\]\([^)]*\)", "]", body(one.story_text(CORPUS, story))).strip() for one in generators(tmp_path)
        }
        assert len(texts) == 1


def test_links_to_other_stories_lead_to_the_file_or_the_address_of_a_story(tmp_path: Path) -> None:
    story = next(one for one in CORPUS if "](story:" in one.body)
    targets = [CORPUS.head(int(number)) for number in re.findall(r"\(story:(\d+)\)", story.body)]
    slugline, *_ = (one for one in generators(tmp_path) if one.name == "slugline")
    source = tmp_path / slugline.story_path(story.head)
    linked = re.findall(r"\]\(([^h:)][^)]*)\)", body(slugline.story_text(CORPUS, story)))
    found = [(source.parent / link).resolve() for link in linked]
    assert found == [(tmp_path / slugline.story_path(target)).resolve() for target in targets]
    for one in generators(tmp_path, "addresses"):
        linked = re.findall(r"\]\((/[^)]*)\)", body(one.story_text(CORPUS, story)))
        assert linked == [f"/{target.path}/" for target in targets]


def test_a_written_site_has_every_story_and_is_kept_until_the_code_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = Slugline(tmp_path / "tools")
    root = sites.written(generator, CORPUS, tmp_path)
    assert len(list((root / "content/articles").rglob("*.md"))) == CORPUS.stories
    assert len(list((root / "content/authors").glob("*.md"))) == 50
    assert len(list((root / "content/sections").glob("*.md"))) == 8
    mark = root / "mark"
    mark.touch()
    assert sites.written(generator, CORPUS, tmp_path) == root
    assert mark.exists()
    monkeypatch.setattr(sites, "_code", lambda: "other code")
    sites.written(generator, CORPUS, tmp_path)
    assert not mark.exists()


def test_a_site_that_was_half_written_is_written_again(tmp_path: Path) -> None:
    generator = Slugline(tmp_path / "tools")
    root = sites.written(generator, CORPUS, tmp_path)
    root.with_suffix(".stamp").unlink()
    (root / "content/articles").rename(root / "content/half")
    sites.written(generator, CORPUS, tmp_path)
    assert not (root / "content/half").exists()
    assert len(list((root / "content/articles").rglob("*.md"))) == CORPUS.stories


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_of_the_base_template_changes_its_edition_only(kind: type[Generator], tmp_path: Path) -> None:
    generator = kind(tmp_path / "tools")
    generator.write_frame(tmp_path / "site", CORPUS)
    path = tmp_path / "site" / generator.base_template
    before = path.read_text(encoding="utf-8")
    generator.edit_template(tmp_path / "site", 7)
    assert path.read_text(encoding="utf-8") == before.replace('content="0"', 'content="7"') != before


def test_templates_of_the_plain_theme_are_valid() -> None:
    folder = Path(sites.__file__).parent / "plain/slugline/themes/plain"
    environment = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", SharedTag])
    found = {path.name for path in folder.glob("*.html")}
    for name in found:
        tree = environment.parse((folder / name).read_text(encoding="utf-8"))
        assert set(jinja2.meta.find_referenced_templates(tree)) <= found
    assert {"404.html", "article.html", "author.html", "base.html", "front.html", "section.html", "tag.html"} <= found


def test_the_paper_of_hugo_has_a_list_for_each_month_of_each_section(tmp_path: Path) -> None:
    generator = HugoPaper(tmp_path / "tools", "files")
    root = sites.written(generator, CORPUS, tmp_path / "sites")
    heads = [CORPUS.head(number) for number in range(CORPUS.stories)]
    months = {f"{head.date:%Y-%m}" for head in heads}
    assert {path.name for path in (root / "content/months").iterdir() if path.is_dir()} == months
    of_sections = {f"{head.section}-{head.date:%Y-%m}" for head in heads}
    assert {path.name for path in (root / "content/sectionmonths").iterdir() if path.is_dir()} == of_sections
    text = (root / generator.story_path(heads[0])).read_text(encoding="utf-8")
    assert f"months: [{heads[0].date:%Y-%m}]\nsectionmonths: [{heads[0].section}-{heads[0].date:%Y-%m}]\n" in text


def test_without_related_stories_the_paper_of_hugo_is_the_same_but_for_these(tmp_path: Path) -> None:
    whole, less = (
        sites.written(kind(tmp_path / "tools", "files"), CORPUS, tmp_path / "sites") for kind in (HugoPaper, HugoUnrelated)
    )
    differing = {
        path.relative_to(whole).as_posix()
        for path in whole.rglob("*")
        if path.is_file() and path.read_bytes() != (less / path.relative_to(whole)).read_bytes()
    }
    assert differing == {"layouts/page.html"}
    assert "Related ." not in (less / "layouts/page.html").read_text(encoding="utf-8")
