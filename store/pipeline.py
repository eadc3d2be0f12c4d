"""PostgreSQL's statements, prepared once for each connection, and sent together where nobody waits for an answer."""

import select
import time
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult

Statement = tuple[str, Sequence[Any]]  # its words, with `$1`, `$2`, and its values in that order
# A prepared statement's name, its values, and their formats.
Call = tuple[bytes, Sequence[Any], Sequence[Any] | None]
Row = tuple[Any, ...]
TRUSTED_SECONDS = 0.1  # a connection used so lately is taken to be alive
DONE = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


class Pipeline:
    """One connection, as long as it lives.

    psycopg's own cursor waits for the server in Python, statement by statement, which costs the processor four times
    as much. Its errors and its ways to write and read values are used here.
    """

    def __init__(self, connection: "psycopg.Connection[Any]"):
        self.libpq = connection.pgconn
        self.values = Transformer(connection)
        self.names: dict[str, bytes] = {}
        self.waiting: list[Call] = []
        self.socket = select.poll()
        self.socket.register(self.libpq.socket)
        self.used_at = 0.0  # of the monotonic clock

    def later(self, words: str, values: Sequence[Any] = ()) -> None:
        """Execute with what is read next, at the latest with the commit; what is wrong with it is raised then."""
        name = self.names.get(words) or self.prepare(words)
        given = self.values.dump_sequence(values, [PyFormat.TEXT] * len(values))
        self.waiting.append((name, given, self.values.formats))

    def read(self, *statements: Statement) -> list[list[Row]]:
        """Every row of each statement, in one round trip with all that waits. Raises psycopg.Error."""
        for words, values in statements:
            self.later(words, values)
        return [self.load(result) for result in self.flush()[-len(statements) :]]

    def commit(self) -> None:
        """Send what waits, with the end of the transaction.

        Raises psycopg.Error; then nothing of it was kept, but where the line broke nobody knows.
        """
        self.later("COMMIT")
        # The server says no without an error, after one that somebody hid.
        if self.flush()[-1].command_status != b"COMMIT":
            raise psycopg.errors.InFailedSqlTransaction("Nothing of a transaction that failed was kept.")

    def rest(self) -> None:
        """The connection goes back to the pool; what was never sent is forgotten."""
        self.waiting.clear()

    def has_rested(self) -> bool:
        """Whether it is so long since it was used that the server may be gone."""
        return time.monotonic() - self.used_at > TRUSTED_SECONDS

    def is_lost(self) -> bool:
        """Whether there is no way to the server any more."""
        return self.libpq.status != ConnStatus.OK

    def flush(self) -> list[PGresult]:
        """Send what waits. Raises psycopg.Error for the first that fails, after which none was executed."""
        calls, self.waiting = self.waiting, []
        self.used_at = time.monotonic()
        if not calls:
            return []
        try:
            results = self.call(calls)
        except BaseException:  # in the middle of something nobody can go on
            self.libpq.finish()
            raise
        for result in results:
            check(result)
        return results

    def call(self, calls: Sequence[Call]) -> list[PGresult]:
        """The server's answers."""
        self.libpq.enter_pipeline_mode()
        for call in calls:
            self.libpq.send_query_prepared(*call, Format.BINARY)
        self.libpq.pipeline_sync()
        while self.libpq.flush():
            self.wait(select.POLLIN | select.POLLOUT)
        results = [self.receive() for _ in calls]
        self.receive()  # the end of all
        self.libpq.exit_pipeline_mode()
        return results

    def receive(self) -> PGresult:
        """The server's next answer. Raises psycopg.OperationalError when there will be none."""
        result = self.get_result() or self.get_result()  # between two answers there is a nothing
        if result is None:
            raise psycopg.OperationalError("The connection to the database was lost.")
        return result

    def get_result(self) -> PGresult | None:
        """What libpq has to give, once it has it: its own way to wait would stop every thread."""
        while self.libpq.is_busy():
            self.wait(select.POLLIN)
        return self.libpq.get_result()

    def wait(self, signs: int) -> None:
        """Until the server has something to say, or may be told more."""
        self.socket.modify(self.libpq.socket, signs)
        self.socket.poll()
        self.libpq.consume_input()

    def prepare(self, words: str) -> bytes:
        """The name under which this connection knows a statement from now on."""
        name = b"afterkit_%d" % len(self.names)
        check(self.libpq.prepare(name, words.encode()))
        self.names[words] = name
        return name

    def load(self, result: PGresult) -> list[Row]:
        """An answer's rows as Python values."""
        self.values.set_pgresult(result)
        return self.values.load_rows(0, result.ntuples, tuple)


def check(result: PGresult) -> PGresult:
    """What the server answered. Raises psycopg.Error when that is a refusal."""
    if result.status not in DONE:
        raise error_from_result(result)
    return result
