"""Dicts in a store."""

from collections.abc import Iterator
from typing import Any

from gossamer.reactive.faces import RecordStore, ask, missing, plain
from gossamer.reactive.fields import LENGTH, ORDER
from gossamer.reactive.structures import ABSENT
from gossamer.reactive.writes import exchange


class DictStore[K, V](RecordStore[dict[K, V]]):
    """A dict in a store: its values are stores; keys that are names are attributes as well.

    A key that is the name of a method, such as "items", is reached as `state["items"]`.
    """

    __slots__ = ()

    def __len__(self) -> int:
        """How many keys there are; tracked."""
        ask(self, LENGTH)
        return len(self.__field__.value)

    def __iter__(self) -> Iterator[K]:
        """The keys; tracked. What follows may change the dict."""
        ask(self, ORDER)
        return iter(list(self.__field__.value))

    def __contains__(self, key: object) -> bool:
        """Whether there is a key; only its coming and going is followed."""
        ask(self, key)
        return key in self.__field__.value

    def get(self, key: K, default: Any = None) -> Any:
        """The store of a key's value, else the default; follows whether the key is there."""
        if key in self:
            return self[key]
        return default

    def keys(self) -> list[K]:
        """The keys; tracked."""
        return [*self]

    def values(self) -> list[Any]:
        """The values, each a store; tracked."""
        return [self[key] for key in self]

    def items(self) -> list[tuple[K, Any]]:
        """The keys with their values, each a store; tracked."""
        return [(key, self[key]) for key in self]

    def pop(self, key: K, *default: V) -> V:
        """Take away a key, and give its plain value, else the default."""
        value: V = self.__field__.value.get(key, ABSENT)
        if value is not ABSENT:
            exchange(self, key, ABSENT)
        elif default:
            return default[0]
        else:
            raise missing(self, key)
        return value

    def __setitem__(self, key: Any, value: Any) -> None:
        if key in self.__field__.value:
            self[key].set(value)
        else:
            exchange(self, key, plain(value))

    def __delitem__(self, key: K) -> None:
        self.pop(key)
