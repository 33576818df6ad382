"""Objects that outlive the class they were made of take the new one."""

import gc
from dataclasses import MISSING
from typing import Any


def renew(before: dict[str, Any], now: dict[str, Any]) -> None:
    """Give all objects of a module's old classes the new classes of the same names.

    An object that lacks a field gets its default; where there is none, or where the layouts
    differ, it stays of its old class.
    """
    replaced = {
        old: now[name]
        for name, old in before.items()
        if isinstance(old, type) and isinstance(now.get(name), type) and now[name] is not old
        if old.__module__ == now["__name__"]
    }
    if not replaced:
        return
    gc.unfreeze()
    for each in gc.get_referrers(*replaced):
        new = replaced.get(type(each))
        if new is not None and _fill(each, new):
            try:
                each.__class__ = new
            except TypeError:
                continue  # other slots


def _fill(each: object, new: type) -> bool:
    """Give an object the fields that its new class has more; whether it has them all then."""
    for name, field in getattr(new, "__dataclass_fields__", {}).items():
        if hasattr(each, name):
            continue
        if field.default_factory is not MISSING:
            object.__setattr__(each, name, field.default_factory())
        elif field.default is MISSING:
            return False
    return True
