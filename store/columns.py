"""How the columns and indexes of this house are made: moments in UTC, ids, links, indexes of the rows in some state."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    literal_column,
)

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts ids by itself only in an INTEGER column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite has no zones, so there it is stored bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """To the database, as SQLAlchemy would write it, without its detour."""
        return write_bare if dialect.name == "sqlite" else to_utc

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], datetime | None]:
        """From the database, always aware."""
        return read_bare if dialect.name == "sqlite" else to_utc


def to_utc(value: datetime | None) -> datetime | None:
    """The same moment in UTC. Raises ValueError for one without a zone, which is a mistake of ours."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("A moment without a zone cannot be stored.")
    return value.astimezone(UTC)


def write_bare(value: datetime | None) -> str | None:
    """A moment as SQLite keeps it: in UTC, to the microsecond, without saying so."""
    utc = to_utc(value)
    return utc.replace(tzinfo=None).isoformat(" ", "microseconds") if utc else None


def read_bare(value: str | None) -> datetime | None:
    """A moment from SQLite."""
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def make_table(name: str, *parts: Any) -> Table:
    """A table whose first column is its own number."""
    return Table(name, metadata, Column("id", Id, primary_key=True, autoincrement=True), *parts)


def link(name: str, table: str, *, nullable: bool = False) -> Column[int]:
    """A column that points at a row of another table."""
    return Column(name, Id, ForeignKey(f"{table}.id"), nullable=nullable)


def index_where(
    name: str, condition: ColumnElement[bool], *columns: Column[Any], unique: bool = False
) -> Index:
    """An index of the rows that fulfil a condition, on both databases; both want it repeated in the query."""
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def is_state(table: FromClause, *states: str) -> ColumnElement[bool]:
    """Whether a row is in one of these states; literals, for a bound value hides a partial index from planners."""
    words: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    return table.c.state.in_(words) if len(words) > 1 else table.c.state == words[0]
