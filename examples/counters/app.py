"""A list of counters: parent and child components, a signal in each row."""

from itertools import count

from gossamer import For, Signal, component, memo, mount, view


class Row:
    """What the list knows of a counter: a number that stays and a value that changes."""

    def __init__(self, number: int):
        self.number = number
        self.value = Signal(0)


@component
def Counter(row: Row, remove):
    """The child: it changes its own value, and asks its parent to take it away."""
    value = row.value
    name = f"Counter {row.number}"

    def decrement():
        value.update(lambda v: v - 1)

    def increment():
        value.update(lambda v: v + 1)

    def read(event):
        typed = event.target.value
        if typed.removeprefix("-").isdecimal():
            value.set(int(typed))

    return view(t"""
        <li aria-label={name}>
          <button on:click={decrement}>-1</button>
          <input type="number" aria-label={name} prop:value={value} on:input={read}>
          <button on:click={increment}>+1</button>
          <button class="remove" aria-label="Remove {name}" on:click={remove}>Remove</button>
        </li>
    """)


@component
def Counters():
    """The parent: which counters there are, and what they come to."""
    numbers = count(1)
    rows = Signal([])
    total = memo(lambda: sum(row.value() for row in rows()))
    how_many = memo(lambda: len(rows()))

    def add(more: int = 1):
        rows.update(lambda old: old + [Row(next(numbers)) for _ in range(more)])

    def add_thousand():
        add(1000)

    def clear():
        rows.set([])

    def show(row: Row):
        def remove():
            rows.update(lambda old: [other for other in old if other is not row])

        return Counter(row=row, remove=remove)

    return view(t"""
        <p class="tools">
          <button class="button" on:click={add}>Add Counter</button>
          <button class="button" on:click={add_thousand}>Add 1000 Counters</button>
          <button class="button" on:click={clear}>Clear Counters</button>
        </p>
        <p class="sum">Total: <output>{total}</output> from <output>{how_many}</output> counters.</p>
        <ul class="rows">
          <{For} each={rows} key={(lambda row: row.number)}>{show}</{For}>
        </ul>
    """)


mount(Counters(), "#app")
