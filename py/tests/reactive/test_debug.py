"""Debug mode: C34, S16, S17, S18."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

import subprocess
import sys
import warnings

import pytest
from gossamer.reactive import (
    Owner,
    ReactiveWarning,
    ReadSignal,
    Signal,
    debug,
    effect,
    memo,
    on_cleanup,
    set_debug,
    signal,
    untrack,
)
from gossamer.reactive.debug import follow_debug, is_debug, user_frame, warn


@pytest.fixture(autouse=True)
def own_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debug, "_switches", [])


def test_read_that_nothing_follows_is_warned_of() -> None:
    """S17: with the place of the read and of the definition; never an error."""
    set_debug(on=True)
    count, _ = signal(1)

    with pytest.warns(ReactiveWarning, match=r"signal at .*test_debug\.py:\d+ is read") as warned:
        assert count() == 1

    assert warned[0].filename == __file__


def test_a_page_on_a_server_that_writes_what_all_visitors_share_is_warned_of() -> None:
    """S12: a signal at the top of a module belongs to every request."""
    set_debug(on=True)
    shared, (_, set_shared) = Signal(1, name="count"), signal(1, name="number")
    page = Owner(None)
    page.still = True

    with pytest.warns(ReactiveWarning, match="count is written by a page on a server"):
        page.run(shared.set, 2)
    with pytest.warns(ReactiveWarning, match="number is written by a page on a server"):
        page.run(set_shared, 2)
    with pytest.warns(ReactiveWarning, match="every visitor sees it"):
        page.run(shared.update, lambda old: old + 1)

    assert shared.peek() == 3
    page.run(lambda: Signal(1).set(2))  # its own
    shared.set(4)  # by nobody's page


def test_reads_that_are_followed_or_untracked_on_purpose_are_silent() -> None:
    """S16, S17: effects, memos, peek, untrack, handlers, cleanups."""
    set_debug(on=True)
    count = Signal(1)
    double = memo(lambda: count() * 2)
    owner = Owner(None)

    effect(lambda: (count(), double(), untrack(count)))
    count.peek()
    double.peek()
    untrack(count)
    owner.run(count)
    owner.run(double)
    owner.on_cleanup(count)
    owner.dispose()
    with owner:
        on_cleanup(count)


def test_memo_is_warned_of_too() -> None:
    """S17."""
    set_debug(on=True)

    @memo
    def double() -> int:
        return 2

    with pytest.warns(ReactiveWarning, match="double is read"):
        double()


def test_own_name_stays() -> None:
    set_debug(on=True)

    assert Signal(1, name="count").label == "count"
    assert memo(lambda: 1, name="one").label == "one"


def test_disposed_signal_warns_in_debug_mode() -> None:
    """S18."""
    count = Signal(1, name="count")
    count.dispose()
    assert count() == 1
    count.set(2)
    set_debug(on=True)

    with pytest.warns(ReactiveWarning, match="count was read after"):
        assert count.peek() == 1
    with pytest.warns(ReactiveWarning, match="count was written after"):
        count.set(2)


def test_off_means_the_plain_methods() -> None:
    """Debug mode costs nothing when it is off."""
    plain = ReadSignal.__call__
    set_debug(on=True)
    set_debug(on=True)
    assert is_debug()
    assert ReadSignal.__call__ is not plain

    set_debug(on=False)

    assert not is_debug()
    assert ReadSignal.__call__ is plain
    assert Signal(1).label == "Signal(1)"
    warn("nothing is said")


def test_code_outside_of_any_module_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = user_frame()

    assert frame is not None
    assert frame.f_code.co_filename == __file__


def test_framework_alone_on_the_stack_is_not_warned_of() -> None:
    set_debug(on=True)
    names = {"__name__": "gossamer.stand_in", "user_frame": user_frame}
    code = "def probe(): return user_frame()"
    exec(code, names)

    assert names["probe"]() is not None  # type: ignore[operator] # this test stands above it


@pytest.mark.cpython("starts processes")
@pytest.mark.parametrize(("value", "shown"), [("1", "True"), ("", "False")])
def test_environment_turns_it_on(value: str, shown: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import gossamer.reactive as r, gossamer.reactive.debug as d; print(d.is_debug())",
        ],
        env={"GOSSAMER_DEBUG": value, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == shown


def test_read_that_a_hole_freezes_names_the_hole_and_what_to_write() -> None:
    """S17: with the line of the template; a hole is computed once, when its line runs."""
    count = Signal(1, name="count")

    def total() -> int:
        return count() * 2

    def describe() -> object:
        return (
            t"<p>{count()}</p>"
            t"<p>{1 + count():>3} {[count() for _ in range(2)]}</p>"
            t"<p>{total()!r:{3}} {t'<b>{count()}</b>'}</p>"
        )

    set_debug(on=True)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(3):
            describe()

    line = describe.__code__.co_firstlineno + 2
    assert [(str(each.message).partition(" is ")[0], each.lineno) for each in told] == [
        ("{count()}", line),
        ("{1 + count()}", line + 1),
        ("{[count() for _ in range(2)]}", line + 1),
        ("{total()}", line + 2),
        ("{count()}", line + 2),
    ]
    assert {each.filename for each in told} == {__file__}
    first, second, *_ = map(str, (each.message for each in told))
    assert "Write {count}, which is read again" in first
    assert "Write {(lambda: 1 + count())}, which is read again" in second


def test_each_warning_is_given_once_for_a_line() -> None:
    set_debug(on=True)
    count = Signal(1, name="count")
    count.dispose()

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(3):
            count.peek()
        count.peek()
        set_debug(on=False)
        set_debug(on=True)
        for _ in range(3):
            count.peek()

    assert len(told) == 3


def test_memo_that_was_disposed_of_warns_in_debug_mode() -> None:
    """S18."""
    double = memo(lambda: 2, name="double")
    double.peek()
    double.dispose()
    set_debug(on=True)

    with pytest.warns(ReactiveWarning, match="double was read after it was disposed of"):
        assert untrack(double) == 2


def test_other_rooms_follow_debug_mode() -> None:
    told: list[bool] = []
    follow_debug(told.append)
    set_debug(on=True)
    set_debug(on=True)
    follow_debug(lambda on: told.append(not on))
    set_debug(on=False)
    set_debug(on=False)

    assert told == [True, False, False, True]


def test_memo_of_a_named_function_keeps_its_name() -> None:
    set_debug(on=True)

    def total() -> int:
        return 2

    assert memo(total).label.endswith("total")
    assert memo(lambda: 2).label.startswith("memo at ")
