"""Hydrates the rows, and builds them from nothing, in turn."""

import json
from time import perf_counter

from gossamer import hydrate, mount
from gossamer.dom.bridge import Verbs, verbs
from js import document
from rows import Table

WAYS = {"hydrate": hydrate, "build": mount}


def run(way, markup):
    """One run: the seconds that it took, and how many nodes of a server stand no more."""
    target = document.getElementById("app")
    target.innerHTML = markup if way == "hydrate" else ""
    before = [*target.querySelectorAll("td")]
    begin = perf_counter()
    shown = WAYS[way](Table(), target)
    time = perf_counter() - begin
    if target.querySelectorAll("td").length != 2000:
        raise RuntimeError(f"{way} shows {target.innerHTML[:200]}")
    lost = sum(not node.isConnected for node in before)
    shown.unmount()
    return time, lost


def measure(markup, rounds):
    """The times of each way in seconds, and the verbs that one hydration calls."""
    times = {way: [] for way in WAYS}
    lost = 0
    for number in range(-3, rounds):
        for way in WAYS if number % 2 else reversed(WAYS):
            time, gone = run(way, markup)
            lost += gone
            if number >= 0:
                times[way].append(time)
    return json.dumps({"times": times, "lost": lost, "crossings": crossings(markup)})


def crossings(markup):
    """The names of the verbs that a hydration calls, after those that any app needs."""
    called = []
    plain = {name: getattr(verbs, name) for name in Verbs.__slots__}
    target = document.getElementById("app")
    target.innerHTML = markup

    def counted(name):
        return lambda *given: called.append(name) or plain[name](*given)

    for name in plain:
        setattr(verbs, name, counted(name))
    try:
        shown = hydrate(Table(), target)
    finally:
        for name, verb in plain.items():
            setattr(verbs, name, verb)
    shown.unmount()
    return called


document.documentElement.dataset.bench = "ready"
