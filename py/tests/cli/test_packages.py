"""Packages: resolved for a page by pip, locked, kept, and refused by name."""

from pathlib import Path

import pytest
from gossamer.cli.packages import needed, offered, provide
from gossamer.cli.wheels import PLATFORM, Wheel
from gossamer.errors import CommandError
from packaging.requirements import Requirement

from .conftest import MakeWheel


def names(wheels: list[Wheel]) -> list[str]:
    return [f"{wheel.name} {wheel.version}" for wheel in wheels]


def test_what_a_package_needs_in_a_page_comes_along(wheel: MakeWheel, tmp_path: Path) -> None:
    wheel("child")
    wheel("here", tag=f"cp314-cp314-{PLATFORM}")
    wheel(
        "parent",
        needs=(
            "child",
            'here; sys_platform == "emscripten"',
            'elsewhere; sys_platform != "emscripten"',
            'old; python_version < "3.14"',
        ),
    )

    found = provide([Requirement("parent")], tmp_path / "wheels.lock", tmp_path / "cache")

    assert names(found) == ["child 1.0", "here 1.0", "parent 1.0"]
    assert [each.is_pure for each in found] == [True, False, True]


def test_a_lock_holds_versions_until_the_requirements_change(
    wheel: MakeWheel, tmp_path: Path
) -> None:
    lock, cache = tmp_path / "wheels.lock", tmp_path / "cache"
    wheel("part")
    first = provide([Requirement("part")], lock, cache)
    wheel("part", "2.0")

    again = provide([Requirement("part")], lock, cache)
    other = provide([Requirement("part>=1")], lock, cache)

    assert names(first) == names(again) == ["part 1.0"]
    assert names(other) == ["part 2.0"]


def test_what_is_locked_is_fetched_again_where_it_is_not_kept(
    wheel: MakeWheel, tmp_path: Path
) -> None:
    lock = tmp_path / "wheels.lock"
    wheel("part")
    provide([Requirement("part")], lock, tmp_path / "cache")
    wheel("part", "2.0")

    found = provide([Requirement("part")], lock, tmp_path / "another")

    assert names(found) == ["part 1.0"]


def test_a_file_with_another_hash_is_refused(wheel: MakeWheel, tmp_path: Path) -> None:
    lock = tmp_path / "wheels.lock"
    wheel("part")
    provide([Requirement("part")], lock, tmp_path / "cache")
    wheel("part", files={"part.py": "evil = True\n"})

    with pytest.raises(CommandError) as caught:
        provide([Requirement("part")], lock, tmp_path / "another")

    assert "part" in str(caught.value)


def test_a_package_for_other_machines_is_refused_by_name(wheel: MakeWheel, tmp_path: Path) -> None:
    wheel("heavy", tag="cp314-cp314-manylinux_2_28_x86_64")
    wheel("heavy", tag="cp314-cp314-win_amd64")

    with pytest.raises(CommandError) as caught:
        provide([Requirement("heavy>=1")], tmp_path / "wheels.lock", tmp_path / "cache")

    assert str(caught.value).startswith("There is no wheel of heavy>=1 for a page.")
    assert "There are wheels for manylinux, win_amd" in str(caught.value)
    assert not (tmp_path / "wheels.lock").exists()


def test_requirements_that_cannot_meet_are_told_as_pip_tells_them(
    wheel: MakeWheel, tmp_path: Path
) -> None:
    wheel("part")
    wheel("one", needs=("part==1.0",))
    wheel("two", needs=("part!=1.0",))

    with pytest.raises(CommandError) as caught:
        provide(
            [Requirement("one"), Requirement("two")], tmp_path / "wheels.lock", tmp_path / "cache"
        )

    assert "one 1.0 depends on part==1.0; two 1.0 depends on part!=1.0" in str(caught.value)


def test_only_what_is_needed_at_once_is_taken(wheel: MakeWheel) -> None:
    found = [
        Wheel(path)
        for path in (
            wheel("a", needs=("b", 'c; extra == "more"')),
            wheel("b"),
            wheel("c"),
            wheel("d"),
        )
    ]

    assert [each.name for each in needed(found, [Requirement("a")])] == ["a", "b"]
    assert [each.name for each in needed(found, [Requirement("a[more]")])] == ["a", "b", "c"]


def test_what_there_is_of_a_package_is_read_from_the_log() -> None:
    log = (
        "Skipping link: No sources: https://x/big-1.0.tar.gz (from …)\n"
        "Skipping link: tags: https://x/big-1.0-cp314-cp314-macosx_11_0_arm64.whl#sha256=1\n"
        "Skipping link: tags: https://x/other-1.0-cp314-cp314-win32.whl\n"
    )

    assert offered("big", log) == "There are wheels for macosx, and sources"
    assert offered("none", log) == "The index has no package of that name"


def test_a_wheel_s_files_are_those_below_site_packages(wheel: MakeWheel) -> None:
    path = wheel(
        "a",
        files={
            "a/__init__.py": "",
            "a-1.0.data/purelib/b.py": "x",
            "a-1.0.data/scripts/tool": "#!",
        },
    )

    files = Wheel(path).files()

    assert {name for name in files if "dist-info" not in name} == {"a/__init__.py", "b.py"}
