"""Rows of a list: what each owns and shows, and how runs of them are made and let go."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from string.templatelib import Template
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.events import BLOCK, take_events
from gossamer.dom.handles import give_back_all, take_many
from gossamer.dom.instance import Instance
from gossamer.dom.plan import Plan, plan_of
from gossamer.dom.slot import Slot
from gossamer.reactive import LazyOwner, Owner, Signal
from gossamer.reactive.scope import QUIET, scope
from gossamer.template.parser import shape_of
from gossamer.view.text import values_of

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
            if type(view) is Template and shape_of(view.strings) is body.plan.shape:
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
        """Show nothing, and report why."""
        self.reset()
        (self.slot or self._make_slot()).show(None)
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
    run: list[Instance] = []
    plan: Plan | None = None
    observer, owner = scope.observer, scope.owner
    scope.observer = QUIET
    try:
        for row in rows:
            scope.owner = row  # type: ignore[assignment] # it stands for an owner, as a memo does
            error = None
            try:
                view = show(row)
                if type(view) is Template:
                    if plan is None or view.strings is not plan.shape.strings:
                        plan = plan_of(shape_of(view.strings))
                        if run:
                            _enter(run, before)
                            run = []
                    row.body = Instance(plan, values_of(view), attributes, row)
                    run.append(row.body)
                    continue
            except Exception as raised:  # noqa: BLE001 - the other rows live on; it is reported
                view, error = None, raised
            if run:
                _enter(run, before)
                run = []
            _stand(row, view, before, attributes)
            if error is not None:
                row.fail(error)
        if run:
            _enter(run, before)
    finally:
        scope.observer, scope.owner = observer, owner


def _stand(row: Row, view: object, before: int, attributes: dict[str, object] | None) -> None:
    """Show a row that is not one template in a slot of its own."""
    row.slot = Slot(0, before, attributes)
    try:
        row.slot.fill(view)
    except Exception as error:  # noqa: BLE001 - the other rows live on; it is reported
        row.fail(error)


def _enter(run: list[Instance], before: int) -> None:
    """Let instances of one template enter the page in one crossing, then bind their holes."""
    plan = run[0].plan
    bases = take_many(plan.node_count, len(run))
    blocks = plan.event_blocks
    first = take_events(blocks * len(run)) if blocks else 0
    texts: list[str] = []
    errors: dict[int, Exception] = {}
    for number, instance in enumerate(run):
        mark = len(texts)
        try:
            instance.collect(bases[number], texts)
        except Exception as error:  # noqa: BLE001 - it is reported once the row has a place
            texts[mark:] = [""] * len(plan.texts)
            errors[number] = error
    verbs.rows(
        plan.number,
        len(run),
        bases[0],
        None if type(bases) is range else ",".join(map(str, bases)),
        first,
        blocks * BLOCK,
        before,
        "\x1f".join(texts) if texts else None,
    )
    for number, instance in enumerate(run):
        row: Any = instance.owner
        scope.owner = row
        failed = errors.get(number)
        if failed is None:
            try:
                if first:
                    instance.listen(first + number * blocks * BLOCK)
                instance.bind()
            except Exception as error:  # noqa: BLE001 - the other rows live on; it is reported
                failed = error
        if failed is not None:
            row.fail(failed)


def drop_rows(rows: Iterable[Row]) -> None:
    """Forget rows whose nodes have left the page, or leave it with what holds them."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        row.let_go(runs)
    give_back_all(runs)
