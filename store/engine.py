"""The database: how it is opened, and the one way to hold a transaction."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from store.sealing import Seal

# A session that hangs gives up its locks, instead of holding up everybody's turns.
POSTGRES_PATIENCE = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
DatabaseDown = (DBAPIError, sqlite3.Error)  # what a database raises that cannot be reached, or is none


@dataclass(frozen=True, slots=True)
class Tx:
    """One open transaction: the connection and the seal of its columns."""

    conn: Connection
    seal: Seal


class Memory:
    """The house's memory: hands out transactions on SQLite or PostgreSQL."""

    def __init__(self, url: str, seal: Seal):
        """`url` is DATABASE_URL. Makes the last folder of a SQLite file's path when it is missing."""
        self.seal = seal
        self.engine = open_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # Threads of one process queue here, not in SQLite's busy handler, which sleeps and is unfair.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """A write transaction: committed at the end of the block, rolled back on an error."""
        with self._turn, self.engine.begin() as conn:
            yield Tx(conn, self.seal)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A read-only view; never waits for a writer."""
        with self.engine.connect().execution_options(reading=True) as conn:
            yield Tx(conn, self.seal)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine for DATABASE_URL, with SQLite set up for one writer and many readers."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        connect = {"connect_timeout": 5, "options": POSTGRES_PATIENCE}
        return create_engine(
            parsed,
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=connect,
        )
    if parsed.database:
        Path(parsed.database).parent.mkdir(exist_ok=True)
    connect = {"check_same_thread": False}
    engine = create_engine(parsed, pool_size=20, max_overflow=20, hide_parameters=True, connect_args=connect)
    event.listen(engine, "connect", set_up_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def set_up_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log, full durability: an attempt that a power cut forgets would be a second text."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(conn: Connection) -> None:
    """Writers take the lock at once; a later upgrade from reader to writer would fail instead of waiting."""
    reading = conn.get_execution_options().get("reading")
    conn.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
