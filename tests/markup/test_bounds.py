"""Texts of all sizes and shapes are rendered, or refused with a clear word, in bounded work."""

from __future__ import annotations

import pytest

from slugline.errors import PublicationError
from slugline.markup import MarkupOptions, Renderer, guard
from slugline.markup.errors import MarkdownError
from slugline.markup.guard import BUDGET, Meter

ONE_MEGABYTE = 1_000_000


@pytest.mark.parametrize("sign", ["a", "a ", "it's ", '"', "é", "\n", "a\n\n", "- a\n\n", "> a\n\n", "# a\n\n", "&", "-", "."])
def test_a_long_text_is_rendered(render, sign):
    assert render(sign * (ONE_MEGABYTE // len(sign) // 10)).html is not None


def test_a_line_of_five_megabytes_is_rendered(render):
    assert render("word " * ONE_MEGABYTE).words == ONE_MEGABYTE


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 20_000, "*" * 20_000, "`" * 5_000, "![" * 10_000, "**a " * 5_000, "_*" * 10_000, "<" * 20_000),
        *("<b>" * 5_000, "<!--" * 5_000, "<div>" * 4_000, "(" * 20_000, "\\" * 20_000, "&a;" * 5_000, '"a' * 10_000),
        *("[a](b) " * 3_000, "|" * 20_000, "{" * 20_000, "[^1]: a\n\n" * 2_000, "[a]: b\n" * 2_000, "\ta\n" * 5_000),
    ],
    ids=lambda text: text[:6],
)
def test_a_heap_of_one_sign_is_rendered(render, text):
    assert render(text).html is not None


@pytest.mark.parametrize(
    "text", ["[a](" * 30_000, "``a`" * 30_000, "<a " * 30_000, "# a\n" * 20_000, "# a" + " " * 60_000 + "b {c"]
)
def test_what_would_take_minutes_is_refused_with_file_and_line(render, text, monkeypatch):
    monkeypatch.setattr(guard, "BUDGET", BUDGET // 50)
    with pytest.raises(PublicationError) as refused:
        render(f"Good.\n\n{text}", source="articles/x.md")
    (problem,) = refused.value.problems
    assert problem.path == "content/articles/x.md"
    assert problem.line == 3
    assert "too much work" in problem.message
    assert problem.hint


@pytest.mark.parametrize("text", [">" * 10_000, "> " * 10_000, "1. " * 3_000])
def test_what_is_nested_too_deep_is_refused_with_file_and_line(render, text):
    with pytest.raises(PublicationError) as refused:
        render(f"Good.\n\n{text}a", source="pages/x.md")
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == ("content/pages/x.md", 3)
    assert problem.message == "the text is nested too deep"


def test_a_text_of_which_the_engine_loses_a_part_is_refused(render):
    with pytest.raises(PublicationError, match="entangled"):
        render("Good.\n\n![[`*`]()]()")


def test_a_fault_of_an_added_extension_is_a_problem_of_the_text(tmp_path, monkeypatch):
    (tmp_path / "faulty_house_style.py").write_text(
        "from markdown.extensions import Extension\n"
        "from markdown.preprocessors import Preprocessor\n"
        "class Fault(Preprocessor):\n"
        "    def run(self, lines):\n"
        "        if any('fail' in line for line in lines):\n"
        "            raise KeyError('oh')\n"
        "        return lines\n"
        "class Faulty(Extension):\n"
        "    def extendMarkdown(self, md):\n"
        "        md.preprocessors.register(Fault(md), 'fault', 5)\n"
        "def makeExtension(**given):\n"
        "    return Faulty(**given)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    renderer = Renderer(MarkupOptions(extensions=("faulty_house_style",)))
    with pytest.raises(PublicationError) as refused:
        renderer.render("Good.\n\n\nfail", lang="en", source="a.md")
    (problem,) = refused.value.problems
    assert (problem.line, problem.message) == (4, "the Markdown engine failed: KeyError: 'oh'")
    assert renderer.render("Good.", lang="en", source="a.md").html == "<p>Good.</p>"


def test_a_text_given_up_half_way_leaves_nothing_behind(render):
    with pytest.raises(PublicationError):
        render("> " * 3_000 + "a\n\n- b")
    assert render('"a"\n\n- b').html == "<p>“a”</p>\n<ul>\n<li>b</li>\n</ul>"


def test_work_is_counted_anew_for_every_text():
    meter = Meter()
    meter.start("a")
    meter.spend(BUDGET)
    meter.start("b")
    meter.spend(BUDGET)
    with pytest.raises(MarkdownError):
        meter.spend(1)
