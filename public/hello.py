from gossamer import mount, signal, view

count, set_count = signal(3)


def add():
    set_count.update(lambda n: n + 1)


mount(
    view(t"""
    <button on:click={add}>One more</button>
    <output>{count}</output>
"""),
    "#live",
)
