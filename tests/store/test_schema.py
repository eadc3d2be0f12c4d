"""The tables in code and the tables the migrations build are the same, up and down, twice."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from store.engine import Memory
from store.migrate import is_current, migrate
from store.sealing import Seal, make_key
from store.tables import metadata


def open_empty(folder: Path) -> Memory:
    """A database with nothing in it."""
    return Memory(f"sqlite:///{folder}/schema.db", Seal([make_key()]))


def test_migrations_build_exactly_the_tables(tmp_path: Path) -> None:
    memory = open_empty(tmp_path)
    migrate(memory)
    with memory.engine.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), metadata) == []


def test_migrating_twice_is_migrating_once(tmp_path: Path) -> None:
    memory = open_empty(tmp_path)
    before = is_current(memory)
    migrate(memory)
    migrate(memory)
    assert (before, is_current(memory)) == (False, True)


def test_every_migration_goes_down_again(tmp_path: Path) -> None:
    memory = open_empty(tmp_path)
    migrate(memory)
    migrate(memory, to="base")
    assert inspect(memory.engine).get_table_names() == ["alembic_version"]
