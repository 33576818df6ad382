"""Inside of a worker: runs one call after the other, and tells how each ends."""

import importlib
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any, Final

from gossamer.workers.calls import ERROR, LOST, PROGRESS, RESULT, pack_reply

OURS: Final = (str(Path(__file__).parent), str(Path(os.__file__).parent), "<frozen ")
USERS: Final = "site-packages"


def begin(paths: Iterable[str]) -> None:
    """Look for modules where the page does."""
    sys.path[:] = paths
    importlib.invalidate_caches()


def answer(content: Any, post: Callable[[bytes], object]) -> None:
    """Run a call; `post` is given the bytes of each reply, the last one is its end."""
    try:
        fn, args = pickle.loads(content)  # noqa: S301 - our own page wrote it
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        post(pack_reply(LOST, f"the call cannot be read in the worker: {error!r}", story(error)))
        return
    try:
        result = fn(*args)
        if isinstance(result, Generator):
            result = _drain(result, post)
    except Exception as error:  # noqa: BLE001 - it is raised where the call was made
        post(pack_reply(ERROR, error, story(error)))
    else:
        post(pack_reply(RESULT, result))


def _drain(steps: Generator[object, None, object], post: Callable[[bytes], object]) -> object:
    """Post what a generator yields; what it returns."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return end.value
        post(pack_reply(PROGRESS, step))


def story(error: BaseException) -> str:
    """The traceback of an error, with the frames of the user's own files only."""
    told = traceback.TracebackException.from_exception(error)
    parts = [told]
    for part in parts:
        part.stack[:] = [frame for frame in part.stack if _is_users(frame.filename)]
        others = (part.__cause__, part.__context__, *(part.exceptions or ()))
        parts.extend(other for other in others if other is not None)
    return "".join(told.format()).rstrip()


def _is_users(file: str) -> bool:
    return USERS in file or not file.startswith(OURS)
