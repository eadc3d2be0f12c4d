"""How the columns and indexes of this house are made: moments in UTC, ids, links, indexes of the rows in some state."""

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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database; a moment without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be stored.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database, always aware."""
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if value.tzinfo is None
            else value.astimezone(UTC)
        )


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
