"""A counter, written twice: as a template, and with the builder."""

from gossamer import component, mount, signal, view
from gossamer.elements import button, div, span


@component
def SimpleCounter(initial_value: int = 0):
    value, set_value = signal(initial_value)
    clear = lambda: set_value(0)
    decrement = lambda: set_value.update(lambda v: v - 1)
    increment = lambda: set_value.update(lambda v: v + 1)
    return view(t"""
        <div>
          <button on:click={clear}>Clear</button>
          <button on:click={decrement}>-1</button>
          <span>Value: {value}!</span>
          <button on:click={increment}>+1</button>
        </div>
    """)


@component
def BuiltCounter(initial_value: int = 0):
    value, set_value = signal(initial_value)
    clear = lambda: set_value(0)
    decrement = lambda: set_value.update(lambda v: v - 1)
    increment = lambda: set_value.update(lambda v: v + 1)
    return div(
        button("Clear", on_click=clear),
        button("-1", on_click=decrement),
        span("Value: ", value, "!"),
        button("+1", on_click=increment),
    )


mount(SimpleCounter(initial_value=3), "#template")
mount(BuiltCounter(initial_value=3), "#builder")
