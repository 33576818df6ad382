"""What users hold of a store: an object a place, to be called like a signal.

A field's own names must not stand in the way of the user's, so all that a store has beside its
methods is one slot with a name that no field of a dataclass bears.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, NoReturn

from gossamer.errors import StoreFieldError
from gossamer.reactive.changes import IF_CHANGED, branch_of
from gossamer.reactive.fields import Field, Removed
from gossamer.reactive.graph import track
from gossamer.reactive.scope import scope
from gossamer.reactive.structures import ABSENT
from gossamer.reactive.writes import replace, write_leaf
from gossamer.values import shown


class Store[T]:
    """One place in a store, read and written like a signal.

    What it gives is plain, and stays as it is: the store copies what it has given away before it
    changes it.

    >>> from gossamer.reactive import Store, store
    >>> state = store({"user": {"name": "Ada"}})
    >>> name = state.user.name
    >>> name.set("Grace")
    >>> isinstance(name, Store), name(), state()
    (True, 'Grace', {'user': {'name': 'Grace'}})
    """

    __slots__ = ("__field__", "__weakref__")

    __field__: Field
    __iter__: Any = None  # a place is no sequence, although it has items

    def __init__(self, field: Field) -> None:
        object.__setattr__(self, "__field__", field)

    def __call__(self) -> T:
        """Read the value; what runs now is run again when it, or a part of it, changes."""
        field = self.__field__
        observer = scope.observer
        if observer and field.read_in != observer.stamp:
            track(field, observer)
        return field.value if field.branch is None else field.lend()  # type: ignore[no-any-return] # what stands there

    def peek(self) -> T:
        """Read the value without depending on it."""
        return self.__field__.lend()  # type: ignore[no-any-return] # what stands there

    def track(self) -> None:
        """Depend on the place without reading it."""
        self.__field__.track()

    def stream(self) -> AsyncIterator[T]:
        """Give the value now and after each change, for `async for`."""
        from gossamer.reactive.tasks import stream  # noqa: PLC0415 - asyncio is dear

        return stream(self)

    def set(self, value: T) -> None:
        """Write the value; tells who reads it, what is around it, or any part of it."""
        field = self.__field__
        if field.branch is not None or not write_leaf(field, value):
            replace(self, plain(value))

    def update(self, fn: Callable[[T], T]) -> None:
        """Write what a function makes of the present value, which it must not change in place."""
        self.set(fn(self.peek()))

    def patch(self, value: T) -> None:
        """Take another value, and tell only those who read what differs in it."""
        replace(self, plain(value), tell=IF_CHANGED)

    def set_quietly(self, value: T) -> None:
        """Write the value without notifying anybody."""
        replace(self, plain(value), quietly=True)

    def notify(self) -> None:
        """Tell what depends on the place that its value was changed in place."""
        replace(self, self.__field__.value)

    def __getitem__(self, step: Any) -> Any:
        """The part at a step, whatever its name; here there is none."""
        return refuse(self, step)

    def __setitem__(self, step: Any, value: Any) -> None:
        self[step].set(value)

    def __getattr__(self, name: str) -> Any:
        """The part of a name; here there is none."""
        return refuse(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __repr__(self) -> str:
        field = self.__field__
        return f"{field.label}({shown(field.value)})"


class RecordStore[T](Store[T]):
    """A dataclass or a named tuple in a store; its fields are attributes."""

    __slots__ = ()

    def __getitem__(self, name: Any) -> Any:
        """The part of a name, also when a method bears it."""
        try:
            return self.__field__.branch.parts[name]  # type: ignore[union-attr] # a record has one
        except KeyError:
            pass
        return reach(self, name)

    def __getattr__(self, name: str) -> Any:
        """The part of a name."""
        try:
            return self.__field__.branch.parts[name]  # type: ignore[union-attr] # a record has one
        except KeyError:
            pass
        return refuse(self, name) if is_dunder(name) else reach(self, name)


def ask(store: Store[Any], step: Any) -> None:
    """Follow what stands at a step of a store, or the order or length of its parts."""
    field = store.__field__
    branch_of(field).ask(field, step)


def refuse(store: Store[Any], step: Any) -> NoReturn:
    """Say that there are no parts by name; who asked is told when there may be."""
    if is_dunder(step):
        raise AttributeError(step)
    store.track()
    raise missing(store, step)


def is_dunder(name: object) -> bool:
    """Whether a name is one of Python's own, which is never a part."""
    return isinstance(name, str) and name.startswith("__") and name.endswith("__")


def reach(store: Store[Any], step: Any) -> Any:
    """Make the part at a step, when it is reached for the first time."""
    field = store.__field__
    branch = branch_of(field)
    value = branch.structure.part(field.value, branch.raw_step(step))
    if value is ABSENT:
        branch.ask(field, step)
        raise missing(store, step)
    made = Field(value, field, step, field.setting)
    if field.is_removed:
        made.__class__ = Removed
    return branch.parts.setdefault(step, field.setting.face_of(made)(made))


def missing(store: Store[Any], step: object) -> StoreFieldError:
    """Say that a store has no such part, and what it has."""
    field = store.__field__
    branch = field.branch
    what = f"{field.label} has no {step!r}."
    if branch is None:
        kind = "None" if field.value is None else f"a value of type {type(field.value).__name__}"
        why = f"It holds {kind}, which is one whole and has no parts."
        return StoreFieldError(
            what, why=why, fix="Read it by calling it, and look what it is first."
        )
    steps = branch.structure.steps(field.value)
    near = next((name for name in steps if is_near(step, name)), None)
    fix = "Use what is there." if near is None else f"Write `{near}`."
    return StoreFieldError(what, why=f"It holds {branch.structure.describe(field.value)}.", fix=fix)


def is_near(one: object, other: object) -> bool:
    """Whether one name may be a slip of the other: the same letters, or the same beginning."""
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    return sorted(one.lower()) == sorted(other.lower()) or one[:3] == other[:3]


def plain(value: Any) -> Any:
    """The plain value of what is written: stores, also as items of a list, stand for theirs."""
    if isinstance(value, Store):
        return value.peek()
    kind = type(value)
    if kind is list or kind is tuple:
        return kind(_peek_each(value)) if any(isinstance(item, Store) for item in value) else value
    if kind is dict and any(isinstance(item, Store) for item in value.values()):
        return dict(zip(value, _peek_each(value.values()), strict=True))
    return value


def _peek_each(items: Iterable[Any]) -> list[Any]:
    return [item.peek() if isinstance(item, Store) else item for item in items]
