"""A worker says that it lives, and texts held for longer than any send takes become unsure, to be asked about."""

from datetime import datetime, timedelta

from store.engine import Memory
from store.outbox import release_texts
from store.workers import drop_worker, save_heartbeat

LEASE = timedelta(seconds=60)  # a send gives up after about twenty


def take_over(memory: Memory, worker: str, wall: datetime, *, first: bool = False) -> int:
    """Beat, and release what was held too long, by a dead worker or a stuck one; how many texts.

    At its start (`first`) a worker also releases what an earlier process of its own name held. `wall` is machine time.
    """
    with memory.transaction() as tx:
        save_heartbeat(tx, worker, wall)
        return release_texts(tx, wall - LEASE) + (release_texts(tx, wall, worker) if first else 0)


def leave_work(memory: Memory, worker: str) -> None:
    """A clean stop."""
    with memory.transaction() as tx:
        drop_worker(tx, worker)
