"""SQLite serves one scheduler: a lock file beside the database keeps a second one out."""

import fcntl
from types import TracebackType
from typing import IO

from store.engine import Memory


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
