"""Processes that write to one SQLite file queue here: SQLite's own handler sleeps, unfairly."""

import fcntl
from types import TracebackType
from typing import IO


class FileTurn:
    """One process at a time, for the length of a `with` block; one that dies gives its turn back."""

    def __init__(self, path: str):
        self.path = path
        self.file: IO[str] | None = None

    def __enter__(self) -> None:
        """Wait for the other processes."""
        if self.file is None:
            self.file = open(self.path, "w", encoding="utf-8")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The next one's turn."""
        if self.file:
            fcntl.flock(self.file, fcntl.LOCK_UN)
