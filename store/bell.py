"""Hears that another process has committed a text, so that delivery need not wait for its next look."""

import threading
from typing import Any

from store.engine import Memory
from store.ringer import BELL

LOOK_SECONDS = 0.05  # between two looks at a SQLite file; one look costs microseconds
PATIENCE_SECONDS = 1.0  # a stop is noticed within this


def listen(memory: Memory, stopping: threading.Event) -> None:
    """Set `memory.woken` at every such commit, until `stopping` is set. Raises DatabaseDown when it cannot listen."""
    connection = memory.engine.raw_connection()
    try:
        memory.woken.set()  # what was committed before we listened
        hear = watch_file if memory.is_sqlite else hear_notes
        hear(connection.driver_connection, memory.woken, stopping)
    finally:
        connection.invalidate()


def hear_notes(connection: Any, woken: threading.Event, stopping: threading.Event) -> None:
    """PostgreSQL tells: every ringing transaction notifies."""
    connection.autocommit = True
    connection.execute(f"LISTEN {BELL}")
    while not stopping.is_set():
        for _ in connection.notifies(timeout=PATIENCE_SECONDS, stop_after=1):
            woken.set()


def watch_file(connection: Any, woken: threading.Event, stopping: threading.Event) -> None:
    """SQLite tells a connection when any other has changed the file."""
    seen = None
    while not stopping.wait(LOOK_SECONDS):
        version = connection.execute("PRAGMA data_version").fetchone()
        if version != seen:
            seen = version
            woken.set()
