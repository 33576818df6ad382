"""Control flow: components that anyone could have written with the public names."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from gossamer.errors import PropError
from gossamer.reactive import Signal, Store, current_owner, memo, provide_context
from gossamer.view.component import ComponentView, component
from gossamer.view.kinds import KeyedList, Partial, PortalView
from gossamer.view.props import view_of_hole

COMPONENT_HOLE = 12


@component
def Show(when: object, children: object = None, fallback: object = None) -> object:
    """Show the children while a condition holds, else the fallback.

    The condition is a callable or a plain value; only a change of its truth builds anything.
    Children that take an argument get a callable that reads the condition's value.
    """
    if not callable(when):
        return _given(children, lambda: when) if when else fallback
    value = memo(when)
    holds = memo(lambda: bool(value()))
    return lambda: _given(children, value) if holds() else fallback


def _given(children: object, read: Callable[[], object]) -> object:
    """The children, called with a reader when they are a function that asks for one."""
    if is_function_of(children, 1):
        return children(read)  # type: ignore[operator] # it is a function: just asked
    return children


def is_function_of(value: object, count: int) -> bool:
    """Whether a value is a function with at least `count` parameters that have no default."""
    code = getattr(value, "__code__", None)
    if code is None:
        return False
    bound = 1 if getattr(value, "__self__", None) is not None else 0
    defaults = len(getattr(value, "__defaults__", None) or ())
    return bool(code.co_argcount - bound - defaults >= count)


@component
def For[T](
    each: Iterable[T] | Callable[[], Iterable[T] | None] | None,
    key: Callable[[T], Hashable] | None = None,
    children: Callable[..., object] | object = None,
) -> object:
    """Show one row for each item; a row follows its key.

    Kept rows keep their nodes, focus and state. A row function with one parameter gets the item;
    with two it gets the item and a callable that reads the row's index. When the item of a kept
    key has changed, the row function runs again and only what differs is written.
    Without a key the item is its own. The items of a store are stores.
    """
    items = each if not isinstance(each, Store) else lambda: _items_of(each)
    return KeyedList(items, key, children, wants_index=is_function_of(children, 2))


def _items_of(store: Store[Any]) -> object:
    """The items of a list in a store; what stands there may be None at times."""
    return list(store) if isinstance(store, Iterable) else store()


@component
def Match(when: object, children: object = None) -> object:
    """One case of a Switch; alone it is a Show."""
    return Show(when=when, children=children)


@component
def Switch(children: object = None, fallback: object = None) -> object:
    """Show the first Match whose condition holds, else the fallback."""
    cases = [(_condition(case.props["when"]), case) for case in _matches(children)]
    chosen = memo(lambda: next((i for i, (holds, _) in enumerate(cases) if holds()), -1))

    def branch() -> object:
        index = chosen()
        if index < 0:
            return fallback
        when = cases[index][1].props["when"]
        read = when if callable(when) else lambda: when
        return _given(cases[index][1].props.get("children"), read)

    return branch


def _condition(when: object) -> Callable[[], object]:
    if callable(when):
        value = memo(when)
        return memo(lambda: bool(value()))
    return lambda: when


def _matches(children: object) -> list[ComponentView]:
    """The Match views among a Switch's children."""
    if isinstance(children, ComponentView):
        children = [children]
    if isinstance(children, Partial):
        children = [
            view_of_hole(hole, children.values, children.source)
            if hole.kind == COMPONENT_HOLE
            else children.values[hole.first]
            for hole in children.shape.holes
        ]
    found: list[ComponentView] = []
    for child in children if isinstance(children, (list, tuple)) else ():
        if isinstance(child, (list, tuple)):
            found.extend(_matches(child))
        elif isinstance(child, ComponentView) and child.component is Match:
            found.append(child)
        else:
            raise PropError(
                f"Switch got {type(child).__name__} among its cases.",
                why="It chooses between Match components only.",
                fix="Wrap it: <{Match} when={condition}>…</{Match}>, or pass it as fallback={…}.",
            )
    return found


@component
def ErrorBoundary(fallback: Callable[..., object] | object, children: object = None) -> object:
    """Show the children, and the fallback instead once something under them has failed.

    Errors of rendering, effects, handlers and tasks count. The fallback is called with the error
    and `reset`, which builds the children anew; it may take less, or be a plain view.
    """
    failure: Signal[Exception | None] = Signal(None)
    owner = current_owner()
    outer = owner.parent if owner else None

    def catch(error: Exception) -> None:
        if failure.peek() is None:
            failure.set(error)
        elif outer is not None:
            outer.handle_error(error)  # the fallback itself has failed

    def reset() -> None:
        failure.set(None)

    def branch() -> object:
        error = failure()
        if error is None:
            return children
        if is_function_of(fallback, 2):
            return fallback(error, reset)  # type: ignore[operator] # it is a function: just asked
        if is_function_of(fallback, 1):
            return fallback(error)  # type: ignore[operator]
        return fallback

    if owner is not None:
        owner.error_handler = catch
    return branch


@component
def Portal(children: object = None, mount: object = None, *, use_shadow: bool = False) -> object:
    """Show the children at the end of another element; None is <body>.

    They go with what holds the portal. With `use_shadow` they stand in the element's shadow root.
    """
    return PortalView(children, mount, use_shadow=use_shadow)


@component
def Provider(value: object, children: object = None, key: Any = None) -> object:
    """Give a value to everything under the children, and to nothing else.

    `key` is what `use_context` asks for: a Context, a type or a text; else the value's type.
    """
    if key is None:
        provide_context(value)
    else:
        provide_context(key, value)
    return children
