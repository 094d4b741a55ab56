"""What Markdown is rendered to."""

from __future__ import annotations

from slugline.markup.signs import SIGNS


def test_an_empty_text_is_an_empty_body(render):
    assert render("  \n\n") == ("", 0, "", (), (), (), (), ())


def test_a_heading_of_level_one_makes_room_for_the_headline(render):
    body = render("# One\n\n## Two\n\n### Three")
    assert body.html == '<h2 id="one">One</h2>\n<h2 id="two">Two</h2>\n<h3 id="three">Three</h3>'


def test_an_underlined_heading_of_level_one_makes_room_too(render):
    assert render("One\n===\n\nText").html == '<h2 id="one">One</h2>\n<p>Text</p>'


def test_heading_ids_are_unique_and_keep_letters_of_every_script(render):
    text = "## Über uns\n\n## Über uns\n\n## 東京から\n\n## Что дальше?\n\n## !?\n\n## !!\n\n## A -- B"
    ids = [heading.id for heading in render(text).headings]
    assert ids == ["über-uns", "über-uns_1", "東京から", "что-дальше", "section", "section_1", "a-b"]


def test_a_heading_keeps_an_id_of_its_own_and_no_other_takes_it(render):
    body = render("## Plan\n\n## The plan {#plan}\n\n## Plan")
    assert [heading.id for heading in body.headings] == ["plan_1", "plan", "plan_2"]


def test_a_typographic_heading_has_the_id_of_a_typed_one(render):
    assert render('## It\'s "on"').headings == ((2, "its-on", "It’s “on”"),)


def test_a_footnote_mark_is_no_part_of_a_heading(render):
    body = render("## Facts[^1]\n\n[^1]: Note.")
    assert body.headings == ((2, "facts", "Facts"),)


def test_a_table_scrolls_in_a_frame_named_after_its_columns(render):
    html = render("| Party | *Seats* |\n|---|--:|\n| A & B | 12 |").html
    assert html.startswith('<div class="table" role="region" tabindex="0" aria-label="Party, Seats"><table>')
    assert html.endswith("</table></div>")
    assert "<td>A &amp; B</td>" in html
    assert "text-align: right" in html


def test_footnotes_can_be_read_with_assistive_technology(render):
    html = render("Text[^a].\n\n[^a]: The note.").html
    assert '<sup id="fnref:a"><a class="footnote-ref" href="#fn:a" role="doc-noteref">1</a></sup>' in html
    assert '<div class="footnote" role="doc-endnotes">' in html
    assert '<li id="fn:a">\n<p>The note.&#160;<a aria-label="Back to the text of note 1"' in html
    assert 'class="footnote-backref" href="#fnref:a" role="doc-backlink"' in html


def test_labels_of_footnotes_are_in_the_language_of_the_text(render):
    assert 'aria-label="Zurück zum Text von Fußnote 1"' in render("Text[^1].\n\n[^1]: Note.", lang="de-AT").html


def test_a_note_marked_twice_leads_back_twice(render):
    html = render("One[^1], two[^1].\n\n[^1]: Note.").html
    assert 'id="fnref:1"' in html
    assert 'id="fnref2:1"' in html
    assert 'href="#fnref2:1"' in html


def test_definition_lists_are_read(render):
    assert render("Dek\n:   The line under the headline").html == (
        "<dl>\n<dt>Dek</dt>\n<dd>The line under the headline</dd>\n</dl>"
    )


def test_fenced_code_is_left_as_typed(render):
    html = render('```python\na = "b" -- c  # <d>\n```').html
    assert html.startswith('<pre><code class="language-python">a = ')
    assert " -- c" in html
    assert "&lt;d&gt;" in html


def test_abbreviations_are_explained(render):
    assert render("NATO met.\n\n*[NATO]: North Atlantic Treaty Organization").html == (
        '<p><abbr title="North Atlantic Treaty Organization">NATO</abbr> met.</p>'
    )


def test_attribute_lists_set_classes_and_ids(render):
    assert render("Text.\n{.lead #start}").html == '<p class="lead" id="start">Text.</p>'


def test_lists_of_two_kinds_stay_two_lists_and_numbers_are_kept(render):
    assert render("- a\n\n3. b").html == '<ul>\n<li>a</li>\n</ul>\n<ol start="3">\n<li>b</li>\n</ol>'


def test_markdown_in_html_is_read_where_it_is_asked_for(render):
    assert render('<div class="box" markdown="1">\n\n*Text*\n\n</div>').html == (
        '<div class="box">\n<p><em>Text</em></p>\n</div>'
    )


def test_strikethrough_and_task_lists_are_no_markup(render):
    assert render("~~gone~~").html == "<p>~~gone~~</p>"
    assert render("- [x] done").html == "<ul>\n<li>[x] done</li>\n</ul>"


def test_an_underscore_in_a_word_is_no_emphasis(render):
    assert render("a_b_c").html == "<p>a_b_c</p>"


def test_characters_that_are_signs_between_stages_have_no_meaning(render):
    signs = SIGNS + "\x00\x02\x03"
    assert render(f"{signs}a{signs}b").html == "<p>ab</p>"
