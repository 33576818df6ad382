"""The view that is hydrated: a table of rows as a server would have shown it."""

from gossamer import For, Signal, component

COUNT = 1000


@component
def Table():
    """A thousand rows, each with a text that may change and one that may not."""
    labels = {i: Signal(f"label {i}") for i in range(COUNT)}
    row = lambda i: t"<tr><td>{i}</td><td>{labels[i]}</td></tr>"  # noqa: E731 - as users write it
    return t"<table><tbody>{For(range(COUNT), children=row)}</tbody></table>"
