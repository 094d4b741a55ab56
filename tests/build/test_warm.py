"""The warm engine: told where to look it makes what a build from nothing makes; called off, it makes up for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publications import NOW, Factory, Publication, assert_same_tree, tree
from sizes import sample
from slugline.build.engine import build
from slugline.build.scan.hints import Hints
from slugline.build.session import BuildOptions
from slugline.build.warm import WarmEngine
from slugline.errors import BuildLocked, PublicationError


def options(root: Path, name: str) -> BuildOptions:
    folder = root / ".slugline" / name
    return BuildOptions(
        output=folder / "site",
        state=folder / "state.db",
        drafts=True,
        future=True,
        now=NOW,
        jobs=1,
        fingerprints=False,
        local=True,
    )


class Warm:
    def __init__(self, paper: Publication) -> None:
        self.paper = paper
        self.root = paper.root.resolve()
        self.engine = WarmEngine(paper.root, options(paper.root, "warm"))
        self.engine.build()

    def hints(self, *paths: str) -> Hints:
        places = [str(self.root / path) for path in paths]
        return Hints(
            frozenset(place for place in places if not Path(place).is_dir()),
            frozenset(place for place in places if Path(place).is_dir()),
        )

    def check(self) -> None:
        made = options(self.root, "clean")
        assert made.output is not None
        build(self.root, made)
        assert_same_tree(tree(self.root / ".slugline" / "warm" / "site"), tree(made.output))


Warming = Callable[..., Warm]


@pytest.fixture
def warm(publication: Factory) -> Iterator[Warming]:
    running: list[Warm] = []

    def make(**stories: str) -> Warm:
        paper = publication(name=f"paper{len(running)}")
        for name, body in (stories or {"first": "One.", "second": "Two."}).items():
            paper.article(f"world/{name}", body)
        running.append(Warm(paper))
        return running[-1]

    yield make
    for one in running:
        one.engine.close()


def test_a_hinted_edit_is_built_and_nothing_else_is_looked_at(warm: Warming) -> None:
    desk = warm()
    desk.paper.article("world/first", "Edited.")
    desk.paper.article("world/second", "Edited without a hint.")
    report = desk.engine.build(desk.hints("content/articles/world/first.md"))
    assert report.stories == ("/world/2026/01/first/",)
    site = desk.root / ".slugline" / "warm" / "site"
    assert "Two." in (site / "world/2026/01/second/index.html").read_text()
    desk.engine.build(None)
    desk.check()


def test_a_hint_at_what_did_not_change_renders_nothing(warm: Warming) -> None:
    desk = warm()
    report = desk.engine.build(desk.hints("content/articles/world/first.md", "content/articles", "slugline.toml"))
    assert report.rendered == ()


def test_hints_elsewhere_are_passed_over(warm: Warming) -> None:
    desk = warm()
    report = desk.engine.build(Hints(frozenset({"/etc/passwd", f"{desk.root}-other/content/x.md"}), frozenset({"/etc"})))
    assert report.rendered == ()


def test_an_error_is_not_forgotten_by_the_next_edit(warm: Warming) -> None:
    desk = warm()
    desk.paper.write("content/articles/world/first.md", "no front matter")
    with pytest.raises(PublicationError):
        desk.engine.build(desk.hints("content/articles/world/first.md"))
    desk.paper.article("world/second", "Edited.")
    with pytest.raises(PublicationError):
        desk.engine.build(desk.hints("content/articles/world/second.md"))
    desk.paper.article("world/first", "Mended.")
    desk.engine.build(desk.hints("content/articles/world/first.md"))
    desk.check()


def test_a_template_error_is_not_forgotten_either(warm: Warming) -> None:
    desk = warm()
    good = desk.paper.read("themes/tiny/article.html")
    desk.paper.write("themes/tiny/article.html", f"{good}{{{{ nothing.at.all }}}}{{% block main %}}{{% endblock %}}")
    with pytest.raises(PublicationError):
        desk.engine.build(desk.hints("themes/tiny/article.html"))
    with pytest.raises(PublicationError):
        desk.engine.build(desk.hints("content/articles/world/first.md"))
    desk.paper.write("themes/tiny/article.html", good)
    desk.engine.build(desk.hints("themes/tiny/article.html"))
    desk.check()


def test_a_build_that_was_called_off_is_made_up_for(warm: Warming) -> None:
    desk = warm()

    class Off(Exception):
        pass

    for stage in ("scan", "parse", "render", "write"):

        def stop(now: str, done: int, total: int, at: str = stage) -> None:
            if now == at:
                raise Off

        desk.paper.article("world/first", f"Edited before {stage}.")
        with pytest.raises(Off):
            desk.engine.build(desk.hints("content/articles/world/first.md"), stop)
    desk.engine.build(Hints())
    desk.check()


def test_the_page_that_is_looked_at_is_shown_before_the_rest(warm: Warming) -> None:
    desk = warm()
    page = "world/2026/01/first/index.html"
    order: list[str] = []

    class Preview:
        def __init__(self) -> None:
            self.asked = [page]

        def wanted(self) -> list[str]:
            asked, self.asked = self.asked, []
            return asked

        def show(self, path: str, content: bytes) -> None:
            order.append(f"{path}: {b'Of this house' in content}")

        def pass_over(self, path: str) -> None:
            order.append(f"{path}: passed over")

    desk.paper.replace("themes/tiny/base.html", "<footer>", "<footer>Of this house")
    desk.engine.build(
        desk.hints("themes/tiny/base.html"), lambda stage, done, total: order.append(stage), Preview()
    )
    assert order.index(f"{page}: True") < order.index("render")
    desk.check()


def test_a_state_belongs_to_one_engine(warm: Warming) -> None:
    desk = warm()
    with pytest.raises(BuildLocked):
        WarmEngine(desk.paper.root, options(desk.paper.root, "warm"))


def test_outputs_are_looked_at_though_there_are_hints_where_moving_them_was_interrupted(warm: Warming) -> None:
    desk = warm()
    lost = desk.root / ".slugline" / "warm" / "site" / "world/2026/01/second/index.html"
    lost.unlink()
    desk.engine.build(Hints())
    assert not lost.exists()
    (desk.root / ".slugline" / "warm" / "state.db.publishing").touch()
    desk.engine.build(Hints())
    desk.check()


def test_an_output_folder_that_was_deleted_comes_back(warm: Warming) -> None:
    desk = warm()
    desk.paper.delete(".slugline/warm/site")
    desk.engine.build(Hints())
    desk.check()


def test_a_state_that_was_deleted_is_made_anew(warm: Warming) -> None:
    desk = warm()
    desk.paper.delete(".slugline/warm/state.db")
    desk.engine.build(Hints())
    desk.check()


def test_a_link_is_refused_and_a_file_in_its_place_is_not(warm: Warming) -> None:
    desk = warm()
    place = desk.root / "content/articles/world/first.md"
    place.unlink()
    place.symlink_to(desk.root / "slugline.toml")
    with pytest.raises(PublicationError, match="symbolic link"):
        desk.engine.build(desk.hints("content/articles/world/first.md"))
    place.unlink()
    desk.paper.article("world/first", "A file again.")
    desk.engine.build(desk.hints("content/articles/world/first.md"))
    desk.check()


def test_a_theme_of_the_publications_own_takes_the_place_of_the_one_in_use(warm: Warming) -> None:
    desk = warm()
    desk.paper.replace("slugline.toml", 'name = "tiny"', 'name = "broadsheet"')
    desk.paper.replace("slugline.toml", "band = 2", "band = 2\n")
    desk.engine.build(desk.hints("slugline.toml"))
    desk.check()


_NAMES = st.sampled_from(["a", "b", "c/e", "c/f", "c/d/g"])
_EDITS = st.lists(
    st.tuples(st.sampled_from(["write", "delete", "folder"]), _NAMES, st.integers(0, 3), st.booleans()), max_size=10
)


@settings(max_examples=sample(6, 200))
@given(edits=_EDITS)
def test_hinted_builds_make_what_a_build_from_nothing_makes(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, int, bool]]
) -> None:
    paper = Publication(tmp_path_factory.mktemp("hinted") / "paper")
    paper.article("world/always", "Always.")
    desk = Warm(paper)
    try:
        pending: list[str] = []
        for kind, name, number, now in edits:
            path = f"content/articles/world/{name}.md"
            if kind == "write":
                paper.article(f"world/{name}", f"Version {number}.", tags=[f"Tag {number}"])
                pending.append(path)
            elif kind == "delete" and (desk.root / path).exists():
                paper.delete(path)
                pending.append(path)
            elif kind == "folder" and (desk.root / "content/articles/world/c").exists():
                paper.delete("content/articles/world/c")
                pending.append("content/articles/world/c")
            if now:
                places = frozenset(str(desk.root / one) for one in pending)
                files = frozenset(place for place in places if place.endswith(".md"))
                desk.engine.build(Hints(files, places - files))
                pending.clear()
        places = frozenset(str(desk.root / one) for one in pending)
        files = frozenset(place for place in places if place.endswith(".md"))
        desk.engine.build(Hints(files, places - files))
        # What hints left in the state is what a look at everything leaves: it finds nothing more to do.
        assert desk.engine.build(None).rendered == ()
        desk.check()
    finally:
        desk.engine.close()
