"""SQLite's one writer, shared: threads that wait for it write in one transaction, a savepoint each, and one commit."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection, Engine

from store.sqlite import Cursor, open_cursor
from store.turn import FileTurn

MOST_TOGETHER = 32  # others wait for this file too
LAST_WRITE_SECONDS = 1.0  # whoever writes when the house closes may finish within this


class Batch:
    """One transaction of the file, and what became of it."""

    def __init__(self, conn: Connection, cursor: Cursor, turn: FileTurn):
        """Raises what the database raises when it cannot be begun."""
        self.conn, self.cursor, self.size = conn, cursor, 0
        self.over = threading.Event()
        self.problem: BaseException | None = None
        with ExitStack() as held:
            held.enter_context(turn)
            cursor.execute("BEGIN IMMEDIATE")
            conn.begin()  # in SQLAlchemy's eyes: outside one it would roll back for all what fails for one
            self.held = held.pop_all()

    def end(self, problem: BaseException | None = None) -> None:
        """Commit, or give up because of a problem; whoever wrote in it is told."""
        try:
            self.cursor.execute("ROLLBACK" if problem else "COMMIT")
            self.conn.commit()  # in SQLAlchemy's eyes
        except BaseException as failure:
            problem = problem or failure
        finally:
            self.held.close()
        self.problem = problem
        self.over.set()

    def wait(self) -> None:
        """Until it is on the disk. Raises what kept it from getting there."""
        self.over.wait()
        if self.problem:
            raise self.problem


class Writer:
    """Hands out the writer. One thread writes at a time; the last of those that wait commits for all of them."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.turn = FileTurn(f"{engine.url.database}.turn")
        self.baton = threading.Lock()
        # One for each that waits for the baton: its length is right without a lock.
        self.waiting: list[None] = []
        # Kept: to take it anew each time is a tenth of a turn.
        self.lent: tuple[Connection, Cursor] | None = None
        self.batch: Batch | None = None

    @contextmanager
    def write(self) -> Iterator[tuple[Connection, Cursor]]:
        """What to write with; what was written is on the disk when the block is over, or none of it at all."""
        batch = self.join()
        try:
            yield batch.conn, batch.cursor
        except BaseException:
            self.leave(batch, "ROLLBACK TO one", "RELEASE one")
            raise
        self.leave(batch, "RELEASE one")
        batch.wait()

    def join(self) -> Batch:
        """The batch that is open, or a new one, with a savepoint of our own."""
        self.waiting.append(None)
        self.baton.acquire()
        self.waiting.pop()
        try:
            self.batch = self.batch or Batch(*self.connect(), self.turn)
            self.batch.cursor.execute("SAVEPOINT one")
        except BaseException as problem:
            self.end_batch(problem)
            self.baton.release()
            raise
        return self.batch

    def leave(self, batch: Batch, *words: str) -> None:
        """Keep or forget what one thread wrote; the next one goes on, and without a next one all is committed."""
        try:
            for statement in words:
                batch.cursor.execute(statement)
            batch.size += 1
            if not self.waiting or batch.size >= MOST_TOGETHER:
                self.end_batch()
        except BaseException as problem:
            self.end_batch(problem)
        finally:
            self.baton.release()

    def connect(self) -> tuple[Connection, Cursor]:
        """The connection that writes, with its cursor; after a problem it is a new one."""
        if self.lent is None:
            conn = self.engine.connect().execution_options(lent=True)
            self.lent = conn, open_cursor(conn)
        return self.lent

    def end_batch(self, problem: BaseException | None = None) -> None:
        """End the open batch, if there is one."""
        batch, self.batch = self.batch, None
        if batch:
            batch.end(problem)
        if batch is None or batch.problem:
            self.give_back()

    def close(self) -> None:
        """Give the connection back once nobody writes; from under one who does not end it is never taken.

        SQLite forgets what such a one wrote when the process ends; taken away, half of it would stay.
        """
        if self.baton.acquire(timeout=LAST_WRITE_SECONDS):
            try:
                self.end_batch()
                self.give_back()
            finally:
                self.baton.release()

    def give_back(self) -> None:
        """Let go of the connection: the next one to write takes a new one."""
        lent, self.lent = self.lent, None
        if lent:
            lent[0].close()
