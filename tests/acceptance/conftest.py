"""What acceptance tests run on: a try-out, or a crowd of processes on one database; ended whatever happens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.acceptance.running import Crowd, TryOut
from tests.postgres import Server


@pytest.fixture
def try_out(tmp_path: Path) -> Iterator[TryOut]:
    """Everything running, as after `make run`."""
    made = TryOut(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.clean_up()


@pytest.fixture
def crowd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Crowd]:
    """Processes that the test starts, on SQLite or (parametrised indirectly) an empty PostgreSQL database."""
    on_postgres = getattr(request, "param", "sqlite") == "postgresql"
    url = (
        make_database(request.getfixturevalue("postgres"))
        if on_postgres
        else f"sqlite:///{tmp_path}/crowd.db"
    )
    made = Crowd(tmp_path, url)
    try:
        yield made
    finally:
        made.clean_up()
        made.show_logs()


def make_database(server: Server) -> str:
    """The address of an empty database on a running server."""
    admin = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.exec_driver_sql("DROP DATABASE IF EXISTS crowd WITH (FORCE)")
        conn.exec_driver_sql("CREATE DATABASE crowd")
    admin.dispose()
    return server.url("crowd")
