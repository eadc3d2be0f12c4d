"""The tables in code and the tables the migrations build are the same, up and down, twice."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from store.engine import Memory
from store.migrate import FOLDER, migrate
from store.schema import find_head, is_current
from store.sealing import Seal, make_key
from store.tables import metadata


@pytest.fixture
def memory(database_url: str) -> Iterator[Memory]:
    """A database with nothing in it."""
    made = Memory(database_url, Seal([make_key()]))
    yield made
    made.close()


def test_migrations_build_exactly_the_tables(memory: Memory) -> None:
    migrate(memory)
    with memory.engine.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), metadata) == []


def test_migrating_twice_is_migrating_once(memory: Memory) -> None:
    before = is_current(memory)
    migrate(memory)
    migrate(memory)
    assert (before, is_current(memory)) == (False, True)


def test_every_migration_goes_down_again(memory: Memory) -> None:
    migrate(memory)
    migrate(memory, to="base")
    assert inspect(memory.engine).get_table_names() == ["alembic_version"]


def test_the_newest_step_is_the_one_alembic_would_stop_at() -> None:
    assert find_head() == ScriptDirectory(str(FOLDER)).get_current_head()
