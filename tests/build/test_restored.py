"""A build on a machine that has nothing but a fresh checkout and what a cache put back: the build folder and the state."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from publications import Factory, Publication
from slugline.build import salt
from slugline.build.scan import outputs


@pytest.fixture
def courier(publication: Factory) -> Publication:
    paper = publication()
    paper.author("jane-doe", "She writes.")
    for number in range(12):
        paper.article(f"world/story-{number}", date=f"2026-01-{number + 1:02d}T09:00:00Z", authors=["jane-doe"], tags=["Asia"])
    paper.build()
    return paper


def fresh_checkout(paper: Publication, root: Path) -> Publication:
    """The same publication elsewhere, every file written just now."""
    restored = Publication.__new__(Publication)
    restored.root = root
    shutil.copytree(paper.root, root, copy_function=shutil.copy)
    for folder, _, names in os.walk(root):
        for name in names:
            # As archives do that know whole seconds only.
            os.utime(os.path.join(folder, name), (1_790_000_000, 1_790_000_000))
    return restored


def test_a_fresh_checkout_with_the_output_of_the_last_build_renders_nothing(courier: Publication, tmp_path: Path) -> None:
    restored = fresh_checkout(courier, tmp_path / "checkout")
    report = restored.check()
    assert (report.rendered, report.written, report.removed) == ((), 0, 0)
    assert restored.tree() == courier.tree()


def test_what_changed_since_the_cache_was_made_is_rendered_and_no_more(courier: Publication, tmp_path: Path) -> None:
    restored = fresh_checkout(courier, tmp_path / "checkout")
    restored.author("jane-doe", "She writes of ports.")
    rendered = restored.rendered()
    assert "/author/jane-doe/" in rendered
    assert all(url.startswith("/author/jane-doe/") for url in rendered)


def test_an_output_of_another_build_is_found_whatever_its_size_and_time(courier: Publication, tmp_path: Path) -> None:
    restored = fresh_checkout(courier, tmp_path / "checkout")
    page = restored.root / "build/world/2026/01/story-3/index.html"
    page.write_bytes(page.read_bytes().replace(b"Story 3", b"Story 4"))
    assert list(restored.rendered()) == ["/world/2026/01/story-3/"]


def test_the_times_that_a_cache_gave_are_looked_at_once(
    courier: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = fresh_checkout(courier, tmp_path / "checkout")
    restored.build()
    read: list[str] = []
    monkeypatch.setattr(outputs, "digest_file", read.append)
    assert restored.build().rendered == ()
    assert read == []


def test_a_slugline_that_was_installed_again_is_the_same(courier: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salt, "code_salt", lambda _extensions=(): "other times")
    assert courier.build().rendered == ()
    monkeypatch.setattr(salt, "code_digest", lambda _extensions=(): "other code")
    assert courier.build().rendered == (), "the salt of the code that was installed again is known"
    monkeypatch.setattr(salt, "code_salt", lambda _extensions=(): "yet other times")
    assert len(courier.build().rendered) == len(courier.tree())


def test_the_digest_of_the_code_is_that_of_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    package.mkdir()
    module = package / "module.py"
    module.write_text("one = 1\n", encoding="utf-8")
    digest_of = salt.code_digest.__wrapped__  # type: ignore[attr-defined]  # the tests cache it
    monkeypatch.setattr(salt, "_PACKAGE", str(package))
    before = digest_of()
    os.utime(module, (1, 1))
    assert digest_of() == before
    module.write_text("one = 2\n", encoding="utf-8")
    assert digest_of() != before
    changed = digest_of()
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "extra.py").write_text("two = 2\n", encoding="utf-8")
    with_extension = digest_of(("extra",))
    assert with_extension != changed
    (tmp_path / "extra.py").write_text("two = 3\n", encoding="utf-8")
    assert digest_of(("extra",)) != with_extension
