"""Owners: C25, C26, S16, S40, S50 to S53, S55, S56, S60."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer.errors import NoOwnerError
from gossamer.reactive import (
    Owner,
    Signal,
    batch,
    current_owner,
    effect,
    memo,
    on_cleanup,
    provide_context,
    render_effect,
    set_error_reporter,
    untrack,
    use_context,
)
from gossamer.reactive.owners import CURRENT, captured_owner

type Run = Callable[[Coroutine[Any, Any, None]], None]


def test_children_go_first_then_cleanups_in_order_of_registration() -> None:
    """S51, C25."""
    log: list[str] = []
    root = Owner(None)
    with root:
        on_cleanup(lambda: log.append("root 1"))
        with Owner():
            on_cleanup(lambda: log.append("a 1"))
            with Owner():
                on_cleanup(lambda: log.append("a.a"))
            on_cleanup(lambda: log.append("a 2"))
        with Owner():
            on_cleanup(lambda: log.append("b"))
        on_cleanup(lambda: log.append("root 2"))

    root.dispose()
    root.dispose()

    assert log == ["a.a", "a 1", "a 2", "b", "root 1", "root 2"]


def test_effect_cleans_up_before_it_runs_again_and_at_its_end() -> None:
    """S52, C25."""
    count = Signal(0)
    log: list[str] = []

    @effect
    def run() -> None:
        value = count()
        log.append(f"run {value}")
        on_cleanup(lambda: log.append(f"cleanup {value}"))

    count.set(1)
    run.dispose()

    assert log == ["run 0", "cleanup 0", "run 1", "cleanup 1"]


def test_contexts_survive_the_run_that_provided_them() -> None:
    """S52."""
    count = Signal(0)
    seen: list[object] = []

    def run() -> None:
        seen.append(use_context("first"))
        if count() == 0:
            provide_context("first", "kept")

    effect(run)
    count.set(1)

    assert seen == [None, "kept"]


def test_cleanup_may_dispose_and_register() -> None:
    """S53."""
    log: list[str] = []
    root = Owner(None)
    with root:
        first = Owner()
        first.on_cleanup(lambda: (log.append("first"), second.dispose(), root.dispose()))
        second = Owner()
        second.on_cleanup(lambda: log.append("second"))

    def register() -> None:
        log.append("root")
        on_cleanup(lambda: log.append("registered in a cleanup"))

    root.on_cleanup(register)
    root.dispose()

    assert log == ["first", "second", "root", "registered in a cleanup"]


def test_cleanup_registered_after_the_end_runs_at_once() -> None:
    """S53: or it would leak what it should free."""
    log: list[str] = []
    root = Owner(None)
    root.dispose()

    with root:
        on_cleanup(lambda: log.append("late"))

    assert log == ["late"]


def test_owner_made_by_a_cleanup_of_a_run_is_kept() -> None:
    """S53."""
    log: list[str] = []
    root = Owner(None)
    root.on_cleanup(lambda: Owner().on_cleanup(lambda: log.append("child of the cleanup")))

    root.reset()
    assert log == []
    root.dispose()

    assert log == ["child of the cleanup"]


def test_every_cleanup_runs_though_one_raises() -> None:
    """Errors are raised when all is done."""
    log: list[str] = []
    root = Owner(None)
    with root, Owner():
        on_cleanup(lambda: log.append("child"))
        on_cleanup(lambda: 1 // 0)
    root.on_cleanup(lambda: log.append("root"))

    with pytest.raises(ZeroDivisionError):
        root.dispose()

    assert log == ["child", "root"]


def test_cleanup_error_goes_to_the_handler_above_what_ends() -> None:
    """The handler inside is going too, so it is not asked."""
    caught: list[str] = []
    root = Owner(None)
    root.error_handler = lambda error: caught.append(f"root {error}")
    with root:
        boundary = Owner()
    boundary.error_handler = lambda error: caught.append("inside")
    boundary.on_cleanup(lambda: 1 // 0)

    boundary.dispose()

    assert caught == ["root division by zero"]


def test_cleanup_error_of_a_run_goes_to_the_effects_own_handler() -> None:
    caught: list[str] = []
    count = Signal(0)
    owner = Owner(None)
    owner.error_handler = lambda error: caught.append(type(error).__name__)
    with owner:
        render_effect(lambda: (count(), on_cleanup(lambda: 1 // 0)))

    count.set(1)

    assert caught == ["ZeroDivisionError"]


def test_cleanups_run_untracked_and_as_one_batch() -> None:
    """S16."""
    count, other = Signal(0), Signal(0)
    seen: list[tuple[int, int]] = []
    runs: list[int] = []
    effect(lambda: seen.append((count(), other())))

    def cleanup() -> None:
        count.set(other() + 1)
        other.set(5)

    def run() -> None:
        runs.append(count())
        on_cleanup(cleanup)

    owner = Owner(None)
    with owner:
        effect(run)
    owner.dispose()

    assert seen == [(0, 0), (1, 5)]
    assert runs == [0]


def test_reset_keeps_the_owner_and_its_contexts() -> None:
    log: list[str] = []
    owner = Owner(None)
    with owner:
        provide_context("user", "Ada")
        child = Owner()
        on_cleanup(lambda: log.append("cleanup"))

    owner.reset()
    owner.reset()

    assert log == ["cleanup"]
    assert child.is_disposed
    assert not owner.is_disposed
    with owner:
        assert use_context("user") == "Ada"


def test_with_makes_an_owner_current() -> None:
    """C26."""
    outer, inner = Owner(None), Owner(None)

    assert current_owner() is None
    with outer:
        assert current_owner() is outer
        with inner:
            assert current_owner() is inner
        assert current_owner() is outer
        with outer:
            assert Owner().parent is outer
    assert current_owner() is None


def test_with_inside_a_section() -> None:
    """C26: an effect is a section; what it enters is left again."""
    other = Owner(None)
    seen: list[object] = []

    @effect
    def run() -> None:
        seen.append(current_owner())
        with other:
            seen.append(current_owner())
            with Owner() as child:
                seen.append(current_owner() is child)
        seen.append(current_owner())

    assert seen == [run, other, True, run]


def test_with_is_left_when_its_body_raises() -> None:
    owner = Owner(None)

    with pytest.raises(KeyError), owner:
        raise KeyError

    assert current_owner() is None


def test_run_is_an_untracked_section_of_the_owner() -> None:
    """S56: how a handler is called."""
    count = Signal(1)
    owner = Owner(None)
    seen: list[object] = []

    @effect
    def run() -> None:
        seen.append(owner.run(lambda factor: (current_owner(), count() * factor), 2))

    count.set(2)

    assert seen == [(owner, 2)]
    with pytest.raises(ZeroDivisionError):
        owner.run(lambda: 1 // 0)
    assert current_owner() is None


def test_parent_and_name() -> None:
    """C26."""
    root = Owner(None)
    root.name = "App"
    child = Owner(root)

    assert child.parent is root
    assert repr(root) == "Owner('App')"
    assert repr(child) == "Owner()"
    assert repr(CURRENT) == "the current owner"
    child.dispose()
    assert child.parent is None
    assert root.children == {}


def test_owner_does_not_end_when_it_is_dropped() -> None:
    """S55: other than in Leptos, nothing ends by being forgotten; who made it disposes of it."""
    count = Signal(0)
    seen: list[int] = []
    with Owner(None):
        effect(lambda: seen.append(count()))

    count.set(1)

    assert seen == [0, 1]


def test_child_of_a_disposed_owner_is_disposed() -> None:
    root = Owner(None)
    root.dispose()

    with root:
        child = Owner()

    assert child.is_disposed
    assert child.parent is None


def test_cleanup_without_an_owner_is_an_error() -> None:
    with pytest.raises(NoOwnerError, match="on_cleanup"):
        on_cleanup(lambda: None)


def test_on_cleanup_is_a_decorator() -> None:
    log: list[str] = []
    owner = Owner(None)
    with owner:

        @on_cleanup
        def leave() -> None:
            log.append("left")

    leave()
    owner.dispose()

    assert log == ["left", "left"]


def test_effect_in_an_untracked_section_has_the_same_owner() -> None:
    """S16."""
    owner = Owner(None)
    with owner:
        made = untrack(lambda: effect(lambda: None))

    assert made.parent is owner


def test_memo_has_an_owner_of_its_own_only_when_it_is_asked_for() -> None:
    root = Owner(None)
    seen: list[object] = []
    with root:
        plain = memo(lambda: seen.append(captured_owner()))
        asking = memo(lambda: (current_owner(), captured_owner()))

    plain()
    first, second = asking()

    assert seen == [root]
    assert plain.own is None
    assert first is second is asking.own
    assert first is not None
    assert first.parent is root


def test_error_goes_to_the_nearest_handler() -> None:
    caught: list[str] = []
    root, middle = Owner(None), None
    root.error_handler = lambda error: caught.append(f"root {error}")
    with root, Owner() as middle, Owner() as leaf:
        pass
    middle.error_handler = lambda error: caught.append(f"middle {error}")

    leaf.handle_error(ValueError("x"))
    root.handle_error(ValueError("y"))

    assert caught == ["middle x", "root y"]


def test_handler_that_raises_passes_the_error_on() -> None:
    caught: list[str] = []
    root = Owner(None)
    root.error_handler = lambda error: caught.append(f"root {error}")
    with root, Owner() as middle:
        pass

    def refuse(error: Exception) -> None:
        raise KeyError("handler") from error

    middle.error_handler = refuse
    middle.handle_error(ValueError("x"))

    assert caught == ["root 'handler'"]


def test_handler_runs_under_its_owner() -> None:
    seen: list[object] = []
    root = Owner(None)
    root.error_handler = lambda _error: seen.append(current_owner())

    root.handle_error(ValueError())

    assert seen == [root]


def test_error_without_handler_or_reporter_is_raised() -> None:
    with pytest.raises(ValueError, match="x"):
        Owner(None).handle_error(ValueError("x"))


def test_error_in_a_batch_is_raised_at_its_end() -> None:
    log: list[str] = []
    with pytest.raises(ValueError, match="x"), batch():
        Owner(None).handle_error(ValueError("x"))
        log.append("went on")

    assert log == ["went on"]


def test_error_of_an_effect_that_disposed_of_itself_goes_up() -> None:
    caught: list[str] = []
    count = Signal(0)
    root = Owner(None)
    root.error_handler = lambda error: caught.append(type(error).__name__)

    def run() -> None:
        if count():
            made.dispose()
            raise KeyError

    with root, batch():
        made = effect(run)
    count.set(1)

    assert caught == ["KeyError"]


def test_first_run_of_a_render_effect_raises_to_the_caller() -> None:
    """Nothing remains of it."""
    count = Signal(0)
    caught: list[Exception] = []
    owner = Owner(None)
    owner.error_handler = caught.append

    with owner, pytest.raises(ZeroDivisionError):
        render_effect(lambda: 1 // count())

    assert caught == []
    assert count.subs is None
    assert not owner.children


def test_request_owner_leaves_nothing_behind() -> None:
    """S60: one root owner per request, ended by force."""
    root = Owner(None)
    with root:
        provide_context("root", root)
        memo(lambda: 1)()
        effect(lambda: None)

    root.dispose()

    assert root.children is None
    assert root.contexts is None
    assert root.cleanups is None


def test_owner_is_isolated_between_tasks(run_async: Run) -> None:
    """Plain tasks: each sees what it entered, and children inherit."""
    seen: dict[str, list[object]] = {}

    async def work(name: str, owner: Owner) -> None:
        mine = seen[name] = []
        with owner:
            for _ in range(5):
                await asyncio.sleep(0)
                mine.append(current_owner())
            child = asyncio.create_task(inherit(mine))
            await child
        mine.append(current_owner())

    async def inherit(mine: list[object]) -> None:
        await asyncio.sleep(0)
        mine.append(current_owner())

    owners = {name: Owner(None) for name in "abc"}

    async def main() -> None:
        tasks = [asyncio.create_task(work(name, owner)) for name, owner in owners.items()]
        for task in tasks:
            await task

    run_async(main())

    assert seen == {name: [owner] * 6 + [None] for name, owner in owners.items()}


def test_one_owner_entered_by_two_tasks(run_async: Run) -> None:
    owner, other = Owner(None), Owner(None)
    seen: list[object] = []

    async def work(turns: int) -> None:
        with other, owner:
            for _ in range(turns):
                await asyncio.sleep(0)
            seen.append(current_owner())
        seen.append(current_owner())

    async def main() -> None:
        tasks = [asyncio.create_task(work(turns)) for turns in (1, 4, 2)]
        for task in tasks:
            await task

    run_async(main())

    assert seen == [owner, None] * 3


def test_effect_in_a_task_does_not_disturb_others(run_async: Run) -> None:
    """A section never spans an await."""
    count = Signal(0)
    seen: list[object] = []
    owners: list[object] = []

    async def writer() -> None:
        for value in range(3):
            count.set(value)
            await asyncio.sleep(0)

    async def reader(owner: Owner) -> None:
        with owner:
            for _ in range(5):
                owners.append(current_owner())
                await asyncio.sleep(0)

    async def main(owner: Owner) -> None:
        effect(lambda: seen.append((count(), current_owner())))
        for task in [asyncio.create_task(writer()), asyncio.create_task(reader(owner))]:
            await task

    owner = Owner(None)
    run_async(main(owner))

    assert owners == [owner] * 5
    assert all(found is not owner for _, found in seen)  # type: ignore[misc, has-type] # pairs


def test_reporter_is_told_which_owner() -> None:
    told: list[tuple[str, Owner | None]] = []
    set_error_reporter(lambda error, owner: told.append((str(error), owner)))
    root = Owner(None)
    root.on_cleanup(lambda: 1 // 0)
    child = Owner(root)
    child.on_cleanup(lambda: 1 // 0)

    child.dispose()
    root.dispose()

    assert [owner for _, owner in told] == [root, root]
