"""Components: plain functions that run once and return a view."""

from collections.abc import Callable, Mapping
from functools import update_wrapper
from types import FunctionType

from gossamer.errors import PropError
from gossamer.values import shown

_VARARGS = 0x04
_VARKEYWORDS = 0x08


class ComponentView:
    """A component with the props it will run with: data, until a renderer builds it."""

    __slots__ = ("attributes", "component", "props")

    def __init__(
        self,
        component: Component[...],
        props: dict[str, object],
        attributes: dict[str, object] | None = None,
    ) -> None:
        self.component = component
        self.props = props
        self.attributes = attributes

    def run(self) -> object:
        """Run the component's function and give back its view."""
        return self.component.function(**self.props)

    def __repr__(self) -> str:
        props = ", ".join(f"{name}={shown(value)}" for name, value in self.props.items())
        return f"{self.component.name}({props})"


class Component[**P]:
    """A function made a component: calling it checks the props and runs nothing yet.

    It looks like the function to `help()`, `inspect.signature()` and to what collects doctests.
    """

    __slots__ = ("__dict__", "accepts_any", "function", "name", "names", "positional", "required")

    __name__: str
    __qualname__: str

    def __init__(self, function: Callable[P, object]) -> None:
        code = function.__code__
        count = code.co_argcount + code.co_kwonlyargcount
        defaults = len(getattr(function, "__defaults__", None) or ())
        keyword_defaults = getattr(function, "__kwdefaults__", None) or {}
        self.function: Callable[..., object] = function
        update_wrapper(self, function)
        self.name: str = getattr(function, "__name__", "component")
        self.names: tuple[str, ...] = code.co_varnames[:count]
        self.accepts_any = bool(code.co_flags & _VARKEYWORDS)
        self.positional = self.names[: code.co_argcount]
        keywords = self.names[code.co_argcount :]
        self.required = self.names[: code.co_argcount - defaults] + tuple(
            name for name in keywords if name not in keyword_defaults
        )

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> ComponentView:
        """Check the props and keep them with the component, to be run where it is shown."""
        props: dict[str, object] = kwargs
        if args:
            props = self._name(args, kwargs) | kwargs
        self.check(props)
        return ComponentView(self, props)

    def _name(self, args: tuple[object, ...], named: Mapping[str, object]) -> dict[str, object]:
        if len(args) > len(self.positional):
            raise PropError(
                f"{self.name} got {len(args)} positional props, but takes {len(self.positional)}.",
                why=f"It takes {self._describe()}.",
                fix=f"Name the props: {self.name}({self.names[-1]}=…)."
                if self.names
                else "Leave them out, or add a parameter.",
            )
        props = dict(zip(self.positional, args, strict=False))
        for name in props:
            if name in named:
                raise PropError(
                    f"{self.name} got the prop `{name}` twice.",
                    why="It came once by position and once by name.",
                    fix="Leave one of the two out.",
                )
        return props

    def check(self, props: Mapping[str, object]) -> None:
        """Refuse props that the function does not take, and say which it misses."""
        if not self.accepts_any:
            for name in props:
                if name not in self.names:
                    raise PropError(
                        f"{self.name} has no prop `{name}`.",
                        why=f"It takes {self._describe()}.",
                        fix=_suggest(name, self.names),
                    )
        for name in self.required:
            if name not in props:
                raise PropError(
                    f"{self.name} misses the prop `{name}`.",
                    why="The function gives it no default.",
                    fix=f"Pass it, {name}={{…}}, or give `{name}` a default in {self.name}.",
                )

    def _describe(self) -> str:
        if not self.names:
            return "no props"
        return ", ".join(n if n in self.required else f"{n} (optional)" for n in self.names)

    def __repr__(self) -> str:
        return f"<component {self.name}>"


def component[**P](function: Callable[P, object]) -> Component[P]:
    """Make a function a component: it runs once for each place where it is shown.

    Its parameters are its props; `children` takes what stands between its tags.

    >>> @component
    ... def Greeting(name: str, loud: bool = False):
    ...     return t"<p>Hello {name.upper() if loud else name}</p>"
    >>> Greeting(name="Ada")
    Greeting(name='Ada')
    """
    if type(function) is not FunctionType:
        raise PropError(
            f"{shown(function)} cannot be a component.",
            why="A component is a plain function: def, or a lambda.",
            fix="Wrap it in a function that returns a view.",
        )
    code = function.__code__
    if code.co_flags & _VARARGS or code.co_posonlyargcount:
        raise PropError(
            f"{function.__name__} cannot be a component with "
            + ("*args." if code.co_flags & _VARARGS else "positional-only parameters."),
            why="Props have names, and children come as the prop `children`.",
            fix="Let each parameter be given by its name.",
        )
    return Component(function)


def _suggest(name: str, names: tuple[str, ...]) -> str:
    alike = [n for n in names if n.replace("_", "").lower() == name.replace("_", "").lower()]
    near = alike or [n for n in names if n[:3] == name[:3]]
    if near:
        return f"Write `{near[0]}`."
    return f"Leave `{name}` out, or add it as a parameter."
