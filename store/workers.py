"""The processes that send: each says that it lives, so that readiness can be told."""

from datetime import datetime

from sqlalchemy import delete, func, select

from store.engine import Tx
from store.rows import upsert
from store.tables import workers


def save_heartbeat(tx: Tx, name: str, wall: datetime) -> None:
    """This worker lives at that moment of machine time."""
    upsert(tx, workers, {"name": name}, {"seen_at": wall})


def newest_heartbeat(tx: Tx) -> datetime | None:
    """When any worker was last seen, in machine time."""
    return tx.conn.execute(select(func.max(workers.c.seen_at))).scalar_one()


def drop_silent(tx: Tx, seen_before: datetime) -> list[str]:
    """Forget the workers that were not seen since that machine time; their names."""
    silent = delete(workers).where(workers.c.seen_at < seen_before).returning(workers.c.name)
    return list(tx.conn.execute(silent).scalars())


def drop_worker(tx: Tx, name: str) -> None:
    """This worker has stopped cleanly."""
    tx.conn.execute(delete(workers).where(workers.c.name == name))
