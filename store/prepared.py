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
        return read_together(tx, (self, values))[0]

    def first(self, tx: Tx, **values: Any) -> Any | None:
        """The first row, or None."""
        rows = self.all(tx, **values)
        return rows[0] if rows else None

    def run(self, tx: Tx, **values: Any) -> None:
        """Execute for what it changes: before anything else is read, at the latest with the commit."""
        ready = self.get_ready(tx)
        tx.cursor.later(ready.words, ready.write(values))

    def get_ready(self, tx: Tx) -> "Ready":
        """The statement in the words of this database."""
        found = self.ready.get(tx.dialect)
        if found is None:
            found = self.ready[tx.dialect] = Ready(self.statement, self.columns, tx.conn.dialect)
        return found


class Ready:
    """One statement in one database's words, and how its values and rows are converted."""

    def __init__(self, statement: Any, columns: Sequence[str], dialect: Dialect):
        compiled = statement.compile(dialect=number_values(dialect), column_keys=list(columns) or None)
        self.words = str(compiled)
        defaults = {column.key: column.default.arg for column in compiled.insert_prefetch}
        given = {**compiled.construct_params(_check=False), **defaults}
        self.binds = [
            (name, given.get(name), find_writer(compiled.binds[name].type, dialect))
            for name in compiled.positiontup
        ]
        returned = list(statement.exported_columns)
        self.readers = [find_reader(column.type, dialect) for column in returned]
        self.row = namedtuple("Row", [column.key for column in returned]) if returned else tuple  # type: ignore[misc]

    def write(self, values: dict[str, Any]) -> list[Any]:
        """The values as the driver takes them, in order."""
        return [
            write(values.get(name, given)) if write else values.get(name, given)
            for name, given, write in self.binds
        ]

    def read(self, row: Sequence[Any]) -> Any:
        """One row of the driver's with our types."""
        return self.row(
            *[read(value) if read else value for read, value in zip(self.readers, row, strict=True)]
        )


def read_together(tx: Tx, *asked: tuple[Prepared, dict[str, Any]]) -> list[list[Any]]:
    """Every row of each statement with its values, all in one round trip."""
    ready = [(prepared.get_ready(tx), values) for prepared, values in asked]
    answers = tx.cursor.read(*[(each.words, each.write(values)) for each, values in ready])
    return [[each.read(row) for row in rows] for (each, _), rows in zip(ready, answers, strict=True)]


def number_values(dialect: Dialect) -> Dialect:
    """A dialect whose statements take their values in order."""
    kind: Any = type(dialect)
    return dialect if dialect.positional else kind(paramstyle="numeric_dollar")


def find_writer(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """How a value of that type is written for the driver; None as it is."""
    return kind.dialect_impl(dialect).bind_processor(dialect)


def find_reader(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """How a value of that type from the driver is read; None as it is."""
    return kind.dialect_impl(dialect).result_processor(dialect, None)
