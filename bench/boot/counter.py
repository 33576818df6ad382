"""The counter that every page of this benchmark starts."""

from gossamer import component, mount, signal


@component
def Counter():
    count, set_count = signal(0)

    def increment():
        set_count.update(lambda number: number + 1)

    return t"""
      <button on:click={increment}>+1</button>
      <p>Count: {count}</p>
    """


mount(Counter(), "#app")
