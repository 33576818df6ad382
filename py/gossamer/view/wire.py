"""Values as JSON and back, with the kinds of Python that JSON has not."""

import json
import sys
from collections.abc import Callable
from typing import Any

KIND = "$"
"""The key of an object that stands for a value of another kind."""
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end a script, or a line of one."""


def to_wire(value: object) -> str:
    r"""A value as JSON that may stand in a <script>.

    >>> to_wire({"name": "</script>", "tags": ("a", "b")})
    '{"name":"\\u003c/script\\u003e","tags":{"$":["tuple",["a","b"]]}}'

    Raises:
        TypeError: something in it is of no kind that can be sent.
    """
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def from_wire(text: str) -> Any:
    """The value that `to_wire` has written.

    >>> from datetime import date
    >>> from_wire(to_wire([1, (2, {3}), date(2026, 1, 2), 1e999]))
    [1, (2, {3}), datetime.date(2026, 1, 2), inf]
    """
    return json.loads(text, object_hook=_special)


def _plain(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if kind is list:
        return [_plain(each) for each in value]
    if kind is dict:
        if KIND not in value and all(type(key) is str for key in value):
            return {key: _plain(each) for key, each in value.items()}
        return {KIND: ["dict", [[_plain(key), _plain(each)] for key, each in value.items()]]}
    if kind in (tuple, set, frozenset):
        return {KIND: [kind.__name__, [_plain(each) for each in value]]}
    if kind in (bytes, bytearray):
        return {KIND: [kind.__name__, value.hex()]}
    name = f"{kind.__module__}:{kind.__qualname__}"
    if hasattr(kind, "__dataclass_fields__"):
        fields = {field: _plain(getattr(value, field)) for field in kind.__dataclass_fields__}
        return {KIND: [name, fields]}
    if hasattr(kind, "__members__"):
        return {KIND: [name, value.name]}
    write = _WRITE.get(name)
    if write is None:
        raise TypeError(f"{name} cannot be sent to a page")
    return {KIND: [name, write(value)]}


_WRITE: dict[str, Callable[[Any], Any]] = {
    "datetime:date": str,
    "datetime:datetime": lambda value: value.isoformat(),
    "datetime:time": str,
    "datetime:timedelta": lambda value: [value.days, value.seconds, value.microseconds],
    "decimal:Decimal": str,
    "uuid:UUID": str,
}
_READ: dict[str, Callable[[Any, Any], Any]] = {
    "datetime:date": lambda kind, text: kind.fromisoformat(text),
    "datetime:datetime": lambda kind, text: kind.fromisoformat(text),
    "datetime:time": lambda kind, text: kind.fromisoformat(text),
    "datetime:timedelta": lambda kind, parts: kind(*parts),
    "decimal:Decimal": lambda kind, text: kind(text),
    "uuid:UUID": lambda kind, text: kind(text),
}
_BUILT_IN: dict[str, Callable[[Any], Any]] = {
    "bytearray": bytearray.fromhex,
    "bytes": bytes.fromhex,
    "dict": dict,
    "frozenset": frozenset,
    "set": set,
    "tuple": tuple,
}


def _special(found: dict[str, Any]) -> Any:
    if KIND not in found:
        return found
    name, content = found[KIND]
    built_in = _BUILT_IN.get(name)
    if built_in is not None:
        return built_in(content)
    kind = _class_of(name)
    read = _READ.get(name)
    if read is not None:
        return read(kind, content)
    if hasattr(kind, "__members__"):
        return kind[content]
    made = object.__new__(kind)
    for field in kind.__dataclass_fields__:
        object.__setattr__(made, field, content[field])
    return made


def _class_of(name: str) -> Any:
    """The class of a name; what is a module on one side may be the program on the other."""
    module, _, path = name.partition(":")
    if name in _READ:
        __import__(module)
    for each in (module, "__main__"):
        found: Any = sys.modules.get(each)
        for part in path.split("."):
            found = getattr(found, part, None)
        if isinstance(found, type) and (
            name in _READ or hasattr(found, "__dataclass_fields__") or hasattr(found, "__members__")
        ):
            return found
    raise LookupError(f"{name} is not known in this page")
