"""What one write does to the fields of a store: planned, then done, then told.

What can go wrong goes wrong in the plan, so a failing write leaves everything as it was. The plan
collects who is to be told from the root down, so that outer effects run before inner ones.
"""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final

from gossamer.reactive.fields import LENGTH, ORDER, Branch, Field, Removed
from gossamer.reactive.flushing import announce
from gossamer.reactive.graph import Source, next_stamp
from gossamer.reactive.row_keys import RowKeys
from gossamer.reactive.structures import ABSENT, LIST, is_unchanged, structure_of

if TYPE_CHECKING:
    from gossamer.reactive.faces import Store

NEVER: Final = 0
IF_CHANGED: Final = 1
ALWAYS: Final = 2


class Change:
    """The plan of one write: what becomes of the fields, and who is told."""

    __slots__ = ("keys", "lost", "moved", "removed", "told", "values")

    def __init__(self, chain: list[Field]) -> None:
        self.told: list[Source] = [*reversed(chain)]
        self.values: list[tuple[Store[Any], Any]] = []
        self.keys: list[tuple[RowKeys, int, int, list[Any]]] = []
        self.moved: tuple[Branch, Field, Any] | None = None
        self.lost: list[tuple[Branch, Any]] = []
        self.removed: list[Field] = []

    def give(self, store: Store[Any], value: Any, tell: int) -> None:
        """Plan another value for a field, and so for the fields made below it."""
        field = store.__field__
        self.values.append((store, value))
        if tell:
            self.told.append(field)
        branch = field.branch
        if branch is None:
            return
        if branch.structure is not structure_of(value):
            self.remove_parts(branch)
        elif branch.keys is not None and branch.keys.is_read:
            self.give_rows(branch, branch.keys, value, tell)
        else:
            self.give_parts(branch, field.value, value, tell)

    def give_parts(self, branch: Branch, old: Any, new: Any, tell: int) -> None:
        """Plan the values of parts that are known by their step."""
        structure = branch.structure
        if branch.asked and tell:
            self.tell_asked(
                branch,
                structure.steps(old),
                structure.steps(new),
                lambda step: structure.has(old, step) != structure.has(new, step),
                always=tell == ALWAYS,
            )
        for step in branch.parts:
            self.give_or_remove(branch, step, structure.part(new, step), tell)

    def give_rows(self, branch: Branch, keys: RowKeys, rows: list[Any], tell: int) -> None:
        """Plan the values of rows, which are known by their keys."""
        old, new = keys.keys, keys.read(rows)
        if tell:
            self.tell_rows(branch, old, new, always=tell == ALWAYS)
        self.keys.append((keys, 0, len(old), new))
        by_key = dict(zip(new, rows, strict=True))
        for key in branch.parts:
            self.give_or_remove(branch, key, by_key.get(key, ABSENT), tell)

    def give_or_remove(self, branch: Branch, step: Any, value: Any, tell: int) -> None:
        """Plan another value for a part, or that it goes."""
        store = branch.parts[step]
        if value is ABSENT:
            self.lost.append((branch, step))
            self.remove(store)
        elif tell == IF_CHANGED and is_unchanged(store.__field__.value, value):
            self.give(store, value, NEVER)
        else:
            self.give(store, value, tell)

    def remove(self, store: Store[Any]) -> None:
        """Plan that a field and those made below it are removed, and who followed them is told."""
        field = store.__field__
        self.removed.append(field)
        self.told.append(field)
        if field.branch is not None:
            self.remove_parts(field.branch)

    def remove_parts(self, branch: Branch) -> None:
        """Plan that all parts of a field are removed."""
        self.told.extend(branch.asked.values())
        for store in branch.parts.values():
            self.remove(store)

    def rekey(self, branch: Branch, row: Field, value: Any) -> bool:
        """Plan that a row which is written is known by the key that it has then, if another."""
        keys = branch.keys
        if keys is None or keys.key_of(value) == row.step:
            return False
        place = keys.place(row.step)
        new = keys.read_between(place, place + 1, [value])
        self.tell_asked(branch, [row.step], new, lambda step: step == place)
        self.keys.append((keys, place, place + 1, new))
        self.moved = (branch, row, new[0])
        return True

    def tell_rows(
        self, branch: Branch, old: list[Any], new: list[Any], *, always: bool = False
    ) -> None:
        """Tell those who asked for rows by their position; lists of keys say which stand where."""
        self.tell_asked(
            branch,
            old,
            new,
            lambda place: LIST.part(old, place) != LIST.part(new, place),
            always=always,
        )

    def tell_asked(
        self,
        branch: Branch,
        old: Collection[Any],
        new: Collection[Any],
        differs: Callable[[Any], bool],
        *,
        always: bool = False,
    ) -> None:
        """Tell those who asked for the order, the length, or what stands at a step that differs."""
        for step, question in branch.asked.items():
            if (
                always
                or (step is ORDER and old != new)
                or (step is LENGTH and len(old) != len(new))
                or (step is not ORDER and step is not LENGTH and differs(step))
            ):
                self.told.append(question)

    def carry_out(self, *, quietly: bool = False) -> None:
        """Do what was planned, and tell of it."""
        for store, value in self.values:
            field = store.__field__
            if field.hold(value):
                object.__setattr__(store, "__class__", field.setting.face_of(field))
        for keys, start, stop, new in self.keys:
            keys.exchange(start, stop, new)
        if self.moved is not None:
            branch, row, key = self.moved
            branch.parts[key] = branch.parts.pop(row.step)
            row.step = key
        for branch, step in self.lost:
            del branch.parts[step]
        for field in self.removed:
            field.__class__ = Removed
        if not quietly:
            announce(self.told)


def above(field: Field) -> list[Field]:
    """The fields around a field, nearest first."""
    found = []
    while field.parent is not None:
        parent = field.parent()
        if parent is None:  # nobody can see the whole any more, but somebody may have its value
            field.parent = None
            field.lend()
            break
        found.append(parent)
        field = parent
    return found


def branch_of(field: Field) -> Branch:
    """What a field whose value is known to have parts knows of them."""
    branch = field.branch
    assert branch is not None  # noqa: S101 - callers know what stands there
    return branch


def put(chain: list[Field], step: Any, part: Any) -> None:
    """Exchange a part of a field's plain value, and so of the values around it, nearest first.

    What may be in somebody else's hands is copied before. A value is the store's own if it was
    copied after it, or anything around it, was last given away.
    """
    lent = 0
    own = []
    for field in reversed(chain):
        branch = branch_of(field)
        lent = max(lent, branch.lent)
        own.append(branch.copied > lent)
    copies: list[tuple[Field, Any]] = []
    for field in chain:
        branch = branch_of(field)
        structure = branch.structure
        if copies:
            step = branch.raw_step(copies[-1][0].step)
        if own.pop():
            structure.put(field.value, step, part)
            break
        part = structure.put(structure.copy(field.value), step, part)
        copies.append((field, part))
    stamp = next_stamp()
    for field, whole in copies:
        field.value = whole
        branch = branch_of(field)
        branch.copied = 0 if branch.structure.is_fixed else stamp
