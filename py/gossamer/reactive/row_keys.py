"""The keys of a list's rows."""

from typing import Any

from gossamer.errors import StoreKeyError
from gossamer.reactive.structures import ABSENT, structure_of
from gossamer.values import shown


class RowKeys:
    """Which row stands where: rows are known by what they hold in the field of one name."""

    __slots__ = ("is_read", "keys", "name", "places")

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_read = False  # until a row is reached
        self.keys: list[Any] = []
        self.places: dict[Any, int] | None = None

    def read_first(self, rows: list[Any]) -> None:
        """Read the keys unless they are known."""
        if not self.is_read:
            self.keys = self.read(rows)
            self.is_read = True

    def place(self, key: Any) -> int:
        """The position of a row."""
        return self.all_places()[key]

    def has(self, key: Any) -> bool:
        """Whether there is a row with a key."""
        return key in self.all_places()

    def all_places(self) -> dict[Any, int]:
        """The position of each key."""
        if self.places is None:
            self.places = {key: place for place, key in enumerate(self.keys)}
        return self.places

    def read(self, rows: list[Any]) -> list[Any]:
        """Read the keys of rows, and see that no two are the same."""
        keys = [self.key_of(row) for row in rows]
        last = {key: place for place, key in enumerate(keys)}
        if len(last) < len(keys):
            self.refuse_twice(next(key for place, key in enumerate(keys) if last[key] != place))
        return keys

    def read_between(self, start: int, stop: int, rows: list[Any]) -> list[Any]:
        """Read the keys of rows that are to stand in a stretch, beside those around it."""
        keys = self.read(rows)
        places = self.all_places()
        for key in keys:
            place = places.get(key)
            if place is not None and not start <= place < stop:
                self.refuse_twice(key)
        return keys

    def key_of(self, row: object) -> Any:
        """Read the key of a row."""
        structure = structure_of(row)
        key = ABSENT if structure is None else structure.part(row, self.name)
        try:
            hash(key)
        except TypeError:
            key = ABSENT
        if key is ABSENT:
            holds = "no parts" if structure is None else structure.describe(row)
            raise StoreKeyError(
                f"A row has no key: there is nothing hashable at `{self.name}`.",
                why=f"Rows of this list are told apart by `{self.name}`, and this one has {holds}.",
                fix=f"Give each row a `{self.name}`, or take the list out of the store's `keys`.",
            )
        return key

    def refuse_twice(self, key: object) -> None:
        """Raise the error for a key that two rows have."""
        raise StoreKeyError(
            f"Two rows have the `{self.name}` {shown(key)}.",
            why=f"The rows of this list are told apart by `{self.name}`.",
            fix="Give each row its own, or take the list out of the store's `keys`.",
        )

    def exchange(self, start: int, stop: int, keys: list[Any]) -> None:
        """Have other keys in a stretch."""
        places = self.places
        if places is not None:
            if stop == len(self.keys) or stop - start == len(keys):  # the others stay in place
                for key in self.keys[start:stop]:
                    del places[key]
                places.update(zip(keys, range(start, start + len(keys)), strict=True))
            else:
                self.places = None
        self.keys[start:stop] = keys
