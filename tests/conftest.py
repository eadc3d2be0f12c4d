"""What every test may rely on: compiled catalogues, and one headless Chromium a worker."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import create_engine

from tests.postgres import Server, find_programs
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

BOTH_DATABASES = ("store", "service")


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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What touches memory runs on both databases; conversations, which only use it, on SQLite."""
    both = any(part in BOTH_DATABASES for part in metafunc.definition.path.parts)
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for this worker. A machine without one skips the test; in CI that is an error."""
    programs = find_programs()
    if programs is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("No PostgreSQL: `tools/install_test_programs` installs it, or says how.")
    server = Server(str(programs))
    yield server
    server.stop()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the kind that was asked for."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/world.db"
        return
    server: Server = request.getfixturevalue("postgres")
    admin = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.exec_driver_sql("DROP DATABASE IF EXISTS world WITH (FORCE)")
        conn.exec_driver_sql("CREATE DATABASE world")
    admin.dispose()
    yield server.url("world")


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A fresh database, a carrier of paper, and a Monday noon in San Diego."""
    made = World(database_url)
    yield made
    made.memory.close()
