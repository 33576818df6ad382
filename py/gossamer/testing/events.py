"""Events of the page in plain Python."""

from gossamer.testing.nodes import Element


class Event:
    """An event on its way up."""

    def __init__(self, type_: str, target: Element, detail: object = None) -> None:
        self.type = type_
        self.target = target
        self.currentTarget: Element = target
        self.detail = detail
        self.submitter: Element | None = None
        self.defaultPrevented = False
        self.stopped = False
        self.stopped_here = False
        self.replayed = False

    def preventDefault(self) -> None:
        """Keep the browser from doing what it would do."""
        self.defaultPrevented = True

    def stopPropagation(self) -> None:
        """Go no further up."""
        self.stopped = True

    def stopImmediatePropagation(self) -> None:
        """Go no further at all."""
        self.stopped = self.stopped_here = True
