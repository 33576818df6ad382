"""Data that a build has written down takes the place of what a route would wait for."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer.reactive import tick
from gossamer.router import Outlet, Route, Router, Routes, Visit, use_data
from gossamer.testing.page import FakePage

type Show = Callable[[object], FakePage]
type Run = Callable[[Coroutine[Any, Any, None]], None]

HOME = Route("/", "Home")


def site(loaded: list[str]) -> object:
    """An app whose routes note what they load: outside the tea list, inside one tea."""

    async def load_all() -> str:
        loaded.append("all")
        await asyncio.sleep(0)
        return "loaded"

    async def load_one(visit: Visit) -> str:
        loaded.append(f"{visit.params['id']}{visit.search}")
        await asyncio.sleep(0)
        if visit.params["id"] == "3":
            raise ValueError("no tea")
        return "loaded"

    tea = Route(
        "{id}",
        lambda: t"<i>{use_data()}</i>",
        load=load_one,
        error=lambda error, _retry: str(error),
    )
    teas = Route("/teas", lambda: t"<b>{use_data()}</b><{Outlet} />", tea, load=load_all)
    return Router(Routes([HOME, teas]))


@pytest.mark.parametrize(
    ("address", "built", "loads", "shown"),
    [
        ("/teas/1", '[["all", 0], ["one", 1]]', [], "allone"),
        ("/teas/1", None, ["all", "1"], "loadedloaded"),
        ("/teas/1", '[null, ["one", 1]]', ["all"], "loadedone"),
        ("/teas/1", '[["all", 0]]', ["1"], "allloaded"),
        ("/teas/1?hot", '[["all", 0], ["one", 3]]', ["1?hot"], "allloaded"),
        ("/teas/1?hot", '[["all", 0], ["one", 1]]', [], "allone"),
        ("/teas/3", "[]", ["all", "3"], "loadedno tea"),
    ],
    ids=["all", "nothing", "outer", "inner", "another query", "no query", "an error"],
)
@pytest.mark.parametrize("is_fetched", [False, True], ids=["at hand", "fetched"])
def test_only_what_a_build_has_not_written_down_is_loaded(
    show: Show,
    run_timed: Run,
    page: FakePage,
    address: str,
    built: str | None,
    loads: list[str],
    shown: str,
    is_fetched: bool,
) -> None:
    """G5"""
    loaded: list[str] = []
    page.is_built_beside = is_fetched
    if built is not None:
        page.built[address.partition("?")[0]] = built

    async def main() -> None:
        show(site(loaded))
        page.visit_address(address)
        await asyncio.sleep(2)
        await tick()
        assert page.body.text() == shown
        assert loaded == loads

    run_timed(main())


def test_a_route_that_does_not_wait_is_asked(show: Show, page: FakePage) -> None:
    page.built["/teas"] = '[["built", 0]]'
    show(Router(Routes([HOME, Route("/teas", lambda: use_data(), load=lambda: "fresh")])))

    page.visit_address("/teas")

    assert page.body.text() == "fresh"


def test_what_is_asked_for_once_more_is_loaded_anew(
    show: Show, run_timed: Run, page: FakePage
) -> None:
    retries: list[Callable[[], None]] = []

    async def load() -> str:
        raise ValueError("not now")

    def sorry(_error: Exception, retry: Callable[[], None]) -> str:
        retries.append(retry)
        return "sorry"

    def view() -> object:
        from gossamer.reactive import expect_context
        from gossamer.router.layers import NAVIGATOR

        retries.append(expect_context(NAVIGATOR).retry)
        return use_data()

    page.built["/"] = '[["built", 0]]'

    async def main() -> None:
        from gossamer import component

        show(Router(Routes(Route("/", component(view), load=load, error=sorry))))
        assert page.body.text() == "built"
        retries[0]()
        await asyncio.sleep(1)
        await tick()
        assert page.body.text() == "sorry"

    run_timed(main())
