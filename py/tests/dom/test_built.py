"""What a build has written: nodes that a view takes over, and text that it takes the place of."""

import pytest
from gossamer import Signal, mount
from gossamer.errors import ViewError
from gossamer.ssr import render_to_string
from gossamer.testing.nodes import Element, parse
from gossamer.testing.page import FakePage


def fill(parent: Element, markup: str) -> None:
    for child in list(parse(markup).children):
        parent.insert(child, None)


def test_the_nodes_that_a_build_has_written_become_the_view_s(page: FakePage) -> None:
    name = Signal("Ada")
    view = t"<p>Hello {name}</p>"
    page.serve(render_to_string(view, hydratable=True))
    page.body.attributes["data-gs-built"] = ""
    before = page.elements()

    shown = mount(view)
    name.set("Grace")

    assert page.elements() == before
    assert page.body.inner_html() == "<p>Hello Grace</p>"
    assert "data-gs-built" not in page.body.attributes
    shown.unmount()


def test_g4_what_was_written_for_another_address_goes(page: FakePage) -> None:
    page.html.attributes["data-gs-path"] = "/other"
    page.serve("<p>Other</p>")
    page.body.attributes["data-gs-built"] = ""
    before = page.elements()

    shown = mount(t"<p>Here</p>")

    assert page.body.inner_html() == "<p>Here</p>"
    assert page.elements() != before
    shown.unmount()


def test_text_among_other_nodes_goes_in_the_step_in_which_the_view_comes(page: FakePage) -> None:
    fill(page.body, "<h1>Own</h1><!--gs--><p>Built</p><!--/gs--><!--gs-->Next<!--/gs-->")
    fill(page.head, '<!--gs--><meta name="a"><link rel="stylesheet"><!--/gs-->')

    shown = mount(t"<p>Here</p>")

    assert page.body.inner_html() == "<h1>Own</h1><!--gs-->Next<!--/gs--><p>Here</p>"
    assert page.head.inner_html() == '<link rel="stylesheet">'
    shown.unmount()


def test_a_view_that_fails_leaves_what_was_built(page: FakePage) -> None:
    fill(page.body, "<!--gs--><p>Built</p><!--/gs-->")

    with pytest.raises(ViewError):
        mount(t"<p>{object()}</p>")

    assert page.body.inner_html() == "<!--gs--><p>Built</p><!--/gs-->"
