"""Lists and tuples in a store."""

from collections.abc import Callable, Iterable, Iterator
from operator import index as whole_number
from operator import is_not
from typing import Any

from gossamer.reactive.changes import branch_of
from gossamer.reactive.faces import Store, ask, missing, plain, reach
from gossamer.reactive.fields import LENGTH, ORDER
from gossamer.reactive.row_keys import RowKeys
from gossamer.reactive.writes import splice


class TupleStore[T](Store[T]):
    """A tuple in a store: its items are stores, known by their positions."""

    __slots__ = ()

    def __len__(self) -> int:
        """How many items there are; tracked."""
        ask(self, LENGTH)
        return len(self.__field__.value)

    def __iter__(self) -> Iterator[Any]:
        """The items, each a store; tracked. What follows may change the list."""
        ask(self, ORDER)
        return iter(self._all(slice(None)))

    def _all(self, part: slice) -> list[Any]:
        return [self._at(place) for place in range(len(self.__field__.value))[part]]

    def __contains__(self, value: object) -> bool:
        """Whether a value is among the items; follows all of them."""
        self.track()
        return plain(value) in self.__field__.value

    def __getitem__(self, position: Any) -> Any:
        """The item at a position, a store; for a slice a list of them, which is tracked."""
        try:
            return self.__field__.branch.parts[position]  # type: ignore[union-attr] # it has one
        except KeyError:
            pass
        if isinstance(position, slice):
            ask(self, ORDER)
            return self._all(position)
        return self._at(self._place(position))

    def _place(self, position: Any) -> int:
        """Where a position is, counted from the start."""
        size = len(self.__field__.value)
        place = whole_number(position) if hasattr(position, "__index__") else size
        if place < 0:
            place += size
            ask(self, LENGTH)
        if not 0 <= place < size:
            ask(self, LENGTH)
            raise missing(self, position)
        return place

    def _at(self, place: int) -> Any:
        parts = branch_of(self.__field__).parts
        return parts[place] if place in parts else reach(self, place)


class ListStore[T](TupleStore[list[T]]):
    """A list in a store: its items are stores, and it is changed like a list.

    What is added, taken away or moved is told to those who follow the list as a whole, its items
    or its length; of the fields in it only those are told that differ.
    """

    __slots__ = ()

    def append(self, value: T) -> None:
        """Add an item at the end."""
        self.extend((value,))

    def extend(self, values: Iterable[T]) -> None:
        """Add items at the end."""
        size = len(self.__field__.value)
        splice(self, size, size, [plain(value) for value in values])

    def insert(self, position: int, value: T) -> None:
        """Add an item before a position."""
        start, _, _ = slice(position, None).indices(len(self.__field__.value))
        splice(self, start, start, [plain(value)])

    def pop(self, position: int = -1) -> T:
        """Take away an item, and give its plain value."""
        place = self._place(position)
        value: T = self.__field__.value[place]
        splice(self, place, place + 1, [])
        return value

    def remove(self, value: object) -> None:
        """Take away one of the list's own stores, or the first item that is equal to a value."""
        place = self._index(value)
        splice(self, place, place + 1, [])

    def clear(self) -> None:
        """Take away all items."""
        splice(self, 0, len(self.__field__.value), [])

    def reverse(self) -> None:
        """Turn the order around."""
        self._take(self.__field__.value[::-1])

    def sort(self, *, key: Callable[[T], Any] | None = None, reverse: bool = False) -> None:
        """Sort the items; `key` gets their plain values."""
        self._take(sorted(self.__field__.value, key=key, reverse=reverse))

    def index(self, value: object) -> int:
        """The position of one of the list's own stores, or of the first equal item; tracked."""
        if isinstance(value, Store):
            ask(self, ORDER)
        else:
            self.track()
        return self._index(value)

    def _index(self, value: object) -> int:
        if isinstance(value, Store):
            branch = branch_of(self.__field__)
            step = value.__field__.step
            if branch.parts.get(step) is value:
                return branch.raw_step(step)  # type: ignore[no-any-return] # a position
        items: list[object] = self.__field__.value
        return items.index(plain(value))

    def __setitem__(self, position: Any, value: Any) -> None:
        if isinstance(position, slice):
            items = [*self.__field__.value]
            items[position] = [plain(one) for one in value]
            self._take(items)
        else:
            self._put(self._place(position), plain(value))

    def __delitem__(self, position: Any) -> None:
        if isinstance(position, slice):
            items = [*self.__field__.value]
            del items[position]
            self._take(items)
        else:
            place = self._place(position)
            splice(self, place, place + 1, [])

    def _put(self, place: int, value: Any) -> None:
        self._at(place).set(value)

    def _take(self, items: list[Any]) -> None:
        """Have these items, most of which are there already."""
        old = self.__field__.value
        if len(items) != len(old) or any(map(is_not, items, old, strict=True)):
            splice(self, 0, len(old), items)


class KeyedStore[T](ListStore[T]):
    """A list in a store whose rows are known by their keys.

    A row that moves keeps its store, and nobody who follows its fields is told.
    """

    __slots__ = ()

    def by_key(self, key: Any) -> Any:
        """The row with a key, wherever it stands."""
        parts = branch_of(self.__field__).parts
        if key in parts:
            return parts[key]
        if self._keys().has(key):
            return reach(self, key)
        ask(self, ORDER)
        raise missing(self, key)

    def __getitem__(self, position: Any) -> Any:
        """The row at a position; followed, since another row may come to stand there."""
        if isinstance(position, slice):
            ask(self, ORDER)
            return self._all(position)
        place = self._place(position)
        ask(self, place)
        return self._at(place)

    def _keys(self) -> RowKeys:
        field = self.__field__
        keys = branch_of(field).keys
        assert keys is not None  # noqa: S101 - that makes it a keyed one
        keys.read_first(field.value)
        return keys

    def _at(self, place: int) -> Any:
        parts = branch_of(self.__field__).parts
        key = self._keys().keys[place]
        return parts[key] if key in parts else reach(self, key)

    def _put(self, place: int, value: Any) -> None:
        keys = self._keys()
        if keys.key_of(value) == keys.keys[place]:
            super()._put(place, value)
        else:
            splice(self, place, place + 1, [value])
