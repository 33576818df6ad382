"""How many arguments a function asks for."""

from types import FunctionType, MethodType


def count_required(fn: object) -> int:
    """Count the positional arguments that a call must give.

    A parameter with a default is not asked for, so `lambda row=row: …` in a loop takes none.

    >>> count_required(lambda: 1), count_required(lambda old: old), count_required(lambda x=1: x)
    (0, 1, 0)
    """
    if type(fn) is FunctionType:
        required = fn.__code__.co_argcount
        return required - len(fn.__defaults__) if fn.__defaults__ else required
    if type(fn) is MethodType:
        return count_required(fn.__func__) - 1
    wrapped = getattr(fn, "__wrapped__", None)  # what it stands for is called with the same
    if wrapped is not None:
        return count_required(wrapped)
    call = getattr(type(fn), "__call__", None)  # noqa: B004 - the method itself is wanted
    if type(call) is FunctionType:
        return count_required(call) - 1
    return _count_by_signature(fn)


def count_accepted(fn: object) -> int | None:
    """Count the positional arguments that a call may give; None where there is no limit known.

    >>> count_accepted(lambda a, b=1: a), count_accepted(lambda *all: all), count_accepted(print)
    (2, None, None)
    """
    if type(fn) is FunctionType:
        code = fn.__code__
        return None if code.co_flags & _VARARGS else code.co_argcount
    wrapped = getattr(fn, "__wrapped__", None)
    if wrapped is not None:
        return count_accepted(wrapped)
    bound = fn.__func__ if type(fn) is MethodType else getattr(type(fn), "__call__", None)  # noqa: B004 - likewise
    count = count_accepted(bound) if type(bound) is FunctionType else None
    return None if count is None else count - 1


_VARARGS = 0x04


def _count_by_signature(fn: object) -> int:
    import inspect  # noqa: PLC0415 - for built-ins and partial objects only

    try:
        parameters = inspect.signature(fn).parameters.values()  # type: ignore[arg-type] # any object
    except TypeError, ValueError:
        return 0
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(1 for one in parameters if one.kind in positional and one.default is one.empty)
