"""Ten thousand buoys that report how warm and how high the sea is."""

import random

from gossamer import Signal

SEAS = (
    "Aral",
    "Baltic",
    "Celtic",
    "Coral",
    "Kara",
    "Ligurian",
    "Marmara",
    "Sulu",
    "Tasman",
    "Weddell",
)
COUNT = 10_000


class Buoy:
    """One buoy: what stays, and a signal for each thing that changes."""

    __slots__ = ("height", "is_chosen", "name", "number", "sea", "trend", "warmth")

    def __init__(self, number: int, chance: random.Random):
        self.number = number
        self.sea = SEAS[chance.randrange(len(SEAS))]
        self.name = f"{self.sea} {number:05}"
        self.warmth = Signal(round(chance.uniform(-1.8, 29), 2))
        self.height = Signal(round(chance.expovariate(0.7), 2))
        self.trend = Signal(0)
        self.is_chosen = Signal(False)


def make_buoys() -> list[Buoy]:
    chance = random.Random(7)
    return [Buoy(number, chance) for number in range(1, COUNT + 1)]


def report(buoys: list[Buoy], count: int):
    """Let some of them report; the caller makes a batch of it."""
    for buoy in random.choices(buoys, k=count):
        change = random.gauss(0, 0.2)
        buoy.warmth.set(buoy.warmth.peek() + change)
        buoy.height.set(max(0.0, buoy.height.peek() + random.gauss(0, 0.1)))
        buoy.trend.set(1 if change > 0 else -1)
