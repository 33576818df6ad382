"""Contexts: C27, S50, S52, S58, S59."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer.errors import MissingContextError, NoOwnerError
from gossamer.reactive import (
    Context,
    Owner,
    Signal,
    effect,
    expect_context,
    memo,
    on_cleanup,
    provide_context,
    render_effect,
    spawn,
    take_context,
    update_context,
    use_context,
)

type Run = Callable[[Coroutine[Any, Any, None]], None]


class User:
    def __init__(self, name: str) -> None:
        self.name = name


THEME = Context[str]("theme")
SIZE = Context[int]("size", default=3)


@pytest.mark.parametrize("key", [THEME, User, "user"], ids=str)
def test_nearest_provider_wins(key: Any) -> None:
    """S58."""
    with Owner(None):
        provide_context(key, "outer")
        with Owner():
            assert use_context(key) == "outer"
            provide_context(key, "inner")
            assert use_context(key) == expect_context(key) == "inner"
        assert use_context(key) == "outer"


def test_value_alone_is_provided_under_its_type() -> None:
    """S58, C27."""
    ada = User("Ada")
    with Owner(None):
        provide_context(ada)
        assert use_context(User) is ada
        assert expect_context(User) is ada


def test_subclass_is_another_key() -> None:
    """S58: exactly that type."""

    class Admin(User):
        pass

    with Owner(None):
        provide_context(Admin("Ada"))
        assert use_context(User) is None


def test_value_may_be_none() -> None:
    with Owner(None):
        provide_context("user", None)
        assert use_context("user", "default") is None
        assert expect_context("user") is None


def test_default_where_nobody_provides() -> None:
    assert use_context(THEME) is None
    assert use_context(THEME, "light") == "light"
    assert use_context(SIZE) == 3
    assert use_context(SIZE, 5) == 5
    assert expect_context(SIZE) == 3


def test_missing_context_lists_what_is_provided_and_where() -> None:
    with Owner(None) as app:
        app.name = "App"
        provide_context("user", "Ada")
        provide_context(SIZE, 5)
        with Owner() as card:
            card.name = "Card"
            provide_context(User("Ada"))
            with Owner(), pytest.raises(MissingContextError) as caught:
                expect_context(THEME)

    text = str(caught.value)
    assert "No context Context('theme') is provided here." in text
    assert "User (by Card); 'user', Context('size') (by App)" in text


def test_missing_context_where_nothing_is_provided() -> None:
    with pytest.raises(MissingContextError, match="nothing at all"):
        expect_context("user")
    with Owner(None) as owner:
        provide_context("user", "Ada")
        with pytest.raises(MissingContextError, match=r"'user' \(by Owner\)"):
            expect_context(User)
    owner.dispose()


def test_provide_without_an_owner_is_an_error() -> None:
    with pytest.raises(NoOwnerError, match="provide_context"):
        provide_context("user", "Ada")


def test_take_removes_where_it_was_provided() -> None:
    """S58."""
    with Owner(None):
        provide_context("user", "outer")
        with Owner():
            provide_context("user", "inner")
            assert take_context("user") == "inner"
            assert take_context("user") == "outer"
            assert take_context("user") is None


def test_update_replaces_where_it_was_provided() -> None:
    """S58."""
    with Owner(None) as root:
        provide_context("count", 1)
        with Owner():
            assert update_context("count", lambda old: old + 1) == 2
            assert use_context("count") == 2
        with pytest.raises(MissingContextError):
            update_context("other", lambda old: old)

    assert root.contexts == {"count": 2}


def test_context_is_seen_by_later_siblings_of_the_same_owner() -> None:
    """S50: a component has no scope of its own here; `Provider` makes one."""
    seen: list[object] = []
    with Owner(None):
        (lambda: provide_context("user", "Ada"))()
        (lambda: seen.append(use_context("user")))()

    assert seen == ["Ada"]


def test_context_is_found_from_wherever_code_runs(run_async: Run) -> None:
    """S59: effects and their later runs, memos, cleanups, handlers, tasks after an await."""
    count = Signal(0)
    seen: list[tuple[str, object]] = []

    def look(where: str) -> None:
        seen.append((where, use_context("user")))

    async def work() -> None:
        look("task")
        await asyncio.sleep(0)
        look("task after await")

    async def main() -> None:
        owner = Owner(None)
        with owner:
            provide_context("user", "Ada")
            render_effect(lambda: (count(), look("effect"), on_cleanup(lambda: look("cleanup"))))
            reader = memo(lambda: look("memo"))
            spawn(work())
        reader()
        owner.run(look, "handler")
        count.set(1)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        owner.dispose()

    run_async(main())

    assert {value for _, value in seen} == {"Ada"}
    assert {where for where, _ in seen} == {
        "effect",
        "cleanup",
        "memo",
        "handler",
        "task",
        "task after await",
    }


def test_reading_a_context_makes_no_dependency() -> None:
    runs: list[object] = []
    with Owner(None):
        provide_context("user", "Ada")
        effect(lambda: runs.append(use_context("user")))
        provide_context("user", "Grace")

    assert runs == ["Ada"]
