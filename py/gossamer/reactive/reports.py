"""Where errors go that nobody handles, and what they say of their place."""

from typing import TYPE_CHECKING, Final

from gossamer.reactive.scope import scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from gossamer.reactive.owners import Owner

type Reporter = Callable[[Exception, Owner | None], object]

_reporter: Reporter | None = None
_caught: Reporter | None = None

LONGEST_PATH: Final = 12
"""How many names a path may have before its middle is left out."""


def path_of(owner: Owner | None) -> str:
    """Name the owners that an owner stands in, outermost first: `App > Card`.

    >>> from gossamer.reactive import Owner, path_of
    >>> app = Owner(None)
    >>> app.name = "App"
    >>> path_of(Owner(app))
    'App'
    """
    names = []
    while owner is not None:
        if owner.name:
            names.append(owner.name)
        owner = owner.parent
    names.reverse()
    if len(names) > LONGEST_PATH:
        names[3:-3] = [f"… {len(names) - 6} more …"]
    return " > ".join(names)


def note_path(error: BaseException, owner: Owner | None) -> None:
    """Note on an error where it came from; the first note stays.

    >>> from gossamer.reactive import Owner, note_path
    >>> card = Owner(None)
    >>> card.name = "Card"
    >>> error = ValueError("oh")
    >>> note_path(error, card)
    >>> error.__notes__
    ['In: Card']
    """
    path = path_of(owner)
    if path and not any(note.startswith("In: ") for note in getattr(error, "__notes__", ())):
        error.add_note(f"In: {path}")


def set_error_reporter(fn: Reporter | None, *, caught: Reporter | None = None) -> None:
    """Set what gets the errors that no handler took: `fn(error, owner)`.

    `caught` gets those that something did take, and told on with `report_caught`.

    Without one, what runs now runs to its end and then the error is raised
    (an ExceptionGroup, if there are several).

    >>> from gossamer.reactive import Signal, effect, set_error_reporter
    >>> set_error_reporter(lambda error, owner: print("told:", error))
    >>> divisor = Signal(0)
    >>> follower = effect(lambda: 1 / divisor())
    told: division by zero
    >>> set_error_reporter(None)
    """
    global _reporter, _caught
    _reporter = fn
    _caught = caught


def report(error: Exception, owner: Owner | None) -> None:
    """Give an error to the reporter, else keep it until the section ends, else raise it.

    One that a memo keeps comes to each of its readers, and is told once.

    >>> from gossamer.reactive import report, set_error_reporter
    >>> set_error_reporter(lambda error, owner: print("told:", error))
    >>> report(ValueError("oh"), None)
    told: oh
    >>> set_error_reporter(None)
    """
    if _reporter is not None:
        if not getattr(error, "gossamer_told", False):
            if hasattr(error, "gossamer_told"):
                error.gossamer_told = True
            _reporter(error, owner)
    elif not scope.held:
        raise error
    elif scope.errors is None:
        scope.errors = [error]
    else:
        scope.errors.append(error)


def report_caught(error: Exception, owner: Owner | None) -> None:
    """Tell of an error that was taken care of: a boundary shows something else instead.

    >>> from gossamer.reactive import Owner, report_caught, set_error_reporter
    >>> set_error_reporter(None, caught=lambda error, owner: print("caught:", error))
    >>> report_caught(ValueError("oh"), None)
    caught: oh
    >>> set_error_reporter(None)
    """
    if _caught is not None:
        _caught(error, owner)
