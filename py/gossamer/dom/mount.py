"""Mounting: a view enters the page, and leaves it."""

from collections.abc import Callable

from gossamer.dom.bridge import connect, script_target, verbs
from gossamer.dom.calls import answer
from gossamer.dom.events import dispatch
from gossamer.dom.handles import give_back
from gossamer.dom.platform import PAGE_HOST
from gossamer.dom.portal import Target, find_target
from gossamer.dom.render import prepare
from gossamer.dom.report import report_caught_error, report_error
from gossamer.dom.rows import drop_waiting
from gossamer.host import HOST
from gossamer.reactive import Owner, batch, effect, provide_context, set_error_reporter
from gossamer.view.lazy import BRING


class Mounted:
    """A view that stands in the page.

    >>> from gossamer import mount
    >>> shown = mount(t"<p>Hello</p>")
    >>> shown.unmount()
    >>> page.body.inner_html()
    ''
    """

    __slots__ = ("_owner", "_target")

    def __init__(self, owner: Owner, target: Target) -> None:
        self._owner: Owner | None = owner
        self._target = target

    @property
    def handle(self) -> int:
        """The number of the element that it stands in."""
        return self._target.handle

    def unmount(self) -> None:
        """Take the view out of the page, run its cleanups and free all it made.

        Its effects end at once. A handler, an effect or a batch that calls this still stands on
        the view's nodes: they go when it has ended.
        """
        owner = self._owner
        if owner is None:
            return
        self._owner = None
        last = Owner(None)

        def leave() -> None:
            self._target.clear()
            last.dispose()

        with batch():
            owner.dispose()
            last.run(effect, leave)


def begin() -> None:
    """Be ready to draw: connected to the page, the tables filled, errors told in the console."""
    connect(dispatch, drop_waiting, answer)
    prepare()
    set_error_reporter(report_error, caught=report_caught_error)


def mount(view: object, target: object = None) -> Mounted:
    """Show a view at the end of an element, and keep it in step from then on.

    >>> from gossamer import Signal, mount
    >>> name = Signal("Ada")
    >>> shown = mount(t"<p>Hello {name}</p>")
    >>> name.set("Grace")
    >>> page.body.inner_html()
    '<p>Hello Grace</p>'

    Args:
        view: anything that can be shown; usually a component, `mount(App())`.
        target: an id, a selector or an element; None is where the script's `target` attribute
            points, else <body>.

    Raises:
        TargetError: nothing in the page matches the target.

    Where a build has written the view into the element, its nodes become the view's.

    Effects run for the first time when the view stands in the page. An error in a component
    goes to its nearest boundary, else to the console; the rest of the page lives on.
    """
    begin()
    wanted = script_target() if target is None else target
    handle = find_target(wanted)
    is_built = verbs.is_built(handle)
    give_back(handle, 1)
    if is_built:
        from gossamer.dom.hydration import hydrate  # noqa: PLC0415 - it stands on this module

        return hydrate(view, wanted)
    return enter(view, wanted)


def enter(
    view: object,
    target: object,
    fill: Callable[[Owner, Target, object], None] | None = None,
    *,
    is_served: bool = False,
) -> Mounted:
    """Show a view in an element, or let `fill` do that."""
    begin()
    owner = Owner(None)
    with batch():
        place = Target(script_target() if target is None else target, is_served=is_served)
        owner.run(provide_context, HOST, PAGE_HOST)
        owner.run(provide_context, BRING, PAGE_HOST.bring)
        try:
            if fill is None:
                owner.run(place.slot.fill, view)
            else:
                fill(owner, place, view)
        except BaseException:
            owner.dispose()
            if is_served:  # what a server has written stays readable
                place.slot.release()
                place.forget()
            else:
                place.clear()
            raise
    verbs.announce(place.handle)
    return Mounted(owner, place)
