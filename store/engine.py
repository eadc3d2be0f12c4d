"""The database: the one way to hold a transaction, on SQLite or PostgreSQL."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from store.pipeline import Pipeline
from store.postgres import Lines, get_pipeline, open_postgres
from store.ringer import Ringer
from store.sealing import Seal
from store.sqlite import Cursor, open_cursor, open_sqlite
from store.writer import Writer

# What a database raises that cannot be reached, or is none: through SQLAlchemy, or by itself (store/prepared).
DatabaseDown = (DBAPIError, sqlite3.Error, psycopg.Error)


@dataclass(slots=True)
class Tx:
    """One open transaction: the connection, the seal of its columns, and whether its commit wakes delivery.

    `cursor` takes the statements of store/prepared: `later` what nobody waits for, `read` what somebody does.
    """

    conn: Connection
    seal: Seal
    cursor: Cursor | Pipeline
    rings: bool = False

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.conn.dialect.name

    def ring(self) -> None:
        """A text may leave once this is committed: delivery is woken then, in every process."""
        self.rings = True


class Memory:
    """The house's memory: hands out transactions on SQLite or PostgreSQL."""

    def __init__(self, url: str, seal: Seal):
        """`url` is DATABASE_URL. Makes the last folder of a SQLite file's path when it is missing."""
        self.seal = seal
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.engine = open_sqlite(parsed) if self.is_sqlite else open_postgres(url)
        self.woken = threading.Event()
        self.writer = Writer(self.engine)  # SQLite's alone: on PostgreSQL everybody writes beside the others
        self.lines = Lines(self.engine)  # PostgreSQL's alone
        self.ringer = Ringer(self.engine)  # PostgreSQL's alone

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """A write transaction: committed at the end of the block, rolled back on an error."""
        with self._share_writer() if self.is_sqlite else self._lend(alone=False) as tx:
            yield tx
        if tx.rings:
            self.ring()

    @contextmanager
    def each_alone(self) -> Iterator[Tx]:
        """Writes of which each may stand without the next: on PostgreSQL every statement is its own commit.

        BEGIN and COMMIT are round trips of their own there. On SQLite one transaction is the cheaper way.
        """
        with self.transaction() if self.is_sqlite else self._lend(alone=True) as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A read-only view; never waits for a writer."""
        # PostgreSQL reads statement by statement anyway: there it needs no transaction.
        with self._read_file() if self.is_sqlite else self._lend(alone=True) as tx:
            yield tx

    def ring(self) -> None:
        """Wake delivery here, and in every other process."""
        self.woken.set()
        if not self.is_sqlite:  # there the others see that the file has changed: store/bell
            self.ringer.ring()

    def close(self) -> None:
        """Close every connection."""
        self.ringer.close()
        self.lines.close()
        self.writer.close()
        self.engine.dispose()

    @contextmanager
    def _share_writer(self) -> Iterator[Tx]:
        """On SQLite."""
        with self.writer.write() as (conn, cursor):
            yield Tx(conn, self.seal, cursor)

    @contextmanager
    def _read_file(self) -> Iterator[Tx]:
        """On SQLite."""
        with self.engine.connect().execution_options(reading=True) as conn:
            yield Tx(conn, self.seal, open_cursor(conn))

    @contextmanager
    def _lend(self, alone: bool) -> Iterator[Tx]:
        """On PostgreSQL."""
        with self.lines.lend(alone) as conn:
            yield Tx(conn, self.seal, get_pipeline(conn))
