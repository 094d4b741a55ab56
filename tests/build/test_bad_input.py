"""Mistakes of editors, developers and attackers, through a whole build: each told with file, line and mend, all in one run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publications import SITES, Factory, Publication
from slugline.errors import Problem, PublicationError

FRONT = "---\ntitle: A story\ndate: 2026-01-10\n"


@pytest.fixture
def courier(publication: Factory) -> Publication:
    paper = publication()
    paper.author("jane-doe")
    paper.author("zoe-poe")
    paper.article("world/first", "Words.", authors=["jane-doe"])
    paper.check()
    return paper


def story(paper: Publication, raw: str | bytes) -> Problem:
    """The one problem of a story that is written so."""
    paper.write("content/articles/world/bad.md", raw)
    (problem,) = [problem for problem in paper.problems() if problem.severity == "error"]
    assert problem.path == "content/articles/world/bad.md"
    return problem


@pytest.mark.parametrize(
    ("raw", "line", "message", "hint"),
    [
        (f"{FRONT}dek: 'never closed\n---\nText.\n", 4, "not valid YAML", "close the quote"),
        (f"{FRONT}dek: so: it goes\n---\n", 4, "not valid YAML", "quotes"),
        (f"{FRONT}image:\n\tsrc: a.jpg\n---\n", 5, "has a tab", "spaces"),
        (f"{FRONT}dek: x\n", 1, "never closed", "---"),
        ("---\ndate: 2026-01-10\n---\n\nText.\n", 1, "`title` is missing", "title: …"),
        ("---\ntitle:\ndate: 2026-01-10\n---\n", 2, "`title` is missing", "title: …"),
        ("---\ntitle: A story\n---\n", 1, "`date` is missing", "2026-01-24"),
        ("---\ntitle: A story\ndate: 2026-02-30\n---\n", 3, "not a date that exists", "2026-01-24"),
        ("---\ntitle: A story\ndate: yesterday\n---\n", 3, "exists: it is not written as one", "2026-01-24"),
        (f"{FRONT}aliases:\n- /world/\n---\n", 4, "the alias /world/ is the address of", "take it out of `aliases`"),
        ("---\ntitle: A story\ndate: 2026-01-10T25:00\n---\n", 3, "not a date that exists", "2026-01-24"),
        (f"{FRONT}authors: [jane-dow]\n---\n", 4, "author `jane-dow` has no file", "did you mean `jane-doe`?"),
        (f"{FRONT}authors: [nobody]\n---\n", 4, "author `nobody` has no file", "written as a name"),
        (f"{FRONT}slug: ../../etc/passwd\n---\n", 4, "cannot be part of an address", "etc-passwd"),
        (f"{FRONT}section: ../up\n---\n", 4, "cannot be part of an address", "up"),
        (f"{FRONT}draft: perhaps\n---\n", 4, "must be true or false", "draft: true"),
        (f"{FRONT}tags: {{a: b}}\n---\n", 4, "must be a list of texts", "[one, two]"),
        (f"{FRONT}type: nws\n---\n", 4, "is no kind of story", "did you mean `news`?"),
        (f"{FRONT}title: Again\n---\n", 4, "is written twice", "delete one"),
        (f"{FRONT}updated: 2025-01-01\n---\n", 4, "`updated` is before `date`", "after"),
        (f"{FRONT}image: missing.jpg\n---\n", 4, "there is no picture", "put the file there"),
        (f"{FRONT}---\n\nOne.\n\nSee [it](missing.md).\n", 8, "does not exist", "mend the path"),
        (f"{FRONT}---\n\n![A map](missing.png)\n", 6, "does not exist", "mend the path"),
        (f"{FRONT}---\n\nSee [it](../../../../etc/passwd).\n", 6, "does not exist", "mend the path"),
        ("", 1, "the file is empty", "delete"),
        (" \n\n", 1, "the file is empty", "delete"),
        (b"---\ntitle: \xff\n---\n", 2, "not UTF-8", "save the file as UTF-8"),
        (b"---\ntitle: x\n---\n\nA \0 byte.\n", 5, "NUL byte", "save the file as UTF-8"),
        ("---\n" + "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + "---\n", 2, "anchors and aliases", "quotes"),
        ("---\nkey: " + "[" * 20_000 + "\n---\n", 2, "nested too deeply", "flatter"),
        ("---\nkey: " + "{a: " * 20_000 + "\n---\n", 2, "nested too deeply", "flatter"),
        ("---\nkey:\n  " + "- " * 20_000 + "x\n---\n", 2, "nested too deeply", "flatter"),
        ("---\ndate: !!timestamp noon\ntitle: x\n---\n", 2, "cannot be read", "not needed"),
        ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n", 2, "not valid YAML", "tags"),
        ("---\njust words\n---\n", 2, "not a list of keys and values", "key: value"),
        ("---\n1: one\n---\n", 2, "is not text", "quotes"),
        ("---\nx: " + "a" * 300_000 + "\n---\n", 1, "longer than 256 KB", "shorten"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_story_is_told_with_its_line_and_its_mend(
    courier: Publication, raw: str | bytes, line: int, message: str, hint: str
) -> None:
    problem = story(courier, raw)
    assert problem.line == line, problem
    assert message in problem.message
    assert hint in problem.hint


def test_a_misspelt_key_is_a_warning_that_names_the_right_one(courier: Publication) -> None:
    courier.write("content/articles/world/bad.md", f"{FRONT}auhtors: [jane-doe]\n---\n")
    (warning,) = courier.check().problems
    assert warning == Problem(
        "content/articles/world/bad.md", 4, "unknown key `auhtors`", "did you mean `authors`?", "warning"
    )


def test_a_date_without_a_zone_is_where_the_publication_is(courier: Publication) -> None:
    courier.replace("slugline.toml", "Europe/London", "America/New_York")
    courier.write("content/articles/world/bad.md", "---\ntitle: Late\ndate: 2026-01-31 23:30\n---\n")
    courier.check()
    assert "2026-01-31T23:30:00-05:00" in courier.read("build/world/2026/01/bad/index.html")


def test_two_stories_for_one_address_are_an_error_that_names_both(courier: Publication) -> None:
    courier.article("world/second", slug="first")
    (problem,) = courier.problems()
    assert problem.path == "content/articles/world/second.md"
    assert "content/articles/world/first.md" in problem.message
    assert "slug" in problem.hint


def test_two_files_for_one_author_are_an_error(courier: Publication) -> None:
    courier.source("authors/other.md", {"name": "Jane", "slug": "jane-doe"})
    (problem,) = courier.problems()
    assert "describes the author `jane-doe`" in problem.message


def test_the_file_of_an_author_may_not_go_while_a_story_or_a_draft_names_them(courier: Publication) -> None:
    courier.article("world/draft", authors=["jane-doe"], draft=True)
    courier.check()
    courier.delete("content/authors/jane-doe.md")
    found = courier.problems()
    assert {problem.path for problem in found} == {"content/articles/world/draft.md", "content/articles/world/first.md"}


def test_a_line_of_five_megabytes_is_a_long_line_and_no_more(courier: Publication) -> None:
    for line in ("x" * 5_000_000, "word " * 1_000_000, "[" * 200_000, "*" * 200_000, "`" * 200_000):
        courier.write("content/articles/world/long.md", f"{FRONT}---\n\n{line}\n")
        courier.build()
    assert courier.tree().keys() >= {"world/2026/01/long/index.html"}


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "../../../secret.md", "first.md"])
def test_a_symbolic_link_is_not_followed(courier: Publication, target: str) -> None:
    courier.write("secret.md", f"{FRONT}---\n\nSecret.\n")
    (courier.root / "content/articles/world/linked.md").symlink_to(target)
    (problem,) = courier.problems()
    assert problem == Problem(
        "content/articles/world/linked.md",
        0,
        "is a symbolic link",
        "copy the file here; links are not followed, because they can lead out of the publication",
    )


def test_a_page_whose_file_name_gives_no_address_is_told(courier: Publication) -> None:
    courier.page("!!!")
    (problem,) = courier.problems()
    assert problem.path == "content/pages/!!!.md"
    assert "gives no address" in problem.message


def test_a_folder_whose_name_gives_no_address_is_told(courier: Publication) -> None:
    courier.page("!!!/terms")
    (problem,) = courier.problems()
    assert problem.path == "content/pages/!!!/terms.md"
    assert "gives no address" in problem.message


@pytest.mark.parametrize(
    ("name", "raw", "line", "message"),
    [
        ("rates.toml", "a = 1\nb = = 2\n", 2, "not valid TOML"),
        ("rates.json", '{"a": 1,\n "b": }\n', 2, "not valid JSON"),
        ("rates.yaml", "a: 1\nb: [1", 2, "not valid YAML"),
        ("rates.yaml", "a: &a 1\nb: *a\n", 1, "anchors and aliases"),
        ("rates.json", "[" * 100_000, 0, "nested too deeply"),
    ],
)
def test_a_mistake_in_a_data_file_is_told_with_its_line(
    courier: Publication, name: str, raw: str, line: int, message: str
) -> None:
    courier.write(f"content/data/{name}", raw)
    (problem,) = courier.problems()
    assert (problem.path, problem.line) == (f"content/data/{name}", line)
    assert message in problem.message


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "message", "hint"),
    [
        ("themes/tiny/article.html", "<article>", "{% if %}", 3, "the template is not valid", "mend"),
        ("themes/tiny/article.html", "<article>", "{{ nothing }}", 3, "'nothing' is undefined", "docs/themes.md"),
        ("themes/tiny/article.html", "<article>", "{{ article.nothing }}", 3, "an article has no `nothing`", "docs/themes.md"),
        ("themes/tiny/partials/byline.html", "By", "{{ 1 // 0 }}", 1, "ZeroDivisionError", "mend"),
        ("themes/tiny/article.html", "<article>", "{{ article.more_by(query.authors()[1]) }}", 3, "own authors", "mend"),
        ("themes/tiny/base.html", "style.css", "stile.css", 8, "the theme has no asset `stile.css`", "mend"),
        ("themes/tiny/article.html", "base.html", "basis.html", 1, "there is no template `basis.html`", "add it"),
        ("themes/tiny/assets/style.css.jinja", "icon.svg", "icon.png", 1, "names `icon.png`, which is not there", ""),
        ("slugline.toml", "length = 4", 'length = "4"', 10, "`archives.length` must be a whole number", ""),
        ("slugline.toml", "length = 4", "lenght = 4", 10, "unknown setting `archives.lenght`", "did you mean `length`?"),
        ("slugline.toml", "[archives]", "[archive]", 9, "unknown section `archive`", "did you mean `archives`?"),
        ("slugline.toml", "Europe/London", "Europe/Londn", 3, "no time zone `Europe/Londn`", "did you mean `Europe/London`?"),
        ("slugline.toml", 'timezone = "Europe/London"\n', "", 1, "`publication.timezone` is missing", "timezone"),
        ("slugline.toml", '"tiny"', '"tinny"', 7, "there is no theme `tinny`", "did you mean `tiny`?"),
        ("slugline.toml", 'name = "The Courier"', "name = The Courier", 2, "not valid TOML", "quotes"),
        ("slugline.toml", "https://courier.example", "courier", 4, "not the address of a site", "https://"),
        ("slugline.toml", "length = 4", "length = 0", 10, "`archives.length` is 0", "at least 1"),
    ],
)  # fmt: skip
def test_a_mistake_in_theme_or_settings_is_told_with_its_line_and_its_mend(
    courier: Publication, path: str, old: str, new: str, line: int, message: str, hint: str
) -> None:
    courier.replace(path, old, new)
    found = [problem for problem in courier.problems() if message in problem.message]
    assert found, courier.problems()
    assert (found[0].path, found[0].line) == (path, line)
    assert hint in found[0].hint


def test_all_problems_of_all_files_are_told_in_one_run(courier: Publication) -> None:
    courier.write("content/articles/world/one.md", "---\ntitel: x\ndate: 2026-99-01\ntype: nws\n---\n")
    courier.write("content/articles/world/two.md", "")
    courier.write("content/authors/three.md", "---\nrole: x\n---\n")
    courier.write("content/pages/four.md", "---\ntitle: 'x\n---\n")
    courier.write("content/data/five.json", "{")
    courier.article("world/six", authors=["nobody"])
    (courier.root / "content/seven.md").symlink_to("/etc/passwd")
    courier.replace("themes/tiny/article.html", "<article>", "{% if %}")
    found = [problem for problem in courier.problems() if problem.severity == "error"]
    assert [(problem.path.removeprefix("content/"), problem.line) for problem in found] == [
        ("articles/world/one.md", 1),
        ("articles/world/one.md", 3),
        ("articles/world/one.md", 4),
        ("articles/world/six.md", 5),
        ("articles/world/two.md", 1),
        ("authors/three.md", 1),
        ("data/five.json", 1),
        ("pages/four.md", 2),
        ("seven.md", 0),
        ("themes/tiny/article.html", 3),
    ]


def test_problems_that_only_rendering_finds_are_told_in_one_run(courier: Publication) -> None:
    courier.article("world/second", "[One](nowhere.md)\n\n[Two](nothing.md)")
    courier.article("world/third", image="missing.png")
    courier.replace("themes/tiny/404.html", "There", "{{ nothing }} There")
    found = courier.problems()
    assert [problem.path for problem in found] == [
        "content/articles/world/second.md",
        "content/articles/world/second.md",
        "content/articles/world/third.md",
        "themes/tiny/404.html",
    ]
    assert [problem.line for problem in found] == [6, 8, 4, 2]


# Whole publications


GOOD = sorted(place.name for place in (SITES / "good").iterdir())
BROKEN = sorted(place.name for place in (SITES / "broken").iterdir())


def copied(kind: str, name: str, root: Path) -> Publication:
    """A publication of ``tests/sites``, over the settings and theme of the tests."""
    paper = Publication(root)
    shutil.copytree(SITES / kind / name, root, dirs_exist_ok=True)
    return paper


@pytest.mark.parametrize("name", GOOD)
def test_a_good_publication_builds_without_a_word(tmp_path: Path, name: str) -> None:
    paper = copied("good", name, tmp_path / name)
    assert paper.check().problems == ()
    assert paper.build(verify=1.0).verified == len(paper.tree())


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_publication_says_what_its_file_of_problems_says(tmp_path: Path, name: str) -> None:
    paper = copied("broken", name, tmp_path / name)
    wanted = paper.read("problems.txt")
    paper.delete("problems.txt")
    with pytest.raises(PublicationError) as raised:
        paper.build()
    assert f"{raised.value}\n" == wanted
    done = paper.command("build")
    assert done.returncode == 1
    assert done.stderr.startswith(wanted)
    assert "nothing was published" in done.stderr
    assert "Traceback" not in done.stderr
    assert not paper.output.exists()
