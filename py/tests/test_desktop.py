"""The reactive core alone: a window of Textual follows its signals, without a terminal."""

import asyncio
import importlib.util
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from gossamer.reactive import set_scheduler
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Label

pytestmark = pytest.mark.cpython("opens a window of the terminal, which a page has not")

PROGRAM = Path(__file__).resolve().parents[2] / "examples" / "desktop" / "app.py"

type Steps = Callable[[Pilot[Any]], Awaitable[None]]


@pytest.fixture
def desktop() -> Iterator[Any]:
    """The example's module; whatever happens, no window schedules the next test's effects."""
    spec = importlib.util.spec_from_file_location("desktop_example", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    set_scheduler(None)


def run_in(window: App[Any], steps: Steps) -> None:
    """Open the window, take the steps, close it."""

    async def main() -> None:
        async with window.run_test() as pilot:
            await pilot.pause()
            await steps(pilot)

    asyncio.run(main())


def texts(window: App[Any]) -> list[str]:
    return [str(label.content) for label in window.query(Label) if label.id]


def test_keys_change_the_labels(desktop: Any) -> None:
    window = desktop.Window(desktop.Thermostat())
    seen: list[list[str]] = []

    async def steps(pilot: Pilot[Any]) -> None:
        seen.append(texts(window))
        for key in ("up", "o", "u", "down"):
            await pilot.press(key)
            await pilot.pause()
            seen.append(texts(window))

    run_in(window, steps)

    assert seen == [
        ["Room: 18 °C", "Wanted: 20 °C", "Heating"],
        ["Room: 18 °C", "Wanted: 21 °C", "Heating"],
        ["Room: 13 °C", "Wanted: 21 °C", "Heating"],
        ["Room: 55 °F", "Wanted: 70 °F", "Heating"],
        ["Room: 55 °F", "Wanted: 68 °F", "Heating"],
    ]


def test_many_writes_are_one_update_of_the_labels_they_concern(
    desktop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = desktop.Thermostat()
    window = desktop.Window(model)
    updates: list[str | None] = []
    update = Label.update

    def note(label: Label, text: str) -> None:
        updates.append(label.id)
        update(label, text)

    monkeypatch.setattr(Label, "update", note)

    async def steps(pilot: Pilot[Any]) -> None:
        updates.clear()
        for degrees in range(100):
            model.state.room.set(float(degrees))
        assert updates == []
        await pilot.pause()

    run_in(window, steps)

    assert updates == ["room", "heating"]


def test_nothing_follows_the_model_when_the_window_has_closed(desktop: Any) -> None:
    model = desktop.Thermostat()
    window = desktop.Window(model)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("up")

    run_in(window, steps)
    model.warmer()

    assert window.owner.is_disposed
    assert model.state.wanted.__field__.subs is None
    assert model.is_heating()
