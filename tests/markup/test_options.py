"""Options and their fingerprint."""

from __future__ import annotations

import pytest

from slugline.errors import PublicationError
from slugline.markup import MarkupOptions, Renderer

OTHERS = (
    MarkupOptions(extensions=("nl2br",)),
    MarkupOptions(extensions=("nl2br", "admonition")),
    MarkupOptions(extensions=("admonition", "nl2br")),
    MarkupOptions(extension_settings=(("footnotes", (("SEPARATOR", "-"),)),)),
    MarkupOptions(smart=False),
    MarkupOptions(raw_html=False),
    MarkupOptions(),
)


def test_equal_options_have_equal_fingerprints():
    assert MarkupOptions(extensions=("nl2br",)).fingerprint() == MarkupOptions(extensions=("nl2br",)).fingerprint()
    assert len(MarkupOptions().fingerprint()) == 16


def test_every_option_counts_in_the_fingerprint():
    assert len({options.fingerprint() for options in OTHERS}) == len(OTHERS)


def test_a_changed_module_of_the_publication_changes_the_fingerprint(tmp_path, monkeypatch):
    module = tmp_path / "house_style.py"
    module.write_text("from markdown.extensions.nl2br import makeExtension\n")
    monkeypatch.syspath_prepend(tmp_path)
    options = MarkupOptions(extensions=("house_style",))
    before = options.fingerprint()
    module.write_text("from markdown.extensions.nl2br import makeExtension  # changed\n")
    assert options.fingerprint() != before


def test_a_changed_version_of_the_engine_changes_the_fingerprint(monkeypatch):
    before = MarkupOptions().fingerprint()
    monkeypatch.setattr("slugline.markup.options._version", lambda package: "0.0")
    assert MarkupOptions().fingerprint() != before


def problems(**given: object) -> list[tuple[str, str]]:
    with pytest.raises(PublicationError) as refused:
        Renderer(MarkupOptions(**given))  # type: ignore[arg-type]
    assert all(problem.path == "slugline.toml" for problem in refused.value.problems)
    return [(problem.message, problem.hint) for problem in refused.value.problems]


def test_an_unknown_extension_is_refused_with_the_one_that_was_meant():
    assert problems(extensions=("admonitoin",)) == [
        ("the Markdown extension `admonitoin` is unknown", "did you mean `admonition`?")
    ]


def test_every_wrong_extension_is_reported_at_once():
    assert len(problems(extensions=("admonitoin", "nl2br", "no.such.module:Thing"))) == 2


def test_an_unknown_setting_is_refused_with_the_one_that_was_meant():
    assert problems(extensions=("toc",), extension_settings=(("toc", (("permlink", True),)),)) == [
        ("the Markdown extension `toc` has no setting 'permlink'", "did you mean `permalink`?")
    ]


def test_settings_for_an_extension_that_is_not_in_use_are_refused():
    ((message, hint),) = problems(extension_settings=(("footnote", ()),))
    assert message == "there are settings for the Markdown extension `footnote`, which is not in use"
    assert hint == "did you mean `footnotes`?"


def test_an_extension_that_breaks_is_refused_with_what_it_said(tmp_path, monkeypatch):
    (tmp_path / "broken_house_style.py").write_text("def makeExtension(**given):\n    raise ValueError('no good')\n")
    monkeypatch.syspath_prepend(tmp_path)
    ((message, _),) = problems(extensions=("broken_house_style",))
    assert message == "the Markdown extension `broken_house_style` cannot be used: ValueError: no good"


def test_an_extension_that_lacks_a_package_names_it(tmp_path, monkeypatch):
    (tmp_path / "needy_house_style.py").write_text("import no_such_package_at_all\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert problems(extensions=("needy_house_style",)) == [
        (
            "the Markdown extension `needy_house_style` needs `no_such_package_at_all`",
            "pip install no_such_package_at_all",
        )
    ]


def test_settings_reach_the_dialects_own_extensions(render):
    settings = (("footnotes", (("BACKLINK_TITLE", "Up {}"),)),)
    assert 'title="Up 1"' in render("A[^1].\n\n[^1]: B.", extension_settings=settings).html


def test_an_added_extension_is_used(render):
    assert 'class="admonition note"' in render("!!! note\n    Text.", extensions=("admonition",)).html
