"""A live table of ten thousand rows; only those in sight are in the page."""

import asyncio
from itertools import pairwise
from time import perf_counter

from buoys import Buoy, make_buoys, report
from gossamer import (
    For,
    NodeRef,
    Signal,
    Trigger,
    batch,
    component,
    effect,
    memo,
    mount,
    on_cleanup,
    spawn,
    view,
)
from js import cancelAnimationFrame, requestAnimationFrame
from pyodide.ffi import create_proxy

ROW = 44  # pixels, as in style.css
MORE = 4  # rows that are kept ready above and below
BEAT = 0.2  # seconds between two reports
AT_ONCE = 500
COLUMNS = {
    "name": ("Buoy", lambda buoy: buoy.name),
    "warmth": ("Water", lambda buoy: buoy.warmth.peek()),
    "height": ("Waves", lambda buoy: buoy.height.peek()),
}


class Table:
    """Which buoys are shown, in what order, and which of them are in sight."""

    def __init__(self):
        self.buoys = make_buoys()
        self.query = Signal("")
        self.sorted_by = Signal("name")
        self.is_falling = Signal(False)
        self.seconds = Trigger()
        self.first = Signal(0)
        self.room = Signal(12)
        self.chosen = Signal([])
        self.found = memo(self.find)
        self.ordered = memo(self.order)
        self.start = memo(self.find_start)
        self.in_sight = memo(self.cut)

    def find(self) -> list[Buoy]:
        words = self.query().casefold().split()
        if not words:
            return self.buoys
        return [buoy for buoy in self.buoys if all(word in buoy.name.casefold() for word in words)]

    def order(self) -> list[Buoy]:
        column = self.sorted_by()
        if column != "name":
            self.seconds.track()  # what changes is put in order again once a second
        return sorted(self.found(), key=COLUMNS[column][1], reverse=self.is_falling())

    def cut(self) -> list[Buoy]:
        first = self.start()
        return self.ordered()[first : first + self.room() + 2 * MORE]

    def find_start(self) -> int:
        """The place of the first row that is in the page."""
        last = len(self.found()) - self.room() - MORE
        return max(0, min(self.first(), last) - MORE)

    def sort_by(self, column: str):
        with batch():
            self.is_falling.set(column == self.sorted_by.peek() and not self.is_falling.peek())
            self.sorted_by.set(column)

    def choose(self, buoy: Buoy):
        is_chosen = not buoy.is_chosen.peek()
        buoy.is_chosen.set(is_chosen)
        if is_chosen:
            self.chosen.update(lambda old: [*old, buoy])
        else:
            self.chosen.update(lambda old: [other for other in old if other is not buoy])

    def choose_none(self):
        with batch():
            for buoy in self.chosen.peek():
                buoy.is_chosen.set(False)
            self.chosen.set([])


@component
def Row(buoy: Buoy, index, table: Table):
    """A row: its texts follow the buoy's signals, one node each."""

    def place() -> int:
        return table.start() + index() + 2  # counted from 1, and the first are the titles

    def choose():
        table.choose(buoy)

    return view(t"""
        <div class="row" role="row" aria-rowindex={place} class:chosen={buoy.is_chosen}>
          <span role="cell"><input type="checkbox" aria-label="Choose {buoy.name}"
            prop:checked={buoy.is_chosen} on:change={choose}></span>
          <span role="rowheader">{buoy.name}</span>
          <span role="cell" class="number" class:up={(lambda: buoy.trend() > 0)}
            class:down={(lambda: buoy.trend() < 0)}>{buoy.warmth:.2f} <small>°C</small></span>
          <span role="cell" class="number">{buoy.height:.2f} <small>m</small></span>
        </div>
    """)


@component
def Head(table: Table):
    """The titles, which sort."""

    def title(column: str):
        def direction() -> str:
            if table.sorted_by() != column:
                return "none"
            return "descending" if table.is_falling() else "ascending"

        def sort():
            table.sort_by(column)

        return t"""
            <span role="columnheader" aria-sort={direction}>
              <button on:click={sort}>{COLUMNS[column][0]}</button>
            </span>
        """

    return view(t"""
        <div class="row head" role="row">
          <span role="columnheader"><span class="unseen">Chosen</span></span>
          {[title(column) for column in COLUMNS]}
        </div>
    """)


@component
def Chosen(table: Table):
    """What the chosen ones come to, live."""

    def mean() -> float:
        warmths = [buoy.warmth() for buoy in table.chosen()]
        return sum(warmths) / len(warmths) if warmths else 0.0

    def count() -> int:
        return len(table.chosen())

    return view(t"""
        <p class="chosen-ones" aria-live="off">
          <span><b>{count}</b> chosen, <b>{mean:.2f}</b> °C on average</span>
          <button class="button" disabled={(lambda: not count())} on:click={table.choose_none}>
            Choose none</button>
        </p>
    """)


@component
def Costs(table: Table):
    """Lets the buoys report, and says what that costs."""
    is_running = Signal(True)
    cost = Signal(0.0)
    slowest = Signal(0.0)

    async def beat():
        beats = 0
        while True:
            await asyncio.sleep(BEAT)
            if not is_running.peek():
                continue
            begun = perf_counter()
            with batch():
                report(table.buoys, AT_ONCE)
            spent = (perf_counter() - begun) * 1000
            cost.set(0.8 * (cost.peek() or spent) + 0.2 * spent)
            beats += 1
            if beats % 5 == 0:
                table.seconds.notify()

    def watch_frames():
        """The longest time between two frames, of the last second."""
        times = []

        def frame(now: float):
            nonlocal asked
            times.append(now)
            if now - times[0] > 1000:
                slowest.set(max(after - before for before, after in pairwise(times)))
                times[:] = [now]
            asked = requestAnimationFrame(proxy)

        proxy = create_proxy(frame)
        asked = requestAnimationFrame(proxy)

        def stop():
            cancelAnimationFrame(asked)
            proxy.destroy()

        on_cleanup(stop)

    def toggle():
        is_running.update(lambda old: not old)

    spawn(beat())
    effect(watch_frames)
    return view(t"""
        <div class="meter">
        <dl class="costs">
          <div><dt>{AT_ONCE} reports, {3 * AT_ONCE} writes</dt>
            <dd id="cost">{cost:.1f} <small>ms</small></dd></div>
          <div><dt>Slowest frame of a second</dt><dd id="frame">{slowest:.0f} <small>ms</small></dd></div>
          <div><dt>Rows in the page</dt><dd id="drawn">{(lambda: len(table.in_sight()))}</dd></div>
        </dl>
        <button class="button pause" aria-pressed={(lambda: str(not is_running()).lower())}
          on:click={toggle}>{(lambda: "Pause" if is_running() else "Go on")}</button>
        </div>
    """)


@component
def App():
    table = Table()
    sheet = NodeRef()

    def scroll(event):
        table.first.set(int(event.target.scrollTop) // ROW)

    def measure(element):
        table.room.set(element.clientHeight // ROW + 1)

    def search(event):
        table.query.set(event.target.value)
        sheet.peek().scrollTop = 0

    def count() -> int:
        return len(table.found())

    def height() -> str:
        return f"{count() * ROW}px"

    def above() -> str:
        return f"translateY({table.start() * ROW}px)"

    def show(buoy: Buoy, index):
        return Row(buoy=buoy, index=index, table=table)

    sheet.on_load(measure)
    return view(t"""
        <{Costs} table={table} />
        <div class="tools">
          <label>Find <input class="field" type="search" placeholder="baltic 42" on:input={search}></label>
          <p role="status"><b id="found">{count:,}</b> of {len(table.buoys):,}</p>
        </div>
        <div class="table" role="table" aria-label="Buoys" aria-rowcount={(lambda: count() + 1)}>
          <{Head} table={table} />
          <div class="sheet" role="rowgroup" tabindex="0" aria-label="Buoys" ref={sheet} on:scroll.passive={scroll}>
            <div class="all" role="presentation" style:height={height}>
              <div class="sight" role="presentation" style:transform={above}>
                <{For} each={table.in_sight} key={(lambda buoy: buoy.number)}>{show}</{For}>
              </div>
            </div>
          </div>
        </div>
        <{Chosen} table={table} />
    """)


mount(App(), "#app")
