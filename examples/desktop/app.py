"""A thermostat in a window of the terminal: the reactive core without a page."""

from gossamer.reactive import Owner, effect, memo, set_scheduler, store
from textual.app import App
from textual.containers import Vertical
from textual.widgets import Footer, Label


class Thermostat:
    """What the window shows: it knows nothing of windows."""

    def __init__(self):
        self.state = store({"room": 18.0, "wanted": 20.0, "unit": "C"})
        self.is_heating = memo(lambda: self.state.room() < self.state.wanted())

    def warmer(self):
        self.state.wanted.update(lambda degrees: degrees + 1)

    def colder(self):
        self.state.wanted.update(lambda degrees: degrees - 1)

    def open_window(self):
        self.state.room.update(lambda degrees: degrees - 5)

    def turn_unit(self):
        self.state.unit.update(lambda unit: "F" if unit == "C" else "C")

    def in_unit(self, degrees: float) -> str:
        if self.state.unit() == "F":
            return f"{degrees * 9 / 5 + 32:.0f} °F"
        return f"{degrees:.0f} °C"


class Window(App):
    """The widgets; after the first line of `on_mount` effects run when Textual is idle."""

    CSS = "Vertical { align: center middle; } Label { margin: 1; }"
    BINDINGS = (
        ("up", "tell('warmer')", "Warmer"),
        ("down", "tell('colder')", "Colder"),
        ("o", "tell('open_window')", "Open the window"),
        ("u", "tell('turn_unit')", "°C or °F"),
        ("q", "quit", "Quit"),
    )

    def __init__(self, model: Thermostat):
        super().__init__()
        self.model = model
        self.owner = Owner(None)

    def compose(self):
        with Vertical():
            yield Label(id="room")
            yield Label(id="wanted")
            yield Label(id="heating")
        yield Footer()

    def on_mount(self):
        set_scheduler(self.call_later)  # with Tk: set_scheduler(root.after_idle)
        model, state = self.model, self.model.state
        with self.owner:
            self.show("#room", lambda: f"Room: {model.in_unit(state.room())}")
            self.show("#wanted", lambda: f"Wanted: {model.in_unit(state.wanted())}")
            self.show("#heating", lambda: "Heating" if model.is_heating() else "Resting")

    def show(self, selector: str, text):
        """Keep a label in step with a text, until the window closes."""
        label = self.query_one(selector, Label)
        effect(lambda: label.update(text()))

    def on_unmount(self):
        self.owner.dispose()
        set_scheduler(None)

    def action_tell(self, what: str):
        getattr(self.model, what)()


if __name__ == "__main__":
    Window(Thermostat()).run()
