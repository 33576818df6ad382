"""What a component's tag carries goes to every root element of its view."""

from collections.abc import Callable

import pytest
from gossamer import ErrorBoundary, For, Match, Portal, Provider, Show, Signal, Switch, component
from gossamer.elements import p
from gossamer.testing.page import FakePage

type Run = Callable[[object], FakePage]


@component
def Inner() -> object:
    return t"<i></i><u></u>"


VIEWS: dict[str, tuple[Callable[[], object], str]] = {
    "one": (lambda: t"<p>1</p>", "p"),
    "several": (lambda: t"<a>1</a><b>2</b><i>3</i><u>4</u>", "a b i u"),
    "among texts": (lambda: t"1<a>2</a>3<!-- 4 --><b>5</b>6", "a b"),
    "among holes": (lambda: t"{1}<a>2</a>{[t'<i>3</i>', 4]}<b>5</b><s>6</s>{7}", "a i b s"),
    "with holes": (lambda: t"<a>{1}</a><b><em>2</em></b><i title={3}></i><br>", "a b i br"),
    "not inside": (lambda: t"<a><em>1</em></a>", "a"),
    "inner component": (lambda: t"<a></a>{Inner()}<b></b>", "a i u b"),
    "inner tag": (lambda: t"<a></a><{Inner} /><b></b>", "a i u b"),
    "builder": (lambda: [p("1"), p("2")], "p p"),
    "list": (lambda: [t"<a></a><b></b>", t"<i></i>"], "a b i"),
    "live": (lambda: lambda: t"<a></a><b></b><i></i>", "a b i"),
    "signal": (lambda: t"{Signal(t'<a></a><b></b><i></i>')}", "a b i"),
    "show": (lambda: Show(when=lambda: True, children=t"<a></a><b></b><i></i>"), "a b i"),
    "fallback": (lambda: Show(when=False, fallback=t"<a></a><b></b><i></i>"), "a b i"),
    "switch": (lambda: Switch(Match(when=True, children=t"<a></a><b></b><i></i>")), "a b i"),
    "provider": (lambda: Provider(value=1, children=t"<a></a><b></b><i></i>"), "a b i"),
    "boundary": (lambda: ErrorBoundary("", children=t"<a></a><b></b><i></i>"), "a b i"),
    "rows": (lambda: For([1, 2], children=lambda n: t"<a></a><b></b><i></i>"), "a b i a b i"),
    "rows of others": (lambda: For([1, 2], children=lambda n: [t"<a></a>", p()]), "a p a p"),
    "svg": (lambda: t"<g></g><linearGradient></linearGradient><path />", "g linearGradient path"),
    "text only": (lambda: "1", ""),
}


@pytest.mark.parametrize(("make", "tags"), VIEWS.values(), ids=VIEWS)
def test_every_root_element_gets_them(show: Run, make: Callable[[], object], tags: str) -> None:
    """S126"""
    told: list[str] = []
    big = Signal(True)

    @component
    def Root() -> object:
        return make()

    page = show(
        t"""<main><{Root} class:big={big} attr:data-x="y" on:click={(lambda: told.append("x"))} />
        </main>"""
    )
    roots = [each for each in page.elements() if each.attributes.get("data-x") == "y"]

    assert [each.name for each in roots] == tags.split()
    assert all(each.attributes["class"] == "big" for each in roots)
    for each in roots:
        page.fire(each, "click")
    assert len(told) == len(roots)
    big.set(False)
    assert all("class" not in each.attributes for each in roots)


def test_portals_keep_theirs_to_themselves(show: Run) -> None:
    @component
    def Root() -> object:
        return Portal(children=t"<a></a>")

    page = show(t"<main><{Root} class:big={True} /></main>")

    assert page.body.inner_html() == "<main></main><a></a>"


def test_rows_take_other_attributes(show: Run) -> None:
    title: Signal[str | None] = Signal("a")
    items = Signal([1, 2])

    @component
    def Root() -> object:
        return For(items, key=lambda n: n, children=lambda n: t"<i>{n}</i><b></b><u></u>")

    @component
    def Mixed() -> object:
        return For(items, key=lambda n: n, children=lambda n: [t"<i>{n}</i>"])

    def views() -> object:
        given = {"attr:title": title()} if title() else {}
        return t"<{Root} {given} /><{Mixed} {given} />"

    page = show(views)

    for wanted in ("b", None, "c"):
        title.set(wanted)
        found = {each.attributes.get("title") for each in page.elements()}
        assert found == {wanted}
    items.set([2, 3, 1])
    assert {each.attributes.get("title") for each in page.elements()} == {"c"}
