"""What only one process may do: work on a SQLite file, or a duty that is done once for all."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO

from sqlalchemy import func, select

from store.engine import Memory

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
def alone(memory: Memory, duty: str) -> Iterator[bool]:
    """Whether this process has the duty to itself for the length of the block; on SQLite there is only one.

    On PostgreSQL an advisory lock, which a process that dies gives back with its connection.
    """
    if memory.is_sqlite:
        yield True
        return
    key = name_duty(duty)
    with memory.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        if not conn.execute(select(func.pg_try_advisory_lock(HOUSE, key))).scalar_one():
            yield False
            return
        try:
            yield True
        finally:
            conn.execute(select(func.pg_advisory_unlock(HOUSE, key)))


def name_duty(duty: str) -> int:
    """The second half of a duty's advisory lock: a signed number of 32 bits."""
    return zlib.crc32(duty.encode()) - 2**31
