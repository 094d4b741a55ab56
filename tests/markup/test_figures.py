"""Paragraphs that are only images."""

from __future__ import annotations

import pytest

from slugline.errors import PublicationError


def test_an_image_alone_is_a_figure_without_a_caption(render):
    html = render("![Gate](gate.jpg)").html
    assert html.startswith("<figure>\n<img ")
    assert html.endswith(">\n</figure>")
    assert "figcaption" not in html


def test_a_title_is_the_caption_and_an_attribute_list_gives_the_credit(render):
    body = render('![Gate](gate.jpg "The gate, \'Monday\'"){credit="Photo: Jane Doe"}')
    assert '<figcaption>The gate, ‘Monday’ <span class="credit">Photo: Jane Doe</span></figcaption>' in body.html
    assert "title=" not in body.html
    assert "credit=" not in body.html
    assert body.images == (("content:articles/world/gate.jpg", "Gate", "The gate, ‘Monday’", "Photo: Jane Doe"),)


def test_captions_and_credits_have_emphasis_and_links(render):
    body = render('![Gate](gate.jpg "The *gate*, [then](../old.md)"){credit="Ann, [CC BY](https://x.org/by)"}')
    assert '<figcaption>The <em>gate</em>, <a href="content:articles/old.md">then</a> <span' in body.html
    assert '<span class="credit">Ann, <a href="https://x.org/by">CC BY</a></span>' in body.html
    assert body.images[0][2:] == ("The gate, then", "Ann, CC BY")
    assert set(body.links) == {"content:articles/old.md", "https://x.org/by"}


def test_marks_in_a_caption_can_be_text(render):
    caption = render(r'![Gate](gate.jpg "5 * 3, \*x\*, &#42;y&#42; and snake_case")').images[0].caption
    assert caption == "5 * 3, *x*, *y* and snake_case"


def test_a_picture_in_code_is_as_it_was_typed(render):
    for text in ('```\n![x](a.jpg "*T*")\n```', '    ![x](a.jpg "*T*")', '`![x](a.jpg "*T*")`'):
        assert "*T*" in render(text).html


def test_a_caption_that_would_run_a_script_is_an_error(render):
    with pytest.raises(PublicationError, match="would run a script") as raised:
        render('Words.\n\n![x](a.jpg "[y](javascript:alert(1))")')
    assert raised.value.problems[0].line == 3


def test_a_credit_is_shown_without_a_caption(render):
    html = render('![Gate](gate.jpg){credit="Photo: A & B"}').html
    assert '<figcaption><span class="credit">Photo: A &amp; B</span></figcaption>' in html


def test_a_credit_may_stand_after_a_space_or_on_the_next_line(render):
    for between in (" ", "\n"):
        assert render(f'![Gate](gate.jpg){between}{{credit="Jane"}}').images[0].credit == "Jane"


def test_several_images_are_a_group_of_figures(render):
    body = render('![A](a.jpg "One")\n![B](b.jpg)')
    assert body.html.startswith('<figure class="group">\n<figure>\n<img ')
    assert body.html.count("<figure") == 3
    assert [image.caption for image in body.images] == ["One", ""]


def test_a_linked_image_is_a_figure_with_its_link(render):
    body = render("[![A](a.jpg)](b.md)")
    assert body.html.startswith('<figure>\n<a href="content:articles/world/b.md"><img ')
    assert body.links == ("content:articles/world/b.md",)


def test_classes_of_an_image_are_the_figures(render):
    assert render("![A](a.jpg){.wide}").html.startswith('<figure class="wide">\n<img alt="A"')
    assert render("![A](a.jpg){.wide}\n{.left #f}").html.startswith('<figure class="left wide" id="f">')


def test_an_image_in_running_text_stays_there(render):
    body = render('Look: ![A](a.jpg "T") there')
    assert "<figure" not in body.html
    assert 'title="T"' in body.html
    assert body.images[0].caption == "T"


def test_the_credit_of_an_image_in_running_text_is_no_unknown_attribute(render):
    assert ' data-credit="Jane"' in render('Look: ![A](a.jpg){credit="Jane"}').html


def test_an_image_in_an_authors_own_figure_gets_no_second_one(render):
    html = render('<figure markdown="1">\n\n![A](a.jpg)\n\n<figcaption>C</figcaption>\n</figure>').html
    assert html.count("<figure") == 1


def test_captions_are_no_words(render):
    assert render('![A](a.jpg "Four words of caption")\n\nTwo words').words == 2


def test_markup_in_a_caption_cannot_break_out(render):
    html = render('![A](a.jpg "<script>x</script> & \\"b\\""){credit="C"}').html
    assert "<script>" not in html
