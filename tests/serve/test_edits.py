"""Real file events: however an edit reaches the disk, the open page hears of it, and the site is what a build would make."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from served import Ear, Served

from publications import SETTINGS, Factory, Publication, assert_same_tree, tree
from slugline.build.engine import build
from slugline.build.session import BuildOptions

STORY = "/world/2026/01/first/"
SOURCE = "content/articles/world/first.md"

Serving = Callable[..., Served]


@pytest.fixture
def paper(publication: Factory) -> Publication:
    paper = publication()
    paper.article("world/first", "The first words.")
    paper.article("world/second", "The second story.")
    return paper


def assert_as_built(running: Served, **options: object) -> None:
    """The served site is byte for byte what a build from nothing makes of the sources, at the same moment."""
    root = running.paper.root
    made = BuildOptions(
        output=root / ".clean" / "site",
        state=root / ".clean" / "state.db",
        drafts=True,
        future=True,
        fingerprints=False,
        local=True,
        jobs=1,
        **options,  # type: ignore[arg-type]
    )
    build(root, made)
    wanted = tree(root / ".clean" / "site")
    shutil.rmtree(root / ".clean")
    site = root / ".slugline" / "serve" / "site"
    def as_wanted() -> bool:
        # A file may be replaced while it is looked at.
        with contextlib.suppress(FileNotFoundError):
            return tree(site) == wanted
        return False

    with contextlib.suppress(AssertionError):
        running.until(as_wanted)
    assert_same_tree(tree(site), wanted)


def text_of(paper: Publication, body: str) -> str:
    """The story's source with another body."""
    return paper.read(SOURCE).replace("The first words.", body)


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def by_rename(path: Path, text: str) -> None:
    beside = path.with_name("first.md.tmp123")
    beside.write_text(text)
    os.replace(beside, path)


def by_rename_from_elsewhere(path: Path, text: str) -> None:
    aside = path.parents[3] / "aside.tmp"
    aside.write_text(text)
    os.replace(aside, path)


def as_vim_does(path: Path, text: str) -> None:
    """``:w`` with ``backupcopy=no``: a probe, a swap file, the old file moved away, the new one written in its place."""
    probe, swap, backup = path.with_name("4913"), path.with_name(".first.md.swp"), path.with_name("first.md~")
    swap.write_text("swap")
    probe.write_text("")
    probe.unlink()
    path.rename(backup)
    with open(path, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    backup.unlink()
    swap.unlink()


def as_emacs_does(path: Path, text: str) -> None:
    lock, auto = path.with_name(".#first.md"), path.with_name("#first.md#")
    lock.symlink_to("somebody@somewhere.1234")
    auto.write_text(text)
    shutil.copy(path, path.with_name("first.md~"))
    path.write_text(text)
    auto.unlink()
    lock.unlink()


def by_deleting_first(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def in_pieces(path: Path, text: str) -> None:
    with open(path, "w") as file:
        for character in text:
            file.write(character)
            file.flush()


@pytest.mark.parametrize(
    "save", [in_place, by_rename, by_rename_from_elsewhere, as_vim_does, as_emacs_does, by_deleting_first, in_pieces]
)
def test_a_save_reaches_the_open_page(
    paper: Publication, serving: Serving, save: Callable[[Path, str], None]
) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    save(paper.root / SOURCE, text_of(paper, "Other words."))
    ear.wait("reload")
    assert "Other words." in running.text(STORY)
    # Never was the story gone in between, nor anything wrong.
    assert {message["kind"] for message in ear.heard} == {"mended", "reload"}
    assert_as_built(running)


def test_quick_saves_end_with_the_last(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    text = paper.read(SOURCE)
    for number in range(40):
        (paper.root / SOURCE).write_text(text.replace("The first words.", f"Save {number}."))
    running.until(lambda: "Save 39." in running.text(STORY))
    ear.wait("reload")
    assert_as_built(running)


def test_a_storm_of_files_is_built(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    for number in range(250):
        paper.article(f"world/storm-{number:03}", f"Story {number}.")
    running.until(lambda: running.get("/world/2026/01/storm-249/").status == 200)
    assert_as_built(running)
    for number in range(250):
        paper.delete(f"content/articles/world/storm-{number:03}.md")
    running.until(lambda: running.get("/world/2026/01/storm-000/").status == 404)
    assert_as_built(running)


def test_folders_that_move_take_their_stories_along(paper: Publication, serving: Serving) -> None:
    paper.article("sport/deep/down/third")
    running = serving(paper)
    assert running.get("/sport/2026/01/third/").status == 200
    paper.rename("content/articles/sport", "content/articles/games")
    running.until(lambda: running.get("/games/2026/01/third/").status == 200)
    # What goes away is removed after what comes has been moved into place.
    running.until(lambda: running.get("/sport/2026/01/third/").status == 404)
    # What happens in the moved folder is heard of as well.
    paper.article("games/deep/down/third", "Edited where it moved to.")
    running.until(lambda: "Edited where it moved to." in running.text("/games/2026/01/third/"))
    outside = paper.root.parent / "outside"
    os.rename(paper.root / "content/articles/games", outside)
    running.until(lambda: running.get("/games/2026/01/third/").status == 404)
    os.rename(outside, paper.root / "content/articles/games")
    running.until(lambda: running.get("/games/2026/01/third/").status == 200)
    assert_as_built(running)


def test_folders_that_are_deleted_and_made_again_are_followed(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    aside = paper.root.parent / "content-aside"
    shutil.copytree(paper.root / "content", aside)
    paper.delete("content/articles")
    running.until(lambda: running.get(STORY).status == 404)
    shutil.copytree(aside / "articles", paper.root / "content" / "articles")
    running.until(lambda: running.get(STORY).status == 200)
    # Without any content it is no publication: that is an error, and the last good pages are still served.
    paper.delete("content")
    assert ear.wait("problems")["problems"]
    assert running.get(STORY).status == 200
    shutil.copytree(aside, paper.root / "content")
    ear.wait("mended")
    paper.replace(SOURCE, "The first words.", "Words after all that.")
    running.until(lambda: "Words after all that." in running.text(STORY))
    assert_as_built(running)


def test_an_error_is_reported_and_the_last_good_page_stays(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    good = paper.read(SOURCE)
    paper.write(SOURCE, good.replace("date:", "dote:").replace("The first words.", "Words of a broken story."))
    problems = ear.wait("problems")["problems"]
    assert {problem["path"] for problem in problems} == {SOURCE}
    assert "The first words." in running.text(STORY)
    assert "Words of a broken story." not in running.text(STORY)
    # An edit elsewhere does not make it forgotten.
    paper.replace("content/articles/world/second.md", "The second story.", "The second story, edited.")
    assert {problem["path"] for problem in ear.wait("problems")["problems"]} == {SOURCE}
    # A page that is opened now gets them as well.
    Ear(running, "index.html", "").wait("problems")
    paper.write(SOURCE, good)
    ear.wait("mended")
    running.until(lambda: "The second story, edited." in running.text("/world/2026/01/second/"))
    assert_as_built(running)


def test_an_error_in_a_template_names_its_line(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear("/")
    template = "themes/tiny/article.html"
    good = paper.read(template)
    paper.write(template, good.replace("{{ article.title }}", "{{ article.titel }}"))
    (problem,) = ear.wait("problems")["problems"]
    assert (problem["path"], problem["line"]) == (template, good.split("\n").index("<h1>{{ article.title }}</h1>") + 1)
    assert [text for number, text in problem["excerpt"] if number == problem["line"]] == [
        "<h1>{{ article.titel }}</h1>"
    ]
    paper.write(template, good)
    ear.wait("mended")
    assert_as_built(running)


def test_an_error_in_the_settings_is_reported_and_mended(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear("/")
    paper.write("slugline.toml", SETTINGS.replace("Europe/London", "Europe/Londres"))
    (problem,) = ear.wait("problems")["problems"]
    assert problem["path"] == "slugline.toml"
    paper.write("slugline.toml", SETTINGS.replace("The Courier", "The Messenger"))
    ear.wait("mended")
    running.until(lambda: "The Messenger" in running.text("/"))
    assert_as_built(running)


def test_an_edit_of_the_base_template_reaches_the_open_page_and_all_others(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    paper.replace("themes/tiny/base.html", "<footer>", "<footer>Of this house: ")
    ear.wait("reload")
    assert "Of this house: " in running.text(STORY)
    assert "Of this house: " in running.text("/world/2026/01/second/")
    assert_as_built(running)


def test_a_style_sheet_is_swapped_and_no_page_is_loaded_again(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    style = "themes/tiny/assets/style.css.jinja"
    paper.write(style, paper.read(style) + "\nmain { color: teal; }\n")
    assert ear.wait("styles")["names"] == ["/assets/style.css"]
    assert b"teal" in running.get("/assets/style.css").body
    paper.replace(SOURCE, "The first words.", "Then an edit.")
    ear.wait("reload")
    assert [message["kind"] for message in ear.heard] == ["mended", "styles", "reload"]
    assert_as_built(running)


def test_a_page_that_did_not_change_is_not_loaded_again(publication: Factory, serving: Serving) -> None:
    # Its feeds change with every story, and each page of this theme names them.
    paper = publication(settings=SETTINGS.replace('name = "tiny"', 'name = "broadsheet"'), themes=())
    long = "\n\n".join(f"Paragraph {number}." for number in range(80))
    paper.article("world/first", long)
    paper.article("world/second", long)
    running = serving(paper)
    other, edited = running.ear("/world/2026/01/second/"), running.ear(STORY)
    paper.replace(SOURCE, "Paragraph 70.", "Another paragraph.")
    edited.wait("reload")
    running.said("content/articles/world/first.md: ")
    paper.delete("content/articles/world/second.md")
    other.wait("gone")
    assert [message["kind"] for message in other.heard] == ["mended", "gone"]


def test_a_site_that_moves_below_a_path_takes_its_readers_along(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    settings = paper.read("slugline.toml")
    paper.write("slugline.toml", settings.replace("https://courier.example", "https://example.org/courier"))
    assert ear.wait("gone")["to"] == f"/courier{STORY}"
    assert running.get(f"/courier{STORY}").status == 200
    running.stop()
    good = paper.read(SOURCE)
    paper.write(SOURCE, good.replace("title:", "titel:"))
    running = serving(paper)
    assert running.get(f"/courier{STORY}").status == 200, "the last good page of an earlier run"
    paper.write(SOURCE, good)
    running.said("mended; ")
    below = running.ear(f"/courier{STORY}")
    paper.write("slugline.toml", settings)
    assert below.wait("gone")["to"] == STORY


def test_a_story_that_moves_is_followed_to_its_new_address(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    paper.replace(SOURCE, "2026-01-10", "2026-02-10")
    assert ear.wait("gone")["to"] == "/world/2026/02/first/"
    # Not loaded again first: it would then show that nothing stands there.
    assert [message["kind"] for message in ear.heard] == ["mended", "gone"]


def test_a_headline_that_changes_its_address_was_never_published(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    paper.replace(SOURCE, "2026-01-10", "2026-02-10")
    running.said("/world/2026/02/first/")
    assert not [line for line in running.lines if "warning" in line]


def test_a_publication_that_is_wrong_from_the_start_says_so(paper: Publication, serving: Serving) -> None:
    good = paper.read(SOURCE)
    paper.write(SOURCE, good.replace("title:", "titel:"))
    running = serving(paper)
    running.said("there is no page yet")
    ear = Ear(running, "index.html", "", missing=True)
    assert ear.wait("problems")["good"] is False
    paper.write(SOURCE, good)
    ear.wait("mended")
    paper.write(SOURCE, good.replace("title:", "titel:"))
    assert ear.wait("problems")["good"] is True
    running.said("the last good pages are still served")


def test_an_error_of_many_pages_is_reported_once(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear("/")
    template = "themes/tiny/article.html"
    paper.write(template, paper.read(template).replace("{{ article.title }}", "{{ article.titel }}", 1))
    problems = ear.wait("problems")["problems"]
    assert [problem["path"] for problem in problems] == [template]
    assert problems[0]["message"].startswith("an article has no `titel` (while rendering /world/")
    assert problems[0]["message"].endswith(" and other pages)")


@pytest.mark.parametrize("name", ["content", "themes/tiny"])
def test_what_lies_behind_a_link_is_watched(
    paper: Publication, serving: Serving, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "folder"
    shutil.move(paper.root / name, elsewhere)
    (paper.root / name).symlink_to(elsewhere)
    running = serving(paper)
    ear = running.ear(STORY)
    edited, old = ("articles/world/first.md", "The first words.") if name == "content" else ("article.html", "<h1>")
    (elsewhere / edited).write_text((elsewhere / edited).read_text().replace(old, f"{old}Behind the link."))
    ear.wait("reload")
    assert "Behind the link." in running.text(STORY)


def test_a_story_that_goes_away_leads_to_the_front(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear(STORY)
    paper.delete(SOURCE)
    ear.wait("gone")
    assert_as_built(running)


def test_a_page_that_was_missing_is_shown_when_it_is_there(paper: Publication, serving: Serving) -> None:
    running = serving(paper)
    ear = running.ear("/world/2026/01/third/")
    paper.article("world/third", "Here at last.")
    ear.wait("reload")
    assert "Here at last." in running.text("/world/2026/01/third/")
    assert running.said("/world/2026/01/third/").strip() == f"{running.url}/world/2026/01/third/"


def test_drafts_and_embargoed_stories_are_shown_unless_they_are_not_to_be(paper: Publication, serving: Serving) -> None:
    paper.article("world/draft", draft=True)
    paper.article("world/tomorrow", date="2099-01-10T09:00:00Z")
    running = serving(paper)
    assert running.get("/world/2026/01/draft/").status == 200
    assert running.get("/world/2099/01/tomorrow/").status == 200
    assert running.stop() == 0
    public = serving(paper, "--no-drafts")
    assert public.get("/world/2026/01/draft/").status == 404
    assert public.get("/world/2099/01/tomorrow/").status == 404
    assert public.get(STORY).status == 200


def test_the_end_of_an_embargo_is_a_build(paper: Publication, serving: Serving) -> None:
    running = serving(paper, "--no-drafts")
    # Written while the page is open: however long the server took to start, the embargo ends later.
    moment = datetime.now(UTC) + timedelta(seconds=3)
    url = f"/world/{moment:%Y/%m}/soon/"
    ear = running.ear(url)
    paper.article("world/soon", date=f"{moment:%Y-%m-%dT%H:%M:%SZ}")
    ear.wait("reload")
    assert datetime.now(UTC) >= moment.replace(microsecond=0)
    assert running.get(url).status == 200


def test_a_seed_is_imported_if_the_settings_say_so(publication: Factory, serving: Serving) -> None:
    paper = publication(settings=f"{SETTINGS}\n[serve]\nimport_seeds = true\n")
    (paper.root / "seeds").mkdir()
    running = serving(paper)
    words = "The council voted on Tuesday to keep the harbour lights burning through the winter months."
    paper.write("seeds/one.txt", f"Harbour Lights to Stay On\n\nBy Jo Fernandes\nJanuary 12, 2026\n\n{words}\n\n{words}\n")
    running.until(lambda: "Harbour Lights to Stay On" in running.text("/"))


def test_a_seed_is_left_alone_if_they_do_not(publication: Factory, serving: Serving) -> None:
    paper = publication()
    (paper.root / "seeds").mkdir()
    running = serving(paper)
    paper.write("seeds/one.txt", "Harbour Lights to Stay On\n\nBy Jo Fernandes\n\nWords.\n")
    paper.article("world/after", "After the seed.")
    running.until(lambda: running.get("/world/2026/01/after/").status == 200)
    assert "Harbour Lights" not in running.text("/")


def test_looking_for_changes_finds_them_too(paper: Publication, serving: Serving) -> None:
    running = serving(paper, "--poll")
    ear = running.ear(STORY)
    paper.write(SOURCE, text_of(paper, "Found by looking."))
    ear.wait("reload")
    assert "Found by looking." in running.text(STORY)
    assert_as_built(running)


def test_a_page_that_comes_back_after_a_restart_learns_what_it_missed(paper: Publication, serving: Serving) -> None:
    first = serving(paper)
    digest = first.text(STORY).partition('data-digest="')[2].partition('"')[0]
    page = first.text(STORY).partition('data-page="')[2].partition('"')[0]
    assert first.stop() == 0
    paper.write(SOURCE, text_of(paper, "Written while nobody looked."))
    second = serving(paper)
    Ear(second, page, digest).wait("reload")
    third = second.text(STORY).partition('data-digest="')[2].partition('"')[0]
    ear = Ear(second, page, third)
    ear.wait("mended")
    paper.write(SOURCE, text_of(paper, "Once more.").replace("Written while nobody looked.", "Once more."))
    ear.wait("reload")
