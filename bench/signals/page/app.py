"""Measures the operations in short chunks, the libraries in turn."""

import json
from textwrap import indent
from time import perf_counter

from cores import CORES
from js import document
from operations import OPERATIONS

CHUNK = 1e-3  # seconds: the first turns after another library's are cold, and must not weigh
RUN = """
def run(first, count):
    begin = clock()
    for i in range(first, first + count):
{statement}
    return clock() - begin
"""
TRACKED = """
def watch(first, count):
    times = []
    watcher = {effect}
    {dispose}
    return times[0]
"""


class Subject:
    """A library at one operation."""

    def __init__(self, words, operation):
        program = operation(words)
        self.name = f"{operation.__name__} ({words.imports})"
        self.scope = {"clock": perf_counter, "seen": [0] * 100}
        exec(f"{words.imports}\n{program.setup}", self.scope)
        exec(RUN.format(statement=indent(program.statement, " " * 8)), self.scope)
        self.run = self.scope["run"]
        if program.tracked:
            effect = words.effect("lambda: times.append(run(first, count))")
            exec(TRACKED.format(effect=effect, dispose=words.dispose("watcher")), self.scope)
            self.run = self.scope["watch"]
        self.holds = compile(program.holds, "<holds>", "eval")
        self.next = 1
        self.best = float("inf")
        self.count = 1
        while min(self.chunk() for _ in range(5)) < CHUNK:
            self.count *= 2

    def chunk(self):
        """Run one chunk; the seconds it took."""
        spent = self.run(self.next, self.count)
        self.next += self.count
        self.scope["i"] = self.next - 1
        if not eval(self.holds, self.scope):
            raise AssertionError(f"{self.name}: an effect has not seen the last write")
        return spent

    def turn(self):
        self.best = min(self.best, self.chunk() / self.count)


def measure(rounds):
    """The best seconds of each operation, as JSON by operation and library.

    A round is one chunk of everything: so each has its share of the moments when the machine
    does nothing else.
    """
    subjects = {
        name: {core: Subject(words, operation) for core, words in CORES.items()}
        for name, operation in OPERATIONS.items()
    }
    for _ in range(rounds):
        for cores in subjects.values():
            for subject in cores.values():
                subject.turn()
    return json.dumps(
        {
            name: {core: subject.best for core, subject in cores.items()}
            for name, cores in subjects.items()
        }
    )


document.documentElement.dataset.bench = "ready"
