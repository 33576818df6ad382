"""Text nodes that follow one source, without an effect."""

from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.slot import Slot
from gossamer.reactive import Sink, Source
from gossamer.template.shape import Hole
from gossamer.view.places import note_place
from gossamer.view.text import text_of


class Text(Sink):
    """One text node in step with a source; a slot takes over once the source gives a view."""

    __slots__ = ("attributes", "handle", "hole", "is_view", "slot", "text")

    def __init__(self, source: Source, parent: Any, handle: int, hole: Hole) -> None:
        super().__init__(source, parent)
        self.handle = handle
        self.hole = hole
        self.attributes: dict[str, object] | None = None
        self.slot: Slot | None = None
        try:
            value = source.peek()  # type: ignore[attr-defined] # a source has a value
            text = value if type(value) is str else text_of(value)
        except BaseException as error:  # noqa: BLE001 - what is no Exception is raised again
            note_place(error, hole)
            text = ""
            self.begin_failed(error)
        # What parts the texts of a clone cannot be in one of them; a slot writes it alone.
        self.is_view = text is None or "\x1f" in text
        self.text = "" if self.is_view else text or ""

    def execute(self) -> None:
        """Write the new text, if it is another one."""
        try:
            value = self.read()
            text = value if type(value) is str else text_of(value)
            if text is None:
                self._give_way()
            elif text != self.text:
                self.text = text
                verbs.text(self.handle, text)
        except BaseException as error:
            note_place(error, self.hole)
            if self.text:
                self.text = ""
                verbs.text(self.handle, "")
            raise

    def _give_way(self) -> None:
        """Let a slot show what the source gives from now on: it is more than text."""
        source, owner = self.source, self.parent
        self.end()
        slot = self.slot = Slot(self.handle, attributes=self.attributes)
        slot.hole = self.hole
        slot.text = self.text
        owner.run(slot.follow, source)

    def release(self) -> None:
        """Follow no longer, and forget what a slot shows."""
        self.end()
        slot, self.slot = self.slot, None
        if slot is not None:
            slot.release()
