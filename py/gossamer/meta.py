"""Title, metadata and links from anywhere in the tree; they go with what shows them."""

from collections.abc import Callable, Mapping
from functools import partial

from gossamer.host import HOST
from gossamer.reactive import expect_context, on_cleanup, render_effect
from gossamer.template.names import check_attribute_name
from gossamer.view.component import component

type Live[T] = T | Callable[[], T]


@component
def Title(text: Live[str | None] = None, formatter: Callable[[str], str] | None = None) -> None:
    """The page's title: the one that came last, until it goes.

    A formatter writes the titles of all pages, whoever gives their text.

    >>> from gossamer import Signal, mount
    >>> from gossamer.meta import Title
    >>> name = Signal("Tea")
    >>> shown = mount([Title(formatter=lambda text: f"{text} · Shop"), Title(name)])
    >>> name.set("Coffee")
    >>> page.title
    'Coffee · Shop'
    >>> shown.unmount()
    >>> page.title
    'Test'
    """
    if formatter is not None:
        _say("title", "format", lambda: formatter)
    if text is not None:
        _say("title", "text", text if callable(text) else lambda: text)


@component
def Html(class_: object = None, attrs: Mapping[str, object] | None = None, **given: object) -> None:
    """Attributes of `<html>`; they are taken back when this goes.

    >>> from gossamer import mount
    >>> from gossamer.meta import Html
    >>> shown = mount(Html(lang="fr", class_="dark"))
    >>> page.html.attributes
    {'lang': 'fr', 'class': 'dark'}
    """
    _dress("html", class_, {**(attrs or {}), **given})


@component
def Body(class_: object = None, attrs: Mapping[str, object] | None = None, **given: object) -> None:
    """Attributes of `<body>`; they are taken back when this goes.

    >>> from gossamer import Signal, mount
    >>> from gossamer.meta import Body
    >>> theme = Signal("light")
    >>> shown = mount(Body(class_=theme, data_page="home"))
    >>> theme.set("dark")
    >>> page.body.attributes
    {'data-page': 'home', 'class': 'dark'}
    """
    _dress("body", class_, {**(attrs or {}), **given})


@component
def Meta(attrs: Mapping[str, object] | None = None, **given: object) -> None:
    """A `<meta>` in the head: `Meta(name="description", content="Tea by post")`.

    >>> from gossamer import mount
    >>> from gossamer.meta import Meta
    >>> shown = mount(Meta(property="og:title", content="Tea"))
    >>> page.head.inner_html()
    '<meta property="og:title" content="Tea">'
    """
    _add("meta", _attributes(attrs, given))


@component
def Link(attrs: Mapping[str, object] | None = None, **given: object) -> None:
    """A `<link>` in the head: `Link(rel="canonical", href="/tea")`.

    >>> from gossamer import mount
    >>> from gossamer.meta import Link
    >>> shown = mount(Link(rel="stylesheet", href="tea.css"))
    >>> page.head.inner_html()
    '<link rel="stylesheet" href="tea.css">'
    """
    _add("link", _attributes(attrs, given))


@component
def Style(css: Live[str], attrs: Mapping[str, object] | None = None, **given: object) -> None:
    """A `<style>` in the head. Its text is trusted, as all CSS of an app is.

    >>> from gossamer import mount
    >>> from gossamer.meta import Style
    >>> shown = mount(Style("p > a { color: red }"))
    >>> page.head.inner_html()
    '<style>p > a { color: red }</style>'
    """
    _add("style", _attributes(attrs, given), css)


@component
def Script(
    src: str = "",
    text: str = "",
    attrs: Mapping[str, object] | None = None,
    **given: object,
) -> None:
    """A `<script>` in the head, which runs; what it has done stays when it goes.

    >>> from gossamer import mount
    >>> from gossamer.meta import Script
    >>> shown = mount(Script(src="chart.js", type="module"))
    >>> page.head.inner_html()
    '<script type="module" src="chart.js"></script>'
    """
    _add("script", _attributes(attrs, given), text, src=src)


def _add(tag: str, attributes: Mapping[str, object], text: Live[str] = "", src: str = "") -> None:
    """Put an element into the head, as long as the current owner lives; it follows its values."""
    element = expect_context(HOST).head().make(tag)
    on_cleanup(element.remove)
    for name, value in attributes.items():
        check_attribute_name("div" if tag == "script" else tag, name)
        _follow(_as_text(value), partial(element.write, name))
    if src:
        element.write("src", src)
    if text:
        _follow(_as_text(text), lambda found: element.fill(found or ""))
    element.enter()


def _follow(read: Callable[[], str | None], write: Callable[[str | None], None]) -> None:
    render_effect(lambda: write(read()))


def _attributes(
    attrs: Mapping[str, object] | None, given: Mapping[str, object]
) -> dict[str, object]:
    named = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    return {**(attrs or {}), **named}


def _dress(root: str, class_: object, given: Mapping[str, object]) -> None:
    for name, value in _attributes(None, given).items():
        _say(root, name, _as_text(value))
    if class_ is None:
        return
    head, who = expect_context(HOST).head(), object()
    worn: set[str] = set()

    def wear() -> None:
        value = class_() if callable(class_) else class_
        wanted = set(str(value or "").split())
        for name in worn - wanted:
            head.say(root, f"class:{name}", who, None)
        for name in sorted(wanted - worn):
            head.say(root, f"class:{name}", who, "")
        worn.clear()
        worn.update(wanted)

    def undress() -> None:
        for name in worn:
            head.say(root, f"class:{name}", who, None)

    render_effect(wear)
    on_cleanup(undress)


def _as_text(value: object) -> Callable[[], str | None]:
    def read() -> str | None:
        found = value() if callable(value) else value
        if found is None or found is False:
            return None
        return "" if found is True else str(found)

    return read


def _say(root: str, name: str, read: Callable[[], object]) -> None:
    """Say something as long as the current owner lives, and each time that it changes."""
    head, who = expect_context(HOST).head(), object()
    render_effect(lambda: head.say(root, name, who, read()))
    on_cleanup(lambda: head.say(root, name, who, None))
