"""What stands around the views in a page, through the verbs."""

from gossamer.dom.bridge import verbs
from gossamer.dom.handles import give_back, take
from gossamer.host import HeadElement, Stacks


class PageHead(Stacks):
    """The head of a document, with what it had before anything of ours."""

    __slots__ = ("_before",)

    def __init__(self) -> None:
        super().__init__(self._apply)
        self._before: dict[tuple[str, str], str | None] = {}

    def _apply(self, root: str, name: str, value: str | None) -> None:
        """Write what holds now; where nobody says anything, what was there before."""
        if root == "title":
            verbs.entitle(value)
            return
        handle = take(1)
        verbs.find(handle, root)
        if name.startswith("class:"):
            worn = name.removeprefix("class:")
            verbs.classes(
                handle, "" if value is not None else worn, worn if value is not None else ""
            )
        else:
            self._write_attribute(handle, root, name, value)
        give_back(handle, 1)

    def _write_attribute(self, handle: int, root: str, name: str, value: str | None) -> None:
        if (root, name) not in self._before:
            self._before[root, name] = verbs.attribute_now(handle, name)
        if value is None:
            value = self._before.pop((root, name))
        if value is None:
            verbs.no_attribute(handle, name)
        else:
            verbs.attribute(handle, name, value)

    def make(self, tag: str) -> HeadElement:
        """An element that does not stand there yet."""
        return PageHeadElement(tag)


class PageHeadElement:
    """An element in the head; a script runs when it enters, as no copy of markup would."""

    __slots__ = ("_handle",)

    def __init__(self, tag: str) -> None:
        self._handle = take(1)
        verbs.make(self._handle, tag)

    def write(self, name: str, value: str | None) -> None:
        """Write an attribute; None takes it away."""
        if value is None:
            verbs.no_attribute(self._handle, name)
        else:
            verbs.attribute(self._handle, name, value)

    def fill(self, text: str) -> None:
        """Write all of its text."""
        verbs.content(self._handle, text)

    def enter(self) -> None:
        """Stand at the end of the head, or be the one that a server has written there."""
        verbs.enter_head(self._handle)

    def remove(self) -> None:
        """Leave the head."""
        verbs.remove(self._handle, self._handle)
        give_back(self._handle, 1)
