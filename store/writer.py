"""SQLite's one writer, shared: threads that wait for it write in one transaction, a savepoint each, and one commit."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from store.turn import FileTurn

MOST_TOGETHER = 32  # others wait for this file too


class Batch:
    """One transaction of the file, and what became of it."""

    def __init__(self, conn: Connection, turn: FileTurn):
        """Raises what the database raises when it cannot be begun."""
        self.conn, self.size = conn, 0
        self.over = threading.Event()
        self.problem: BaseException | None = None
        with ExitStack() as held:
            held.enter_context(turn)
            self.run("BEGIN IMMEDIATE")
            self.held = held.pop_all()

    def run(self, words: str) -> None:
        """A statement of the batch's own."""
        driver: Any = self.conn.connection.driver_connection
        driver.execute(words)

    def end(self, problem: BaseException | None = None) -> None:
        """Commit, or give up because of a problem; whoever wrote in it is told."""
        try:
            self.run("ROLLBACK" if problem else "COMMIT")
            if self.conn.in_transaction():  # in SQLAlchemy's eyes
                self.conn.commit()
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
        self.counting = threading.Lock()
        self.waiting = 0
        self.conn: Connection | None = None  # kept: to take one from the pool each time is a tenth of a turn
        self.batch: Batch | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection to write with; what was written is on the disk when the block is over, or none of it at all."""
        batch = self.join()
        try:
            yield batch.conn
        except BaseException:
            self.leave(batch, "ROLLBACK TO one", "RELEASE one")
            raise
        self.leave(batch, "RELEASE one")
        batch.wait()

    def join(self) -> Batch:
        """The batch that is open, or a new one, with a savepoint of our own."""
        self.count(1)
        self.baton.acquire()
        self.count(-1)
        try:
            self.batch = self.batch or Batch(self.connect(), self.turn)
            self.batch.run("SAVEPOINT one")
        except BaseException as problem:
            self.end_batch(problem)
            self.baton.release()
            raise
        return self.batch

    def leave(self, batch: Batch, *words: str) -> None:
        """Keep or forget what one thread wrote; the next one goes on, and without a next one all is committed."""
        try:
            for statement in words:
                batch.run(statement)
            batch.size += 1
            if not self.waiting or batch.size >= MOST_TOGETHER:
                self.end_batch()
        except BaseException as problem:
            self.end_batch(problem)
        finally:
            self.baton.release()

    def connect(self) -> Connection:
        """The connection that writes; after a problem it is a new one."""
        if self.conn is None:
            self.conn = self.engine.connect().execution_options(lent=True)
        return self.conn

    def end_batch(self, problem: BaseException | None = None) -> None:
        """End the open batch, if there is one."""
        batch, self.batch = self.batch, None
        if batch:
            batch.end(problem)
        if batch is None or batch.problem:
            self.close()

    def close(self) -> None:
        """Give the connection back."""
        conn, self.conn = self.conn, None
        if conn:
            conn.close()

    def count(self, step: int) -> None:
        """So many more wait for the baton."""
        with self.counting:
            self.waiting += step
