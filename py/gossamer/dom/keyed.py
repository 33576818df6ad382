"""Keyed lists: rows follow their keys, and as few as possible move."""

from collections.abc import Hashable, Iterable
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.rows import Row, drop_later, drop_rows, make_rows
from gossamer.dom.slot import Body, Slot
from gossamer.dom.warnings import warn_once
from gossamer.errors import ListError
from gossamer.reactive import Owner, Signal, current_owner, live_effect, untrack
from gossamer.values import are_plain, is_equal, is_equal_safely, is_risky, safely, type_of
from gossamer.view.kinds import KeyedList
from gossamer.view.sequence import count_same_ends, longest_increasing

NEW = -1
"""The old position of a row that was not there."""


class Rows:
    """The rows of one list, before the list's anchor."""

    __slots__ = (
        "anchor",
        "around",
        "attributes",
        "children",
        "effect",
        "items",
        "key",
        "leave",
        "move",
        "read",
        "rows",
        "seen",  # by `gossamer.dom.debug` only
        "wants_index",
    )

    seen: Any

    def __init__(self, anchor: int, view: KeyedList, attributes: dict[str, object] | None) -> None:
        self.anchor = anchor
        self.attributes = attributes  # of the component around, for the root elements of rows
        self.rows: list[Row] = []
        self.items: list[object] = []
        self.take(view)

    def take(self, view: KeyedList) -> None:
        """Use another view's functions from now on."""
        self.read = view.each
        self.key = view.key
        self.children = view.children
        self.leave = view.leave
        self.move = view.move
        self.wants_index = view.wants_index
        self.around = current_owner()
        self.effect: Owner | None = None

    def renew(self, view: KeyedList) -> None:
        """Serve another view: what the rows owned went with the old one, so all are shown anew."""
        self.take(view)
        for row in self.rows:
            row.own = None
            row.owner = self.around
            row.outer = None
            row.item = _STALE
        self.items = [_STALE] * len(self.rows)

    def start(self) -> None:
        """Show the items now and after each change of them."""
        if callable(self.read):
            live_effect(self.update)
        else:
            untrack(self.show, self.read)

    def update(self) -> None:
        """Read the items again and bring the rows in step."""
        # Rows outlive this run, so they belong to what holds the list; but this effect comes
        # before theirs, so that no row runs that is about to go.
        self.effect = current_owner()
        items = self.read() if callable(self.read) else self.read
        untrack(self.show, items)

    def show(self, given: object) -> None:
        """Keep, move, make and remove rows until they are those of the items."""
        items = _listed(given, self.children)
        glides = bool(self.move and self.rows)
        if glides:
            verbs.measure(self.anchor)
        try:
            self._follow(items)
        except RecursionError:
            self._give_up()
            raise
        if glides:
            verbs.glide(self.anchor, self.move)

    def _give_up(self) -> None:
        """Show nothing: the stack ended while rows were made, and some have no nodes yet."""
        for row in self.rows:
            row.dispose()
            if row.body is not None or row.slot is not None:
                verbs.remove(*row.extent())
        drop_rows(self.rows)
        self.rows = []
        self.items = []

    def _follow(self, items: list[object]) -> None:
        if are_plain(items) and are_plain(self.items):
            head, tail = count_same_ends(self.items, items)
        else:
            if is_risky(items):
                self.items = [_STALE] * len(self.items)  # only their keys tell the rows
            head, tail = safely(count_same_ends, self.items, items)
        old = self.items
        stop, new_stop = len(old) - tail, len(items) - tail
        if head == stop:
            self._insert(items, self._keys(items[head:new_stop]), head)
        elif head == new_stop:
            self._remove(head, stop)
        elif not self._exchange(items, head, stop, new_stop):
            self._change(items, head, stop, new_stop)
        self.items = items
        if self.wants_index and len(old) != len(items):
            self._number(head)

    def _insert(self, items: list[object], keys: list[Hashable], head: int) -> None:
        """Put new rows at a position, in one run."""
        made = self._make(items, keys, head)
        self.rows[head:head] = made
        make_rows(made, self._show_row, self._node_at(head + len(made)), self.attributes)

    def _exchange(self, items: list[object], head: int, stop: int, new_stop: int) -> bool:
        """Swap two rows, when that is all; found without asking for the keys of those between."""
        last = stop - 1
        if stop != new_stop or stop - head < 3 or items[head] is not self.items[last]:
            return False
        if items[last] is not self.items[head]:
            return False
        alike = is_equal if are_plain(items) else is_equal_safely
        if not alike(items[head + 1 : last], self.items[head + 1 : last]):
            return False
        rows = self.rows
        after = self._node_at(stop)
        verbs.move(*rows[last].extent(), rows[head].extent()[0])
        verbs.move(*rows[head].extent(), after)
        rows[head], rows[last] = rows[last], rows[head]
        if self.wants_index:
            self._number(head)
        return True

    def _change(self, items: list[object], head: int, stop: int, new_stop: int) -> None:
        """Change the stretch between what is the same at both ends."""
        middle = self.rows[head:stop]
        keys = self._keys(items[head:new_stop])
        by_key = {row.key: position for position, row in enumerate(middle)}
        found = [by_key.pop(key, NEW) for key in keys]
        if len(by_key) == len(middle):
            self._remove(head, stop)
            self._insert(items, keys, head)
            return
        for position in by_key.values():
            self._remove_one(middle[position])
        made = self._make(items, keys, head)
        stretch = [middle[p] if p >= 0 else made[i] for i, p in enumerate(found)]
        after = self._node_at(stop)
        self.rows[head:stop] = stretch
        self._place(stretch, found, after)
        if self.wants_index:
            self._number(head)
        for offset, position in enumerate(found):
            if position >= 0:
                self._renew(stretch[offset], items[head + offset])

    def _place(self, stretch: list[Row], found: list[int], stop: int) -> None:
        """Move what moves, and make what is new, before the next row that stays."""
        staying = longest_increasing(found)
        stops = [0] * len(found)
        for offset in range(len(found) - 1, -1, -1):
            stops[offset] = stop
            if offset in staying:
                stop = stretch[offset].extent()[0]
        offset = 0
        while offset < len(found):
            if found[offset] == NEW:
                end = offset
                while end < len(found) and found[end] == NEW:
                    end += 1
                make_rows(stretch[offset:end], self._show_row, stops[offset], self.attributes)
                offset = end
                continue
            if offset not in staying:
                verbs.move(*stretch[offset].extent(), stops[offset])
            offset += 1

    def _node_at(self, position: int) -> int:
        """The node that a row at a position would go before."""
        return self.rows[position].extent()[0] if position < len(self.rows) else self.anchor

    def _make(self, items: list[object], keys: list[Hashable], head: int) -> list[Row]:
        """Rows for the items of a stretch, not shown yet."""
        around, effect = self.around, self.effect
        made = [Row(key, items[head + i], around, effect) for i, key in enumerate(keys)]
        if self.wants_index:
            for offset, row in enumerate(made):
                row.index = Signal(head + offset)
        return made

    def _take_out(self, start: int, end: int) -> None:
        """Take nodes out of the page; with an animation they go when that has ended."""
        if self.leave:
            verbs.leave(start, end, self.anchor, self.leave, self.move)
        else:
            verbs.remove(start, end)

    def _remove(self, start: int, stop: int) -> None:
        """Take rows that stand side by side out of the page, in one crossing."""
        gone = self.rows[start:stop]
        del self.rows[start:stop]
        for row in gone:
            row.dispose()
        self._take_out(gone[0].extent()[0], gone[-1].extent()[1])
        drop_later(gone)

    def _remove_one(self, row: Row) -> None:
        row.dispose()
        self._take_out(*row.extent())
        drop_later([row])

    def _number(self, head: int) -> None:
        """Tell rows their places."""
        for position in range(head, len(self.rows)):
            index = self.rows[position].index
            if index is not None and index.peek() != position:
                index.set(position)

    def _renew(self, row: Row, item: object) -> None:
        """Hand a kept row its item; another value runs the row function again."""
        if row.item is not item:
            same = is_equal_safely(row.item, item)
            row.item = item
            if not same:
                row.refill(self._show_row)

    def _show_row(self, row: Row) -> object:
        children = self.children
        if not callable(children):
            return row.item if children is None else children
        if row.index is not None:
            return children(row.item, row.index.read_only)
        return children(row.item)

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
            ).about(key) from None
        if key is not None:
            warn_once(
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
        """Take all rows out of the page at once, those that are still leaving as well."""
        if self.leave:
            self.leave = ""
            verbs.hurry(self.anchor)
        if self.rows:
            self._remove(0, len(self.rows))
        self.items = []

    def release(self) -> None:
        """Forget all rows."""
        for row in self.rows:
            row.dispose()
        drop_rows(self.rows)
        self.rows = []
        self.items = []


class _Stale:
    """Stands for the item of a row whose effects are gone; no item equals it."""


_STALE = _Stale()


def _listed(items: object, children: object) -> list[object]:
    """A list of our own: the user may change theirs in place."""
    if items is None:
        return []
    if isinstance(items, Iterable) and not isinstance(items, str):
        return list(items)
    raise ListError(
        f"For got {type_of(items)} to show.",
        why="It shows one row for each item, so it needs something to loop over.",
        fix="Pass a list, or a callable that gives one: each={items}.",
    ).about(children)


def build_keyed(view: KeyedList, slot: Slot, old: Body | None) -> Body:
    """Build a keyed list, or let the rows that stand there take the new items."""
    if type(old) is Rows and old.attributes == slot.attributes:
        rows = old
        rows.renew(view)
    else:
        slot.vacate()
        rows = Rows(slot.need_anchor(), view, slot.attributes)
    rows.start()
    return rows
