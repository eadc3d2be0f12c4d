"""Brings a database to today's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, select, text

from store.engine import Memory
from store.lock import HOUSE, name_duty

FOLDER = Path(__file__).resolve().parent / "migrations"


def migrate(memory: Memory, to: str = "head") -> None:
    """Run every step the database has not seen, up to `to` (`base` goes down to nothing). Safe to run again."""
    with memory.engine.begin() as conn:
        if not memory.is_sqlite:
            wait_for_others(conn)
        target = configure(conn)
        if to == "base":
            command.downgrade(target, to)
        else:
            command.upgrade(target, to)


def wait_for_others(conn: Connection) -> None:
    """Processes that start together migrate one after the other; the later ones find it done."""
    conn.execute(text("SET LOCAL lock_timeout = 0"))
    conn.execute(text("SET LOCAL statement_timeout = 0"))
    conn.execute(select(func.pg_advisory_xact_lock(HOUSE, name_duty("migrate"))))


def configure(conn: Connection) -> Config:
    """Alembic's settings, with no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = conn
    return config
