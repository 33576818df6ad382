"""Where the values of a store stand: one field a place.

A field is a source; its value is the plain one that stands there. The parts of a value become
fields of their own when they are first reached:

    Field(list) -- branch.parts --> Store --> Field(row) -- branch.parts --> Store --> Field(leaf)
        ^---------- parent, weakly ----------'    ^---------- parent, weakly ----------'

So what is dropped dies at once, and a part that outlives the whole goes on as a root.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from gossamer.reactive.debug import warn
from gossamer.reactive.graph import Source, Writable, next_stamp, track
from gossamer.reactive.row_keys import RowKeys
from gossamer.reactive.scope import KEY, MEMO, scope
from gossamer.reactive.structures import LIST, Mark, Structure, structure_of
from gossamer.values import shown

if TYPE_CHECKING:
    from gossamer.reactive.faces import Store

type Faces = Mapping[Structure | type[RowKeys] | None, type[Store[Any]]]
"""The class of store for each structure; `RowKeys` stands for lists whose rows have keys."""

ROOT: Final = Mark("root")
"""Stands for the step to the root of a store."""
ORDER: Final = Mark("order")
"""Stands for the question which parts there are, and in which order."""
LENGTH: Final = Mark("length")
"""Stands for the question how many parts there are."""


class Setting:
    """What all fields of one store share."""

    __slots__ = ("faces", "key_names", "lent")

    def __init__(self, key_names: Mapping[Any, str], faces: Faces) -> None:
        self.key_names = key_names  # by the step of the list
        self.faces = faces
        self.lent = 0  # the latest of all its branches

    def face_of(self, field: Field) -> type[Store[Any]]:
        """The class of the store that users hold for a field."""
        branch = field.branch
        if branch is None:
            return self.faces[None]
        return self.faces[branch.structure if branch.keys is None else RowKeys]


class Field(Writable):
    """One place in a store; who follows it is told of changes there, above and below."""

    __slots__ = ("branch", "parent", "setting", "step")

    is_removed = False

    def __init__(self, value: object, parent: Field | None, step: Any, setting: Setting) -> None:
        self.value = value
        self.version = 0
        self.subs = None
        self.last_sub = None
        self.read_in = 0
        self.parent = None if parent is None else ref(parent)
        self.step = step
        self.setting = setting
        structure = structure_of(value)
        self.branch = None if structure is None else make_branch(structure, self)

    def hold(self, value: object) -> bool:
        """Take another value; say whether it has its parts in another way."""
        self.value = value
        branch = self.branch
        structure = structure_of(value)
        if structure is (None if branch is None else branch.structure):
            if branch is not None:
                branch.copied = 0
            return False
        self.branch = None if structure is None else make_branch(structure, self)
        return True

    def lend(self) -> Any:
        """Give the value away: it has to be copied before it is changed."""
        if self.branch is not None:
            self.branch.lent = self.setting.lent = next_stamp()
        return self.value

    def track(self) -> None:
        """Follow the field."""
        observer = scope.observer
        if observer and self.read_in != observer.stamp:
            track(self, observer)

    @property
    def label(self) -> str:
        """The way to the field from the root of its store."""
        way = ""
        field: Field | None = self
        while field is not None and field.step is not ROOT:
            step = field.step
            is_name = isinstance(step, str) and step.isidentifier()
            way = (f".{step}" if is_name else f"[{shown(step)}]") + way
            field = None if field.parent is None else field.parent()
        return f"{'store' if field is not None else '…'}{way}"


class Branch:
    """What a field whose value has parts knows of them.

    `copied` and `lent` are stamps: they say whether the plain value is the store's own, and may be
    changed in place, or may be in somebody else's hands.
    """

    __slots__ = ("asked", "copied", "keys", "lent", "level", "parts", "structure")

    def __init__(self, structure: Structure, field: Field, level: int) -> None:
        self.structure = structure
        self.level = level  # how many branches it stands in
        self.parts: dict[Any, Store[Any]] = {}
        self.asked: dict[Any, Question] = {}
        self.copied = 0
        self.lent = 0
        name = field.setting.key_names.get(field.step) if structure is LIST else None
        self.keys = None if name is None else RowKeys(name)

    def raw_step(self, step: Any) -> Any:
        """Where a part stands in the plain value: rows are known by key."""
        return step if self.keys is None else self.keys.place(step)

    def ask(self, field: Field, step: Any) -> None:
        """Follow what stands at a step, or the order or length of all, but not what it holds."""
        observer = scope.observer
        if not observer:
            return
        if observer.kind == MEMO or not observer.live:
            step = ORDER  # it may come back to it without asking anew
        question = self.asked.get(step)
        if question is None:
            kind = Question if step is ORDER else PassingQuestion
            question = self.asked[step] = kind(field, step)
        if question.read_in != observer.stamp:
            track(question, observer)


class Ledge(Branch):
    """A branch at which the fall ends, when a store dies from its root on.

    Each part that dies drops its own parts, by recursion in C, and in a page too much of that ends
    the interpreter. So the parts of a ledge are put aside, and dropped when those above are gone.
    """

    __slots__ = ()

    def __del__(self) -> None:
        _aside.append(self.parts)
        if len(_aside) == 1:  # else somebody further up goes through them
            for parts in _aside:  # more of them come meanwhile
                parts.clear()
            _aside.clear()


LEDGE: Final = 50
"""How many branches stand between two ledges."""
_aside: Final[list[dict[Any, Any]]] = []


def make_branch(structure: Structure, field: Field) -> Branch:
    """Make the branch of a field whose value has parts."""
    parent = None if field.parent is None else field.parent()
    above = None if parent is None else parent.branch
    level = 0 if above is None else above.level + 1
    return (Branch if level % LEDGE or not level else Ledge)(structure, field, level)


class Question(Source):
    """What somebody asked of the parts of a field; it changes with the answer."""

    __slots__ = ("field", "step")

    def __init__(self, field: Field, step: Any) -> None:
        super().__init__()
        self.field = ref(field)
        self.step = step

    @property
    def label(self) -> str:
        """The name that messages use."""
        field = self.field()
        return f"{'store' if field is None else field.label}[{shown(self.step)}]"


class PassingQuestion(Question):
    """A question about one step: it is forgotten when nobody follows it."""

    __slots__ = ()

    kind = KEY

    def forget(self) -> None:
        """Leave the field."""
        field = self.field()
        branch = None if field is None else field.branch
        if branch is not None and branch.asked.get(self.step) is self:
            del branch.asked[self.step]


class Removed(Field):
    """A field whose place is gone: it keeps its last value and takes no other."""

    __slots__ = ()

    is_removed = True

    @property
    def value(self) -> Any:
        """The last value."""
        warn(f"{self.label} was read after it was taken out of its store: the last value is given.")
        return _VALUE.__get__(self)

    @value.setter
    def value(self, _value: object) -> None:
        warn(f"{self.label} was written after it was taken out of its store: nothing happens.")


_VALUE: Final[Any] = Writable.__dict__["value"]
