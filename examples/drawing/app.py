"""An SVG drawing: points on a thread, set, dragged and taken away, with undo."""

from itertools import count

from gossamer import For, NodeRef, Signal, component, memo, mount, view
from js import DOMPoint

WIDTH, HEIGHT = 800, 500
START = [(80, 150), (250, 390), (420, 250), (560, 90), (710, 320)]
STEPS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}


class Point:
    """A point that can be moved: its place is a signal, so nothing else has to know."""

    numbers = count(1)

    def __init__(self, x: float, y: float):
        self.place = Signal((x, y))
        self.number = next(self.numbers)

    def move(self, x: float, y: float):
        self.place.set((min(max(x, 0), WIDTH), min(max(y, 0), HEIGHT)))


class Drawing:
    """All points, and what they were before each change."""

    def __init__(self):
        self.points = Signal([Point(x, y) for x, y in START])
        self.past = Signal([])
        self.future = Signal([])

    def now(self):
        return [(point, point.place.peek()) for point in self.points.peek()]

    def keep(self):
        """Remember how it is, before it is changed."""
        self.past.update(lambda old: [*old, self.now()])
        self.future.set([])

    def show(self, moment):
        for point, place in moment:
            point.place.set(place)
        self.points.set([point for point, _ in moment])

    def undo(self):
        *rest, last = self.past.peek() or [self.now()]
        if self.past.peek():
            self.future.update(lambda old: [*old, self.now()])
            self.past.set(rest)
            self.show(last)

    def redo(self):
        *rest, last = self.future.peek() or [self.now()]
        if self.future.peek():
            self.past.update(lambda old: [*old, self.now()])
            self.future.set(rest)
            self.show(last)

    def add(self, x: float, y: float) -> Point:
        self.keep()
        point = Point(x, y)
        self.points.update(lambda old: [*old, point])
        return point

    def remove(self, gone: Point):
        self.keep()
        self.points.update(lambda old: [point for point in old if point is not gone])

    def clear(self):
        self.keep()
        self.points.set([])

    def thread(self) -> str:
        """A smooth path through all points: Catmull and Rom's spline, as cubic curves."""
        places = [point.place() for point in self.points()]
        if len(places) < 2:
            return ""
        ends = [places[0], *places, places[-1]]
        text = "M{:.0f} {:.0f}".format(*places[0])
        for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(
            ends, ends[1:], ends[2:], ends[3:], strict=False
        ):
            text += (
                f" C{bx + (cx - ax) / 6:.0f} {by + (cy - ay) / 6:.0f}"
                f" {cx - (dx - bx) / 6:.0f} {cy - (dy - by) / 6:.0f} {cx:.0f} {cy:.0f}"
            )
        return text


@component
def Dot(point: Point, drawing: Drawing, place_of):
    """A point: the pointer drags it, arrow keys move it, Delete takes it away."""
    is_held = Signal(False)
    name = memo(lambda: "Point at {:.0f}, {:.0f}".format(*point.place()))
    x = memo(lambda: point.place()[0])
    y = memo(lambda: point.place()[1])

    def hold(event):
        if event.button == 0:
            event.preventDefault()
            drawing.keep()
            is_held.set(True)
            event.currentTarget.setPointerCapture(event.pointerId)
            event.currentTarget.focus()

    def drag(event):
        if is_held.peek():
            point.move(*place_of(event))

    def let_go():
        if is_held.peek() and drawing.past.peek()[-1] == drawing.now():
            drawing.past.update(lambda old: old[:-1])  # it was pressed, and not moved
        is_held.set(False)

    def press(event):
        if event.key in STEPS:
            event.preventDefault()
            dx, dy = STEPS[event.key]
            step = 1 if event.shiftKey else 10
            drawing.keep()
            x, y = point.place.peek()
            point.move(x + dx * step, y + dy * step)
        elif event.key in ("Delete", "Backspace"):
            event.preventDefault()
            drawing.remove(point)

    def remove():
        drawing.remove(point)

    return view(t"""
        <g class="dot" class:held={is_held} tabindex="0" role="button" aria-label={name}
          on:pointerdown.stop={hold} on:pointermove={drag} on:pointerup={let_go}
          on:pointercancel={let_go} on:keydown={press} on:dblclick={remove}>
          <circle class="reach" cx={x} cy={y} r="26" />
          <circle class="dew" cx={x} cy={y} r="7" />
        </g>
    """)


@component
def App():
    drawing = Drawing()
    paper = NodeRef()
    amount = memo(lambda: len(drawing.points()))
    noun = memo(lambda: "point" if amount() == 1 else "points")

    def place_of(event):
        """Where the pointer is, in the drawing's own measure."""
        to_paper = paper.peek().getScreenCTM().inverse()
        at = DOMPoint.new(event.clientX, event.clientY).matrixTransform(to_paper)
        return at.x, at.y

    def set_point(event):
        if event.button == 0:
            drawing.add(*place_of(event))

    def press(event):
        if (event.ctrlKey or event.metaKey) and event.key.lower() == "z":
            event.preventDefault()
            (drawing.redo if event.shiftKey else drawing.undo)()

    def show(point: Point):
        return Dot(point=point, drawing=drawing, place_of=place_of)

    return view(t"""
        <div on:keydown={press}>
          <p class="tools">
            <button class="button" disabled={(lambda: not drawing.past())}
              on:click={drawing.undo}>Undo</button>
            <button class="button" disabled={(lambda: not drawing.future())}
              on:click={drawing.redo}>Redo</button>
            <button class="button" disabled={(lambda: not amount())}
              on:click={drawing.clear}>Clear</button>
          </p>
          <svg class="paper" viewBox="0 0 {WIDTH} {HEIGHT}" ref={paper}
            role="group" aria-label="Drawing" on:pointerdown={set_point}>
            <path class="thread" d={drawing.thread} />
            <{For} each={drawing.points} key={(lambda point: point.number)}>{show}</{For}>
          </svg>
          <p class="sum"><output>{amount}</output> {noun}</p>
          <p class="hint">Drag a point, or move it with the arrow keys. Delete or a double press
            takes it away, Ctrl+Z undoes.</p>
          <pre class="source" tabindex="0" role="region" aria-label="The path"><code
            >{drawing.thread}</code></pre>
        </div>
    """)


mount(App(), "#app")
