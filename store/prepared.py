"""Statements compiled once and handed to the driver: SQLAlchemy's own road costs ten times as much each time."""

from collections import namedtuple
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeEngine

from store.engine import Tx

Process = Callable[[Any], Any]


class Prepared:
    """One statement for every database; values and rows have the types of its columns, as always."""

    def __init__(self, statement: Executable, columns: Sequence[str] = ()):
        """`columns` are the columns that an insert or update writes."""
        self.statement, self.columns = statement, columns
        self.ready: dict[str, Ready] = {}

    def all(self, tx: Tx, **values: Any) -> list[Any]:
        """Every row, with a field for each column."""
        ready = self.get_ready(tx)
        return [ready.read(row) for row in ready.execute(tx, values).fetchall()]

    def first(self, tx: Tx, **values: Any) -> Any | None:
        """The first row, or None."""
        ready = self.get_ready(tx)
        row = ready.execute(tx, values).fetchone()
        return None if row is None else ready.read(row)

    def one(self, tx: Tx, **values: Any) -> Any:
        """The row that an insert gives back."""
        ready = self.get_ready(tx)
        return ready.read(ready.execute(tx, values).fetchone())

    def run(self, tx: Tx, **values: Any) -> int:
        """Execute for what it changes; how many rows those are."""
        return self.get_ready(tx).execute(tx, values).rowcount

    def run_each(self, tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
        """Execute once for each row, all in one round trip."""
        if rows:
            self.get_ready(tx).execute_each(tx, rows)

    def get_ready(self, tx: Tx) -> "Ready":
        """The statement in the words of this database."""
        dialect = tx.conn.dialect
        found = self.ready.get(dialect.name)
        if found is None:
            found = self.ready[dialect.name] = Ready(self.statement, self.columns, dialect)
        return found


class Ready:
    """One statement in one database's words, and how its values and rows are converted."""

    def __init__(self, statement: Any, columns: Sequence[str], dialect: Dialect):
        compiled = statement.compile(dialect=dialect, column_keys=list(columns) or None)
        self.words = str(compiled)
        defaults = {column.key: column.default.arg for column in compiled.insert_prefetch}
        given = {**compiled.construct_params(_check=False), **defaults}
        self.order = compiled.positiontup
        self.binds = [
            (name, given.get(name), find_writer(compiled.binds[name].type, dialect))
            for name in compiled.positiontup or compiled.binds
        ]
        returned = list(statement.exported_columns)
        self.readers = [find_reader(column.type, dialect) for column in returned]
        self.row = namedtuple("Row", [column.key for column in returned]) if returned else tuple  # type: ignore[misc]

    def execute(self, tx: Tx, values: dict[str, Any]) -> Any:
        """The driver's cursor after it."""
        return tx.cursor.execute(self.words, self.write(values))

    def execute_each(self, tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
        """Once for each row."""
        if len(rows) == 1:  # the driver's way for many costs more
            self.execute(tx, rows[0])
        else:
            tx.cursor.executemany(self.words, [self.write(values) for values in rows])

    def write(self, values: dict[str, Any]) -> Any:
        """The values as the driver takes them: in order, or by name."""
        written = [
            write(values.get(name, given)) if write else values.get(name, given)
            for name, given, write in self.binds
        ]
        if self.order is not None:
            return written
        return dict(zip((bind[0] for bind in self.binds), written, strict=True))

    def read(self, row: Sequence[Any]) -> Any:
        """One row of the driver's with our types."""
        return self.row(
            *[read(value) if read else value for read, value in zip(self.readers, row, strict=True)]
        )


def find_writer(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """How a value of that type is written for the driver; None as it is."""
    return kind.dialect_impl(dialect).bind_processor(dialect)


def find_reader(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """How a value of that type from the driver is read; None as it is."""
    return kind.dialect_impl(dialect).result_processor(dialect, None)
