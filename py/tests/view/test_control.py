"""Show, Switch, ErrorBoundary, Portal, Provider: control flow as components."""

from collections.abc import Callable
from functools import partial

import pytest
from gossamer import (
    Context,
    ErrorBoundary,
    For,
    Match,
    Portal,
    Provider,
    Show,
    Signal,
    Switch,
    component,
    effect,
    expect_context,
    mount,
    on_cleanup,
    signal,
    use_context,
)
from gossamer.errors import PropError, TargetError
from gossamer.testing.page import FakePage

type Run = Callable[[object], FakePage]


def test_show_builds_once_for_each_change_of_truth(show: Run) -> None:
    count, set_count = signal(0)
    built = []

    @component
    def Inner() -> object:
        built.append(count())
        on_cleanup(lambda: built.append("gone"))
        return t"<b>yes</b>"

    page = show(t"<{Show} when={count} fallback={t'<i>no</i>'}><{Inner} /></{Show}>")
    assert page.body.inner_html() == "<i>no</i>"

    set_count(1)
    set_count(2)
    assert page.body.inner_html() == "<b>yes</b>"
    assert built == [1]

    set_count(0)
    assert page.body.inner_html() == "<i>no</i>"
    assert built == [1, "gone"]


def test_show_hands_its_value_to_a_function(show: Run) -> None:
    user: Signal[str | None] = Signal(None)
    page = show(Show(when=user, children=lambda name: t"<b>{name}</b>"))

    user.set("Ada")
    before = page.elements()
    user.set("Bo")

    assert page.body.inner_html() == "<b>Bo</b>"
    assert page.elements() == before


def test_switch_shows_the_first_match(show: Run) -> None:
    n, set_n = signal(0)
    page = show(
        t"""<{Switch} fallback={"many"}>
          <{Match} when={(lambda: n() == 0)}>none</{Match}>
          <{Match} when={(lambda: n() < 3)}>few</{Match}>
        </{Switch}>"""
    )

    seen = [page.body.text()]
    for value in (1, 2, 5):
        set_n(value)
        seen.append(page.body.text())

    assert seen == ["none", "few", "few", "many"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Switch(Match(when=True, children="b")),
        lambda: Switch([Match(when=False, children="a"), [Match(when=True, children="b")], None]),
        lambda: Switch(Match(when=n, children=f"{n}"[:0] + "b") for n in (0, 1)),
        lambda: Switch(t"<{Match} when={True}>b</{Match}>"),
        lambda: Switch(children=[t"{None}<{Match} when={1:d}>b</{Match}>"]),
        lambda: t"<{Switch}>{Match(when=True, children='b')}</{Switch}>",
        lambda: t"<{Switch}>{[Match(when=True, children='b')]}{None}</{Switch}>",
        lambda: (
            t"""<{Switch}>
          <!-- <{{Match}} when={{1}}>a</{{Match}}> -->
          <{Match} when={0}>a</{Match}>

          <{Match} when={1} children="b" />
        </{Switch}>"""
        ),
        lambda: t"<{Switch} fallback='b' />",
        lambda: t"<{Switch} fallback='b'><!-- none --></{Switch}>",
    ],
)
def test_switch_finds_its_matches_wherever_they_stand(
    show: Run, make: Callable[[], object]
) -> None:
    assert show(make()).body.text() == "b"


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: Switch("text"), "str"),
        (lambda: Switch([Match(when=True), "text"]), "str"),
        (lambda: Switch(Show(when=True)), "ComponentView"),
        (lambda: Switch(Match), "Component"),
        (lambda: Switch(lambda: Match(when=True)), "function"),
        (lambda: t"<{Switch}>text</{Switch}>", "markup"),
        (lambda: t"<{Switch}><{Match} when={1} /> or <b>this</b></{Switch}>", "markup"),
        (lambda: t"<{Switch}><p><{Match} when={1} /></p></{Switch}>", "markup"),
        (lambda: t"<{Switch}><{Match} when={1} />{'text'}</{Switch}>", "str"),
    ],
)
def test_switch_takes_matches_and_nothing_else(
    show: Run, make: Callable[[], object], kind: str
) -> None:
    page = show(make())

    assert f"Switch got {kind} among its cases" in page.reports[0]


def test_match_alone_shows_its_children_while_its_condition_holds(show: Run) -> None:
    when = Signal(0)
    page = show(Match(when=when, children=lambda value: t"<b>{value}</b>"))

    seen = [page.body.text()]
    for value in (1, 2, 0):
        when.set(value)
        seen.append(page.body.text())

    assert seen == ["", "1", "2", ""]


def test_a_boundary_shows_its_fallback_and_can_be_reset(show: Run) -> None:
    broken = Signal(True)
    resets: list[Callable[[], None]] = []

    @component
    def Inner() -> object:
        if broken.peek():
            raise ValueError("oh")
        return t"<b>fine</b>"

    def fallback(error: Exception, reset: Callable[[], None]) -> object:
        resets.append(reset)
        return t"<i>{error!s}</i>"

    page = show(t"<p>before</p><{ErrorBoundary} fallback={fallback}><{Inner} /></{ErrorBoundary}>")
    assert page.body.inner_html() == "<p>before</p><i>oh</i>"
    assert page.reports == []

    broken.set(False)
    resets[-1]()
    assert page.body.inner_html() == "<p>before</p><b>fine</b>"


def test_a_boundary_takes_errors_of_effects_and_updates(show: Run) -> None:
    value = Signal(1)
    page = show(
        ErrorBoundary(
            fallback=lambda error: t"<i>{type(error).__name__}</i>",
            children=t"<b>{(lambda: 1 / value())}</b>",
        )
    )
    assert page.body.inner_html() == "<b>1.0</b>"

    value.set(0)
    assert page.body.inner_html() == "<i>ZeroDivisionError</i>"


def test_the_error_of_a_fallback_goes_to_the_next_boundary(show: Run) -> None:
    def fail(error: Exception) -> object:
        raise ValueError("fallback")

    @component
    def Broken() -> object:
        raise ValueError("child")

    page = show(
        ErrorBoundary(
            fallback=lambda error: t"<i>{error!s}</i>",
            children=ErrorBoundary(fallback=fail, children=Broken()),
        )
    )

    assert page.body.inner_html() == "<i>fallback</i>"


def test_an_error_without_a_boundary_is_reported_and_siblings_live(show: Run) -> None:
    count, set_count = signal(0)

    @component
    def Broken() -> object:
        raise ValueError("oh")

    @component
    def App() -> object:
        return t"<p>{count}</p><{Broken} /><b>{count}</b>"

    page = show(App())
    set_count(1)

    assert page.body.inner_html() == "<p>1</p><b>1</b>"
    assert len(page.reports) == 1
    assert "ValueError: oh" in page.reports[0]
    assert "App > Broken" in page.reports[0]


def test_a_portal_stands_elsewhere_and_goes_with_its_tree(show: Run) -> None:
    there = Signal(True)
    clicks = []
    page = show(
        t'<div id="here"></div>'
        t"<p>{(lambda: Portal(mount='#here', children=t'<a on:click={clicks.append}></a>') if there() else None)}</p>"
    )
    assert page.body.inner_html() == '<div id="here"><a></a></div><p></p>'

    page.fire(page.elements()[1], "click")
    assert len(clicks) == 1

    there.set(False)
    assert page.body.inner_html() == '<div id="here"></div><p></p>'


@pytest.mark.parametrize(
    ("fallback", "shown"),
    [
        ("plain", "plain"),
        (lambda: "none", "none"),
        (lambda error: f"one {error}", "one oh"),
        (lambda error, reset: f"two {error} {callable(reset)}", "two oh True"),
        (lambda error, reset=None: f"default {error}", "default oh"),
        (partial(lambda word, error: f"{word} {error}", "partial"), "partial oh"),
    ],
    ids=["plain", "none", "one", "two", "default", "partial"],
)
def test_a_fallback_takes_as_much_as_it_asks_for(show: Run, fallback: object, shown: str) -> None:
    @component
    def Failing() -> object:
        raise ValueError("oh")

    page = show(ErrorBoundary(fallback=fallback, children=Failing()))

    assert page.body.text() == shown


def test_a_row_function_asks_for_its_index(show: Run) -> None:
    class Row:
        def __call__(self, item: str, index: Callable[[], int]) -> object:
            return t"<b>{index}{item}</b>"

    page = show(For(each=["a", "b"], children=Row()))

    assert page.body.text() == "0a1b"


def test_a_provider_without_a_key_is_found_by_the_type_of_its_value(show: Run) -> None:
    class Theme:
        name = "dark"

    @component
    def Inner() -> object:
        return expect_context(Theme).name

    assert show(Provider(Theme(), Inner())).body.text() == "dark"


def test_a_provider_gives_a_value_to_its_children_only(show: Run) -> None:
    theme: Context[str] = Context("theme")
    seen = []

    @component
    def Inner() -> object:
        seen.append(use_context(theme))
        return None

    show(t'<{Provider} key={theme} value="dark"><{Inner} /></{Provider}><{Inner} />')

    assert seen == ["dark", None]


def test_a_context_is_found_through_rows_branches_and_portals(show: Run) -> None:
    theme: Context[str] = Context("theme")

    @component
    def Inner() -> object:
        return t"<b>{expect_context(theme)}</b>"

    page = show(
        Provider(
            key=theme,
            value="dark",
            children=t"{For([1], children=lambda n: Show(when=True, children=Portal(Inner())))}",
        )
    )

    assert page.body.inner_html() == "<b>dark</b>"


def test_a_dynamic_component_is_a_callable_that_gives_one(show: Run) -> None:
    @component
    def A(name: str) -> object:
        return t"<a>{name}</a>"

    @component
    def B(name: str) -> object:
        return t"<b>{name}</b>"

    chosen: Signal[object] = Signal(A)
    page = show(t'<{chosen} name="x" />')
    assert page.body.inner_html() == "<a>x</a>"

    chosen.set(B)
    assert page.body.inner_html() == "<b>x</b>"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda c: c(n=1, other=2), "Card has no prop `other`"),
        (lambda c: c(), "Card misses the prop `n`"),
        (lambda c: c(1, n=2), "Card got the prop `n` twice"),
        (lambda c: c(1, 2, 3), "Card got 3 positional props"),
    ],
)
def test_wrong_props_are_named(make: Callable[[object], object], message: str) -> None:
    @component
    def Card(n: int, *, children: object = None) -> object:
        return t"{n}{children}"

    with pytest.raises(PropError, match=message):
        make(Card)


def test_children_and_named_views_are_slots(show: Run) -> None:
    @component
    def Card(title: object, children: object, footer: Callable[[int], object]) -> object:
        return t"<h1>{title}</h1>{children}{children}{footer(3)}"

    page = show(
        t"<{Card} title={t'<i>T</i>'} footer={(lambda n: t'<u>{n}</u>')}><p>{1}</p> x</{Card}>"
    )

    assert page.body.inner_html() == "<h1><i>T</i></h1><p>1</p> x<p>1</p> x<u>3</u>"


def test_mounting_nowhere_is_an_error(page: FakePage) -> None:
    with pytest.raises(TargetError, match="no element '#nowhere'"):
        mount(t"<p></p>", "#nowhere")

    assert page.nodes == {}


def test_effects_run_first_when_the_view_stands(show: Run, page: FakePage) -> None:
    seen = []

    @component
    def App() -> object:
        effect(lambda: seen.append(page.body.inner_html()))
        return t"<p></p>"

    show(App())

    assert seen == ["<p></p>"]
