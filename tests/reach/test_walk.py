"""After any edits, what the next build leaves is what a clean build makes: feeds, sitemaps, redirects, cards and all."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from papers import NOW, Paper

from chance import seeds
from sizes import sample

NAMES = ("ash", "birch", "cedar", "elm")
TITLES = ("Ash", "Birch and more", "Cedar", "A rather longer headline of several words")
SETTINGS = (
    "",
    "[metadata]\ncards = true\n",
    '[feeds]\nlists = ["tag"]\ncontent = "summary"\n',
    "[sitemaps]\nnews = false\n[redirects]\nfile = true\n",
    "[redirects]\npages = false\n[metadata]\nstructured_data = false\n",
)


def edit(paper: Paper, chance: random.Random) -> str:
    name = chance.choice(NAMES)
    file = paper.root / f"content/articles/world/{name}.md"
    kind = chance.randrange(8)
    if kind == 0 and file.exists():
        file.unlink()
        return f"delete {name}"
    if kind == 1:
        settings = chance.choice(SETTINGS)
        paper.settings(settings)
        return f"settings {settings!r}"
    moment = NOW + timedelta(hours=chance.randrange(-100, 24))
    front: dict[str, str] = {"title": chance.choice(TITLES)}
    if chance.random() < 0.4:
        front["aliases"] = f"[/old/{name}/, /old/{chance.choice(NAMES)}.html]"
    if chance.random() < 0.3:
        front["translation_of"] = f"{chance.choice(NAMES)}.md"
        front["lang"] = chance.choice(("de", "ar"))
    if chance.random() < 0.2:
        front["canonical"] = "https://elsewhere.example/story"
    if chance.random() < 0.3:
        front["updated"] = (moment + timedelta(minutes=5)).isoformat()
    if chance.random() < 0.3:
        front["image"] = "{src: ../../media/lead.png, alt: Dot}"
    if chance.random() < 0.5:
        front["tags"] = f"[{chance.choice(('Peace', 'War'))}]"
    if chance.random() < 0.2:
        front["slug"] = f"{name}-again"
    if chance.random() < 0.15:
        front["draft"] = "true"
    paper.story(name, moment.isoformat(), f"Text {chance.randrange(3)}.", **front)
    return f"write {name} {moment} {front}"


@pytest.mark.parametrize("seed", seeds(sample(1, 30)))
def test_a_walk_of_edits_ends_where_a_clean_build_does(paper: Paper, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    paper.write("content/articles/world/stays.md", "---\ntitle: Stays\ndate: 2026-03-01\n---\nText.\n")
    paper.build()
    now, steps = NOW, []
    for _ in range(12):
        steps.append(edit(paper, chance))
        now += timedelta(hours=chance.choice((0, 0, 1, 20, 49)))
        paper.build(now, verify=1.0)
    paper.build(now, output=tmp_path / "clean")
    clean = {
        str(path.relative_to(tmp_path / "clean")): path.read_bytes()
        for path in (tmp_path / "clean").rglob("*")
        if path.is_file()
    }
    assert paper.tree() == clean, steps
