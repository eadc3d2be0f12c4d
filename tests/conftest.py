"""What every test may rely on: compiled catalogues, and one headless Chromium a worker."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.world import World

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker starts: workers carry a `workerinput`, the controller none."""
    if hasattr(config, "workerinput"):
        return
    if subprocess.run([sys.executable, "-m", "messages.compile"], cwd=ROOT).returncode:
        pytest.exit("A catalogue does not compile; the lines above say which text.", returncode=1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless. A machine without one skips the test; in CI that is an error."""
    program = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(program).exists():
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("No Chromium: `tools/install_test_programs` installs it, or says how.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page with no cookies of another test."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A fresh database, a carrier of paper, and a Monday noon in San Diego."""
    made = World(tmp_path)
    yield made
    made.memory.close()
