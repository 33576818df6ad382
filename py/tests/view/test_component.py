"""Components: their parameters are their props, checked where they are called (C90)."""

import inspect
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import pytest
from gossamer import component
from gossamer.errors import PropError
from gossamer.view.component import Component, ComponentView

type Make = Callable[[Any, Any], ComponentView]


@component
def Card(title: object, size: int = 1, *, tone: str, children: object = None) -> object:
    """A card."""
    return (title, size, tone, children)


@component
def Plain() -> object:
    return "plain"


@component
def Open(title: str = "", **rest: object) -> object:
    return (title, rest)


@pytest.mark.parametrize(
    ("make", "what", "why", "fix"),
    [
        (lambda card, _: card(tone="x"), "Card misses the prop `title`.",
         "The function gives it no default.",
         "Pass it, title={…}, or give `title` a default in Card."),
        (lambda card, _: card("x"), "Card misses the prop `tone`.",
         "The function gives it no default.",
         "Pass it, tone={…}, or give `tone` a default in Card."),
        (lambda card, _: card("x", tone="y", colour=1), "Card has no prop `colour`.",
         "It takes title, size (optional), tone, children (optional).",
         "Leave `colour` out, or add it as a parameter."),
        (lambda card, _: card("x", tone="y", Tone=1), "Card has no prop `Tone`.",
         "It takes title, size (optional), tone, children (optional).", "Write `tone`."),
        (lambda card, _: card("x", tone="y", ti_tle=1), "Card has no prop `ti_tle`.",
         "It takes title, size (optional), tone, children (optional).", "Write `title`."),
        (lambda card, _: card("x", tone="y", child=1), "Card has no prop `child`.",
         "It takes title, size (optional), tone, children (optional).", "Write `children`."),
        (lambda card, _: card("x", 2, title="y", tone="z"), "Card got the prop `title` twice.",
         "It came once by position and once by name.", "Leave one of the two out."),
        (lambda card, _: card("x", 2, "y"), "Card got 3 positional props, but takes 2.",
         "It takes title, size (optional), tone, children (optional).",
         "Name the props: Card(children=…)."),
        (lambda _, plain: plain(1), "Plain got 1 positional props, but takes 0.", "It takes no props.",
         "Leave them out, or add a parameter."),
        (lambda _, plain: plain(children=1), "Plain has no prop `children`.", "It takes no props.",
         "Leave `children` out, or add it as a parameter."),
    ],
)  # fmt: skip
def test_a_prop_that_is_wrong_or_missing_is_named(
    make: Make, what: str, why: str, fix: str
) -> None:
    with pytest.raises(PropError) as caught:
        make(Card, Plain)

    error = caught.value
    assert (error.what, error.why, error.fix) == (what, why, fix)


class Page:
    def show(self, title: str) -> object:
        return title

    def __call__(self) -> object:
        return ""


def traced[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    return run


@pytest.mark.parametrize(
    ("function", "what"),
    [
        ("text", "'text' cannot be a component."),
        (None, "None cannot be a component."),
        (len, "<built-in function len> cannot be a component."),
        (partial(print, 1), "cannot be a component."),
        (Page().show, "cannot be a component."),
        (Page(), "cannot be a component."),
        (Page, "cannot be a component."),
        (Card, "<component Card> cannot be a component."),
        (lambda *args: 1, "<lambda> cannot be a component with *args."),
        (traced(lambda title: 1), "<lambda> cannot be a component with *args."),
        (lambda title, /: 1, "<lambda> cannot be a component with positional-only parameters."),
    ],
)
def test_only_a_function_with_named_parameters_is_a_component(function: object, what: str) -> None:
    with pytest.raises(PropError) as caught:
        component(function)  # type: ignore[arg-type] # wrong on purpose

    assert what in caught.value.what


@pytest.mark.parametrize(
    ("view", "result"),
    [
        (Card("a", tone="b"), ("a", 1, "b", None)),
        (Card("a", 2, tone="b", children="c"), ("a", 2, "b", "c")),
        (Card(tone="b", size=3, title="a"), ("a", 3, "b", None)),
        (Plain(), "plain"),
        (Open("a", any="b"), ("a", {"any": "b"})),
        (Open(), ("", {})),
        (component(lambda: 1)(), 1),
    ],
    ids=repr,
)
def test_a_component_runs_when_it_is_asked_to(view: ComponentView, result: object) -> None:
    assert view.run() == result


def test_calling_a_component_runs_nothing() -> None:
    runs = []

    @component
    def Counted() -> object:
        runs.append(1)
        return None

    view = Counted()
    assert runs == []

    view.run()
    view.run()
    assert runs == [1, 1]


def test_a_component_remembers_its_function() -> None:
    assert Card.name == "Card"
    assert Card.names == ("title", "size", "tone", "children")
    assert Card.required == ("title", "tone")
    assert list(inspect.signature(Card).parameters) == list(Card.names)
    assert type(Card) is Component
    assert repr(Card) == "<component Card>"


def test_a_view_shows_its_component_and_props() -> None:
    assert repr(Card("a", tone="b")) == "Card(title='a', tone='b')"
    assert repr(Plain()) == "Plain()"
