"""What only one process may do: work on a SQLite file, or a duty that is done once for all."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import IO

from sqlalchemy import func, select, text

from store.engine import DatabaseDown, Memory

HOUSE = 0x0AF7E4  # the first half of our advisory locks, so that they meet nobody else's


class AlreadyRunning(RuntimeError):
    """Another process works on this SQLite file."""


class OneProcess:
    """Holds the lock for the length of a `with` block; on PostgreSQL there is nothing to hold."""

    def __init__(self, memory: Memory):
        self.path = f"{memory.engine.url.database}.lock" if memory.is_sqlite else None
        self.file: IO[str] | None = None

    def __enter__(self) -> None:
        """Take the lock. Raises AlreadyRunning."""
        if self.path is None:
            return
        self.file = open(self.path, "w", encoding="utf-8")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.file.close()
            raise AlreadyRunning(
                "Another Afterkit works on this SQLite file. Stop it, or use PostgreSQL for more than one process."
            ) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the lock go."""
        if self.file:
            self.file.close()


@contextmanager
def alone(memory: Memory, duty: str, patience_seconds: int = 30) -> Iterator[bool]:
    """Whether this process has the duty to itself for the length of the block; on SQLite there is only one.

    On PostgreSQL an advisory lock of a transaction in which nothing else happens. A process that dies gives it back
    with its connection; from one that stands still the server takes it after `patience_seconds`, so a duty must be
    safe to do twice.
    """
    if memory.is_sqlite:
        yield True
        return
    with memory.engine.connect() as conn:
        conn.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = '{patience_seconds}s'"))
        mine = conn.execute(select(func.pg_try_advisory_xact_lock(HOUSE, name_duty(duty)))).scalar_one()
        try:
            yield mine
        finally:
            with suppress(*DatabaseDown):  # taken from us: somebody else has the duty now
                conn.rollback()


def name_duty(duty: str) -> int:
    """The second half of a duty's advisory lock: a signed number of 32 bits."""
    return zlib.crc32(duty.encode()) - 2**31
