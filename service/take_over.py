"""A worker says that it lives; what a dead one held, or anybody held too long, becomes unsure, to be asked about."""

import logging
from datetime import datetime, timedelta

from store.claims import release_texts
from store.engine import Memory
from store.workers import drop_silent, drop_worker, save_heartbeat

LOG = logging.getLogger(__name__)
# Machines must agree about the time to within a few seconds. A worker that only seemed dead sends nothing it was
# given before: see HELD_TOO_LONG in service/deliver.
SILENT_FOR = timedelta(seconds=12)  # two beats missed
LEASE = timedelta(seconds=60)  # a send gives up after ten


def take_over(memory: Memory, worker: str, wall: datetime, *, first: bool = False) -> int:
    """Beat, and release what dead workers held, or stuck ones held for too long; how many texts.

    At its start (`first`) a worker also releases what an earlier process of its own name held. `wall` is machine time.
    """
    with memory.transaction() as tx:
        save_heartbeat(tx, worker, wall)
        dead = drop_silent(tx, wall - SILENT_FOR)
        gone = [*dead, worker] if first else dead
        released = release_texts(tx, of=gone) if gone else 0
        released += release_texts(tx, claimed_before=wall - LEASE)
    if dead:
        LOG.warning("%s took over from %s: %s texts", worker, ", ".join(dead), released)
    return released


def leave_work(memory: Memory, worker: str) -> None:
    """A clean stop: what could not be finished is released at once."""
    with memory.transaction() as tx:
        release_texts(tx, of=[worker])
        drop_worker(tx, worker)
