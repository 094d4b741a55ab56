"""Files in ``static/`` are published as they are, at the root of the site, and tracked like all else."""

from __future__ import annotations

import os
import shutil

import pytest

from publications import Factory, Publication
from slugline.errors import PublicationError


@pytest.fixture
def paper(publication: Factory) -> Publication:
    made = publication()
    made.article("world/one", "Words.")
    made.write("static/ads.txt", "google.com, pub-1, DIRECT\n")
    made.write("static/.well-known/assetlinks.json", "[]")
    made.write("static/docs/Ä b#1.pdf", b"%PDF-1.4 \x00\xff")
    made.check()
    return made


def test_they_are_published_to_the_byte_dotted_names_of_servers_too(paper: Publication) -> None:
    tree = paper.tree()
    assert tree["ads.txt"] == b"google.com, pub-1, DIRECT\n"
    assert tree[".well-known/assetlinks.json"] == b"[]"
    assert tree["docs/Ä b#1.pdf"] == b"%PDF-1.4 \x00\xff"


def test_what_editors_and_systems_leave_is_not(paper: Publication) -> None:
    for name in (".DS_Store", "ads.txt~", ".ads.txt.swp", ".git/config", "#x#"):
        paper.write(f"static/{name}", "x")
    before = paper.tree()
    paper.check()
    assert paper.tree() == before


def test_an_edit_renders_the_file_and_nothing_else(paper: Publication) -> None:
    paper.write("static/ads.txt", "google.com, pub-2, DIRECT\n")
    assert [page.url for page in paper.check().rendered] == ["/ads.txt"]
    paper.write("static/new.txt", "new")
    assert [page.url for page in paper.check().rendered] == ["/new.txt"]
    paper.delete("static/new.txt")
    report = paper.check()
    assert (report.rendered, report.deleted) == ((), ("/new.txt",))
    assert paper.check().rendered == ()


def test_a_folder_that_is_gone_takes_its_files_away(paper: Publication) -> None:
    shutil.rmtree(paper.root / "static")
    report = paper.check()
    assert report.rendered == ()
    assert sorted(report.deleted) == ["/.well-known/assetlinks.json", "/ads.txt", "/docs/Ä b#1.pdf"]


@pytest.mark.parametrize(
    ("name", "other"),
    [("404.html", "the 404"), ("robots.txt", "the robots"), ("index.html", "the front"), ("world/index.html", "section")],
)
def test_none_takes_the_place_of_a_page(paper: Publication, name: str, other: str) -> None:
    before = paper.tree()
    paper.write(f"static/{name}", "mine")
    with pytest.raises(PublicationError) as caught:
        paper.build()
    (problem,) = caught.value.problems
    assert problem.path == f"static/{name}"
    assert f"static/{name}" in problem.message
    assert other in problem.message
    assert "rename it, or switch the other off" in problem.hint
    assert paper.tree() == before


@pytest.mark.skipif(os.name == "nt" or not os.geteuid(), reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(paper: Publication) -> None:
    path = paper.write("static/secret.txt", "x")
    path.chmod(0)
    with pytest.raises(PublicationError, match=r"static/secret\.txt"):
        paper.build()


def test_a_link_is_an_error(paper: Publication) -> None:
    os.symlink("/etc/hostname", paper.root / "static" / "host.txt")
    with pytest.raises(PublicationError) as caught:
        paper.build()
    assert caught.value.problems[0].message == "is a symbolic link"
