"""What every test of the room begins with: no host, no debug mode, nothing queued."""

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from gossamer.reactive import set_debug, set_error_reporter, set_scheduler
from gossamer.reactive.scope import scope


def flush_now(flush: Callable[[], None]) -> None:
    flush()


@pytest.fixture(autouse=True)
def no_host() -> Iterator[None]:
    """Nobody takes errors; a write flushes at once, also where an event loop always runs."""
    set_error_reporter(None)
    set_scheduler(flush_now if sys.platform == "emscripten" else None)
    set_debug(on=False)
    yield
    set_debug(on=False)
    set_scheduler(None)
    set_error_reporter(None)
    assert scope.observer is None
    assert scope.owner is None
    assert scope.held == scope.batches == 0
    assert scope.errors is None
    scope.queue.clear()
    scope.urgent.clear()


@pytest.fixture
def no_gc() -> Iterator[None]:
    """Reference counting alone has to free what is dropped."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def run_async() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Run a coroutine to its end."""
    return asyncio.run
