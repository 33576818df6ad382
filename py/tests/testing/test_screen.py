"""A screen over time: tasks, waiting, what is reported, and what is left at the end."""

import asyncio
import gc
import weakref
from collections.abc import Callable

import pytest
from gossamer import Signal, component, effect, on_cleanup, spawn, tick
from gossamer.errors import ReportedError, TemplateSyntaxError, WaitError
from gossamer.testing import Screen, render, wait_for
from gossamer.testing.screen import check_reports


@component
def Profile(steps: int = 3) -> object:
    name = Signal("")

    async def load() -> None:
        for _ in range(steps):
            await asyncio.sleep(0)
        name.set("Ada")

    return t"<button on:click={load}>Load</button><p>{name}</p>"


def test_a_plain_test_waits_for_a_task() -> None:
    with render(Profile()) as screen:
        screen.get_by_role("button").click()
        before = screen.get_by_text("Ada").count()
        screen.get_by_text("Ada").wait_for()

        assert (before, screen.get_by_text("Ada").count()) == (0, 1)


def test_a_handler_that_waits_for_nothing_is_done_with_the_click() -> None:
    with render(Profile(steps=0)) as screen:
        screen.get_by_role("button").click()

        assert screen.get_by_text("Ada").is_visible()


def test_a_task_may_start_with_the_view() -> None:
    @component
    def Clock() -> object:
        told = Signal("early")

        async def move() -> None:
            told.set("late")

        spawn(move())
        return t"<p>{told}</p>"

    with render(Clock()) as screen:
        assert screen.get_by_role("paragraph").inner_text() == "late"


def test_a_write_of_the_test_itself_may_start_a_task() -> None:
    number, told = Signal(0), Signal("")

    async def load() -> None:
        await asyncio.sleep(0)
        told.set(f"row {number()}")

    @component
    def Row() -> object:
        effect(lambda: spawn(load()) if number() else None)
        return t"<p>{told}</p>"

    with render(Row()) as screen:
        number.set(7)
        screen.get_by_text("row 7").wait_for()


def test_an_async_test_awaits() -> None:
    async def main() -> list[int]:
        with render(Profile()) as screen:
            found = screen.get_by_text("Ada")
            screen.get_by_role("button").click()
            counts = [found.count()]
            await tick()
            await wait_for(found.is_visible)
            return [*counts, found.count()]

    assert asyncio.run(main()) == [0, 1]


def test_an_async_test_is_told_to_await() -> None:
    async def main() -> None:
        with render(t"<p>a</p>") as screen:
            screen.get_by_text("a").wait_for()

    with pytest.raises(WaitError, match="Write `await wait_for"):
        asyncio.run(main())


@pytest.mark.parametrize(
    ("state", "markup"),
    [
        ("visible", t"<p>a</p>"),
        ("attached", t"<p hidden>a</p>"),
        ("hidden", t"<p hidden>a</p>"),
        ("hidden", t"<i>b</i>"),
        ("detached", t"<i>b</i>"),
    ],
)
def test_a_locator_waits_for_a_state(state: str, markup: object) -> None:
    with render(markup) as screen:
        screen.get_by_text("a").wait_for(state=state)


def test_waiting_ends_with_an_error_that_shows_the_page() -> None:
    with render(t"<p>Loading</p>") as screen, pytest.raises(WaitError) as caught:
        screen.get_by_role("alert").wait_for(timeout=5)

    assert str(caught.value) == (
        "Waited 5 ms for get_by_role('alert') to be visible.\n"
        "Why: It did not come true. There is\n  <p>Loading</p>\n"
        "Fix: Look whether the task was started, or wait for something else."
    )


def test_waiting_in_vain_tells_what_was_reported() -> None:
    with (
        pytest.raises(WaitError) as caught,
        render(t"<button on:click={fail}>a</button>") as screen,
    ):
        screen.get_by_role("button").click()
        screen.get_by_role("alert").wait_for(timeout=1)

    assert "\nThe page reported: ValueError: the disk is full\n" in str(caught.value)


def test_what_cannot_be_shown_leaves_nothing_behind() -> None:
    with pytest.raises(TemplateSyntaxError):
        render(t"<p")

    seen: list[int] = []
    number = Signal(1)
    follower = effect(lambda: seen.append(number()))
    number.set(2)
    follower.dispose()

    assert seen == [1, 2]


def test_a_condition_is_named_when_it_does_not_come() -> None:
    def something_comes() -> bool:
        return False

    with Screen() as screen, pytest.raises(WaitError, match="for something_comes"):
        screen.wait_for(something_comes, timeout=1)


def test_what_a_condition_raises_comes_through() -> None:
    with Screen() as screen, pytest.raises(ZeroDivisionError):
        screen.wait_for(lambda: 1 / 0)


def fail() -> None:
    raise ValueError("the disk is full")


def test_an_error_that_nobody_takes_fails_at_the_end() -> None:
    with (
        pytest.raises(ReportedError) as caught,
        render(t"<button on:click={fail}>a</button>") as screen,
    ):
        screen.get_by_role("button").click()

    assert str(caught.value).startswith(
        "The page reported an error.\nWhy: ValueError: the disk is full"
    )


def test_an_error_in_a_task_fails_at_the_end() -> None:
    async def fail_later() -> None:
        await asyncio.sleep(0)
        fail()

    with (
        pytest.raises(ReportedError, match="the disk is full"),
        render(t"<button on:click={fail_later}>a</button>") as screen,
    ):
        screen.get_by_role("button").click()
        screen.wait_for(lambda: screen.reports)


def test_a_failing_test_tells_what_was_reported() -> None:
    with pytest.raises(KeyError) as caught, render(t"<button on:click={fail}>a</button>") as screen:
        screen.get_by_role("button").click()
        raise KeyError

    assert caught.value.__notes__[0].startswith("The page reported: ValueError: the disk is full")


@pytest.mark.parametrize(
    ("reports", "expected", "left"),
    [
        ([], [], ""),
        (["a disk is full"], ["disk"], ""),
        (["a disk is full", "b"], ["disk"], "The page reported an error.\nWhy: b\n"),
        (["a", "b"], [], "The page reported 2 errors.\nWhy: a\nb\n"),
    ],
)
def test_what_is_expected_is_not_told(reports: list[str], expected: list[str], left: str) -> None:
    try:
        check_reports(reports, expected)
        told = ""
    except ReportedError as error:
        told = str(error)

    assert told.startswith(left)
    assert bool(told) is bool(left)


def test_the_end_takes_all_away() -> None:
    ended: list[str] = []
    tasks: list[asyncio.Task[None]] = []

    @component
    def Kept() -> object:
        on_cleanup(lambda: ended.append("view"))
        tasks.append(spawn(asyncio.sleep(3600)))
        return t"<p>a</p>"

    with render(Kept()) as screen:
        page = screen.page

    assert (ended, page.body.inner_html(), page.nodes) == (["view"], "", {})
    assert tasks[0].cancelled()


def test_a_task_of_nobody_ends_as_well() -> None:
    tasks: list[asyncio.Task[None]] = []

    def start() -> None:
        tasks.append(asyncio.get_running_loop().create_task(asyncio.sleep(3600)))

    with render(t"<button on:click={start}>a</button>") as screen:
        screen.get_by_role("button").click()

    assert tasks[0].cancelled()


def test_nothing_holds_a_screen_that_has_ended() -> None:
    with render(t"<p>a</p>") as screen:
        gone = weakref.ref(screen)

    del screen
    gc.collect()

    assert gone() is None


def test_a_screen_takes_more_than_one_view() -> None:
    with render(t"<main id='place'></main>") as screen:
        shown = screen.mount(t"<p>a</p>", "place")
        inside = screen.get_by_role("main").get_by_text("a")
        before = inside.count()
        shown.unmount()

        assert (before, inside.count()) == (1, 0)


def test_a_screen_shows_itself() -> None:
    with render(t"<p>a</p>") as screen:
        assert repr(screen) == "<Screen\n<p>a</p>>"


def test_the_fixture_ends_what_it_shows(render: Callable[[object], Screen]) -> None:
    screen = render(t"<p>a</p>")

    assert render(t"<p>b</p>") is screen
    assert screen.get_by_role("paragraph").all_inner_texts() == ["a", "b"]
