"""Texts of all sizes and shapes are rendered, or refused with a clear word, in bounded work."""

from __future__ import annotations

import threading
import time

import pytest

from slugline.errors import PublicationError
from slugline.markup import MarkupOptions, Renderer, renderer
from slugline.markup.apart import render_apart

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
        *("[a](b) " * 3_000, "|" * 20_000, "{" * 20_000, "".join(f"[^{n}]: a\n\n" for n in range(2_000))),
        *("[a]: b\n" * 2_000, "\ta\n" * 5_000),
    ],
    ids=lambda text: text[:6],
)
def test_a_heap_of_one_sign_is_rendered(render, text):
    assert render(text).html is not None


SLOW = {
    "links that are not closed": "[a](" * 8_000,
    "code that is not closed": "``a`" * 12_000,
    "tags that are not closed": "<a " * 16_000,
    "headings without blank lines": "# a\n" * 12_000,
    "one note marked often": "[^1]" * 5_000 + "\n\n[^1]: a",
    "fences that are not closed": "~~~ a\n" * 8_000,
    "spaces in a heading": "# a" + " " * 40_000 + "b {c",
    "emphasis that is not closed": "**a *b " * 7_000,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
def test_no_text_takes_more_than_its_time_and_the_error_has_file_and_line(render, text, monkeypatch):
    monkeypatch.setattr(renderer, "_SECONDS", 0.5)
    monkeypatch.setattr(renderer, "_SECONDS_FOR_PLACE", 0.1)
    begun = time.process_time()
    try:
        body = render(f"Good.\n\n{text}", source="articles/x.md")
    except PublicationError as refused:
        (problem,) = refused.problems
        assert problem.path == "content/articles/x.md"
        assert problem.line == 3
        assert problem.hint
    else:
        assert body.html
    assert time.process_time() - begun < 3


def test_what_cannot_be_interrupted_is_ended_by_the_operating_system():
    with pytest.raises(PublicationError) as refused:
        Renderer(MarkupOptions()).render("Good.\n\n# a" + " " * 400_000 + "b {c", lang="en", source="a.md")
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == ("content/a.md", 3)
    assert "seconds of processor time" in problem.message


def test_at_least_one_of_them_is_refused_for_its_time(render, monkeypatch):
    monkeypatch.setattr(renderer, "_SECONDS", 0.3)
    with pytest.raises(PublicationError, match="seconds of processor time"):
        render(SLOW["links that are not closed"])


def test_a_text_has_its_limit_in_a_thread_too(render, monkeypatch):
    monkeypatch.setattr(renderer, "_SECONDS", 0.3)
    text = SLOW["links that are not closed"]
    caught = []

    def run():
        try:
            render(text)
        except PublicationError as error:
            caught.append(str(error))

    thread = threading.Thread(target=run)
    begun = time.process_time()
    thread.start()
    thread.join()
    assert "seconds of processor time" in caught[0]
    assert time.process_time() - begun < 3


def test_a_large_text_is_rendered_apart():
    text = "Words *and* more.\n\n" * 4_000
    made = Renderer(MarkupOptions(smart=False))
    assert made.render(text, lang="en", source="a.md") == made.render_here(text, lang="en", source="a.md")


def test_an_error_of_a_text_that_is_rendered_apart_is_the_same():
    with pytest.raises(PublicationError) as refused:
        render_apart(MarkupOptions(), "Good.\n\n" + "> " * 3_000 + "a", lang="en", source="a.md")
    assert [(problem.path, problem.line) for problem in refused.value.problems] == [("content/a.md", 3)]


@pytest.mark.parametrize("text", [">" * 10_000, "> " * 10_000, "1. " * 3_000])
def test_what_is_nested_too_deep_is_refused_with_file_and_line(render, text):
    with pytest.raises(PublicationError) as refused:
        render(f"Good.\n\n{text}a", source="pages/x.md")
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == ("content/pages/x.md", 3)
    assert problem.message == "the text is nested too deep"


def test_a_text_of_which_the_engine_loses_a_part_is_refused(render):
    with pytest.raises(PublicationError, match=r"entangled|a link in the description of an image"):
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
