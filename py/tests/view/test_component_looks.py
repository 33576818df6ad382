"""A component looks like its function to whoever asks it about itself."""

import doctest
import importlib
import inspect
import pydoc

from gossamer import Show, component


@component
def Card(title: str, *, wide: bool = False) -> object:
    """Show a title.

    >>> Card(title="Ada", wide=True)
    Card(title='Ada', wide=True)
    """
    return t"<h2 class:wide={wide}>{title}</h2>"


def test_a_component_is_documented_as_its_function() -> None:
    assert Card.__doc__ == Card.function.__doc__
    assert str(inspect.getdoc(Show)).startswith("Show the children")
    assert "Show a title." in pydoc.render_doc(Card)
    assert "Show the children" in pydoc.render_doc(Show)


def test_a_component_has_the_names_and_the_signature_of_its_function() -> None:
    assert (Card.__name__, Card.__qualname__, Card.__module__) == ("Card", "Card", __name__)
    assert str(inspect.signature(Card)) == "(title: str, *, wide: bool = False) -> object"
    assert inspect.unwrap(Card) is Card.function
    assert repr(Card) == "<component Card>"


def test_the_examples_of_a_component_are_collected() -> None:
    found = {test.name for test in doctest.DocTestFinder().find(importlib.import_module(__name__))}
    control = importlib.import_module("gossamer.view.control")
    ours = {test.name for test in doctest.DocTestFinder().find(control) if test.examples}

    assert f"{__name__}.Card" in found
    assert f"{control.__name__}.For" in ours
