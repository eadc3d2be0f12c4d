"""SQLite: how its file is opened, for one writer and many readers."""

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

OPENING_SECONDS = 10.0


class Cursor(sqlite3.Cursor):
    """SQLite is no journey away: nothing waits for a better moment."""

    later = sqlite3.Cursor.execute

    def read(self, *statements: tuple[str, Sequence[Any]]) -> list[list[Any]]:
        """Every row of each statement."""
        return [self.execute(words, values).fetchall() for words, values in statements]


def open_sqlite(url: URL) -> Engine:
    """An engine; makes the last folder of the file's path when it is missing."""
    if url.database:
        Path(url.database).parent.mkdir(exist_ok=True)
    connect = {"check_same_thread": False}
    pool = {"pool_size": 20, "max_overflow": 20, "pool_use_lifo": True}
    engine = create_engine(url, hide_parameters=True, connect_args=connect, **pool)
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", begin)
    return engine


def open_cursor(conn: Connection) -> Cursor:
    """A cursor for statements that are ready."""
    driver: Any = conn.connection.driver_connection
    return driver.cursor(Cursor)


def set_up(connection: Any, _record: Any) -> None:
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


def begin(conn: Connection) -> None:
    """Writers take the lock at once; a later upgrade from reader to writer would fail instead of waiting.

    Of the connection that is lent for that, store/writer says when a transaction begins and ends.
    """
    how = conn.get_execution_options()
    if not how.get("lent"):
        driver: Any = conn.connection.driver_connection
        driver.execute("BEGIN" if how.get("reading") else "BEGIN IMMEDIATE")
