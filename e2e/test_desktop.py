"""The reactive core alone: a window of Textual follows its signals, without a terminal."""

import asyncio
import importlib.util
from pathlib import Path

import pytest
from gossamer.reactive import set_scheduler
from textual.widgets import Label

APP = Path(__file__).resolve().parent.parent / "examples" / "desktop" / "app.py"


@pytest.fixture
def desktop():
    """The example's module; whatever happens, no window schedules the next test's effects."""
    spec = importlib.util.spec_from_file_location("desktop_app", APP)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    set_scheduler(None)


def run_in(window, steps):
    """Open the window, take the steps, close it."""

    async def main():
        async with window.run_test() as pilot:
            await pilot.pause()
            await steps(pilot)

    asyncio.run(main())


def texts(window):
    return [str(label.content) for label in window.query(Label) if label.id]


def test_keys_change_the_labels(desktop):
    window = desktop.Window(desktop.Thermostat())
    seen = []

    async def steps(pilot):
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


def test_many_writes_are_one_update_of_the_labels_they_concern(desktop, monkeypatch):
    model = desktop.Thermostat()
    window = desktop.Window(model)
    updates = []
    update = Label.update
    monkeypatch.setattr(
        Label, "update", lambda label, text: (updates.append(label.id), update(label, text))
    )

    async def steps(pilot):
        updates.clear()
        for degrees in range(100):
            model.state.room.set(float(degrees))
        assert updates == []
        await pilot.pause()

    run_in(window, steps)

    assert updates == ["room", "heating"]


def test_nothing_follows_the_model_when_the_window_has_closed(desktop):
    model = desktop.Thermostat()
    window = desktop.Window(model)

    async def steps(pilot):
        await pilot.press("up")

    run_in(window, steps)
    model.warmer()

    assert window.owner.is_disposed
    assert model.state.wanted.__field__.subs is None
    assert model.is_heating()
