"""Workers where there is no page: processes that speak over their pipes."""

import os
import signal
import struct
import subprocess
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import BinaryIO, cast

from gossamer.workers.child import answer, begin

LENGTH = struct.Struct("<Q")


def write(stream: BinaryIO, content: bytes) -> None:
    """Write a message, its length first."""
    stream.write(LENGTH.pack(len(content)) + content)
    stream.flush()


def read(stream: BinaryIO) -> bytes | None:
    """Read a message; None when there are no more."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


class Process:
    """A worker that is a process; `tell` hears its messages, in a thread, and a text at its end."""

    def __init__(self, tell: Callable[[bytes | str], object]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "gossamer.workers.processes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        calls, replies = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        self._calls = calls
        self._listener = Thread(target=_listen, args=(process, replies, tell), daemon=True)
        self._listener.start()
        self._finish = weakref.finalize(self, _end, process, calls, self._listener)

    def send(self, content: bytes) -> None:
        """Send it a call, and where modules are now; one that is dead has told so itself."""
        with suppress(BrokenPipeError):
            write(self._calls, os.fsencode(os.pathsep.join(sys.path)))
            write(self._calls, content)

    def end(self) -> None:
        """End it at once, whatever it does."""
        self._finish()


def _listen(
    process: subprocess.Popen[bytes], replies: BinaryIO, tell: Callable[[bytes | str], object]
) -> None:
    """Tell each message until there are no more, then how the process ended."""
    with replies:
        while (content := read(replies)) is not None:
            tell(content)
    code = process.wait()
    tell(f"it was killed by signal {-code}" if code < 0 else f"its process ended with code {code}")


def _end(process: subprocess.Popen[bytes], calls: BinaryIO, listener: Thread) -> None:
    """Kill a process and wait for its thread, so that nothing of it is left."""
    process.kill()
    process.wait()
    with suppress(BrokenPipeError):  # the rest of a call that it has not read
        calls.close()
    listener.join()


def serve() -> None:
    """Answer calls until there are no more; what a function prints goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that called
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with replies:
        write(replies, b"")  # it can run calls
        while (paths := read(sys.stdin.buffer)) is not None:
            begin(os.fsdecode(paths).split(os.pathsep))
            content = read(sys.stdin.buffer)
            if content is not None:
                answer(content, lambda reply: write(replies, reply))


if __name__ == "__main__":
    serve()
