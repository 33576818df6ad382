"""Random views, the same for one seed on each side: what is adopted is compared by them."""

import random
from collections.abc import Callable
from string.templatelib import Interpolation, Template
from typing import Any

from gossamer import (
    AnimatedShow,
    ErrorBoundary,
    For,
    Match,
    Provider,
    Show,
    Signal,
    Suspense,
    Switch,
    component,
)
from gossamer.elements import em

TEXTS = (
    "", "", "a", "b c", " ", "\n", "x > y", "<i>", "&amp;", "\r\nz", "]]>", "<!-- no -->", "é 🎈",
    "-->", "\x1f", "end>",
)  # fmt: skip
TAGS = ("div", "section", "span", "b", "article", "pre")


@component
def Given(view: object = None) -> object:
    """Shows what it is given."""
    return view


@component
def Boxed(children: object = None) -> object:
    """A root with attributes of its own."""
    return t"<div class='box'>{children}</div>"


def fail() -> object:
    """Raise."""
    raise ValueError("meant to fail")


class Grower:
    """Grows a tree; what may change is kept in `signals`."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.signals: list[Signal[Any]] = []

    def text(self) -> str:
        return self.random.choice(TEXTS)

    def signal(self, value: object) -> Signal[Any]:
        made = Signal(value)
        self.signals.append(made)
        return made

    def template(self, depth: int) -> Template:
        """A template with some roots."""
        parts = self.content(depth, self.random.randint(0, 3))
        return Template(*parts)

    def content(self, depth: int, count: int) -> list[Any]:
        parts: list[Any] = []
        for _ in range(count):
            kind = self.random.random()
            if kind < 0.25:
                parts.append(self.random.choice(("one", " two ", "3 &gt; 2", "<!--note-->")))
            elif kind < 0.6 and depth > 0:
                parts += self.element(depth - 1)
            else:
                parts.append(self.hole(self.view(depth - 1)))
        return parts

    def hole(self, value: object) -> Interpolation[Any]:
        return Interpolation(value, "value")

    def element(self, depth: int) -> list[Any]:
        kind = self.random.random()
        if kind < 0.1:
            rows = For([1, 2, 3], children=lambda i: t"<tr><td>{i}</td></tr>")
            return ["<table><tbody>", self.hole(rows), "</tbody></table>"]
        if kind < 0.15:
            return ["<textarea rows='2'>", self.hole(self.text()), "</textarea>"]
        if kind < 0.2:
            options = [t"<option value={i}>{i} of 2</option>" for i in range(2)]
            return ["<select>", self.hole(options), "</select>"]
        if kind < 0.25:
            return ["<svg><g>", self.hole(self.svg()), "</g></svg>"]
        if kind < 0.3:
            return ["<br>", "<!--c-->"]
        tag = self.random.choice(TAGS)
        return [f"<{tag}", *self.attributes(), ">", *self.content(depth, self.random.randint(0, 4)),
                f"</{tag}>"]  # fmt: skip

    def svg(self) -> object:
        return Show(self.signal(self.random.random() < 0.7), t"<circle r='1'></circle>")

    def attributes(self) -> list[Any]:
        kind = self.random.random()
        if kind < 0.5:
            return []
        if kind < 0.6:
            return [" title=", self.hole(self.text())]
        if kind < 0.7:
            return [" class='own ", self.hole(self.random.choice(("x", "y z"))), "'"]
        if kind < 0.8:
            return [" class:on=", self.hole(self.signal(self.random.random() < 0.5))]
        if kind < 0.9:
            return [" style:color=", self.hole(self.signal(self.random.choice(("red", None))))]
        return [" on:click=", self.hole(lambda: None), " data-n=", self.hole(self.signal(1))]

    def view(self, depth: int) -> object:
        """What a hole shows."""
        if depth <= 0:
            plain: list[Callable[[], object]] = [
                self.text,
                self.text,
                lambda: self.random.randint(-5, 5),
                lambda: None,
                lambda: self.signal(self.text()),
                self.live_text,
            ]
            return self.random.choice(plain)()
        kinds: list[Callable[[int], object]] = [
            lambda _: self.text(),
            lambda _: self.signal(self.text()),
            lambda _: self.live_text(),
            self.template,
            self.template,
            lambda d: [self.view(d - 1) for _ in range(self.random.randint(0, 3))],
            self.live,
            lambda d: Given(self.view(d - 1)),
            lambda d: Boxed(self.view(d - 1)),
            self.show,
            self.rows,
            self.rows,
            lambda d: em(self.view(d - 1), "!"),
            lambda d: Suspense(self.view(d - 1), "wait"),
            lambda d: ErrorBoundary(t"<b>failed</b>", self.view(d - 1)),
            lambda _: ErrorBoundary("failed", t"<i>{fail}</i>"),
            lambda d: Provider("value", self.view(d - 1)),
            lambda d: AnimatedShow(self.signal(True), t"<p>{self.view(0)}</p>", "comes", "goes"),
            self.switch,
        ]
        return self.random.choice(kinds)(depth)

    def live_text(self) -> object:
        value = self.signal(self.text())
        return lambda: f"{value()}"

    def live(self, depth: int) -> object:
        value, inner = self.signal(self.random.random() < 0.6), self.view(depth - 1)
        return lambda: inner if value() else None

    def show(self, depth: int) -> object:
        holds = self.signal(self.random.random() < 0.6)
        return Show(holds, self.view(depth - 1), self.view(0))

    def switch(self, depth: int) -> object:
        number = self.signal(self.random.randint(0, 2))
        cases = [
            Match(lambda: number() == 0, self.view(depth - 1)),
            Match(lambda: number() == 1, "1"),
        ]
        return Switch(cases, fallback=self.view(0))

    def rows(self, depth: int) -> object:
        items = self.signal(list(range(self.random.randint(0, 4))))
        kind = self.random.randint(0, 5)
        inner = self.view(min(depth - 1, 1))
        ways: list[Callable[[int], object]] = [
            lambda i: t"<u>{i}</u>",
            lambda i: t"{i}<br>",
            lambda i: i,
            lambda i: Given(t"<u>{inner}{i}</u>"),
            lambda i: lambda: t"<q>{i}</q>",
            lambda i: t"{i} {inner}",
        ]
        return For(items, children=ways[kind])


def grow(seed: int) -> tuple[object, list[Signal[Any]]]:
    """A view, and the signals in it."""
    grower = Grower(seed)
    return grower.template(3), grower.signals


def change(signals: list[Signal[Any]], seed: int) -> None:
    """Write about half of the signals, each of its own kind."""
    chance = random.Random(seed)
    for signal in signals:
        if chance.random() < 0.5:
            continue
        value = signal.peek()
        if isinstance(value, bool):
            signal.set(not value)
        elif isinstance(value, list):
            items = list(range(chance.randint(0, 5)))
            chance.shuffle(items)
            signal.set(items)
        elif isinstance(value, int):
            signal.set(chance.randint(0, 2))
        elif value is None or value == "red":
            signal.set(chance.choice((None, "red", "blue")))
        else:
            signal.set(chance.choice(TEXTS))
