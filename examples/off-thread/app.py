"""A fractal woven band by band, by workers or in the page, while a dot runs along a thread."""

import asyncio

from cloth import BANDS, HEIGHT, WIDTH, weave
from frames import use_frames
from gossamer import Signal, component, memo, mount, spawn, view
from gossamer.workers import Pool

PLACES = {
    "The whole": (-0.65, 0.0, 3.2),
    "Sea horses": (-0.7463, 0.1102, 0.012),
    "Antenna": (-1.7549, 0.0, 0.05),
    "Spiral": (-0.761574, -0.0847596, 0.004),
}


class Cloth:
    """The picture of a place: its bands come one after the other, from whoever weaves."""

    def __init__(self):
        self.pool = Pool()
        self.place = Signal(PLACES["The whole"])
        self.who = Signal("workers")
        self.bands = [Signal(None) for _ in range(BANDS)]
        self.done = Signal(0)
        self.is_stopped = Signal(False)
        self.tasks = []

    def start(self):
        self.stop()
        self.is_stopped.set(False)
        self.done.set(0)
        for band in self.bands:
            band.set(None)
        left = list(range(BANDS))
        self.tasks = [spawn(self.weave(left)) for _ in range(self.pool.size)]

    async def weave(self, left):
        """Weave the next band that nobody has begun, until none is left."""
        while left:
            number = left.pop(0)
            words = (*self.place.peek(), number)
            if self.who.peek() == "workers":
                band = await self.pool.run(weave, *words)
            else:
                await asyncio.sleep(0)  # the page has a turn between two bands
                band = weave(*words)
            self.bands[number].set(band)
            self.done.update(lambda count: count + 1)

    def stop(self):
        for task in self.tasks:
            task.cancel()
        self.is_stopped.set(True)

    def go(self, x, y, width):
        self.place.set((x, y, min(width, 4)))
        self.start()

    def go_near(self, across, down):
        """Go nearer to a point of the picture, by its shares of width and height."""
        x, y, width = self.place.peek()
        height = width * HEIGHT / WIDTH
        self.go(x + (across - 0.5) * width, y + (down - 0.5) * height, width / 3)

    def go_back(self):
        x, y, width = self.place.peek()
        self.go(x, y, width * 3)


@component
def Loom():
    cloth = Cloth()
    is_weaving = memo(lambda: cloth.done() < BANDS and not cloth.is_stopped())

    def press(event):
        box = event.currentTarget.getBoundingClientRect()
        across = (event.clientX - box.left) / box.width
        cloth.go_near(across, (event.clientY - box.top) / box.height)

    def nearer():
        cloth.go_near(0.5, 0.5)

    def story():
        if cloth.is_stopped():
            return "Stopped. What ran was ended; the next band gets a new worker."
        workers = "a worker" if cloth.pool.size == 1 else f"{cloth.pool.size} workers"
        hands = "the page itself" if cloth.who() == "page" else workers
        return f"{cloth.done()} of {BANDS} bands, woven by {hands}."

    def row(band):
        def strip():
            return band() and t"<img alt='' src={band} width={WIDTH} height={HEIGHT // BANDS}>"

        return t"<li>{strip}</li>"

    def preset(name, place):
        return t"<button class='button' on:click={(lambda: cloth.go(*place))}>{name}</button>"

    cloth.start()
    return view(t"""
        <{Pulse} />
        <fieldset class="who">
          <legend>Who computes</legend>
          <label><input type="radio" name="who" value="workers" bind:group={cloth.who}
            on:change={cloth.start}> workers</label>
          <label><input type="radio" name="who" value="page" bind:group={cloth.who}
            on:change={cloth.start}> the page</label>
        </fieldset>
        <ol class="cloth" aria-label="A picture of the Mandelbrot set" on:click={press}>
          {[row(band) for band in cloth.bands]}
        </ol>
        <p class="story" role="status">{story}</p>
        <progress max={BANDS} value={cloth.done} aria-label="Bands that are woven"></progress>
        <p class="tools">
          {[preset(*item) for item in PLACES.items()]}
          <button class="button" on:click={nearer}>Nearer</button>
          <button class="button" on:click={cloth.go_back}>Farther</button>
          <button class="button" on:click={cloth.stop} disabled={(lambda: not is_weaving())}>
            Stop
          </button>
        </p>
    """)


@component
def Pulse():
    rate, longest, place = use_frames()

    def at():
        return f"{place() * 100:.2f}cqw"

    return view(t"""
        <div class="pulse">
          <div class="thread" aria-hidden="true"><i style:translate={at}></i></div>
          <p><output>{rate}</output> frames a second<br>
            <small>the longest wait for one: {longest} ms</small></p>
        </div>
    """)


mount(Loom(), "#app")
