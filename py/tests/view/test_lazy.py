"""lazy: components that are imported when they are first shown."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from gossamer import ErrorBoundary, Provider, Show, Signal, Suspense, lazy, tick
from gossamer.errors import LazyError, PropError
from gossamer.testing.page import FakePage
from gossamer.view.lazy import BRING

type Run = Callable[[Coroutine[Any, Any, None]], None]
type Mount = Callable[[object], FakePage]

SOURCE = """
from gossamer import component
@component
def Card(title, children=None):
    return t"<b>{title} {children}</b>"
number = 5
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of modules; what is imported from it is forgotten."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_it_is_imported_when_it_is_first_shown(show: Mount, folder: Path) -> None:
    (folder / "lazy_card.py").write_text(SOURCE)
    Card = lazy("lazy_card:Card")
    is_open = Signal(False)
    page = show(
        t"<{Show} when={is_open}><{Card} title='One'>two</{Card}>{Card(title='Three')}</{Show}>"
    )
    assert "lazy_card" not in sys.modules

    is_open.set(True)

    assert page.body.inner_html() == "<b>One two</b><b>Three </b>"


def test_the_boundary_waits_while_the_module_is_brought(
    show: Mount, run_timed: Run, folder: Path
) -> None:
    asked: list[str] = []

    async def bring(module: str, _wheels: tuple[str, ...]) -> None:
        asked.append(module)
        await asyncio.sleep(1)
        (folder / "lazy_far.py").write_text(SOURCE)

    async def main() -> None:
        Card = lazy("lazy_far:Card")
        page = show(
            t"""<{Provider} key={BRING} value={bring}><{Suspense} fallback="…"><{Card} title="One" /></{Suspense}></{Provider}>"""
        )
        assert page.body.inner_html() == "…"
        await asyncio.sleep(1)
        await tick()
        assert page.body.inner_html() == "<b>One </b>"
        assert Card.load() is None
        assert asked == ["lazy_far"]

    run_timed(main())


def test_what_cannot_be_brought_reaches_the_boundary(show: Mount, run_timed: Run) -> None:
    async def bring(module: str, _wheels: tuple[str, ...]) -> None:
        raise ConnectionError("offline")

    async def main() -> None:
        Card = lazy("lazy_nowhere.inner:Card")
        page = show(
            t"""<{Provider} key={BRING} value={bring}><{ErrorBoundary} fallback={(lambda error: str(error))}><{Card} /></{ErrorBoundary}></{Provider}>"""
        )
        await asyncio.sleep(1)
        await tick()
        assert page.body.inner_html() == "offline"

    run_timed(main())


def test_without_anybody_to_bring_it_the_import_fails(show: Mount) -> None:
    page = show(ErrorBoundary(lambda error: type(error).__name__, lazy("lazy_nowhere:Card")()))

    assert page.body.text() == "ModuleNotFoundError"


def test_its_props_are_checked_when_it_is_there(show: Mount, folder: Path) -> None:
    (folder / "lazy_props.py").write_text(SOURCE)
    seen: list[Exception] = []
    show(ErrorBoundary(seen.append, lazy("lazy_props:Card")(name="x")))

    assert isinstance(seen[0], PropError)
    assert "Card has no prop `name`" in str(seen[0])


@pytest.mark.parametrize("wanted", ["number", "nothing"])
def test_what_is_no_component_is_refused(show: Mount, folder: Path, wanted: str) -> None:
    (folder / "lazy_wrong.py").write_text(SOURCE)
    seen: list[Exception] = []
    show(ErrorBoundary(seen.append, lazy(f"lazy_wrong:{wanted}")()))

    assert isinstance(seen[0], LazyError)


@pytest.mark.parametrize("place", ["", "module", "module:", ":Name", "module:a.b", "a b"])
def test_a_text_that_names_nothing_is_refused(place: str) -> None:
    with pytest.raises(LazyError):
        lazy(place)


def test_its_props_have_names() -> None:
    with pytest.raises(PropError, match=r"Name the props: Card\(name=…\)"):
        lazy("lazy_card:Card")("One")
