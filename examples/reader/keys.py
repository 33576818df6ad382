"""Reading with the keyboard alone."""

from gossamer import component, on_cleanup
from js import document
from pyodide.ffi import create_proxy

LINKS = ".stories .title, .comment:not([hidden] *) > .facts .fold"
PRESSED = {"n": "[rel=next]", "p": "[rel=prev]", "f": ".fold:focus"}


@component
def Keys():
    """Nothing to see: it listens for keys that no field and no browser wants."""

    def press(event):
        if event.ctrlKey or event.metaKey or event.altKey:
            return
        key = event.key
        if key in ("j", "k"):
            move(1 if key == "j" else -1)
        elif key in PRESSED:
            click(PRESSED[key])
        elif key in "12345":
            click(f".lists a:nth-of-type({key})")

    listener = create_proxy(press)
    document.addEventListener("keydown", listener)

    def stop():
        document.removeEventListener("keydown", listener)
        listener.destroy()

    on_cleanup(stop)


def move(by: int) -> None:
    """Focus the next of the links, or the one before."""
    links = list(document.querySelectorAll(LINKS))
    here = next(
        (i for i, link in enumerate(links) if link.isSameNode(document.activeElement)), None
    )
    place = (0 if by > 0 else -1) if here is None else max(0, min(here + by, len(links) - 1))
    if links:
        links[place].focus()


def click(selector: str) -> None:
    """Press what a selector finds, if it is there."""
    found = document.querySelector(selector)
    if found:
        found.click()
