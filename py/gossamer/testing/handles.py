"""The table of nodes of the page of tests, as `wasm/dom/nodes.js` keeps one."""

from gossamer.testing.nodes import Branch, Element, Node


class Handles:
    """Numbers that stand for nodes, and what is found by them."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.writes: list[tuple[object, ...]] = []

    def _element(self, handle: int) -> Element:
        node = self.nodes[handle]
        assert isinstance(node, Element), f"{handle} is {node!r}"
        return node

    def _parent(self, handle: int) -> Branch:
        parent = self.nodes[handle].parent
        assert parent is not None, f"node {handle} stands nowhere"
        return parent

    def _range(self, start: int, end: int) -> list[Node]:
        last = self.nodes[end]
        found = [self.nodes[start]]
        while found[-1] is not last:
            after = found[-1].next
            assert after is not None, "the range does not end among its siblings"
            found.append(after)
        return found
