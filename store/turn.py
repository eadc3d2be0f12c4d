"""Writers of one SQLite file queue here, threads and processes alike: SQLite's own handler sleeps, unfairly."""

import fcntl
import threading
from types import TracebackType
from typing import IO


class FileTurn:
    """One writer at a time, for the length of a `with` block; a process that dies gives its turn back."""

    def __init__(self, path: str):
        self.path = path
        self.thread_turn = threading.Lock()
        self.file: IO[str] | None = None

    def __enter__(self) -> None:
        """Wait for this process's threads, then for the other processes."""
        self.thread_turn.acquire()
        try:
            if self.file is None:
                self.file = open(self.path, "w", encoding="utf-8")
            fcntl.flock(self.file, fcntl.LOCK_EX)
        except BaseException:
            self.thread_turn.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The next one's turn."""
        try:
            if self.file:
                fcntl.flock(self.file, fcntl.LOCK_UN)
        finally:
            self.thread_turn.release()
