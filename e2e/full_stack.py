"""Examples with a server of their own, built and served as their README says."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns("dist", "*.sqlite", ".gossamer", "__pycache__")


@contextmanager
def served(name: str, folder: Path) -> Iterator[str]:
    """The address of an example, which is copied into a folder, built and served."""
    app = folder / name
    shutil.copytree(ROOT / "examples" / name, app, ignore=LEFT_OUT)
    environ = os.environ | {"PYTHONPATH": str(ROOT / "py"), "GOSSAMER_SECRET": "s" * 20}
    command = [sys.executable, "-m", "gossamer.cli"]
    subprocess.run([*command, "build"], cwd=app, check=True, env=environ)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    log = folder / "log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)],
            cwd=app,
            env=environ,
            stdout=written,
            stderr=written,
        )
    try:
        wait_for(port, server, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server listens."""
    ends = time.monotonic() + 60
    while True:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
