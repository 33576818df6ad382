"""What a build writes, before it knows of pages."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from gossamer.cli.output import cached

pytestmark = pytest.mark.cpython("builds are made outside of pages")


def test_threads_may_compress_the_same_content_side_by_side(tmp_path: Path) -> None:
    together = Barrier(4)

    def form(content: bytes, quality: int) -> bytes:
        together.wait()
        return content[:quality]

    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(cached, tmp_path, b"a page", "br", form, 2) for _ in range(4)]

        assert [each.result() for each in made] == [b"a "] * 4
    assert len(list(tmp_path.iterdir())) == 1
