"""The operations: a program for each library, made of its own words.

`i` is another number in each turn. An effect writes what it saw into `seen`, so that a library
that puts the effect off, or leaves it out, is found out.
"""

from cores import Words


class Program:
    """What is made ready, what is measured, and what holds when it is done."""

    def __init__(self, setup, statement, holds="True", *, tracked=False):
        self.setup = setup
        self.statement = statement
        self.holds = holds
        self.tracked = tracked  # measured inside an effect


def create(words: Words) -> Program:
    return Program("", words.signal("i"))


def read(words: Words) -> Program:
    return Program(f"s = {words.signal(0)}", words.read("s"))


def tracked_read(words: Words) -> Program:
    return Program(f"s = {words.signal(0)}", words.read("s"), tracked=True)


def write(words: Words) -> Program:
    return Program(f"s = {words.signal(0)}", words.write("s", "i"), f"{words.read('s')} == i")


def write_effect(words: Words) -> Program:
    setup = f"""
s = {words.signal(0)}
def follow():
    seen[0] = {words.read("s")}
e = {words.effect("follow")}
"""
    return Program(setup, words.write("s", "i"), "seen[0] == i")


def write_100_effects(words: Words) -> Program:
    setup = f"""
s = {words.signal(0)}
def make(number):
    def follow():
        seen[number] = {words.read("s")}
    return {words.effect("follow")}
effects = [make(number) for number in range(100)]
"""
    return Program(setup, words.write("s", "i"), "set(seen) == {i}")


def batch_100(words: Words) -> Program:
    setup = f"""
signals = [{words.signal(0)} for _ in range(100)]
def make(number):
    s = signals[number]
    def follow():
        seen[number] = {words.read("s")}
    return {words.effect("follow")}
effects = [make(number) for number in range(100)]
"""
    statement = f"""
with {words.batch}:
    for s in signals:
        {words.write("s", "i")}
"""
    return Program(setup, statement, "set(seen) == {i}")


def memo_create(words: Words) -> Program:
    setup = f"""
s = {words.signal(0)}
def double():
    return {words.read("s")} * 2
"""
    return Program(setup, words.memo("double"))


def effect_create_dispose(words: Words) -> Program:
    setup = f"""
s = {words.signal(0)}
def follow():
    seen[0] += 1
    {words.read("s")}
"""
    statement = f"""
e = {words.effect("follow")}
{words.dispose("e")}
"""
    return Program(setup, statement, "seen[0] == i")


def write_memo_effect(words: Words) -> Program:
    return _chain(words, 1)


def chain_10(words: Words) -> Program:
    return _chain(words, 10)


def _chain(words: Words, length: int) -> Program:
    setup = f"""
s = {words.signal(0)}
def follow_up(source):
    return {words.memo(f"lambda: {words.read('source')} + 1")}
last = s
memos = []
for _ in range({length}):
    last = follow_up(last)
    memos.append(last)
def follow():
    seen[0] = {words.read("last")}
e = {words.effect("follow")}
"""
    return Program(setup, words.write("s", "i"), f"seen[0] == i + {length}")


def diamond_10(words: Words) -> Program:
    setup = f"""
s = {words.signal(0)}
def arm(number):
    return {words.memo(f"lambda: {words.read('s')} + number")}
memos = [arm(number) for number in range(10)]
def follow():
    total = 0
    for one in memos:
        total += {words.read("one")}
    seen[0] = total
e = {words.effect("follow")}
"""
    return Program(setup, words.write("s", "i"), "seen[0] == 10 * i + 45")


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        create,
        read,
        tracked_read,
        write,
        write_effect,
        write_100_effects,
        batch_100,
        memo_create,
        effect_create_dispose,
        write_memo_effect,
        chain_10,
        diamond_10,
    )
}
