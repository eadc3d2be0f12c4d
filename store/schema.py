"""Tells whether a database has today's tables; how it gets them is in `migrate`, which servers need not carry."""

from functools import cache
from pathlib import Path

from sqlalchemy import inspect, text

from store.engine import Memory

STEPS = Path(__file__).resolve().parent / "migrations" / "versions"
CURRENT = text("SELECT version_num FROM alembic_version")


def is_current(memory: Memory) -> bool:
    """Whether the database has seen every step."""
    with memory.reading() as tx:
        if not inspect(tx.conn).has_table("alembic_version"):
            return False
        return tx.conn.execute(CURRENT).scalar() == find_head()


@cache
def find_head() -> str:
    """The number of the newest step: its file opens with it."""
    return max(file.name.partition("_")[0] for file in STEPS.glob("[0-9]*.py"))
