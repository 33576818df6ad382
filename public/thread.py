"""The thread of the home page, and the witness of what a press really changes."""

from gossamer import Signal, component, effect, memo, mount, view
from js import MutationObserver, Object, ResizeObserver, document
from pyodide.ffi import create_proxy, to_js

from __main__ import count  # the scripts of a page share one Python: this is hello.py's signal

BEADS = ((0.13, 1.6), (0.3, 2.6), (0.42, 1.3), (0.5, 3.6), (0.61, 1.8), (0.79, 2.2), (1.0, 4.0))


@component
def Thread():
    """A hanging thread from the word `count` to the number it made."""
    ends = Signal((0.0, 0.0, 0.0, 0.0))

    def measure(*_):
        loom = document.getElementById("loom").getBoundingClientRect()
        word = document.getElementById("from").getBoundingClientRect()
        number = document.querySelector("#live output").getBoundingClientRect()
        x0, y0 = (word.left + word.right) / 2 - loom.left, word.bottom - loom.top
        if number.left > word.right:  # beside the code: reach it from the left
            x1, y1 = number.left - 14 - loom.left, (number.top + number.bottom) / 2 - loom.top
        else:  # below the code: reach it from above
            x1, y1 = (number.left + number.right) / 2 - loom.left, number.top - 8 - loom.top
        ends.set((x0, y0, x1, y1))

    def curve():
        x0, y0, x1, y1 = ends()
        if y1 > y0:
            half = (y1 - y0) * 0.6
            return (x0, y0), (x0, y0 + half), (x1, y1 - half), (x1, y1)
        sag = (x1 - x0) * 0.17
        return (x0, y0), (x0 + sag * 0.2, y0 + sag), (x1 - sag * 1.4, y0 + sag), (x1, y1)

    points = memo(curve)

    def line():
        return "M{} {}C{} {} {} {} {} {}".format(
            *(round(n, 1) for point in points() for n in point)
        )

    def pulse():
        return "pulse odd" if count() % 2 else "pulse even"

    def bead(share: float, radius: float):
        def at(axis: int) -> float:
            a, b, c, d = (point[axis] for point in points())
            rest = 1 - share
            there = rest**3 * a + 3 * rest**2 * share * b + 3 * rest * share**2 * c + share**3 * d
            return round(there, 1)

        return t"<circle cx={(lambda: at(0))} cy={(lambda: at(1))} r={radius} />"

    def watch_sizes():
        sizes = ResizeObserver.new(create_proxy(measure))
        for place in ("#loom", "#live output"):
            sizes.observe(document.querySelector(place))

    measure()
    effect(watch_sizes)
    return view(t"""
        <svg>
          <path class="strand" pathLength="1" d={line} />
          <path class={pulse} pathLength="1" d={line} />
          {[bead(share, radius) for share, radius in BEADS]}
        </svg>
    """)


@component
def Witness():
    """What the browser's own observer saw under the number."""
    seen = Signal("Press it: a MutationObserver is watching.")

    def note(records, _observer):
        changes = [
            f"“{record.oldValue}” became “{record.target.data}”"
            for record in records
            if record.type == "characterData"
        ]
        what = "1 record" if len(records) == 1 else f"{len(records)} records"
        seen.set(f"{what}: the text {', '.join(changes)}." if changes else f"{what}.")

    def observe():
        asked = {
            "subtree": True,
            "childList": True,
            "attributes": True,
            "characterData": True,
            "characterDataOldValue": True,
        }
        MutationObserver.new(create_proxy(note)).observe(
            document.getElementById("live"), to_js(asked, dict_converter=Object.fromEntries)
        )

    effect(observe)
    return view(t"<p>{seen}</p>")


mount(Thread(), "#thread")
mount(Witness(), "#witness")
