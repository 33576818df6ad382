"""Errors while rendering, in an effect, in a handler and in a task, each kept in its card."""

import asyncio

from gossamer import (
    Context,
    ErrorBoundary,
    For,
    Signal,
    component,
    effect,
    expect_context,
    mount,
    provide_context,
    spawn,
    view,
)

LOG = Context("log")


class Log:
    """What has happened so far, the latest first."""

    def __init__(self):
        self.lines = Signal([])
        self.count = 0

    def add(self, text: str):
        self.count += 1
        self.lines.update(lambda old: [(self.count, text), *old[:5]])


@component
def Card(title: str, about: str, children=None):
    """A card in a boundary: its children, or what went wrong with the way to begin anew."""
    log = expect_context(LOG)

    def failed(error: Exception, reset):
        log.add(f"{title} failed: {type(error).__name__}")

        def again():
            log.add(f"{title} began anew")
            reset()

        return t"""
            <div class="failed" role="alert">
              <p><b>{type(error).__name__}</b>{error!s}</p>
              <button class="button" on:click={again}>Begin anew</button>
            </div>
        """

    return view(t"""
        <section class="card" aria-label={title}>
          <h2>{title}</h2>
          <p class="about">{about}</p>
          <{ErrorBoundary} fallback={failed}>{children}</{ErrorBoundary}>
        </section>
    """)


@component
def Sharing():
    """Fails while a hole is read."""
    people = Signal(3)

    def share() -> str:
        return f"{12 / people():.2f} each"

    return view(t"""
        <label>12 among <input type="range" min="0" max="6" bind:value={people}>
          <output>{people}</output></label>
        <p class="result">{share}</p>
    """)


@component
def Kettle():
    """Fails in an effect."""
    warmth = Signal(40)

    def watch():
        if warmth() > 100:
            raise OverflowError(f"{warmth()} °C: the whistle has gone off")

    def heat():
        warmth.update(lambda old: old + 30)

    effect(watch)
    return view(t"""
        <button class="button" on:click={heat}>Heat</button>
        <p class="result">{warmth} °C</p>
    """)


@component
def Reckoner():
    """Fails in a handler."""
    text, total = Signal("4"), Signal(0)

    def add():
        total.update(lambda old: old + int(text()))

    return view(t"""
        <form on:submit.prevent={add}>
          <label>Number <input class="field" bind:value={text}></label>
          <button class="button">Add</button>
        </form>
        <p class="result">{total} in all</p>
    """)


@component
def Post():
    """Fails in a task, some time after it was asked for."""
    letters = Signal(0)
    is_away = Signal(False)
    fetched = Signal("Nothing yet.")

    async def fetch():
        is_away.set(True)
        await asyncio.sleep(0.4)
        letters.update(lambda old: old + 1)
        if letters() == 2:
            raise ConnectionError("the carrier met a dog")
        fetched.set(f"Letter {letters()} is here.")
        is_away.set(False)

    return view(t"""
        <button class="button" disabled={is_away} on:click={fetch}>Fetch a letter</button>
        <p class="result">{fetched}</p>
    """)


@component
def Story(log: Log):
    """What the rest of the page does meanwhile: it counts the seconds, and it tells."""
    seconds = Signal(0)

    async def tick():
        while True:
            await asyncio.sleep(1)
            seconds.update(lambda old: old + 1)

    def line(entry: tuple[int, str]):
        number, text = entry
        return t"<li><i>{number}</i> {text}</li>"

    spawn(tick())
    return view(t"""
        <section class="log" aria-label="Log">
          <h2>Meanwhile</h2>
          <p>This page has lived for <b>{seconds}</b> seconds.</p>
          <ol aria-live="polite"><{For} each={log.lines} key={(lambda entry: entry[0])}>{line}</{For}></ol>
        </section>
    """)


@component
def App():
    log = Log()
    provide_context(LOG, log)

    def stray():
        log.add("A stray error went to the console")
        raise RuntimeError("nobody has a boundary for this one")

    return view(t"""
        <div class="cards">
          <{Card} title="A render" about="Share among nobody."><{Sharing} /></{Card}>
          <{Card} title="An effect" about="Heat it above 100 °C."><{Kettle} /></{Card}>
          <{Card} title="A handler" about="Add something that is no number."><{Reckoner} /></{Card}>
          <{Card} title="A task" about="Fetch the second letter."><{Post} /></{Card}>
        </div>
        <{Story} log={log} />
        <p class="stray">Without a boundary an error goes to the console, with the path of its
          component. <button class="button" on:click={stray}>Let one stray</button></p>
    """)


mount(App(), "#app")
