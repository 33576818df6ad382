"""The register of directives (C80)."""

from gossamer import directive
from gossamer.view.directive import find_directive


@directive
def auto_focus(element: object, argument: object) -> None:
    """Give the element the focus."""


def test_a_directive_is_found_under_its_name_with_dashes_or_underscores() -> None:
    assert find_directive("auto-focus") is auto_focus
    assert find_directive("auto_focus") is auto_focus


def test_a_directive_stays_the_function_that_it_is() -> None:
    assert auto_focus.__doc__ == "Give the element the focus."
    assert auto_focus("element", "argument") is None


def test_no_directive_has_a_name_that_nobody_registered() -> None:
    assert find_directive("autofocus") is None


def test_a_directive_of_the_same_name_takes_the_place_of_the_first() -> None:
    def make(answer: int) -> object:
        @directive
        def replaced(element: object, argument: object) -> int:
            return answer

        return replaced

    make(1)
    second = make(2)

    assert find_directive("replaced") is second
