"""What fails stays empty, its neighbours stand, and the nearest boundary is told."""

import sys
from collections.abc import Callable

import pytest
from gossamer import (
    ErrorBoundary,
    For,
    Match,
    Portal,
    Show,
    Signal,
    Switch,
    component,
    memo,
    mount,
)
from gossamer.dom.events import HANDLERS
from gossamer.errors import DepthError
from gossamer.reactive import current_owner
from gossamer.testing.page import FakePage

type Run = Callable[[object], FakePage]


@pytest.fixture(autouse=True)
def no_handlers() -> None:
    """Whatever other tests have left in pages of theirs."""
    HANDLERS.clear()


def explode() -> object:
    raise ValueError("oh")


def is_clean(page: FakePage) -> bool:
    return page.body.inner_html() == "" and page.nodes == {} and not HANDLERS


PLACES: dict[str, Callable[[], object]] = {
    "hole": lambda: t"<b>{explode}</b>",
    "memo": lambda: t"<b>{memo(explode)}</b>",
    "attribute": lambda: t"<b title={explode}></b>",
    "attribute of a memo": lambda: t"<b title={memo(explode)}></b>",
    "class": lambda: t"<b class:on={explode}></b>",
    "class of a memo": lambda: t"<b class:on={memo(explode)}></b>",
    "style": lambda: t"<b style:color={explode}></b>",
    "spread": lambda: t"<b {explode}></b>",
    "property": lambda: t"<b prop:x={explode}></b>",
    "control": lambda: t"<input bind:value={(explode, print)}>",
    "callable": lambda: explode,
    "list": lambda: [t"<i>1</i>", explode],
    "for": lambda: For(explode, children=lambda item: item),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("make", PLACES.values(), ids=PLACES)
def test_a_live_place_that_fails_at_first_stays_empty(
    page: FakePage, make: Callable[[], object]
) -> None:
    """E1: as it would after a change; the component around it stands."""

    @component
    def App() -> object:
        return t"<main>{make()}</main><p>{count}</p>"

    count = Signal(1)
    mounted = mount(App())
    count.set(2)

    assert page.body.inner_html().endswith("</main><p>2</p>")
    assert len(page.reports) == 1
    assert page.reports[0].startswith("ValueError: oh")
    assert "In: App" in page.reports[0]
    assert f"{__file__}:" in page.reports[0]
    mounted.unmount()
    assert is_clean(page)


def test_a_live_place_recovers(show: Run) -> None:
    divisor = Signal(0)
    page = show(t"<p title={(lambda: 6 // divisor())}>{(lambda: 6 // divisor())}</p>")

    assert page.body.inner_html() == "<p></p>"
    divisor.set(3)

    assert page.body.inner_html() == '<p title="2">2</p>'
    assert len(page.reports) == 2


BROKEN: dict[str, Callable[[], object]] = PLACES | {
    "spread of no dict": lambda: t"<b {3}></b>",
    "hole of no view": lambda: t"<b>{object()}</b>",
    "no view": lambda: object(),
    "row": lambda: For([1], children=lambda item: explode()),
    "row's hole": lambda: For([1], children=lambda item: t"<i>{explode}</i>"),
    "row's memo": lambda: For([1], children=lambda item: t"<i>{memo(explode)}</i>"),
}
AROUND: dict[str, Callable[[object], object]] = {
    "boundary": lambda view: view,
    "show": lambda view: Show(when=True, children=view),
    "live show": lambda view: Show(when=lambda: True, children=view),
    "fallback of show": lambda view: Show(when=lambda: False, fallback=view),
    "row": lambda view: For([1], children=lambda item: view),
    "live rows": lambda view: For(lambda: [1], children=lambda item: t"<i>{view}</i>"),
    "portal": lambda view: Portal(children=view),
    "switch": lambda view: Switch(children=[Match(when=True, children=view)]),
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_a_boundary_takes_what_fails_at_first_in_any_child(
    page: FakePage, make: Callable[[], object], around: Callable[[object], object]
) -> None:
    """E1: the boundary shows, what stands beside lives on, and the console tells of it once."""
    count = Signal(1)
    mounted = mount(
        t"<p>{count}</p>{ErrorBoundary(lambda error: t'<u>{error!s}</u>', around(make()))}"
    )
    count.set(2)

    assert page.body.inner_html().startswith("<p>2</p><u>")
    assert page.reports == []
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("An ErrorBoundary shows its fallback, because of\n")
    mounted.unmount()
    assert is_clean(page)


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_reset_builds_the_children_anew(show: Run, around: Callable[[object], object]) -> None:
    works = Signal(False)
    resets: list[Callable[[], None]] = []

    def fallback(error: Exception, reset: Callable[[], None]) -> object:
        resets.append(reset)
        return t"<u>{error!s}</u>"

    def divide() -> object:
        return "fine" if works.peek() else explode()

    page = show(ErrorBoundary(fallback, around(t"<b>{divide}</b>")))
    resets[-1]()
    again = page.body.inner_html()
    works.set(True)
    resets[-1]()

    assert again == "<u>oh</u>"
    assert "<b>fine</b>" in page.body.inner_html()
    assert page.reports == []


def test_a_second_error_before_the_fallback_stands_is_told_and_stays_inside(show: Run) -> None:
    """It is no error of the fallback, so it is not for the boundary further out."""

    def other() -> object:
        raise KeyError("other")

    inner = ErrorBoundary(lambda error: t"<u>{error!s}</u>", t"<b>{explode}</b><i>{other}</i>")
    page = show(ErrorBoundary("outer", t"<p>{inner}</p>"))

    assert page.body.inner_html() == "<p><u>oh</u></p>"
    assert [report.partition("\n")[0] for report in page.reports] == ["KeyError: 'other'"]


def test_an_error_of_the_fallback_goes_further_out(show: Run) -> None:
    inner = ErrorBoundary(fallback=lambda: explode(), children=t"<b>{explode}</b>")
    page = show(ErrorBoundary(fallback=lambda error: t"<u>{error!s}</u>", children=inner))

    assert page.body.inner_html() == "<u>oh</u>"
    assert len(page.warnings) == 2
    assert page.reports == []


def test_an_error_that_a_memo_keeps_is_told_once_until_it_is_computed_again(show: Run) -> None:
    """E1: a hundred places may read it."""
    divisor = Signal(0)
    share = memo(lambda: 6 // divisor())
    page = show(t"<p title={share}>{share}</p>{[share for _ in range(5)]}")

    assert len(page.reports) == 1
    divisor.set(0)
    assert len(page.reports) == 2
    divisor.set(3)
    assert page.body.inner_html() == '<p title="2">2</p>22222'


def test_the_path_of_an_error_is_short(page: FakePage) -> None:
    @component
    def Deep(n: int) -> object:
        return Deep(n - 1) if n else explode()

    mount(Deep(30))

    path = "In: Deep > Deep > Deep > … 25 more … > Deep > Deep > Deep"
    assert path in page.reports[0].split("\n")


# Without an end


@component
def Endless(depth: int = 0) -> object:
    return t"<i>{Endless(depth + 1)}</i>"


@component
def Wide() -> object:
    return t"<i><{Wide} /></i><b><{Wide} /></b>"


@component
def Rows() -> object:
    return For(
        [1, 2, 3], key=lambda n: n, children=lambda n: t"<li on:click={explode}><{Rows} /></li>"
    )


def themselves() -> object:
    return [themselves, themselves]


# Pyodide's stack ends where something much deeper than this is freed, by no fault of ours.
DEEP = 600 if sys.platform == "emscripten" else 200_000


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value, value]
    return value


def nested_templates(depth: int) -> object:
    value: object = "end"
    for _ in range(depth):
        value = t"<i>{value}{value}</i>"
    return value


ENDLESS: dict[str, Callable[[], object]] = {
    "component": Endless,
    "two components": Wide,
    "rows": Rows,
    "callable": lambda: themselves,
    "list": lambda: nested(DEEP),
    "templates": lambda: nested_templates(DEEP),
}


@pytest.mark.parametrize("make", ENDLESS.values(), ids=ENDLESS)
def test_views_without_an_end_are_refused_and_nothing_is_left(
    page: FakePage, make: Callable[[], object]
) -> None:
    """E2: at once, also where each holds two more, and what was built is freed."""
    with pytest.raises(DepthError):
        mount(make())

    assert is_clean(page)
    assert page.reports == []


@pytest.mark.parametrize("make", ENDLESS.values(), ids=ENDLESS)
def test_a_boundary_takes_views_without_an_end(page: FakePage, make: Callable[[], object]) -> None:
    """E2"""
    count = Signal(1)
    boundary = ErrorBoundary(lambda error: t"<u>{type(error).__name__}</u>", t"<p>{make()}</p>")
    mounted = mount(t"<p>{count}</p>{boundary}")
    count.set(2)

    assert page.body.inner_html() == "<p>2</p><u>DepthError</u>"
    assert len(page.warnings) == 1
    mounted.unmount()
    assert is_clean(page)


@pytest.mark.parametrize("make", ENDLESS.values(), ids=ENDLESS)
def test_a_place_that_turns_to_views_without_an_end_is_emptied(
    page: FakePage, make: Callable[[], object]
) -> None:
    """E2"""
    choice = Signal(0)
    view = [t"<b>1</b>", make(), t"<b>2</b>"]
    mounted = mount(t"<p>{choice}</p><main>{(lambda: view[choice()])}</main>")
    choice.set(1)

    assert page.body.inner_html() == "<p>1</p><main></main>"
    assert len(page.reports) == 1
    choice.set(2)
    assert page.body.inner_html() == "<p>2</p><main><b>2</b></main>"
    mounted.unmount()
    assert is_clean(page)


@pytest.mark.parametrize("change", [[1, 2, 9], [9, 1, 2], [2, 9, 1], [9], [2, 1, 3, 9]])
def test_a_list_whose_row_has_no_end_is_emptied_and_lives_on(show: Run, change: list[int]) -> None:
    """E2"""
    items = Signal([1, 2, 3])

    def row(item: int) -> object:
        return t"<li>{Wide() if item == 9 else item}</li>"

    page = show(t"<ul>{For(items, key=lambda item: item, children=row)}</ul><p>{items!s}</p>")
    items.set(change)

    assert page.body.inner_html() == f"<ul></ul><p>{change}</p>"
    assert len(page.reports) == 1
    items.set([2, 1])
    assert page.body.inner_html() == "<ul><li>2</li><li>1</li></ul><p>[2, 1]</p>"


def test_a_row_that_has_no_end_after_a_change_empties_the_list(show: Run) -> None:
    items = Signal([(1, "a"), (2, "b")])

    def row(item: tuple[int, str]) -> object:
        return t"<li>{Wide() if item[1] == '!' else item[1]}</li>"

    page = show(For(items, key=lambda item: item[0], children=row))
    items.set([(1, "c"), (2, "!")])

    assert page.body.inner_html() == ""
    items.set([(2, "b")])
    assert page.body.inner_html() == "<li>b</li>"


def test_a_handler_of_its_own_takes_an_exhausted_stack(page: FakePage) -> None:
    told: list[BaseException] = []

    @component
    def Guard() -> object:
        owner = current_owner()
        assert owner is not None
        owner.error_handler = told.append
        return lambda: Endless()

    mount(t"<p>{Guard()}</p>")

    assert page.body.inner_html() == "<p></p>"
    assert [type(error) for error in told] == [DepthError]


def test_frames_that_repeat_are_told_once(show: Run) -> None:
    def one(number: int) -> int:
        return other(number) if number else 1 // number

    def other(number: int) -> int:
        return one(number - 1)

    page = show(t"<p title={(lambda: one(100))}></p>")

    frames = [line for line in page.reports[0].splitlines() if line.startswith("  ")]
    assert len(frames) == 4
    assert frames[-1] == "  … 199 more of these"
