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
    call = getattr(type(fn), "__call__", None)  # noqa: B004 - the method itself is wanted
    if type(call) is FunctionType:
        return count_required(call) - 1
    return _count_by_signature(fn)


def _count_by_signature(fn: object) -> int:
    import inspect  # noqa: PLC0415 - for built-ins and partial objects only

    try:
        parameters = inspect.signature(fn).parameters.values()  # type: ignore[arg-type] # any object
    except TypeError, ValueError:
        return 0
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(1 for one in parameters if one.kind in positional and one.default is one.empty)
