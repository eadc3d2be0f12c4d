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

    def __init__(self, engine: Engine, turn: FileTurn):
        """Raises what the database raises when it cannot be begun."""
        self.size = 0
        self.over = threading.Event()
        self.problem: BaseException | None = None
        with ExitStack() as held:
            held.enter_context(turn)
            self.conn: Connection = held.enter_context(engine.begin())
            self.held = held.pop_all()

    def run(self, words: str) -> None:
        """A statement of the batch's own."""
        driver: Any = self.conn.connection.driver_connection
        driver.execute(words)

    def end(self, problem: BaseException | None = None) -> None:
        """Commit, or give up because of a problem; whoever wrote in it is told."""
        try:
            self.held.__exit__(type(problem) if problem else None, problem, None)
        except BaseException as failure:
            problem = failure
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
            self.batch = self.batch or Batch(self.engine, self.turn)
            self.batch.run("SAVEPOINT one")
        except BaseException as problem:
            self.close(problem)
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
                self.close()
        except BaseException as problem:
            self.close(problem)
        finally:
            self.baton.release()

    def close(self, problem: BaseException | None = None) -> None:
        """End the open batch, if there is one."""
        batch, self.batch = self.batch, None
        if batch:
            batch.end(problem)

    def count(self, step: int) -> None:
        """So many more wait for the baton."""
        with self.counting:
            self.waiting += step
