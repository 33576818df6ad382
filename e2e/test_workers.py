"""Workers: functions run in another Python while the page goes on, under a strict policy."""

from textwrap import dedent

import pytest

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Workers</title>
<script type="module" src="../gossamer/gossamer.js"></script>
<body><script type="py" config='{"files": {"jobs.py": "", "words.txt": "data/"}}'>
import asyncio
import jobs
from gossamer import Owner, mount, spawn
from gossamer.errors import WorkerDiedError, WorkerError
from gossamer.workers import Pool, run_in_worker

def main_function():
    pass

mount("ready")
</script></body></html>"""
JOBS = '''
import os
import sys
from pathlib import Path

class OwnError(Exception):
    """Of the user's own."""

def double(number):
    return number * 2

def words():
    return Path("data/words.txt").read_text()

def kept(value=None, held=[]):
    held.append(value)
    return len(held)

def has_page():
    import js
    return hasattr(js, "document")

def steps(count):
    for step in range(count):
        yield step
    return "done"

def fail():
    raise OwnError("it is me", 7)

def work(rounds):
    total = 0
    for number in range(rounds):
        total = (total * 31 + number) % 1_000_003
    return total

def stay():
    yield "begun"
    while True:
        pass

def closure():
    return lambda: None

def exhaust():
    nested = []
    for _ in range(200_000):
        nested = [nested]
    return repr(nested)

def leave():
    os._exit(3)

def stop():
    sys.exit("enough")
'''
RUN = """async (code) => {
  const { pyodide } = await globalThis[Symbol.for('gossamer')]();
  const value = await pyodide.runPythonAsync(code).catch((error) => {
    error.stack = error.message;
    throw error;
  });
  return value?.toJs ? value.toJs({ dict_converter: Object.fromEntries }) : value;
}"""


FRAME = "() => new Promise((resolve) => requestAnimationFrame(resolve))"


def wait_workers(page, count: int) -> None:
    """Wait until the page has this many workers: of the end of one, a test hears a little later."""
    for _ in range(1_000):
        if len(page.workers) == count:
            return
        page.evaluate(FRAME)
    assert len(page.workers) == count


@pytest.fixture(scope="module")
def lived(browser, app_server):
    """One page for all tests; its pool has one worker."""
    site = app_server
    site.headers["content-security-policy"] = POLICY
    site.put("w/index.html", PAGE)
    site.put("w/jobs.py", JOBS)
    site.put("w/words.txt", "of the page")
    context = browser.new_context()
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(site.url + "w/")
    page.locator("html[data-gossamer=ready]").wait_for()
    page.evaluate(RUN, "pool = Pool(1)")
    yield page
    context.close()
    site.clear()


@pytest.fixture
def run(lived):
    """`run(code)` runs Python in the page; the value of its last expression."""
    return lambda code: lived.evaluate(RUN, dedent(code))


def test_nothing_starts_before_it_is_needed(lived):
    assert lived.workers == []
    assert not any(url.endswith("worker.js") for url in lived.asked)


def test_a_call_gives_what_the_function_returns_elsewhere(run, lived):
    assert run("await pool.run(jobs.double, 21)") == 42
    assert run("await pool.run(jobs.has_page)") is False
    assert len(lived.workers) == 1


def test_a_worker_takes_the_python_that_the_page_has_compiled(lived):
    assert [url.rpartition("/")[2] for url in lived.asked].count("pyodide.asm.wasm") == 1


def test_a_worker_has_the_files_of_the_page_and_serves_again(run, lived):
    assert run("await pool.run(jobs.words)") == "of the page"
    assert run("await pool.run(jobs.kept), await pool.run(jobs.kept), jobs.kept()") == [1, 2, 1]
    assert len(lived.workers) == 1


def test_progress_is_what_a_generator_yields(run):
    told = run("""
        told = []
        told.append(await pool.run(jobs.steps, 3, progress=told.append))
        told
    """)

    assert told == [0, 1, 2, "done"]


def test_an_error_comes_back_as_itself(run):
    told = run("""
        try:
            await pool.run(jobs.fail)
        except jobs.OwnError as error:
            told = [*error.args, *error.__notes__]
        told
    """)

    assert told[:2] == ["it is me", 7]
    assert 'jobs.py", line' in told[2]
    assert 'raise OwnError("it is me", 7)' in told[2]
    assert "gossamer" not in told[2]


def test_what_cannot_travel_is_refused_with_a_reason(run):
    told = run("""
        told = []
        for fn, *args in [(main_function,), (lambda: 1,), (jobs.double, print), (jobs.double, lambda: 1), (jobs.closure,)]:
            try:
                told.append(await pool.run(fn, *args))
            except Exception as error:
                told.append(type(error).__name__ + " " + str(error))
        told
    """)

    script, closure, unfit, argument, result = told
    assert script.startswith("WorkerError main_function cannot be called in a worker.")
    assert "the page's own script" in script
    assert closure.startswith("WorkerError <lambda> cannot be called in a worker.")
    assert unfit.startswith("TypeError")
    assert argument.startswith("WorkerError The call of jobs.double cannot be sent to a worker")
    assert result.startswith("WorkerError jobs.closure was called in a worker, but its result")


def test_the_page_goes_on_while_a_worker_computes(run, lived):
    run("task = asyncio.ensure_future(pool.run(jobs.work, 100_000_000))")
    lived.evaluate("""() => new Promise((resolve) => {
        let frames = 0;
        const count = () => ++frames < 60 ? requestAnimationFrame(count) : resolve();
        requestAnimationFrame(count);
    })""")

    assert run("task.done()") is False
    run("task.cancel()")


def test_cancelling_ends_the_function_whatever_it_does(run, lived):
    told = run("""
        begun = asyncio.Event()
        task = asyncio.ensure_future(pool.run(jobs.stay, progress=lambda _: begun.set()))
        await begun.wait()
        task.cancel()
        await asyncio.wait([task])
        [task.cancelled(), await pool.run(jobs.double, 2)]
    """)

    assert told == [True, 4]
    wait_workers(lived, 1)


def test_a_task_ends_its_call_with_its_owner(run):
    told = run("""
        begun = asyncio.Event()
        owner = Owner(None)
        task = spawn(pool.run(jobs.stay, progress=lambda _: begun.set()), owner)
        await begun.wait()
        owner.dispose()
        await asyncio.wait([task])
        [task.cancelled(), await pool.run(jobs.double, 3)]
    """)

    assert told == [True, 6]


@pytest.mark.parametrize("job", ["exhaust", "leave", "stop"])
def test_a_worker_that_dies_says_so_and_is_replaced(run, lived, job):
    told = run(f"""
        try:
            told = [await pool.run(jobs.{job})]
        except WorkerDiedError as error:
            told = [str(error)]
        [*told, await pool.run(jobs.double, 4)]
    """)

    assert told[0].startswith(f"The worker that ran jobs.{job} has died: ")
    assert told[0].count("\n") == 2
    assert told[1] == 8
    wait_workers(lived, 1)


def test_a_pool_ends_with_its_owner_and_leaves_nothing(run, lived):
    wait_workers(lived, 1)

    run("""
        with Owner(None) as owner:
            own = Pool(1)
        await own.run(jobs.double, 1)
    """)
    wait_workers(lived, 2)
    run("owner.dispose()")
    wait_workers(lived, 1)
    run("pool.close()")
    wait_workers(lived, 0)


def test_nothing_is_asked_of_another_origin(lived, app_server):
    assert [url for url in lived.asked if not url.startswith(app_server.url)] == []
