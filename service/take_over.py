"""A worker says that it lives, and what dead workers held becomes unsure, to be asked about."""

from datetime import datetime, timedelta

from store.engine import Memory
from store.outbox import list_sending_workers, release_texts
from store.workers import drop_worker, list_alive, save_heartbeat

DEAD_AFTER = timedelta(seconds=20)


def take_over(memory: Memory, worker: str, wall: datetime, *, first: bool = False) -> int:
    """Beat, and release what the dead held; how many texts. `wall` is machine time.

    At its start (`first`) a worker also releases what an earlier process of its own name left behind.
    """
    with memory.transaction() as tx:
        save_heartbeat(tx, worker, wall)
        alive = set(list_alive(tx, wall - DEAD_AFTER)) - ({worker} if first else set())
        dead = [name for name in list_sending_workers(tx) if name not in alive]
        return release_texts(tx, dead) if dead else 0


def leave_work(memory: Memory, worker: str) -> None:
    """A clean stop: nothing is held any more."""
    with memory.transaction() as tx:
        drop_worker(tx, worker)
