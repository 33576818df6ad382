"""Which files have been saved: asked of the file system, over and over."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.03
"""Seconds between two looks; a look may take a tenth of the time at most."""


class Watcher:
    """Looks at some files in a thread of its own, and tells which have changed.

    It asks for no package and works where a system sends no events, as in many containers.
    """

    def __init__(
        self, files: Callable[[], Iterable[Path]], tell: Callable[[list[Path]], object]
    ) -> None:
        self._files = files
        self._tell = tell
        self._stop = threading.Event()
        self._known = self.look()

    def look(self) -> dict[Path, tuple[int, int]]:
        """The time and the size of each file."""
        found = {}
        for file in self._files():
            try:
                told = file.stat()
            except OSError:
                continue  # it has just gone
            if told.st_size:  # else an editor has begun to write it
                found[file] = (told.st_mtime_ns, told.st_size)
        return found

    def step(self) -> None:
        """Look once, and tell what has changed since the last time."""
        now = self.look()
        changed = [file for file, stamp in now.items() if self._known.get(file) != stamp]
        self._known |= now
        if changed:
            self._tell(sorted(changed))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Watch while the block runs."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _run(self) -> None:
        pause = PAUSE
        while not self._stop.wait(pause):
            begun = time.perf_counter()
            self.step()
            pause = max(PAUSE, 10 * (time.perf_counter() - begun))
