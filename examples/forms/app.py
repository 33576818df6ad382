"""Every control of HTML, bound to a signal, with what Python holds beside it."""

import json
from datetime import date, datetime, time

from gossamer import Signal, component, mount, view, watch


class Trip:
    """What the form is about: one signal for each control."""

    def __init__(self):
        self.name = Signal("Ada")
        self.phone = Signal("0171 555 0199")
        self.wishes = Signal("A window seat.")
        self.motto = Signal("Wind from the west")
        self.guests = Signal(2)
        self.height = Signal(40)
        self.day = Signal(date(2027, 4, 10))
        self.hour = Signal(time(9, 30))
        self.back = Signal(datetime(2027, 4, 12, 18, 0))  # noqa: DTZ001 - local time
        self.month = Signal("2027-04")
        self.week = Signal("2027-W14")
        self.agreed = Signal(True)
        self.extras = Signal({"tent"})
        self.size = Signal("M")
        self.place = Signal("dune")
        self.kites = Signal(["delta"])
        self.colour = Signal("#b3311b")
        self.files = Signal([])
        self.more = Signal(False)

    def change(self):
        """Write to every signal: the controls follow."""
        self.name.set("Grace")
        self.phone.set("0301 234 567")
        self.wishes.set("Two threads,\none of them red.")
        self.motto.set("Light as <silk>")
        self.guests.set(3)
        self.height.set(75)
        self.day.set(date(2027, 10, 1))
        self.hour.set(time(16, 5))
        self.back.set(datetime(2027, 10, 3, 12, 0))  # noqa: DTZ001 - likewise
        self.month.set("2027-10")
        self.week.set("2027-W39")
        self.agreed.set(False)
        self.extras.set({"lamp", "tea"})
        self.size.set("L")
        self.place.set("hill")
        self.kites.set(["box", "sled"])
        self.colour.set("#2f6f8f")
        self.files.set([])
        self.more.set(True)

    def as_json(self) -> str:
        held = {name: signal() for name, signal in vars(self).items()}
        held["extras"] = sorted(held["extras"])
        held["files"] = [file.name for file in held["files"]]
        return json.dumps(held, default=str, indent=2, ensure_ascii=False)


def in_python(value) -> str:
    """A value as Python writes it; of files, their names."""
    if isinstance(value, list) and value and hasattr(value[0], "size"):
        return repr([f"{file.name}, {file.size} bytes" for file in value])
    if isinstance(value, set):
        return "{" + ", ".join(map(repr, sorted(value))) + "}" if value else "set()"
    return repr(value).removeprefix("datetime.")


@component
def Entry(label, held, field="", children=None):
    """A control, and at the end of a thread what its signal holds."""
    lit = Signal("")
    watch(held, lambda: lit.update(lambda old: "odd" if old == "even" else "even"))

    def shown():
        return in_python(held())

    name = t"<label for={field}>{label}</label>" if field else t"<span>{label}</span>"
    return view(t"""
        <div class="entry" role={None if field else "group"} aria-label={None if field else label}>
          <div class="name">{name}</div>
          <div class="control">{children}</div>
          <output class="held" for={field or None}><code class={lit}>{shown}</code></output>
        </div>
    """)


def choices(kind, group, options):
    """Boxes or buttons of one group."""
    return [
        t"<label><input type={kind} value={value} bind:group={group}> {text}</label>"
        for value, text in options.items()
    ]


EXTRAS = {"tent": "Tent", "lamp": "Lamp", "tea": "Tea"}
SIZES = {"S": "Small", "M": "Medium", "L": "Large"}
PLACES = {"beach": "On the beach", "dune": "On a dune", "hill": "On a hill"}
KITES = {"delta": "Delta", "box": "Box", "sled": "Sled"}


def options_of(values):
    return [t"<option value={value}>{text}</option>" for value, text in values.items()]


@component
def Words(trip):
    def write_phone(text):
        digits = "".join(c for c in text if c.isdecimal())[:12]
        groups = [digits[:4], digits[4:7], digits[7:]]
        trip.phone.set(" ".join(group for group in groups if group))

    return view(t"""
        <h2>Words</h2>
        <{Entry} label="Name" field="name" held={trip.name}>
          <input id="name" class="field" autocomplete="off" bind:value={trip.name}>
        </{Entry}>
        <{Entry} label="Telephone" field="phone" held={trip.phone}>
          <input id="phone" class="field" type="tel" inputmode="numeric" autocomplete="off"
            bind:value={(trip.phone, write_phone)}>
          <p class="hint">Only digits get in, and they are grouped as you type.</p>
        </{Entry}>
        <{Entry} label="Wishes" field="wishes" held={trip.wishes}>
          <textarea id="wishes" class="field" rows="2" bind:value={trip.wishes}></textarea>
        </{Entry}>
        <{Entry} label="Motto" held={trip.motto}>
          <p class="field motto" contenteditable="plaintext-only" role="textbox" aria-label="Motto"
            bind:text={trip.motto}></p>
        </{Entry}>
    """)


@component
def Numbers(trip):
    return view(t"""
        <h2>Numbers</h2>
        <{Entry} label="Guests" field="guests" held={trip.guests}>
          <input id="guests" class="field" type="number" min="0" step="any"
            bind:value={trip.guests}>
        </{Entry}>
        <{Entry} label="Height" field="height" held={trip.height}>
          <input id="height" type="range" min="0" max="100" bind:value={trip.height}>
        </{Entry}>
    """)


@component
def Days(trip):
    return view(t"""
        <h2>Days and hours</h2>
        <{Entry} label="Day" field="day" held={trip.day}>
          <input id="day" class="field" type="date" bind:value={trip.day}>
        </{Entry}>
        <{Entry} label="Hour" field="hour" held={trip.hour}>
          <input id="hour" class="field" type="time" bind:value={trip.hour}>
        </{Entry}>
        <{Entry} label="Back" field="back" held={trip.back}>
          <input id="back" class="field" type="datetime-local" bind:value={trip.back}>
        </{Entry}>
        <{Entry} label="Month" field="month" held={trip.month}>
          <input id="month" class="field" type="month" bind:value={trip.month}>
        </{Entry}>
        <{Entry} label="Week" field="week" held={trip.week}>
          <input id="week" class="field" type="week" bind:value={trip.week}>
        </{Entry}>
    """)


@component
def Choices(trip):
    return view(t"""
        <h2>Choices</h2>
        <{Entry} label="Agreed" held={trip.agreed}>
          <label><input type="checkbox" bind:checked={trip.agreed}> We fly in any weather</label>
        </{Entry}>
        <{Entry} label="Extras" held={trip.extras}>{choices("checkbox", trip.extras, EXTRAS)}</{Entry}>
        <{Entry} label="Size" held={trip.size}>{choices("radio", trip.size, SIZES)}</{Entry}>
        <{Entry} label="Place" field="place" held={trip.place}>
          <select id="place" class="field" bind:value={trip.place}>{options_of(PLACES)}</select>
        </{Entry}>
        <{Entry} label="Kites" field="kites" held={trip.kites}>
          <select id="kites" class="field" multiple size="3" bind:value={trip.kites}>
            {options_of(KITES)}
          </select>
        </{Entry}>
    """)


@component
def Things(trip):
    def summary():
        return "Less" if trip.more() else "More"

    return view(t"""
        <h2>Things</h2>
        <{Entry} label="Colour" field="colour" held={trip.colour}>
          <input id="colour" type="color" bind:value={trip.colour}>
        </{Entry}>
        <{Entry} label="Files" field="files" held={trip.files}>
          <input id="files" type="file" multiple bind:value={trip.files}>
        </{Entry}>
        <{Entry} label="Details" held={trip.more}>
          <details bind:open={trip.more}>
            <summary>{summary}</summary>
            <p>Whoever opens or closes this, Python or you, the signal knows.</p>
          </details>
        </{Entry}>
    """)


@component
def App():
    trip = Trip()
    is_sent = Signal(False)

    def send():
        is_sent.set(True)

    return view(t"""
        <form on:submit.prevent={send}>
          <{Words} trip={trip} />
          <{Numbers} trip={trip} />
          <{Days} trip={trip} />
          <{Choices} trip={trip} />
          <{Things} trip={trip} />
          <p class="tools">
            <button class="button">Send</button>
            <button class="button" type="button" on:click={trip.change}>Change all from Python</button>
            <button class="button" type="reset">Reset</button>
          </p>
        </form>
        <dialog aria-labelledby="sent" bind:modal={is_sent}>
          <h2 id="sent">All of it, as JSON</h2>
          <pre tabindex="0">{trip.as_json}</pre>
          <form method="dialog"><button class="button">Close</button></form>
        </dialog>
    """)


mount(App(), "#app")
