"""Three custom elements for pages that know nothing of Python."""

from gossamer import CustomElement, For, Show, component, define_element, expect_context, memo, view

SHARED = """
:host { display: inline-block }
:host([hidden]) { display: none }
button { font: inherit; color: inherit; cursor: pointer }
:focus-visible { outline: 2px solid; outline-offset: 2px }
"""


@component
def Stepper(value: int = 0, min: int = 0, max: int = 99, step_size: int = 1, label: str = ""):
    """A number between two buttons; a form sends it, and `change` tells of it."""
    element = expect_context(CustomElement)

    def change(by: int):
        new = sorted((min(), value() + by * step_size(), max()))[1]
        if new != value():
            value.set(new)
            element.emit("change", new)

    def press(event):
        if event.key in ("ArrowUp", "ArrowDown"):
            event.preventDefault()
            change(1 if event.key == "ArrowUp" else -1)

    return view(t"""
        <div class="stepper" role="group" aria-label={label} on:keydown={press}>
          <button type="button" part="less" aria-label="Less" disabled={(lambda: value() <= min())}
            on:click={(lambda: change(-1))}>−</button>
          <output part="value">{value}</output>
          <button type="button" part="more" aria-label="More" disabled={(lambda: value() >= max())}
            on:click={(lambda: change(1))}>+</button>
        </div>
    """)


@component
def Sparkline(points: list[float] = (), label: str = ""):
    """Numbers as a line; `day-picked` tells which one the pointer is at."""
    element = expect_context(CustomElement)

    @memo
    def places() -> list[tuple[float, float]]:
        values = points()
        top = max(values, default=0) or 1
        step = 100 / max(len(values) - 1, 1)
        return [(4 + step * i, 36 - 30 * value / top) for i, value in enumerate(values)]

    def line() -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in places())

    def dot(place: tuple[int, tuple[float, float]]):
        index, (x, y) = place

        def pick():
            element.emit("day-picked", {"day": index + 1, "value": points()[index]})

        return t'<circle cx={x} cy={y} r="1.7" on:pointerenter={pick}></circle>'

    def dots():
        return list(enumerate(places()))

    return view(t"""
        <svg viewBox="0 0 108 40" role="img" aria-label={label}>
          <polyline points={line}></polyline>
          <{For} each={dots}>{dot}</{For}>
        </svg>
    """)


@component
def Note(open: bool = False, children=None):
    """Something to unfold, with a slot for its title and one for what it says."""

    def toggle():
        open.update(lambda old: not old)

    return view(t"""
        <button part="title" aria-expanded={(lambda: str(open()).lower())} on:click={toggle}>
          <slot name="title">Note</slot>
        </button>
        <{Show} when={open}><div class="inside">{children}</div></{Show}>
    """)


define_element(
    "x-stepper",
    Stepper,
    form="value",
    styles=SHARED
    + """
    .stepper { display: inline-grid; grid-template-columns: 2.75rem 3rem 2.75rem; align-items: center;
      border: 1px solid; border-radius: 99px }
    button { min-height: 2.75rem; padding: 0; border: 0; background: none; font-size: 1.25rem;
      border-radius: 99px }
    button:disabled { opacity: 0.35; cursor: default }
    output { text-align: center; font-variant-numeric: tabular-nums }
    """,
)
define_element(
    "x-sparkline",
    Sparkline,
    styles=SHARED
    + """
    :host { display: block; max-width: 13rem }
    svg { display: block; width: 100%; overflow: visible }
    polyline { fill: none; stroke: currentColor; stroke-width: 1; stroke-linejoin: round }
    circle { fill: currentColor; stroke: transparent; stroke-width: 8 }
    circle:hover { fill: var(--alive, crimson) }
    """,
)
define_element(
    "x-note",
    Note,
    styles=SHARED
    + """
    :host { display: block; border-top: 1px solid }
    button { width: 100%; min-height: 2.75rem; padding: 0; border: 0; background: none;
      text-align: start }
    button::after { content: " +" / "" }
    button[aria-expanded=true]::after { content: " −" / "" }
    .inside { padding-bottom: 1rem; overflow-wrap: anywhere }
    """,
)
