"""Rough.js, a package from npm, draws what Python counts."""

from datetime import UTC, datetime

from gossamer import NodeRef, Signal, component, effect, js_module, memo, mount, view

CUPS = {"Mon": 4, "Tue": 2, "Wed": 5, "Thu": 3, "Fri": 6, "Sat": 1, "Sun": 2}
FILLS = ("hachure", "cross-hatch", "zigzag", "dots", "solid")
WIDTH, HEIGHT, MOST = 560, 260, 7

rough = (await js_module("rough")).default
await js_module("relative-time")  # it defines the element <relative-time>


@component
def Chart():
    cups = {day: Signal(count) for day, count in CUPS.items()}
    fill = Signal("hachure")
    drawing = NodeRef()
    total = memo(lambda: sum(int(count()) for count in cups.values()))
    drawn = Signal("")

    def draw():
        canvas = drawing()
        if canvas is None:
            return
        pen = rough.svg(canvas)
        step = WIDTH / len(cups)
        bars = []
        for index, count in enumerate(cups.values()):
            height = HEIGHT * int(count()) / MOST
            if height:
                left, top = index * step + 12, HEIGHT - height
                # what is named becomes the object of options that JavaScript expects
                bars.append(
                    pen.rectangle(
                        left, top, step - 24, height, seed=index + 1, roughness=1.6,
                        fill="currentColor", stroke="currentColor", fillStyle=fill(), hachureGap=7,
                    )
                )  # fmt: skip
        ground = pen.line(0, HEIGHT, WIDTH, HEIGHT, seed=9, stroke="currentColor")
        canvas.replaceChildren(*bars, ground)
        drawn.set(datetime.now(UTC).isoformat())

    effect(draw)
    sliders = [
        t'<label>{day} <input type="range" min="0" max={MOST} bind:value={count}>'
        t" <output>{count}</output></label>"
        for day, count in cups.items()
    ]
    fills = [
        t'<label><input type="radio" name="fill" value={name} bind:group={fill}> {name}</label>'
        for name in FILLS
    ]
    return view(t"""
        <figure>
          <svg ref={drawing} viewBox="-4 -4 {WIDTH + 8} {HEIGHT + 8}" role="img"
            aria-label="Cups of tea by day"></svg>
          <figcaption>
            <b>{total}</b> cups of tea, drawn
            <relative-time datetime={drawn} format="relative">now</relative-time>
          </figcaption>
        </figure>
        <div class="tools">
          <fieldset><legend>Cups</legend>{sliders}</fieldset>
          <fieldset><legend>Pen</legend>{fills}</fieldset>
        </div>
    """)


mount(Chart(), "#app")
