"""Runs: many instances of one template, made together, hole by hole."""

from collections.abc import Sequence
from types import FunctionType
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.events import BLOCK, answer_each, take_events
from gossamer.dom.handles import take_many
from gossamer.dom.instance import Instance
from gossamer.dom.plan import BIND_EACH, Plan
from gossamer.reactive import are_sources
from gossamer.reactive.scope import scope
from gossamer.template.shape import Hole

type Values = Sequence[tuple[object, ...]]
type Failures = dict[Instance, Exception]


def enter_run(plan: Plan, run: list[Instance], values: Values, before: int) -> Failures:
    """Let instances of one template enter the page in one crossing, then bind their holes.

    Gives those that failed, with what they raised; the others stand in the page.
    """
    count = len(run)
    stride = plan.event_blocks * BLOCK
    first = take_events(plan.event_blocks * count) if stride else 0
    bases = take_many(plan.node_count, count)
    number = first
    for instance, base in zip(run, bases, strict=True):
        instance.base = base
        instance.events = number
        number += stride
    failures: Failures = {}
    try:
        texts = _first_texts(plan, run, values, failures)
    except BaseException:
        for instance in run:
            instance.let_go()
        raise
    verbs.rows(
        plan.number,
        count,
        bases[0],
        None if type(bases) is range else ",".join(map(str, bases)),
        first,
        stride,
        before,
        "\x1f".join(texts) if texts else None,
    )
    for instance in run:
        row: Any = instance.owner
        row.body = instance
    if stride:
        answer_each(first, plan.event_blocks, run)
    _bind(plan, run, values, failures)
    return failures


def _first_texts(plan: Plan, run: list[Instance], values: Values, failures: Failures) -> list[str]:
    """The first texts of all instances, one after the other."""
    width = len(plan.texts)
    texts = [""] * (width * len(run))
    for position, (index, first, hole) in enumerate(plan.texts):
        if hole is not None:
            column = [given[first] for given in values]
            texts[position::width] = _column_texts(run, column, index, hole, failures)
    return texts


_NUMBERS = frozenset((int, float))


def _column_texts(
    run: list[Instance], column: list[Any], index: int, hole: Hole, failures: Failures
) -> list[str]:
    """The first texts of one hole; what all are of one kind is asked once."""
    kinds = {*map(type, column)}
    if kinds <= _NUMBERS:
        return [*map(str, column)]
    if len(kinds) == 1 and str in kinds and "\x1f" not in "".join(column):
        return column
    if are_sources(column):
        return [
            instance.follow(source, index, hole)
            for instance, source in zip(run, column, strict=True)
        ]
    texts = []
    for instance, value in zip(run, column, strict=True):
        try:
            texts.append(instance.first_text(value, index, hole))
        except Exception as error:  # noqa: BLE001 - the others live on; it is reported
            texts.append("")
            failures.setdefault(instance, error)
    return texts


def _bind(plan: Plan, run: list[Instance], values: Values, failures: Failures) -> None:
    """Bind the holes that are no texts, those of one kind together."""
    opened = [instance for instance in run if instance.views]
    if opened:
        _each(opened, failures, Instance.bind_all, plan.content)
    for first in plan.handlers:
        if {type(given[first]) for given in values} != {FunctionType}:
            _each(run, failures, Instance.check_handlers)
            break
    for entry in plan.holes:
        index, hole, _ = entry
        together = BIND_EACH.get(hole.kind)
        if together is None or failures or not together(run, hole, index):
            _each(run, failures, Instance.bind_all, (entry,))
    if run[0].attributes:
        _each(run, failures, Instance.dress_roots)


def _each(run: list[Instance], failures: Failures, act: Any, *given: object) -> None:
    """Do something for each instance that has not failed, as a section of its row."""
    for instance in run:
        if instance in failures:
            continue
        scope.owner = instance.owner  # type: ignore[assignment] # a row stands for an owner
        try:
            act(instance, *given)
        except RecursionError:
            raise  # were the others tried, each would exhaust the stack again
        except Exception as error:  # noqa: BLE001 - the others live on; it is reported
            failures[instance] = error
