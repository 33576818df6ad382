"""Functions called in workers, which are processes here."""

import asyncio
import functools
import os
import signal
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from gossamer import Owner, Signal, spawn
from gossamer.errors import WorkerDiedError, WorkerError
from gossamer.reactive import current_owner
from gossamer.testing import Screen
from gossamer.workers import Pool, run_in_worker
from gossamer.workers.processes import Process
from tests.workers import jobs

pytestmark = pytest.mark.cpython("starts processes")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """A pool of one, whose worker serves one test after the other."""
    with Pool(1) as pool:
        yield pool


def run(main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return asyncio.run(main())


def has_ended(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_call_gives_what_the_function_returns_in_another_process() -> None:
    async def main() -> Any:
        return await run_in_worker(jobs.double, 21), await run_in_worker(jobs.process)

    result, process = run(main)

    assert result == 42
    assert process != os.getpid()


def test_named_arguments_come_by_partial(pool: Pool) -> None:
    async def main() -> Any:
        return await pool.run(functools.partial(jobs.double, number=4))

    assert run(main) == 8


def test_calls_share_the_workers_of_a_pool() -> None:
    async def main() -> Any:
        with Pool(2) as pool:
            found = await asyncio.gather(*(pool.run(jobs.process) for _ in range(8)))
            again = await pool.run(jobs.process)
        return set(found), again

    processes, again = run(main)

    assert len(processes) == 2
    assert again in processes


def test_no_more_calls_run_at_a_time_than_the_pool_has_workers(tmp_path: Path) -> None:
    async def main() -> Any:
        with Pool(1) as pool:
            first = asyncio.create_task(pool.run(jobs.wait_for_ever, str(tmp_path / "1")))
            begun = asyncio.Event()
            second = asyncio.create_task(pool.run(jobs.steps, 1, progress=lambda _: begun.set()))
            await asyncio.sleep(0)
            first.cancel()
            return await second, begun.is_set()

    assert run(main) == ("1 steps", True)


def test_progress_is_what_a_generator_function_yields(pool: Pool) -> None:
    async def main() -> Any:
        told = []
        result = await pool.run(jobs.steps, 3, progress=told.append)
        unheard = await pool.run(jobs.steps, 2)
        return told, result, unheard

    assert run(main) == ([0, 1, 2], "3 steps", "2 steps")


def test_progress_is_told_with_the_owner_of_the_caller(pool: Pool) -> None:
    owner = Owner(None)
    told = []

    async def main() -> Any:
        call = pool.run(jobs.steps, 1, progress=lambda _: told.append(current_owner()))
        await spawn(call, owner)

    run(main)

    assert told == [owner]


def test_an_error_in_progress_is_raised_and_the_worker_ends(pool: Pool) -> None:
    def refuse(step: int) -> None:
        raise LookupError(step)

    async def main() -> Any:
        process = await pool.run(jobs.process)
        with pytest.raises(LookupError):
            await pool.run(jobs.steps, 2, progress=refuse)
        return process, await pool.run(jobs.process)

    before, after = run(main)

    assert before != after
    assert has_ended(before)


def test_an_error_comes_back_as_itself_with_the_story_as_a_note(pool: Pool) -> None:
    async def main() -> Any:
        await pool.run(jobs.fail, "oh")

    with pytest.raises(jobs.PlainError) as caught:
        run(main)

    assert caught.value.args == ("oh", 7)
    (note,) = caught.value.__notes__
    assert note.startswith("In a worker:\nTraceback")
    assert 'jobs.py", line' in note
    assert "raise PlainError(text, 7)" in note
    assert "child.py" not in note


def test_the_story_of_an_error_has_what_it_came_from(pool: Pool) -> None:
    async def main() -> Any:
        await pool.run(jobs.fail_deep)

    with pytest.raises(ValueError, match="above") as caught:
        run(main)

    (note,) = caught.value.__notes__
    assert "PlainError: ('below', 7)" in note
    assert "The above exception was the direct cause" in note


def test_an_error_that_pickle_cannot_make_keeps_its_class_and_words(pool: Pool) -> None:
    async def main() -> Any:
        await pool.run(jobs.fail_picky)

    with pytest.raises(jobs.PickyError) as caught:
        run(main)

    assert str(caught.value) == "1 and 2"


def test_an_error_whose_class_only_the_worker_has_is_told(pool: Pool) -> None:
    async def main() -> Any:
        await pool.run(jobs.fail_locally)

    with pytest.raises(WorkerError, match="it raised LocalError: from inside") as caught:
        run(main)

    assert "raise LocalError" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: lambda: 1, "none there"),
        (jobs.closure, "none there"),
        (lambda: functools.partial(lambda: 1), "none there"),
    ],
    ids=["a lambda", "a closure", "in a partial"],
)
def test_a_function_without_a_name_of_its_own_is_refused(
    pool: Pool, make: Callable[[], Callable[..., object]], why: str
) -> None:
    async def main() -> Any:
        await pool.run(make())

    with pytest.raises(WorkerError, match="cannot be called in a worker") as caught:
        run(main)

    assert why in caught.value.why


def test_a_function_of_the_script_itself_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs.double, "__module__", "__main__")

    with pytest.raises(WorkerError, match=r"^double cannot be called in a worker") as caught:
        run(lambda: run_in_worker(jobs.double, 1))

    assert "the page's own script" in caught.value.why


def test_arguments_that_cannot_travel_are_refused() -> None:
    with pytest.raises(
        WorkerError, match=r"The call of tests\.workers\.jobs\.double cannot be sent"
    ):
        run(lambda: run_in_worker(jobs.double, lambda: 1))


@pytest.mark.parametrize(
    ("fn", "what"), [(jobs.closure, "result"), (jobs.yield_closure, "progress")]
)
def test_what_cannot_travel_back_is_told(pool: Pool, fn: Callable[..., Any], what: str) -> None:
    async def main() -> Any:
        await pool.run(fn)

    with pytest.raises(WorkerError, match=f"but its {what} cannot be sent back"):
        run(main)


def test_cancelling_ends_the_function_whatever_it_does(pool: Pool, tmp_path: Path) -> None:
    sign = tmp_path / "sign"

    async def main() -> Any:
        begun = asyncio.Event()
        task = asyncio.create_task(
            pool.run(jobs.wait_for_ever, str(sign), progress=lambda _: begun.set())
        )
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await pool.run(jobs.double, 1)

    assert run(main) == 2
    assert has_ended(int(sign.read_text("utf-8")))


def test_a_call_that_is_cancelled_before_it_runs_leaves_the_worker() -> None:
    async def main() -> Any:
        with Pool(1) as pool:
            task = asyncio.create_task(pool.run(jobs.double, 1))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            kept = list(pool._resting)
            return await pool.run(jobs.double, 2), pool._resting == kept

    assert run(main) == (4, True)


def test_a_call_ends_with_the_owner_of_its_task(pool: Pool, tmp_path: Path) -> None:
    sign = tmp_path / "sign"

    async def main() -> Any:
        owner = Owner(None)
        begun = asyncio.Event()
        call = pool.run(jobs.wait_for_ever, str(sign), progress=lambda _: begun.set())
        task = spawn(call, owner)
        await begun.wait()
        owner.dispose()
        await asyncio.wait([task])
        assert task.cancelled()

    run(main)

    assert has_ended(int(sign.read_text("utf-8")))


def test_a_pool_ends_with_the_owner_that_made_it(tmp_path: Path) -> None:
    async def main() -> Any:
        with Owner(None) as owner:
            pool = Pool(1)
        process = await pool.run(jobs.process)
        owner.dispose()
        with pytest.raises(WorkerError, match="closed"):
            await pool.run(jobs.process)
        return process

    assert has_ended(run(main))


def test_closing_ends_calls_that_run_and_that_wait(tmp_path: Path) -> None:
    async def main() -> Any:
        begun = asyncio.Event()
        with Pool(1) as pool:
            call = pool.run(
                jobs.wait_for_ever, str(tmp_path / "sign"), progress=lambda _: begun.set()
            )
            tasks = [asyncio.create_task(call), asyncio.create_task(pool.run(jobs.process))]
            await begun.wait()
        return await asyncio.gather(*tasks, return_exceptions=True)

    errors = run(main)

    assert [type(error) for error in errors] == [WorkerError, WorkerError]


@pytest.mark.parametrize(
    ("fn", "how"),
    [(jobs.die, "ended with code 3"), (jobs.be_killed, f"signal {signal.SIGKILL}")],
)
def test_a_worker_that_dies_says_so_and_is_replaced(
    pool: Pool, fn: Callable[..., Any], how: str
) -> None:
    async def main() -> Any:
        before = await pool.run(jobs.process)
        with pytest.raises(WorkerDiedError, match=how):
            await pool.run(fn)
        return before, await pool.run(jobs.process)

    before, after = run(main)

    assert before != after


def test_a_worker_that_dies_at_rest_is_replaced(pool: Pool) -> None:
    async def main() -> Any:
        before = await pool.run(jobs.process)
        platform = pool._resting[0].platform
        assert isinstance(platform, Process)
        os.kill(before, signal.SIGKILL)
        platform._listener.join()
        return before, await pool.run(jobs.process)

    before, after = run(main)

    assert before != after


def test_a_worker_without_work_ends_after_a_while() -> None:
    async def main() -> Any:
        with Pool(1, idle=0) as pool:
            process = await pool.run(jobs.process)
            while pool._resting:
                await asyncio.sleep(0)
            return process, await pool.run(jobs.process)

    before, after = run(main)

    assert has_ended(before)
    assert after != before


def test_what_a_function_prints_does_not_disturb_its_answer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    async def main() -> Any:
        with Pool(1) as pool:
            return await pool.run(jobs.speak), await pool.run(jobs.double, 1)

    assert run(main) == ("said", 2)
    assert "a word" in capfd.readouterr().err


def test_a_view_can_be_tested_with_its_workers(render: Callable[[object], Screen]) -> None:
    found = Signal(0)

    async def count() -> None:
        found.set(await run_in_worker(jobs.double, 21))

    screen = render(t"<button on:click={count}>Count</button><output>{found}</output>")
    screen.get_by_role("button").click()
    screen.get_by_text("42").wait_for()

    assert screen.get_by_role("status").inner_text() == "42"


def test_an_interrupt_at_the_terminal_is_for_the_caller(pool: Pool) -> None:
    async def main() -> Any:
        before = await pool.run(jobs.process)
        os.kill(before, signal.SIGINT)
        return before, await pool.run(jobs.process)

    before, after = run(main)

    assert before == after


def test_a_pool_serves_one_event_loop_after_the_other(pool: Pool) -> None:
    first = run(lambda: pool.run(jobs.process))
    second = run(lambda: pool.run(jobs.process))

    assert first == second


def test_the_size_follows_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    for processors in (1, 2, 4, 64):
        monkeypatch.setattr("gossamer.workers.pool.processors", lambda count=processors: count)
        sizes.append(Pool().size)

    assert sizes == [1, 1, 3, 4]
