"""A star atlas over a slow line: search as you type, and nothing late is ever shown."""

import asyncio
from math import atan2, cos, hypot, pi, radians, sin

from gossamer import (
    ErrorBoundary,
    For,
    Show,
    Signal,
    Transition,
    action,
    component,
    expect_context,
    memo,
    mount,
    provide_context,
    resource,
    selector,
    view,
)
from line import Line, Request

PAUSE = 0.15  # seconds without a key until a search begins
ROOM = 84  # of 100, for a figure in its chart


@component
def Retrying(what: str, again, children=None):
    """The children, or what went wrong with the way to try again."""

    def failed(error: Exception, reset):
        def retry():
            again()
            reset()

        return t"""
            <div class="failed" role="alert">
              <p>{what} did not come. {error!s}</p>
              <button class="button" on:click={retry}>Try again</button>
            </div>
        """

    return ErrorBoundary(failed, children)


@component
def Finder(words: Signal, chosen: Signal, marks):
    """What the words find; while the next answer is on its way, the last one stays."""
    line = expect_context(Line)
    is_pending = Signal(False)
    is_chosen = selector(chosen)

    @resource(source=words)
    async def found(words: str):
        await asyncio.sleep(PAUSE)  # the next key calls this off, before anything is asked
        return await line.search(words)

    def row(figure: dict):
        slug = figure["slug"]
        return t"""
            <li><button class="figure" aria-pressed={(lambda: str(is_chosen(slug)).lower())}
                on:click={(lambda: chosen.set(slug))}>
              <b>{figure["name"]}</b> <span>{figure["english"]}</span>
              <i hidden={(lambda: slug not in (marks.latest() or ()))}>★<span class="unseen">marked</span></i>
            </button></li>
        """

    def count() -> str:
        number = len(found() or ())
        return f"{number} figure{'s' * (number != 1)}" if number else "Nothing by that name"

    return view(t"""
        <section class="finder" aria-label="Finder">
          <label>Find a figure <input class="field" type="search" placeholder="bear, summer, Vega"
            autocomplete="off" bind:value={words}></label>
          <{Retrying} what="The list" again={found.refetch}>
            <div class="found" aria-busy={(lambda: str(is_pending()).lower())}>
              <{Transition} fallback={t'<p class="count">Opening the atlas …</p>'}
                  is_pending={is_pending}>
                <p class="count" role="status">{count}</p>
                <ul><{For} each={found} key={(lambda one: one["slug"])}>{row}</{For}></ul>
              </{Transition}>
            </div>
          </{Retrying}>
        </section>
    """)


@component
def Chart(chosen: Signal, marks):
    """The chosen figure. Its key makes what was looked at before come back at once."""
    line = expect_context(Line)
    is_pending = Signal(False)
    figure = resource(line.figure, chosen, key="figure", stale=300)

    @action
    async def mark(slug: str, is_on: bool):
        with marks.optimistic(lambda old: (old or frozenset()) ^ {slug}):
            await line.mark(slug, is_on=is_on)

    shown = memo(lambda: figure()["slug"])
    is_marked = memo(lambda: shown() in (marks.latest() or ()))

    return view(t"""
        <section class="chart" aria-label="Chart" aria-busy={(lambda: str(is_pending()).lower())}>
          <{Retrying} what="The chart" again={figure.refetch}>
            <{Transition} fallback={Blank()} is_pending={is_pending}>
              <{Sky} figure={figure} />
              <header>
                <div><h2>{(lambda: figure()["name"])}</h2>
                  <p>{(lambda: figure()["english"])}, seen in {(lambda: figure()["season"])}</p></div>
                <button class="button mark" aria-pressed={(lambda: str(is_marked()).lower())}
                    on:click={(lambda: mark(shown.peek(), not is_marked.peek()))}>
                  {(lambda: "★ Marked" if is_marked() else "☆ Mark")}</button>
              </header>
              <p class="about">{(lambda: figure()["text"])}</p>
            </{Transition}>
          </{Retrying}>
          <{Show} when={mark.error}>
            <p class="failed" role="alert">The mark was taken back. {mark.error!s}</p>
          </{Show}>
        </section>
    """)


@component
def Blank():
    """What stands where the first chart will be."""
    return view(t"""
        <div class="sky blank"><span class="unseen">Drawing the chart …</span></div>
        <p class="count">Unrolling the chart …</p>
    """)


@component
def Sky(figure):
    """Stars as a printed atlas has them: the brighter, the larger."""
    places = memo(lambda: project(figure()["stars"]))

    def lines() -> str:
        points = places()
        return "".join(
            "M" + "L".join(f"{points[i][0]:.1f} {points[i][1]:.1f}" for i in one)
            for one in figure()["lines"]
        )

    def star(entry: tuple):
        (x, y), (name, size, named) = entry
        return t"""
            <g><circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.2f}" />
              <text x="{x + size + 1:.1f}" y="{y - size:.1f}">{name if named else ""}</text></g>
        """

    def stars() -> list:
        looks = [
            (one["name"], max(0.6, 2.6 - 0.45 * one["mag"]), one["named"])
            for one in figure()["stars"]
        ]
        return list(zip(places(), looks, strict=True))

    return view(t"""
        <svg class="sky" viewBox="0 0 100 100" role="img"
            aria-label={(lambda: f"The stars of {figure()['name']}")}>
          <circle class="rim" cx="50" cy="50" r="49.5" />
          <path class="line" d={lines} />
          <{For} each={stars} key={(lambda entry: entry[1][0])}>{star}</{For}>
        </svg>
    """)


def project(stars: list[dict]) -> list[tuple[float, float]]:
    """Where the stars stand on a round chart: a stereographic view, north up, east to the left."""
    vectors = [vector(one["ra"] * pi / 12, radians(one["dec"])) for one in stars]
    x, y, z = (sum(axis) for axis in zip(*vectors, strict=True))
    ra, dec = atan2(y, x), atan2(z, hypot(x, y))
    flat = []
    for x, y, z in vectors:
        across = x * cos(ra) + y * sin(ra)
        depth = 1 + across * cos(dec) + z * sin(dec)
        flat.append(
            ((x * sin(ra) - y * cos(ra)) / depth, (across * sin(dec) - z * cos(dec)) / depth)
        )
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    top, bottom = min(y for _, y in flat), max(y for _, y in flat)
    reach = max(hypot(x - (left + right) / 2, y - (top + bottom) / 2) for x, y in flat)
    scale = ROOM / 2 / reach
    return [
        (50 + (x - (left + right) / 2) * scale, 50 + (y - (top + bottom) / 2) * scale)
        for x, y in flat
    ]


def vector(ra: float, dec: float) -> tuple[float, float, float]:
    """A direction in the sky."""
    return cos(dec) * cos(ra), cos(dec) * sin(ra), sin(dec)


@component
def Traffic():
    """What went along the line, the latest first, and what may happen to it."""
    line = expect_context(Line)

    def row(request: Request):
        return t"""
            <li data-state={request.state} style:--seconds={f"{request.seconds}s"}>
              <span>{request.what}</span> <b>{request.state}</b></li>
        """

    return view(t"""
        <section class="traffic" aria-label="The line">
          <div class="tools">
            <label>Each answer takes
              <input type="range" min="0" max="3" step="0.1" bind:value={line.seconds}>
              <output>{line.seconds:.1f} s</output></label>
            <label class="switch"><input type="checkbox" bind:checked={line.is_cut}> Cut the line</label>
          </div>
          <ol><{For} each={(lambda: line.requests()[:8])} key={(lambda one: one.number)}>{row}</{For}></ol>
        </section>
    """)


@component
def Atlas():
    """Finder and chart above the line that they share."""
    line = Line()
    provide_context(line)
    words, chosen = Signal(""), Signal("orion")
    marks = resource(line.load_marks)
    return view(t"""
        <div class="atlas">
          <{Finder} words={words} chosen={chosen} marks={marks} />
          <{Chart} chosen={chosen} marks={marks} />
        </div>
        <{Traffic} />
    """)


mount(Atlas(), "#app")
