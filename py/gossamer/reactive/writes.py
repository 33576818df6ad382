"""The ways to write a store: a place, a stretch of a list, a key of a dict."""

from typing import TYPE_CHECKING, Any

from gossamer.reactive.changes import (
    ALWAYS,
    IF_CHANGED,
    Change,
    above,
    branch_of,
    put,
)
from gossamer.reactive.fields import LENGTH, ORDER, Branch, Field
from gossamer.reactive.flushing import announce, refuse_in_memo
from gossamer.reactive.row_keys import RowKeys
from gossamer.reactive.structures import ABSENT, LEAVES, is_unchanged

if TYPE_CHECKING:
    from gossamer.reactive.faces import Store


def replace(store: Store[Any], value: Any, *, tell: int = ALWAYS, quietly: bool = False) -> None:
    """Give a field another value."""
    field = store.__field__
    if not is_writable(field) or (tell == IF_CHANGED and is_unchanged(field.value, value)):
        return
    chain = above(field)
    if not chain:
        change = Change(chain)
        change.give(store, value, tell)
    elif is_key(field, chain) and value != field.value:
        row = chain[0]
        structure = branch_of(row).structure
        whole = structure.put(structure.copy(row.value), field.step, value)
        replace(branch_of(chain[1]).parts[row.step], whole, quietly=quietly)
        return
    else:
        around = branch_of(chain[0])
        change = Change(chain)
        is_other = change.rekey(around, field, value)  # whoever came by its old key has to look
        change.give(store, value, ALWAYS if is_other else tell)
        put(chain, around.raw_step(field.step), value)
    change.carry_out(quietly=quietly)


def write_leaf(field: Field, value: Any) -> bool:
    """Write a leaf in place if nothing else changes; say whether that was so.

    Most writes are this, and it takes a third of the time of a plan.
    """
    parent = None if field.parent is None else field.parent()
    if parent is None or field.is_removed or type(value) not in LEAVES:
        return False
    branch = branch_of(parent)
    chain = [parent, *above(parent)]
    if branch.copied <= field.setting.lent or is_key(field, chain):
        return False
    refuse_in_memo(field)
    branch.structure.put(parent.value, field.step, value)
    field.value = value
    announce([*reversed(chain), field])
    return True


def is_writable(field: Field) -> bool:
    """Whether a field takes values: no memo may write, and what was removed only warns."""
    refuse_in_memo(field)
    if field.is_removed:
        field.value = None  # nothing happens but the warning
    return not field.is_removed


def is_key(field: Field, chain: list[Field]) -> bool:
    """Whether a field holds the key of the row around it."""
    keys = branch_of(chain[1]).keys if len(chain) > 1 else None
    return keys is not None and keys.name == field.step


def splice(store: Store[Any], start: int, stop: int, items: list[Any]) -> None:
    """Put items in the place of a stretch of a list."""
    field = store.__field__
    if not is_writable(field) or (start == stop and not items):
        return
    chain = [field, *above(field)]
    branch = branch_of(field)
    change = Change(chain)
    if branch.keys is None:
        plan_positions(change, branch, field.value, start, stop, items)
    else:
        plan_rows(change, branch, branch.keys, field.value, start, stop, items)
    put(chain, slice(start, stop), items)
    change.carry_out()


def plan_positions(
    change: Change, branch: Branch, old: list[Any], start: int, stop: int, items: list[Any]
) -> None:
    """Plan what comes to stand at each position that somebody has reached."""
    size = len(old)
    shift = len(items) - (stop - start)
    if shift:
        change.tell_asked(
            branch,
            range(size),
            range(size + shift),
            lambda place: (place < size) != (place < size + shift),
        )
    if branch.parts:
        new = [*items, *old[stop:]]
        for place in range(start, size if shift else stop):
            if place in branch.parts:
                value = new[place - start] if place - start < len(new) else ABSENT
                change.give_or_remove(branch, place, value, IF_CHANGED)


def plan_rows(
    change: Change,
    branch: Branch,
    keys: RowKeys,
    old: list[Any],
    start: int,
    stop: int,
    items: list[Any],
) -> None:
    """Plan which rows go and which come; the others only move."""
    keys.read_first(old)
    known = keys.keys
    new = keys.read_between(start, stop, items)
    if branch.asked:
        change.tell_rows(branch, known, [*known[:start], *new, *known[stop:]])
    change.keys.append((keys, start, stop, new))
    by_key = dict(zip(new, items, strict=True))
    for key in known[start:stop]:
        if key in branch.parts:
            change.give_or_remove(branch, key, by_key.get(key, ABSENT), IF_CHANGED)


def exchange(store: Store[Any], key: Any, value: Any) -> None:
    """Add a key to a dict; or delete it, with ABSENT as its value."""
    field = store.__field__
    if not is_writable(field):
        return
    chain = [field, *above(field)]
    branch = branch_of(field)
    rows = branch_of(chain[1]).keys if len(chain) > 1 else None
    if rows is not None and rows.name == key:
        rows.key_of({step: part for step, part in field.value.items() if step != key})
    change = Change(chain)
    for step in (ORDER, LENGTH, key):
        if step in branch.asked:
            change.told.append(branch.asked[step])
    if key in branch.parts:
        change.give_or_remove(branch, key, value, ALWAYS)
    put(chain, key, value)
    change.carry_out()
