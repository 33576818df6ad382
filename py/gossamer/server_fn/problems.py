"""What is wrong with a value that came over the wire, and where in it."""

from gossamer.fields import FieldErrors

type Step = str | int


class Problem(ValueError):  # noqa: N818 - it holds one for each place
    """Places in a value, each with a sentence.

    >>> raise Problem("This is missing.").within("title").within(0)
    Traceback (most recent call last):
    ...
    gossamer.server_fn.problems.Problem: [0].title: This is missing.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found: list[tuple[tuple[Step, ...], str]] = [((), text)]

    def within(self, step: Step) -> Problem:
        """The same, told of what holds the value at this step."""
        self.found = [((step, *path), text) for path, text in self.found]
        return self

    def __str__(self) -> str:
        return "; ".join(f"{path_of(path)}: {text}".lstrip(": ") for path, text in self.found)

    def as_fields(self) -> FieldErrors:
        """The same, as a form shows it: a sentence for each path."""
        return FieldErrors({path_of(path): text for path, text in self.found})


def path_of(steps: tuple[Step, ...]) -> str:
    """A place as text.

    >>> path_of(("x", "tags", 0, "name"))
    'x.tags[0].name'
    """
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def joined(problem: Problem | None, other: Problem) -> Problem:
    """Both, as one problem."""
    if problem is None:
        return other
    problem.found += other.found
    return problem
