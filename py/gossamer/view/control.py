"""Control flow: components that anyone could have written with the public names."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final

from gossamer.reactive import (
    Context,
    Signal,
    Store,
    current_owner,
    memo,
    provide_context,
    report,
    report_caught,
    use_context,
)
from gossamer.reactive.arity import count_required
from gossamer.view.cases import views_of
from gossamer.view.component import component
from gossamer.view.kinds import AnimatedView, KeyedList, PortalView


@component
def Show(when: object, children: object = None, fallback: object = None) -> object:
    """Show the children while a condition holds, else the fallback.

    The condition is a callable or a plain value; only a change of its truth builds anything.
    Children that take an argument get a callable that reads the condition's value.

    >>> from gossamer import Show, Signal, mount
    >>> user = Signal(None)
    >>> shown = mount(t"<{Show} when={user} fallback={'Who?'}>Welcome, {user}</{Show}>")
    >>> page.body.text()
    'Who?'
    >>> user.set("Ada")
    >>> page.body.text()
    'Welcome, Ada'
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
    """Whether a value is a function that has to be given at least `count` arguments."""
    return callable(value) and count_required(value) >= count


@component
def For[T](
    each: Iterable[T] | Callable[[], Iterable[T] | None] | None,
    key: Callable[[T], Hashable] | None = None,
    children: Callable[..., object] | object = None,
    leave: str = "",
    move: float = 0,
) -> object:
    """Show one row for each item; a row follows its key.

    Kept rows keep their nodes, focus and state. A row function with one parameter gets the item;
    with two it gets the item and a callable that reads the row's index. When the item of a kept
    key has changed, the row function runs again and only what differs is written.
    Without a key the item is its own. The items of a store are stores.

    `leave` is a class for a row that goes: it stays until the animation that the class starts has
    ended. With `move`, rows glide to a new place in so many seconds. A visitor who wants no motion
    sees neither.

    >>> from gossamer import For, Signal, mount
    >>> names = Signal(["Ada", "Bo"])
    >>> shown = mount(For(names, children=lambda name: t"<li>{name}</li>"))
    >>> ada = page.elements()[0]
    >>> names.set(["Cy", "Ada"])
    >>> page.body.inner_html(), page.elements()[1] is ada
    ('<li>Cy</li><li>Ada</li>', True)
    """
    items = each if not isinstance(each, Store) else lambda: _items_of(each)
    return KeyedList(items, key, children, leave, move, wants_index=is_function_of(children, 2))


def _items_of(store: Store[Any]) -> object:
    """The items of a list in a store; what stands there may be None at times."""
    return list(store) if isinstance(store, Iterable) else store()


@component
def AnimatedShow(
    when: object,
    children: object = None,
    show_class: str = "",
    hide_class: str = "",
    hide_delay: float | None = None,
) -> object:
    """Show the children while a condition holds, and let them leave with an animation.

    Their elements have one class while it holds and the other when it has ended. They stay for
    `hide_delay` seconds, or until the animation that `hide_class` starts has ended; when the
    condition holds again by then, they stay as they are. A visitor who wants no motion waits for
    nothing. Children that take an argument get a callable that reads the condition's last value.

    >>> from gossamer import AnimatedShow, Signal, mount
    >>> is_open = Signal(True)
    >>> note = t"<p>Saved</p>"
    >>> shown = mount(AnimatedShow(is_open, note, "comes", "goes", hide_delay=0.3))
    >>> is_open.set(False)
    >>> page.body.inner_html()
    '<p class="goes">Saved</p>'
    >>> page.advance(0.3)
    >>> page.body.inner_html()
    ''
    """
    value = memo(when) if callable(when) else lambda: when
    last = memo(lambda old: value() or old)
    return AnimatedView(
        lambda: bool(value()), _given(children, last), show_class, hide_class, hide_delay
    )


@component
def Match(when: object, children: object = None) -> object:
    """One case of a Switch; alone it is a Show.

    >>> from gossamer import Match, mount
    >>> shown = mount(t"<{Match} when={1 < 2}>Less</{Match}>")
    >>> page.body.text()
    'Less'
    """
    return Show(when=when, children=children)


@component
def Switch(children: object = None, fallback: object = None) -> object:
    """Show the first Match whose condition holds, else the fallback.

    >>> from gossamer import Match, Signal, Switch, mount
    >>> count = Signal(0)
    >>> cases = [Match(lambda: count() == 0, "none"), Match(lambda: count() < 3, "few")]
    >>> shown = mount(Switch(cases, fallback="many"))
    >>> count.set(2)
    >>> page.body.text()
    'few'
    """
    cases = [(_condition(case.props["when"]), case) for case in views_of(children, "Switch", Match)]
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


CAUGHT: Final = Context[Callable[[Exception], object]]("caught")
"""Who is told of the errors that boundaries take; a renderer may provide it."""


@component
def ErrorBoundary(fallback: Callable[..., object] | object, children: object = None) -> object:
    """Show the children, and the fallback instead once something under them has failed.

    Errors of rendering, effects, handlers and tasks count. The fallback is called with the error
    and `reset`, which builds the children anew; it may take less, or be a plain view. The console
    tells of the error as a warning.

    >>> from gossamer import ErrorBoundary, Signal, mount
    >>> divisor = Signal(2)
    >>> quotient = t"<b>{(lambda: 6 / divisor())}</b>"
    >>> shown = mount(ErrorBoundary(lambda error: t"<i>{error!s}</i>", quotient))
    >>> divisor.set(0)
    >>> page.body.inner_html()
    '<i>division by zero</i>'
    """
    failure: Signal[Exception | None] = Signal(None)
    has_given_way = False
    owner = current_owner()

    def catch(error: Exception) -> None:
        if has_given_way:
            raise error  # of the fallback itself: the next boundary takes it
        if failure.peek() is None:
            report_caught(error, owner)
            tell = use_context(CAUGHT)
            if tell is not None:
                tell(error)
            failure.set(error)
        elif failure.peek() is not error:
            report(error, owner)  # another one, before the fallback could take over

    def reset() -> None:
        failure.set(None)

    def branch() -> object:
        nonlocal has_given_way
        error = failure()
        has_given_way = error is not None
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

    >>> from gossamer import Portal, mount
    >>> shown = mount(t"<main>{Portal(t'<dialog>Hello</dialog>')}</main>")
    >>> page.body.inner_html()
    '<main></main><dialog>Hello</dialog>'
    """
    return PortalView(children, mount, use_shadow=use_shadow)


@component
def Provider(value: object, children: object = None, key: Any = None) -> object:
    """Give a value to everything under the children, and to nothing else.

    `key` is what `use_context` asks for: a Context, a type or a text; else the value's type.

    >>> from gossamer import Provider, component, mount, use_context
    >>> @component
    ... def Inner():
    ...     return use_context("theme", "light")
    >>> shown = mount(t"<{Provider} key='theme' value='dark'><{Inner} /></{Provider}> <{Inner} />")
    >>> page.body.text()
    'dark light'
    """
    if key is None:
        provide_context(value)
    else:
        provide_context(key, value)
    return children
