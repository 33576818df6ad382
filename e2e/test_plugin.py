"""A user's project with tests of its own: the fixtures come with an installed Gossamer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "conftest.py": """
        from pathlib import Path

        import pytest

        @pytest.fixture(scope="session")
        def app_folder():
            return Path(__file__).parent / "app"

        @pytest.fixture(scope="session")
        def app_runtime():
            return Path({runtime!r})
        """,
    "app/counter.py": """
        from gossamer import component, signal

        @component
        def Counter():
            count, set_count = signal(0)

            def add():
                set_count.update(lambda value: value + 1)

            def fail():
                raise ValueError("the counter is broken")

            return t\"\"\"
                <button on:click={add}>One more</button>
                <button on:click={fail}>Fail</button>
                <output>{count}</output>
            \"\"\"
        """,
    "app/app.py": """
        from counter import Counter
        from gossamer import mount

        mount(Counter())
        """,
    "app/index.html": """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Counter</title>
        <script type="module" src="gossamer/gossamer.js"></script></head>
        <body><script type="py" src="app.py" config='{"files": {"counter.py": ""}}'></script></body>
        </html>
        """,
    "test_counter.py": """
        import sys
        from pathlib import Path

        import pytest

        sys.path.insert(0, str(Path(__file__).parent / "app"))
        from counter import Counter

        @pytest.fixture(params=["plain", "browser"])
        def page(request):
            if request.param == "plain":
                return request.getfixturevalue("render")(Counter())
            return request.getfixturevalue("open_app")()

        def test_it_counts(page):
            page.get_by_role("button", name="One more").click()

            assert page.get_by_role("status").inner_text() == "1"

        def test_it_fails(page):
            page.get_by_role("button", name="Fail").click()

        def test_it_fails_and_that_is_meant(render, expected_errors):
            expected_errors.append("the counter is broken")
            render(Counter()).get_by_role("button", name="Fail").click()

        def test_it_asks_for_what_is_not_there(render):
            render(Counter()).get_by_role("button", name="One mor.").click()
        """,
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """A folder with Gossamer as a wheel installs it."""
    folder = tmp_path_factory.mktemp("packages")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    words = [*pip, "--no-deps", "--no-build-isolation", "--no-index", "--target", folder, ROOT]
    subprocess.run(words, check=True)
    return folder


def run_tests(folder: Path, packages: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--color=no", "--tb=short", "-rA", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(re.sub(r"^ {8}", "", text, flags=re.MULTILINE), encoding="utf-8")


def test_a_project_tests_its_app_with_and_without_a_browser(built, packages, tmp_path):
    runtime = str(built / "gossamer")
    files = {name: text.replace("{runtime!r}", repr(runtime)) for name, text in FILES.items()}
    write(tmp_path, files)

    told = run_tests(tmp_path, packages)

    assert sorted(re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\S+)", told, re.MULTILINE)) == [
        ("ERROR", "test_it_fails[browser]"),
        ("ERROR", "test_it_fails[plain]"),
        ("FAILED", "test_it_asks_for_what_is_not_there"),
        ("PASSED", "test_it_counts[browser]"),
        ("PASSED", "test_it_counts[plain]"),
        ("PASSED", "test_it_fails[browser]"),
        ("PASSED", "test_it_fails[plain]"),
        ("PASSED", "test_it_fails_and_that_is_meant"),
    ], told
    assert told.count("ReportedError: The page reported an error.") >= 2
    assert "ValueError: the counter is broken" in told
    assert "get_by_role('button', name='One more') would match." in told
    assert "locators.py" not in told, "a failure shows the line of the test, not ours"
    assert "ResourceWarning" not in told


def test_a_project_without_a_build_is_told_so(packages, tmp_path):
    write(tmp_path, {"test_app.py": "def test_app(open_app):\n    open_app()\n"})

    told = run_tests(tmp_path, packages)

    assert f"{tmp_path / 'dist'} is missing: build the app first" in told


def test_a_project_without_playwright_tests_its_views(packages, tmp_path):
    write(
        tmp_path,
        {
            "conftest.py": "import sys\nsys.modules['playwright'] = None\n",
            "test_view.py": """
        def test_view(render):
            assert render("Hi").get_by_text("Hi").count() == 1
        """,
        },
    )

    told = run_tests(tmp_path, packages)

    assert "1 passed" in told, told


def test_the_browser_of_another_plugin_is_used(packages, tmp_path):
    write(
        tmp_path,
        {
            "conftest.py": """
        import pytest

        class Theirs:
            @pytest.fixture(scope="session")
            def browser(self):
                return "theirs"

        def pytest_configure(config):
            config.pluginmanager.register(Theirs(), "playwright")
        """,
            "test_browser.py": """
        def test_browser(app_browser):
            assert app_browser == "theirs"
        """,
        },
    )

    told = run_tests(tmp_path, packages)

    assert "1 passed" in told, told
