"""Segno, a pure Python package from PyPI, draws a QR code as you type."""

import segno
from gossamer import Show, Signal, component, memo, mount, view

LEVELS = {"L": "7 %", "M": "15 %", "Q": "25 %", "H": "30 %"}


class Failure:
    """Why there is no code for what was typed."""

    def __init__(self, reason: str):
        self.reason = reason


def make_code(text: str, level: str) -> segno.QRCode | Failure:
    try:
        return segno.make_qr(text, error=level, boost_error=False)
    except ValueError as error:
        return Failure("Type something." if not text else f"{error}.")


def path_of(code: segno.QRCode) -> str:
    """Every dark module as a stroke, one for each run in a row."""
    strokes = []
    for y, row in enumerate(code.matrix):
        x = 0
        for dark, run in runs(row):
            if dark:
                strokes.append(f"M{x} {y}.5h{run}")
            x += run
    return "".join(strokes)


def dots_of(code: segno.QRCode) -> str:
    """Every dark module as a stroke of no length, which round caps make a dot."""
    return "".join(
        f"M{x}.5 {y}.5h0" for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark
    )


def runs(row: bytearray):
    """The runs of equal modules: (1, 7), (0, 2), …"""
    start = 0
    for x in range(1, len(row) + 1):
        if x == len(row) or row[x] != row[start]:
            yield row[start], x - start
            start = x


@component
def Codes():
    text = Signal("A fine thread")
    level = Signal("M")
    style = Signal("squares")
    code = memo(lambda: make_code(text(), level()))
    failed = lambda: isinstance(code(), Failure)
    size = lambda: 1 if failed() else len(code().matrix)
    box = lambda: f"-4 -4 {size() + 8} {size() + 8}"  # four modules of silence around it
    drawing = lambda: "" if failed() else (dots_of if style() == "dots" else path_of)(code())
    reason = lambda: code().reason if failed() else ""
    choices = [
        t'<label><input type="radio" name="level" value={name} bind:group={level}>'
        t" {name} <small>{share}</small></label>"
        for name, share in LEVELS.items()
    ]
    return view(t"""
        <div class="bench">
          <form class="inputs" on:submit.prevent={(lambda: None)}>
            <label for="text">Text</label>
            <textarea class="field" id="text" rows="4" bind:value={text}></textarea>
            <fieldset>
              <legend>What may be damaged</legend>
              {choices}
            </fieldset>
            <fieldset>
              <legend>Modules</legend>
              <label><input type="radio" name="style" value="squares" bind:group={style}> squares</label>
              <label><input type="radio" name="style" value="dots" bind:group={style}> dots</label>
            </fieldset>
          </form>
          <div class="result">
            <svg class="code" role="img" aria-label="QR code of the text" viewBox={box}
              class:dots={(lambda: style() == "dots")}>
              <path d={drawing}></path>
            </svg>
            <p class="says" aria-live="polite">
              <{Show} when={(lambda: not failed())} fallback={t"<span class='alive'>{reason}</span>"}>
                <{Facts} code={code} />
              </{Show}>
            </p>
          </div>
        </div>
    """)


@component
def Facts(code):
    """What Segno says about the code that it made."""
    return view(t"""
        Version <b id="version">{(lambda: code().designator)}</b>,
        <b id="modules">{(lambda: len(code().matrix))}</b> modules a side,
        mask <b>{(lambda: code().mask)}</b>,
        mode <b>{(lambda: code().mode or "mixed")}</b>.
    """)


mount(Codes(), "#app")
