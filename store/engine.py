"""The database: how it is opened, and the one way to hold a transaction."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from store.ringer import Ringer
from store.sealing import Seal
from store.writer import Writer

# A session that hangs gives up its locks, instead of holding up everybody's turns.
POSTGRES_PATIENCE = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=20s"
# A server that is set to forget the last commits in a crash would forget attempts: each would be a second text.
POSTGRES_DURABLE = "-c synchronous_commit=on"
# What a database raises that cannot be reached, or is none: through SQLAlchemy, or by itself (store/prepared).
DatabaseDown = (DBAPIError, sqlite3.Error, psycopg.Error)
OPENING_SECONDS = 10.0
TRUSTED_SECONDS = 0.1  # a connection used so lately is taken to be alive


@dataclass(slots=True)
class Tx:
    """One open transaction: the connection, the seal of its columns, and whether its commit wakes delivery."""

    conn: Connection
    seal: Seal
    rings: bool = False
    _cursor: Any = None

    @property
    def cursor(self) -> Any:
        """The driver's cursor of this transaction: one for all its statements, each read before the next."""
        if self._cursor is None:
            driver: Any = self.conn.connection.driver_connection
            self._cursor = driver.cursor()
        return self._cursor

    def ring(self) -> None:
        """A text may leave once this is committed: delivery is woken then, in every process."""
        self.rings = True


class Memory:
    """The house's memory: hands out transactions on SQLite or PostgreSQL."""

    def __init__(self, url: str, seal: Seal):
        """`url` is DATABASE_URL. Makes the last folder of a SQLite file's path when it is missing."""
        self.seal = seal
        self.engine = open_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.woken = threading.Event()
        self.writer = Writer(self.engine)  # SQLite's alone: on PostgreSQL everybody writes beside the others
        self.ringer = Ringer(self.engine)  # PostgreSQL's alone

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """A write transaction: committed at the end of the block, rolled back on an error."""
        with self._share_writer() if self.is_sqlite else self._write_beside_others() as tx:
            yield tx
        if tx.rings:
            self.ring()

    @contextmanager
    def each_alone(self) -> Iterator[Tx]:
        """Writes of which each may stand without the next: on PostgreSQL every statement is its own commit.

        BEGIN and COMMIT are round trips of their own there. On SQLite one transaction is the cheaper way.
        """
        if self.is_sqlite:
            with self.transaction() as tx:
                yield tx
            return
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            yield Tx(conn, self.seal)

    def ring(self) -> None:
        """Wake delivery here, and in every other process."""
        self.woken.set()
        if not self.is_sqlite:  # there the others see that the file has changed: store/bell
            self.ringer.ring()

    @contextmanager
    def _share_writer(self) -> Iterator[Tx]:
        """On SQLite."""
        with self.writer.write() as conn:
            yield Tx(conn, self.seal)

    @contextmanager
    def _write_beside_others(self) -> Iterator[Tx]:
        """On PostgreSQL."""
        with self.engine.connect() as conn, conn.begin():
            yield Tx(conn, self.seal)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A read-only view; never waits for a writer."""
        # PostgreSQL reads statement by statement anyway; without a transaction each costs two round trips less.
        how: dict[str, Any] = {"reading": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with self.engine.connect().execution_options(**how) as conn:
            yield Tx(conn, self.seal)

    def close(self) -> None:
        """Close every connection."""
        self.ringer.close()
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine for DATABASE_URL, with SQLite set up for one writer and many readers."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return open_postgres(url)
    if parsed.database:
        Path(parsed.database).parent.mkdir(exist_ok=True)
    connect = {"check_same_thread": False}
    pool = {"pool_size": 20, "max_overflow": 20, "pool_use_lifo": True}
    engine = create_engine(parsed, hide_parameters=True, connect_args=connect, **pool)
    event.listen(engine, "connect", set_up_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def open_postgres(url: str) -> Engine:
    """An engine that survives a restart of the server: a connection that rested is tried before it is trusted."""
    # Our statements are few and come back: prepared early, and on few connections, they are planned once.
    connect = {
        "connect_timeout": 5,
        "prepare_threshold": 2,
        "options": f"{POSTGRES_PATIENCE} {POSTGRES_DURABLE}",
    }
    engine = create_engine(
        url, pool_size=10, max_overflow=20, pool_use_lifo=True, hide_parameters=True, connect_args=connect
    )
    event.listen(engine, "checkin", note_rest)
    event.listen(engine, "checkout", try_rested)
    return engine


def note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    """From now on this connection rests."""
    record.info["rests_since"] = time.monotonic()


def try_rested(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ask the server over a connection that rested; SQLAlchemy's own ping asks each time, one round trip in three.

    Raises InvalidatePoolError, upon which the pool opens new ones.
    """
    rested = time.monotonic() - record.info.get("rests_since", time.monotonic())
    if rested < TRUSTED_SECONDS and not connection.closed:
        return
    try:
        connection.execute("")
        connection.rollback()
    except psycopg.Error:
        raise InvalidatePoolError from None


def set_up_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log, full durability: an attempt that a power cut forgets would be a second text."""
    connection.isolation_level = None
    enter_wal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def enter_wal(connection: Any) -> None:
    """Who opens a new file together with others may have to wait: SQLite's own patience does not cover this switch."""
    end = time.monotonic() + OPENING_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)


def begin_sqlite(conn: Connection) -> None:
    """Writers take the lock at once; a later upgrade from reader to writer would fail instead of waiting."""
    driver: Any = conn.connection.driver_connection
    driver.execute("BEGIN" if conn.get_execution_options().get("reading") else "BEGIN IMMEDIATE")
