"""A sheet whose cells are memos, on a package that knows how errors travel."""

from gossamer import For, Show, Signal, component, memo, mount, view
from js import document
from sheet import COLUMNS, ROWS, Cell, FormulaError, Sheet, fit, is_number, parts, show

LENGTHS = ("0.400", "0.550", "0.700", "0.850", "1.000", "1.200")
SWINGS = ("12.72", "14.85", "16.79", "18.48", "20.07", "21.96")
TEXTS = {
    "A1": "length, m", "B1": "ten swings, s", "C1": "T², s²", "D1": "g, m/s²",
    **{f"A{row}": f"{length} ± 0.004" for row, length in enumerate(LENGTHS, 2)},
    **{f"B{row}": f"{swings} ± 0.15" for row, swings in enumerate(SWINGS, 2)},
    **{f"C{row}": f"=(B{row} / 10)^2" for row in range(2, 8)},
    **{f"D{row}": f"=4 * pi^2 * A{row} / C{row}" for row in range(2, 8)},
    "C9": "g, weighted", "D9": "=wmean(D2:D7)",
    "C10": "off by", "D10": "=D9 - 9.81",
}  # fmt: skip
MOVES = {"Enter": 1, "ArrowDown": 1, "ArrowUp": -1}
WIDE, HIGH, EDGE = 340, 250, 34  # of the chart


class Desk:
    """The sheet, and which of its cells is being edited."""

    def __init__(self):
        self.sheet = Sheet(TEXTS)
        self.editing: Signal[Cell | None] = Signal(None)
        self.computed = Signal(0)

    def type_in(self, cell: Cell, text: str):
        """Take a text, and count what has to be computed for it."""
        before = self.sheet.computed
        cell.text.set(text)
        for each in self.sheet.cells.values():
            each.value.peek()
        self.computed.set(self.sheet.computed - before)


@component
def Field(cell: Cell, desk: Desk):
    """A cell: its formula while it is edited, else its value."""
    before = ""

    def is_edited() -> bool:
        return desk.editing() is cell

    def shown() -> str:
        return cell.text() if is_edited() else show(cell.value())

    def begin(event):
        nonlocal before
        before = cell.text.peek()
        desk.editing.set(cell)

    def end():
        desk.editing.update(lambda editing: None if editing is cell else editing)

    def take(event):
        desk.type_in(cell, event.target.value)

    def press(event):
        if event.key == "Escape":
            desk.type_in(cell, before)
            event.target.blur()
        elif event.key in MOVES:
            event.preventDefault()
            near = document.getElementById(f"{cell.name[0]}{int(cell.name[1:]) + MOVES[event.key]}")
            if near:
                near.focus()

    return view(t"""
        <td class:number={(lambda: is_number(cell.value()))}
          class:wrong={(lambda: isinstance(cell.value(), FormulaError))}>
          <input id={cell.name} aria-label={cell.name} autocomplete="off" spellcheck="false"
            prop:value={shown} on:focus={begin} on:blur={end} on:input={take} on:keydown={press}>
        </td>
    """)


@component
def Grid(desk: Desk):
    heads = [t'<th scope="col">{column}</th>' for column in COLUMNS]

    def row(number: int):
        cells = [Field(desk.sheet.cells[f"{column}{number}"], desk) for column in COLUMNS]
        return t'<tr><th scope="row">{number}</th>{cells}</tr>'

    return view(t"""
        <div class="scroll" role="region" aria-label="Sheet" tabindex="0">
          <table>
            <thead><tr><td></td>{heads}</tr></thead>
            <tbody>{[row(number) for number in ROWS]}</tbody>
          </table>
        </div>
    """)


@component
def Says(desk: Desk):
    """What stands in the cell that is edited, and what the last edit has cost."""

    def about() -> str:
        cell = desk.editing()
        if cell is None:
            return "Pick a cell: 9.81 ± 0.02, a word, or =sqrt(A2 / D9), =mean(B2:B7)."
        return f"{cell.name} is {show(cell.value()) or 'empty'}."

    def cost() -> str:
        return f"The last edit computed {desk.computed()} of {len(desk.sheet.cells)} cells."

    return view(t"""
        <p class="says"><span id="about" role="status">{about}</span>
          <{Show} when={desk.computed}><span id="cost">{cost}</span></{Show}></p>
    """)


class Scale:
    """From numbers to places in the chart; the smallest and the largest have room around them."""

    def __init__(self, values: list[tuple[float, float]], begin: int, end: int):
        low = min((n - s for n, s in values), default=0.0)
        high = max((n + s for n, s in values), default=1.0)
        room = (high - low or 1) * 0.06
        self.low, self.high = low - room, high + room
        self.begin, self.end = begin, end

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.begin + share * (self.end - self.begin), 1)

    def ticks(self) -> list[float]:
        return [self.low + (self.high - self.low) * share for share in (0.1, 0.5, 0.9)]


@component
def Chart(desk: Desk):
    """Two columns against each other, with their errors and the line that fits best."""
    across, up = Signal("A"), Signal("C")
    points = memo(lambda: desk.sheet.points(across(), up()))
    line = memo(lambda: fit(points()))
    to_x = memo(lambda: Scale([parts(x) for x, _ in points()], EDGE + 10, WIDE - 6))
    to_y = memo(lambda: Scale([parts(y) for _, y in points()], HIGH - EDGE, 8))

    def title(column: str) -> str:
        return show(desk.sheet.cells[f"{column}1"].value()) or column

    def choices():
        return [t"<option value={column}>{column}: {title(column)}</option>" for column in COLUMNS]

    def path() -> str:
        found = line()
        if found is None:
            return ""
        slope, start = (parts(part)[0] for part in found)
        ends = [(x, slope * x + start) for x in (to_x().low, to_x().high)]
        return "M" + "L".join(f"{to_x()(x)} {to_y()(y)}" for x, y in ends)

    def crosses():
        return [(parts(x), parts(y)) for x, y in points()]

    def cross(point):
        (x, dx), (y, dy) = point
        left, right, top, bottom = to_x()(x - dx), to_x()(x + dx), to_y()(y + dy), to_y()(y - dy)
        middle, height = to_x()(x), to_y()(y)
        return t"""<g><path d="M{left} {height}H{right}M{middle} {top}V{bottom}" />
          <circle cx={middle} cy={height} r="1.8" /></g>"""

    def marks():
        return [
            *(
                t'<text x={to_x()(at)} y={HIGH - 12} text-anchor="middle">{at:.3g}</text>'
                for at in to_x().ticks()
            ),
            *(
                t'<text x={EDGE} y={to_y()(at) + 4} text-anchor="end">{at:.3g}</text>'
                for at in to_y().ticks()
            ),
        ]

    def equation() -> str:
        found = line()
        return f"slope {show(found[0])}, start {show(found[1])}" if found else "no line fits"

    return view(t"""
        <figure class="chart">
          <svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="Chart of two columns">
            <path class="axes" d="M{EDGE + 6} 4V{HIGH - EDGE + 4}H{WIDE}" />
            {marks}
            <path class="line" clip-path="inset(0)" d={path} />
            <{For} each={crosses}>{cross}</{For}>
          </svg>
          <figcaption>
            <p><b id="line">{equation}</b></p>
            <label>Across <select class="field" bind:value={across}>{choices}</select></label>
            <label>Up <select class="field" bind:value={up}>{choices}</select></label>
          </figcaption>
        </figure>
    """)


@component
def App():
    desk = Desk()
    return view(t"""
        <{Says} desk={desk} />
        <{Grid} desk={desk} />
        <{Chart} desk={desk} />
    """)


mount(App(), "#app")
