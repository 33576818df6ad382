"""Rows of a list: what each owns and shows, and how runs of them are made and let go."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from string.templatelib import Template
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.handles import give_back_all
from gossamer.dom.instance import Instance
from gossamer.dom.plan import plan_of
from gossamer.dom.runs import enter_run
from gossamer.dom.slot import Slot
from gossamer.reactive import LazyOwner, Owner, Signal
from gossamer.reactive.scope import QUIET, scope
from gossamer.template.shapes import shape_of
from gossamer.view.text import values_of, values_of_each

type Show = Callable[[Row], object]
"""Runs the row function."""


class Row(LazyOwner):
    """One row: what it owns, its key, and what stands in the page.

    A row that is one template is its instance; any other stands in a slot.
    """

    __slots__ = ("body", "index", "item", "key", "slot")

    def __init__(self, key: Hashable, item: object, around: Owner | None, outer: Any) -> None:
        self.owner = around
        self.outer = outer
        self.own = None
        self.key = key
        self.item = item
        self.index: Signal[int] | None = None
        self.body: Instance | None = None
        self.slot: Slot | None = None

    def extent(self) -> tuple[int, int]:
        """The first and the last of its nodes."""
        return self.body.extent() if self.body is not None else self.slot.extent()  # type: ignore[union-attr] # one of the two

    def refill(self, show: Show) -> None:
        """Run the row function again; what stands there takes the new values."""
        self.reset()
        try:
            self.run(self._show_again, show)
        except Exception as error:  # noqa: BLE001 - the other rows live on; it is reported
            self.fail(error)

    def _show_again(self, show: Show) -> None:
        view = show(self)
        body = self.body
        if body is not None:
            if type(view) is Template and shape_of(view.strings).kin is body.plan.shape.kin:
                body.adopt(values_of(view))
                return
            self._make_slot()
        self.slot.fill(view)  # type: ignore[union-attr] # made at once, or when the body went

    def _make_slot(self) -> Slot:
        body, self.body = self.body, None
        slot = self.slot = Slot(0, attributes=body.attributes if body is not None else None)
        slot.body = body
        return slot

    def fail(self, error: Exception) -> None:
        """Show nothing, and report why; an exhausted stack unwinds."""
        self.reset()
        (self.slot or self._make_slot()).show(None)
        if isinstance(error, RecursionError):
            raise error
        self.handle_error(error)

    def let_go(self, runs: list[tuple[int, int]]) -> None:
        """Forget what it shows; the numbers of its nodes are added to `runs`."""
        body, self.body = self.body, None
        if body is not None:
            body.let_go()
            runs.append((body.base, body.plan.node_count))
        elif self.slot is not None:
            self.slot.release()


def make_rows(
    rows: Sequence[Row], show: Show, before: int, attributes: dict[str, object] | None
) -> None:
    """Show new rows before a node; those that are one template enter in one crossing together."""
    run: list[Row] = []
    views: list[Template] = []
    strings: tuple[str, ...] | None = None
    observer, owner = scope.observer, scope.owner
    scope.observer = QUIET
    try:
        for row in rows:
            scope.owner = row  # type: ignore[assignment] # it stands for an owner, as a memo does
            error = None
            try:
                view = show(row)
            except Exception as raised:  # noqa: BLE001 - the other rows live on; it is reported
                view, error = None, raised
            if run and (type(view) is not Template or view.strings is not strings):
                _enter(run, views, before, attributes)
                run, views = [], []
            if type(view) is Template:
                strings = view.strings
                run.append(row)
                views.append(view)
                continue
            _stand(row, view, before, attributes)
            if error is not None:
                row.fail(error)
        if run:
            _enter(run, views, before, attributes)
    finally:
        scope.observer, scope.owner = observer, owner


def _stand(row: Row, view: object, before: int, attributes: dict[str, object] | None) -> None:
    """Show a row that is not one template in a slot of its own."""
    row.slot = Slot(0, before, attributes)
    try:
        row.slot.fill(view)
    except Exception as error:  # noqa: BLE001 - the other rows live on; it is reported
        row.fail(error)


def _enter(
    run: list[Row], views: list[Template], before: int, attributes: dict[str, object] | None
) -> None:
    """Let rows that are one template enter the page together."""
    try:
        plan = plan_of(shape_of(views[0].strings))
        values = values_of_each(views)
    except Exception:  # noqa: BLE001 - what is wrong with one of them is told for each alone
        for row, view in zip(run, views, strict=True):
            scope.owner = row  # type: ignore[assignment] # as above
            _stand(row, view, before, attributes)
        return
    made = [Instance(plan, given, attributes, row) for row, given in zip(run, values, strict=True)]
    for instance, error in enter_run(plan, made, values, before).items():
        instance.owner.fail(error)  # type: ignore[union-attr] # its row


def drop_rows(rows: Iterable[Row]) -> None:
    """Forget rows whose nodes have left the page, or leave it with what holds them."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        row.let_go(runs)
    give_back_all(runs)


_waiting: list[Row] = []


def drop_later(rows: list[Row]) -> None:
    """Forget rows after the next frame; disposed as they are, nothing of them runs any more."""
    is_asked = bool(_waiting)
    _waiting.extend(rows)
    if not is_asked:
        verbs.tidy_later()


def drop_waiting() -> None:
    """Forget the rows that wait for it."""
    rows = _waiting[:]
    _waiting.clear()
    drop_rows(rows)
