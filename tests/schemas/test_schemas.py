"""JSON Schemas of front matter and settings: what is right passes them, what is wrong does not; and who reads them."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import frontmatter
import jsonschema
import pytest
import yaml

from publications import SETTINGS, Factory, Publication
from slugline.cli import main
from slugline.content import load_front
from slugline.schemas.cms import MOST, cms_config
from slugline.schemas.front_matter import KINDS, front_matter_schema, keys_of
from slugline.schemas.settings import settings_schema
from slugline.settings.load import parse_settings
from slugline.settings.schema import Settings as SettingsClass

ROOT = Path(__file__).resolve().parents[2]
GAZETTE = ROOT / "examples" / "harbour-gazette"
SET = parse_settings(SETTINGS)


def wrong(kind: str, front: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft7Validator(front_matter_schema(kind, SET))
    return sorted(error.json_path for error in validator.iter_errors(front))


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_says_what_each_key_is(kind: str) -> None:
    schema = front_matter_schema(kind, SET)
    jsonschema.Draft7Validator.check_schema(schema)
    assert all(part.get("description") for part in schema["properties"].values())


def test_the_keys_are_those_of_the_documentation() -> None:
    page = (ROOT / "docs/writing.md").read_text(encoding="utf-8")
    table = page.partition("## Front matter of a story")[2].partition("\n\nA single author")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    assert documented | {"author"} == {key.name for key in keys_of("article", SET)}


FOLDERS = dict(zip(("articles", "authors", "sections", "tags", "series", "pages"), KINDS, strict=True))


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_what_the_gazette_says_is_right(folder: str) -> None:
    for path in (GAZETTE / "content" / folder).rglob("*.md"):
        front, problems = load_front(path.read_text(encoding="utf-8"), str(path))
        assert not problems
        assert wrong(FOLDERS[folder], front) == [], path


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ({"date": "2026-01-01"}, "$"),
        ({"title": "A", "date": "tomorrow"}, "$.date"),
        ({"title": "A", "date": "2026-01-01", "draft": "yes"}, "$.draft"),
        ({"title": "A", "date": "2026-01-01", "type": "rumour"}, "$.type"),
        ({"title": "A", "date": "2026-01-01", "image": {"alt": "A"}}, "$.image"),
        ({"title": "A", "date": "2026-01-01", "image": {"src": "a.jpg", "credt": "B"}}, "$.image"),
        ({"title": "A", "date": "2026-01-01", "authors": [{"nme": "B"}]}, "$.authors"),
        ({"title": ["A"], "date": "2026-01-01"}, "$.title"),
        ({"title": "A", "date": "2026-01-01", "corrections": [{"text": "B"}]}, "$.corrections[0]"),
    ],
)
def test_what_is_wrong_is_underlined(front: dict[str, Any], place: str) -> None:
    assert wrong("article", front) == [place]


def test_other_keys_are_the_themes() -> None:
    assert wrong("article", {"title": "A", "date": "2026-01-01T09:00:00+01:00", "sponsor": "B"}) == []


def test_the_settings_of_all_papers_here_pass_their_schema() -> None:
    schema = settings_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    for path in (ROOT / "slugline.toml", GAZETTE / "slugline.toml"):
        jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), schema)
    named = {section: set(part["properties"]) for section, part in schema["properties"].items()}
    assert set(named) == {item.key for item in SettingsClass.fields if item.key}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"publication": {"name": "A", "timezone": "UTC", "tagllne": "B"}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"publication": {"name": "A", "timezone": "UTC"}, "feeds": {"content": "some"}}, schema)


# Content management


def config(paper: Publication) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(cms_config(str(paper.root), parse_settings(paper.read("slugline.toml"))))
    return found


def test_each_folder_of_stories_is_a_collection_and_one_with_too_many_is_split_by_year(publication: Factory) -> None:
    paper = publication()
    paper.article("world/one", "Words.")
    text = "---\ntitle: N\ndate: 2026-01-02\n---\n\nN.\n"
    for number in range(MOST + 1):
        paper.write(f"content/articles/sport/{2025 + number % 2}-01-02-n{number}.md", text)
    stories = [one for one in config(paper)["collections"] if one["name"].startswith("articles")]
    assert [(one["name"], one["folder"], one.get("filter")) for one in stories] == [
        ("articles-sport-2026", "content/articles/sport", {"field": "date", "pattern": "^2026"}),
        ("articles-sport-2025", "content/articles/sport", {"field": "date", "pattern": "^2025"}),
        ("articles-world", "content/articles/world", None),
    ]


def test_a_form_has_the_keys_of_its_kind_and_writes_what_the_paper_means(publication: Factory) -> None:
    paper = publication()
    collections = {one["name"]: {field["name"]: field for field in one["fields"]} for one in config(paper)["collections"]}
    assert set(collections["authors"]) == {key.name for key in keys_of("author", SET)} - {"slug", "links", "aliases"} | {"body"}
    story = collections["articles-news"]
    assert story["title"]["required"]
    assert story["authors"]["collection"] == "authors"
    assert story["comments"]["default"] is True
    assert story["draft"]["default"] is False


@pytest.mark.parametrize(
    ("url", "backend"),
    [
        ("git@github.com:desk/paper.git", {"name": "github", "repo": "desk/paper", "branch": "main"}),
        ("https://gitlab.com/news/desk/paper", {"name": "gitlab", "repo": "news/desk/paper", "branch": "main"}),
        (
            "ssh://git@git.paper.example:2222/desk/paper.git",
            {"name": "gitea", "repo": "desk/paper", "branch": "main", "base_url": "https://git.paper.example"},
        ),
    ],
)
def test_the_forge_is_the_repositorys(publication: Factory, url: str, backend: dict[str, str]) -> None:
    paper = publication()
    paper.write(".git/config", f'[remote "origin"]\n\turl = {url}\n\tfetch = +refs/heads/*\n')
    assert config(paper)["backend"] == backend


SAVED = """\
title: A story
date: 2026-01-27T06:36:00+00:00
updated: ''
type: news
dek: ''
layout: ''
draft: false
expires: ''
unlisted: false
noindex: false
authors:
  - jane-doe
summary: ''
kicker: ''
tags: []
image: null
corrections: []
comments: true
"""
"""What Sveltia CMS 0.221 writes of a story whose fields are mostly empty."""


def test_what_a_cms_saves_is_published(publication: Factory) -> None:
    paper = publication()
    paper.author("jane-doe")
    paper.write("content/articles/world/a.md", f"---\n{SAVED}---\n\nWords.\n")
    assert not paper.check().problems
    assert frontmatter.loads(paper.read("content/articles/world/a.md"))["title"] == "A story"


def test_the_command_writes_files_and_says_which(publication: Factory, capsys: pytest.CaptureFixture[str]) -> None:
    paper = publication()
    assert main(["schema", "--root", str(paper.root)]) == 0
    assert json.loads(paper.read(".schemas/article.json"))["required"] == ["title", "date"]
    paper.write("static/admin/index.html", "mine")
    assert main(["schema", "--cms", "--root", str(paper.root)]) == 0
    assert paper.read("static/admin/index.html") == "mine"
    assert capsys.readouterr().err.splitlines()[-1] == "wrote static/admin/config.yml"
    paper.check()
    assert (paper.output / "admin/config.yml").exists()


def test_a_new_publication_tells_vs_code(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "paper"), "--quiet"]) == 0
    told = json.loads((tmp_path / "paper/.vscode/settings.json").read_text(encoding="utf-8"))
    for schema in (*told["yaml.schemas"], *told["evenBetterToml.schema.associations"].values()):
        assert (tmp_path / "paper" / schema).is_file()
