"""The processes that send: each says that it lives, so that readiness can be told."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from store.engine import Tx
from store.tables import workers


def save_heartbeat(tx: Tx, name: str, wall: datetime) -> None:
    """This worker lives at that moment of machine time."""
    if tx.conn.execute(update(workers).where(workers.c.name == name).values(seen_at=wall)).rowcount == 0:
        tx.conn.execute(insert(workers).values(name=name, seen_at=wall))


def newest_heartbeat(tx: Tx) -> datetime | None:
    """When any worker was last seen, in machine time."""
    return tx.conn.execute(select(func.max(workers.c.seen_at))).scalar_one()


def drop_worker(tx: Tx, name: str) -> None:
    """This worker has stopped cleanly."""
    tx.conn.execute(delete(workers).where(workers.c.name == name))
