"""Duties that are done once for all processes, and up to when each is done."""

from datetime import datetime

from sqlalchemy import select

from store.engine import Tx
from store.rows import upsert
from store.tables import duties


def find_done(tx: Tx, name: str) -> datetime | None:
    """Up to which moment a duty is done, or None when it never was."""
    return tx.conn.execute(select(duties.c.done_at).where(duties.c.name == name)).scalar_one_or_none()


def save_done(tx: Tx, name: str, done_at: datetime) -> None:
    """A duty is done up to that moment."""
    upsert(tx, duties, {"name": name}, {"done_at": done_at})
