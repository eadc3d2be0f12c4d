"""Wakes the other processes on PostgreSQL: one notification for all commits of a moment, beside the work."""

import threading
import time
from contextlib import suppress

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from store.postgres import get_pipeline

BELL = "afterkit_outbox"
RING = f"NOTIFY {BELL}"
GATHERING_SECONDS = 0.01  # commits within this share a ring; at a patient's telephone nobody notices it
LAST_RING_SECONDS = 2.0


class Ringer:
    """A thread of its own rings, from the first time on: nobody who commits waits for the bell."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.asked = threading.Event()
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None
        self.closing = False

    def ring(self) -> None:
        """Something was committed that others should know of."""
        self.asked.set()
        if self.thread is None:
            self.start()

    def start(self) -> None:
        """Begin to ring, if nobody has begun meanwhile."""
        with self.starting:
            if self.thread is None and not self.closing:
                self.thread = threading.Thread(target=self.keep_ringing, name="ringer", daemon=True)
                self.thread.start()

    def keep_ringing(self) -> None:
        """Ring whenever it is asked for, until it is closed."""
        while not self.closing:
            self.asked.wait()
            self.asked.clear()
            # A bell that fails is no failure of what was committed: the others look by themselves soon.
            with suppress(SQLAlchemyError, psycopg.Error):
                self.ring_over_one_line()

    def ring_over_one_line(self) -> None:
        """Ring over a connection of its own. Raises what the database raises when that is lost."""
        # Outside every transaction: PostgreSQL lets those that notify commit one by one.
        with self.engine.connect() as conn:
            line = get_pipeline(conn)
            while True:
                line.later(RING)
                line.flush()
                if self.closing:
                    return
                self.asked.wait()
                time.sleep(GATHERING_SECONDS)
                self.asked.clear()

    def close(self) -> None:
        """Ring what was asked for, and no more."""
        with self.starting:
            self.closing = True
        if self.thread:
            self.asked.set()
            self.thread.join(LAST_RING_SECONDS)
