"""Fixtures for all unit tests."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from gossamer import Mounted, mount
from gossamer.reactive import set_error_reporter
from gossamer.testing.connect import connect_page
from gossamer.testing.page import FakePage
from gossamer.testing.plugin import (  # noqa: F401 - as an installed Gossamer gives them
    expected_errors,
    render,
)
from hypothesis import settings

collect_ignore = ["oracle/run_http.py"]  # a program of its own, for a server that runs

settings.register_profile("unit", deadline=None, print_blob=True)  # no test depends on time
settings.load_profile("unit")


@pytest.fixture
def page() -> Iterator[FakePage]:
    """A fresh page that mount() draws into; errors are raised again when the test is over."""
    yield connect_page()
    set_error_reporter(None)


@pytest.fixture
def show(page: FakePage) -> Iterator[Callable[[object], FakePage]]:
    """Mount views into the page; they leave it at the end, and nothing may be left behind."""
    mounted: list[Mounted] = []

    def run(view: object) -> FakePage:
        mounted.append(mount(view))
        return page

    yield run
    for entry in reversed(mounted):
        entry.unmount()
    assert page.body.inner_html() == ""
    assert page.nodes == {}


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop whose clock jumps to the next timer, so that no test waits for time."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = self
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def select(self, timeout: float | None) -> list[object]:
        if timeout is None:
            raise RuntimeError("the loop would wait for ever: nothing is scheduled")
        self._now += timeout
        return []

    def _process_events(self, events: object) -> None: ...

    def _write_to_self(self) -> None: ...


@pytest.fixture
def run_timed() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Run a coroutine to its end, in no time."""
    return lambda coroutine: asyncio.run(coroutine, loop_factory=VirtualLoop)
