"""What the tests call in workers."""

import os
import signal
import time
from collections.abc import Generator
from pathlib import Path


class PlainError(Exception):
    """An error of the user's own."""


class PickyError(Exception):
    """An error that pickle cannot make anew."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def process() -> int:
    return os.getpid()


def double(number: int) -> int:
    return number * 2


def fail(text: str) -> None:
    raise PlainError(text, 7)


def fail_picky() -> None:
    raise PickyError(1, 2)


def fail_deep() -> None:
    try:
        fail("below")
    except PlainError as error:
        raise ValueError("above") from error


def fail_locally() -> None:
    class LocalError(Exception):
        pass

    raise LocalError("from inside")


def steps(count: int) -> Generator[int, None, str]:
    yield from range(count)
    return f"{count} steps"


def wait_for_ever(sign: str) -> Generator[str]:
    Path(sign).write_text(str(os.getpid()), "utf-8")
    yield "begun"
    while True:
        time.sleep(60)


def die() -> None:
    os._exit(3)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def closure() -> object:
    return lambda: None


def yield_closure() -> Generator[object]:
    yield lambda: None


def speak() -> str:
    os.write(1, b"a word")
    return "said"
