"""Stores: plain data with a signal at each leaf."""

from collections.abc import Mapping
from typing import Any, Final, overload

from gossamer.errors import StoreTypeError
from gossamer.reactive.dict_stores import DictStore
from gossamer.reactive.faces import RecordStore, Store
from gossamer.reactive.fields import ROOT, Faces, Field, Setting
from gossamer.reactive.list_stores import KeyedStore, ListStore, TupleStore
from gossamer.reactive.row_keys import RowKeys
from gossamer.reactive.structures import DICT, LIST, NAMED, RECORD, TUPLE, structure_of
from gossamer.values import type_of

FACES: Final[Faces] = {
    None: Store,
    RECORD: RecordStore,
    NAMED: RecordStore,
    DICT: DictStore,
    LIST: ListStore,
    TUPLE: TupleStore,
    RowKeys: KeyedStore,
}


@overload
def store[T](value: list[T], *, keys: str) -> KeyedStore[T]: ...
@overload
def store[T](value: list[T], *, keys: Mapping[str, str] = ...) -> ListStore[T]: ...
@overload
def store[K, V](value: dict[K, V], *, keys: Mapping[str, str] = ...) -> DictStore[K, V]: ...
@overload
def store[T](value: T, *, keys: Mapping[str, str] = ...) -> Store[T]: ...


def store(value: Any, *, keys: str | Mapping[str, str] | None = None) -> Any:
    """Make plain data reactive: dataclasses, dicts, lists and tuples, one in another.

    Each place is read and written like a signal, and tells only whom it concerns. `keys` names
    what tells the rows of a list apart: for each name of a list the name of the rows' key, or for
    a list itself just that.

    >>> from gossamer.reactive import effect, store
    >>> state = store({"user": {"name": "Ada"}, "todos": [{"id": 1, "done": False}]},
    ...     keys={"todos": "id"})
    >>> greeting = effect(lambda: print("Hello", state.user.name()))
    Hello Ada
    >>> state.user.name.set("Grace")
    Hello Grace
    >>> state.todos[0].done.set(True)
    >>> state.todos()
    [{'id': 1, 'done': True}]
    """
    if structure_of(value) is None:
        is_class = isinstance(value, type)
        raise StoreTypeError(
            f"store() got {_name(value)}.",
            why="A store is made over data that has parts: a dataclass, a dict, a list or a tuple.",
            fix=f"Pass an instance: store({value.__name__}(…))."
            if is_class
            else "Use Signal(…) for one value.",
        )
    root = Field(value, None, ROOT, Setting(_key_names(value, keys), FACES))
    return root.setting.face_of(root)(root)


def _key_names(value: object, keys: str | Mapping[str, str] | None) -> Mapping[Any, str]:
    """The name of the rows' key by the step of their list."""
    if isinstance(keys, str):
        if structure_of(value) is not LIST:
            raise StoreTypeError(
                f"store() got keys={keys!r} with {_name(value)}.",
                why="One name alone is for a list: it is what tells its rows apart.",
                fix=f'Name the list as well: keys={{"todos": {keys!r}}}.',
            )
        return {ROOT: keys}
    for name, key in (keys or {}).items():
        if not isinstance(key, str):
            raise StoreTypeError(
                f"store() got {_name(key)} as the key of the rows of `{name}`.",
                why="Rows are told apart by one of their fields or keys, which is given by name.",
                fix=f'Write its name: keys={{{name!r}: "id"}}.',
            )
    return keys or {}


def _name(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else type_of(value)
