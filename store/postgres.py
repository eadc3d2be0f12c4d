"""PostgreSQL: how it is opened, when a transaction begins and ends there, and connections kept at hand."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from store.pipeline import Pipeline

# A session that hangs gives up its locks, instead of holding up everybody's turns.
PATIENCE = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=20s"
# A line that broke without a word is found out within a quarter of a minute: TCP by itself waits many.
WATCHED = {"keepalives_idle": 10, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 15_000}
# A server that is set to forget the last commits in a crash would forget attempts: each would be a second text.
DURABLE = "-c synchronous_commit=on"


def open_postgres(url: str) -> Engine:
    """An engine that survives a restart of the server: a connection that rested is tried before it is trusted."""
    connect = {
        "connect_timeout": 5,
        **WATCHED,
        "prepare_threshold": None,  # once it has prepared anything, psycopg lets all go at a rollback, also ours
        "options": f"{PATIENCE} {DURABLE}",
    }
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_use_lifo=True,  # few connections, each of which knows our statements
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",  # we say BEGIN ourselves, and only where it is meant
        connect_args=connect,
    )
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", flush)
    event.listen(engine, "commit", commit)
    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", try_rested)
    return engine


def get_pipeline(conn: Connection) -> Pipeline:
    """The way to the server over that connection."""
    known = conn.connection.info
    if "pipeline" not in known:
        known["pipeline"] = Pipeline(conn.connection.driver_connection)  # type: ignore[arg-type]
    return known["pipeline"]


def begin(conn: Connection) -> None:
    """A transaction of SQLAlchemy's; of a connection that is lent, `Lines` says when one begins and ends."""
    if not conn.get_execution_options().get("lent"):
        get_pipeline(conn).later("BEGIN")


def commit(conn: Connection) -> None:
    """The end of one; psycopg then has nothing left to commit. Raises psycopg.Error."""
    if not conn.get_execution_options().get("lent"):
        get_pipeline(conn).commit()


def flush(conn: Connection, *_: Any) -> None:
    """What waits goes before a statement of SQLAlchemy's own."""
    get_pipeline(conn).flush()


def rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    """From now on this connection rests."""
    if "pipeline" in record.info:
        record.info["pipeline"].rest()


def try_rested(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ask the server over a connection that rested; SQLAlchemy's own ping asks each time, one round trip in three.

    Raises InvalidatePoolError, upon which the pool opens new ones.
    """
    pipeline = record.info.get("pipeline")
    if pipeline and not pipeline.has_rested() and not connection.closed:
        return
    try:
        connection.execute("")
    except psycopg.Error:
        raise InvalidatePoolError from None


class Lines:
    """Connections that were used a moment ago, at hand: to go through the pool each time is a tenth of a turn."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.idle: list[Connection] = []

    @contextmanager
    def lend(self, alone: bool) -> Iterator[Connection]:
        """A connection for a transaction, which is committed in the end; `alone`: each statement is one of its own."""
        conn = self.take()
        pipeline = get_pipeline(conn)
        try:
            if not alone:
                pipeline.later("BEGIN")
            yield conn
            if alone:
                pipeline.flush()
            else:
                pipeline.commit()
            if conn.in_transaction():  # in SQLAlchemy's eyes
                conn.commit()
        except BaseException:
            if pipeline.is_lost():
                conn.invalidate()  # there is nothing to roll back
            conn.close()
            raise
        self.idle.append(conn)

    def take(self) -> Connection:
        """The one that was used last, if that was a moment ago, else one from the pool."""
        with suppress(IndexError):  # none is idle, or somebody was quicker
            while True:
                conn = self.idle.pop()
                if not get_pipeline(conn).has_rested():
                    return conn
                conn.close()
        return self.engine.connect().execution_options(lent=True)

    def close(self) -> None:
        """Give all that rest back to the pool."""
        while self.idle:
            self.idle.pop().close()
