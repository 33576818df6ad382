"""What a build has written into the page of tests, and beside it."""

from collections.abc import Awaitable

from gossamer.testing.nodes import Branch, Comment, Element
from gossamer.testing.routing import Routing

_KEPT = ("script", "style", "link", "template")


class Builds(Routing):
    """The part of a page that a build has written; `built` is the data of addresses."""

    html: Element
    head: Element

    def __init__(self) -> None:
        super().__init__()
        self.built: dict[str, str] = {}
        self.is_built_beside = False

    def is_built(self, handle: int) -> bool:
        """Whether what an element shows was written for this address; else it is marked."""
        found = self.nodes[handle]
        if not isinstance(found, Element) or "data-gs-built" not in found.attributes:
            return False
        del found.attributes["data-gs-built"]
        path = self.html.attributes.get("data-gs-path")
        if path is None or path == self.history.address.partition("?")[0]:
            return True
        found.insert(Comment("gs"), found.children[0] if found.children else None)
        found.insert(Comment("/gs"), None)
        return False

    def unveil(self, handle: int) -> None:
        """Take away what a build has put among other nodes of an element, and into the head."""
        for parent in (self.nodes[handle], self.head):
            assert isinstance(parent, Branch)
            marks = [each.data if isinstance(each, Comment) else "" for each in parent.children]
            if "gs" in marks:
                for child in parent.children[marks.index("gs") : marks.index("/gs") + 1]:
                    if child.name not in _KEPT:
                        child.detach()

    def data(self, address: str) -> Awaitable[str | None] | str | None:
        """What a test has put into `built`: at once, as of the page itself, or as if fetched."""
        return self._fetched(address) if self.is_built_beside else self.built.get(address)

    async def _fetched(self, address: str) -> str | None:
        return self.built.get(address)
