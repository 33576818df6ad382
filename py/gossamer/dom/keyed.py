"""Keyed lists: rows follow their keys, and as few as possible move."""

from collections.abc import Hashable, Iterable

from gossamer.dom.bridge import verbs
from gossamer.dom.slot import Body, Slot
from gossamer.dom.warnings import warn
from gossamer.errors import ListError
from gossamer.reactive import Owner, Signal, current_owner, render_effect, untrack
from gossamer.view.kinds import KeyedList
from gossamer.view.sequence import longest_increasing


class Row:
    """One row: its owner, its item and what stands in the page."""

    __slots__ = ("index", "item", "key", "owner", "slot")

    def __init__(self, key: Hashable, item: object, slot: Slot, effect: Owner | None) -> None:
        self.key = key
        self.item = item
        self.slot = slot
        self.owner = make_owner(effect)
        self.index: Signal[int] | None = None

    def clear(self) -> None:
        """Dispose what it owns, then take it out of the page."""
        self.owner.dispose()
        self.slot.clear()


def make_owner(effect: Owner | None) -> Owner:
    """An owner beside the list's effect, whose own effects run after it."""
    if effect is None:
        return Owner()
    owner = Owner(effect.parent)
    owner.outer = effect
    return owner


class Rows:
    """The rows of one list, before the list's anchor."""

    __slots__ = ("anchor", "children", "effect", "key", "read", "rows", "wants_index")

    def __init__(self, anchor: int, view: KeyedList) -> None:
        self.anchor = anchor
        self.effect: Owner | None = None
        self.rows: list[Row] = []
        self.take(view)

    def take(self, view: KeyedList) -> None:
        """Use another view's functions from now on."""
        self.read = view.each
        self.key = view.key
        self.children = view.children
        self.wants_index = view.wants_index

    def start(self) -> None:
        """Show the items now and after each change of them."""
        if callable(self.read):
            render_effect(self.update)
        else:
            self.show(self.read)

    def update(self) -> None:
        """Read the items again and bring the rows in step."""
        # Rows outlive this run, so they belong to what holds the list; but this effect comes
        # before theirs, so that no row runs that is about to go.
        self.effect = current_owner()
        items = self.read() if callable(self.read) else self.read
        untrack(self.show, items)

    def show(self, items: object) -> None:
        """Keep, move, make and remove rows until they are those of the items."""
        wanted = _listed(items)
        old = self.rows
        keys = self._keys(wanted)
        top = min(len(old), len(keys))
        head = 0
        while head < top and old[head].key == keys[head]:
            head += 1
        tail = 0
        while tail < top - head and old[-1 - tail].key == keys[-1 - tail]:
            tail += 1
        middle = old[head : len(old) - tail]
        by_key = {row.key: position for position, row in enumerate(middle)}
        new = keys[head : len(keys) - tail]
        found = [by_key.pop(key, -1) for key in new]
        for position in by_key.values():
            middle[position].clear()
        rest = old[len(old) - tail :]
        stretch = self._place(rest, middle, found, keys, wanted, head)
        self.rows = [*old[:head], *stretch, *rest]
        self._renew(wanted, found, head)

    def _place(
        self,
        rest: list[Row],
        middle: list[Row],
        found: list[int],
        keys: list[Hashable],
        items: list[object],
        head: int,
    ) -> list[Row]:
        """Fill the changed stretch in order: each row goes before the next one that stays."""
        staying = longest_increasing(found)
        stop = rest[0].slot.extent()[0] if rest else self.anchor
        stops = [stop] * len(found)
        for offset in range(len(found) - 1, -1, -1):
            stops[offset] = stop
            if offset in staying:
                stop = middle[found[offset]].slot.extent()[0]
        rows = []
        for offset, position in enumerate(found):
            index = head + offset
            if position < 0:
                row = self._make(keys[index], items[index], index, stops[offset])
            else:
                row = middle[position]
                if offset not in staying:
                    verbs.move(*row.slot.extent(), stops[offset])
            rows.append(row)
        return rows

    def _renew(self, items: list[object], found: list[int], head: int) -> None:
        """Hand kept rows their new values and places."""
        last = head + len(found)
        for index, row in enumerate(self.rows):
            if row.index is not None and row.index.peek() != index:
                row.index.set(index)
            item = items[index]
            if row.item is not item:
                if head <= index < last and found[index - head] < 0:
                    continue
                same = is_equal(row.item, item)
                row.item = item
                if not same:
                    row.owner.reset()
                    self._fill(row)

    def _make(self, key: Hashable, item: object, index: int, before: int) -> Row:
        row = Row(key, item, Slot(0, before), self.effect)
        if self.wants_index:
            row.index = Signal(index)
        self._fill(row)
        return row

    def _fill(self, row: Row) -> None:
        """Run the row's function and show what it gives; what it raises leaves the row empty."""
        owner = row.owner
        try:
            owner.run(self._show_row, row)
        except Exception as error:  # noqa: BLE001 - the other rows live on; it is reported
            owner.reset()
            row.slot.show(None)
            owner.handle_error(error)

    def _show_row(self, row: Row) -> None:
        children = self.children
        if not callable(children):
            view = row.item if children is None else children
        elif row.index is not None:
            view = children(row.item, row.index.read_only)
        else:
            view = children(row.item)
        row.slot.fill(view)

    def _keys(self, items: list[object]) -> list[Hashable]:
        """The key of each item; a key that comes again is told apart, and warned of."""
        key = self.key
        keys = [key(item) for item in items] if key is not None else items
        try:
            if len(set(keys)) == len(keys):
                return keys
        except TypeError:
            if key is None:
                return [id(item) for item in items]
            raise ListError(
                "A key of For cannot be hashed.",
                why="Rows are found by their keys, so a key has to be hashable.",
                fix="Return text, a number or a tuple from the key function.",
            ) from None
        if key is not None:
            warn(
                "For got the same key more than once.\n"
                "Why: two rows with one key cannot be told apart when the list changes.\n"
                "Fix: return something that no two items share, such as an id."
            )
        seen: dict[object, int] = {}
        told_apart: list[Hashable] = []
        for item in keys:
            count = seen[item] = seen.get(item, -1) + 1
            told_apart.append((item, count) if count else item)
        return told_apart

    def extent(self) -> tuple[int, int]:
        """Never asked: what holds a list has bounds of its own."""
        raise AssertionError("a list has no nodes of its own to bound it")

    def clear(self) -> None:
        """Take all rows out of the page at once."""
        rows = self.rows
        if rows:
            verbs.remove(rows[0].slot.extent()[0], rows[-1].slot.extent()[1])
        self.release()

    def release(self) -> None:
        """Forget all rows."""
        for row in self.rows:
            row.owner.dispose()
            row.slot.release()
        self.rows = []


class _Stale:
    """Stands for the item of a row whose effects are gone; no item equals it."""


_STALE = _Stale()


def _listed(items: object) -> list[object]:
    if items is None:
        return []
    if isinstance(items, Iterable) and not isinstance(items, str):
        return list(items)
    raise ListError(
        f"For got a {type(items).__name__} to show.",
        why="It shows one row for each item, so it needs something to loop over.",
        fix="Pass a list, or a callable that gives one: each={items}.",
    )


def is_equal(old: object, new: object) -> bool:
    """Whether two items are the same value; what cannot say so is taken as changed."""
    try:
        return bool(old == new)
    except Exception:  # noqa: BLE001 - the comparison is the user's code
        return False  # such as two arrays: their comparison has no single truth


def build_keyed(view: KeyedList, slot: Slot, old: Body | None) -> Body:
    """Build a keyed list, or let the rows that stand there take the new items."""
    if type(old) is Rows:
        old.take(view)
        rows = old
        for row in rows.rows:
            row.owner = Owner()  # the old one went with the list's
            row.item = _STALE  # its effects are gone: it has to be filled again
    else:
        slot.vacate()
        rows = Rows(slot.need_anchor(), view)
    rows.start()
    return rows
