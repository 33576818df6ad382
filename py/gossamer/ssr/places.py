"""Views that come, go and wait, as pieces of text."""

from gossamer.reactive import untrack
from gossamer.ssr.attributes import Attributes
from gossamer.ssr.child import Dress, render, rendered
from gossamer.ssr.pieces import Bare, Boundary, Pieces, add_live, empty_like
from gossamer.ssr.signs import CLOSE, OPEN
from gossamer.view.kinds import AnimatedView, KeptView, PortalView, SuspenseView


def render_animated(view: AnimatedView, out: Pieces, given: Attributes) -> None:
    """Write children that are there from the start, with the class of those that have come."""
    dress = {f"class:{name}": True for name in view.show_class.split()}

    def fill(made: Pieces) -> None:
        if view.when():
            inner: Pieces = [] if type(out) is list else Bare()
            untrack(render, view.children, inner, Dress({**(given or {}), **dress}))
            made.extend(inner)

    add_live(fill, out)


def render_kept(view: KeptView, out: Pieces, given: Attributes) -> None:
    """Write children if they are to be there."""
    children = empty_like(out)
    render(view.children, children, given)

    def fill(made: Pieces) -> None:
        if view.when():
            made.extend(children if type(out) is list else [OPEN, *children, CLOSE])

    add_live(fill, out)


def render_suspense(view: SuspenseView, out: Pieces, given: Attributes) -> None:
    """Write children that may have to be waited for."""
    has_marks = type(out) is not list

    def fill(made: Pieces) -> None:
        if has_marks:
            made.extend([OPEN + CLOSE + OPEN, *rendered(view.fallback, given, None), CLOSE])
        else:
            render(view.fallback, made, given)

    boundary = Boundary(view.suspension, empty_like(out), fill)
    out.append(boundary)
    children = boundary.children
    # In a page this is a list of two: the children, within bounds of their own, and the fallback.
    if has_marks:
        children.append(OPEN + OPEN)
    boundary.keeper.run(render, view.children, children, given)
    if has_marks:
        children.append(CLOSE + CLOSE + OPEN + CLOSE)


def render_portal(_view: PortalView, _out: Pieces, _given: Attributes) -> None:
    """Write nothing: a portal opens once the tree that holds it stands in a page."""
