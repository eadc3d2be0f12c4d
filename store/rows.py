"""Two statements every table family needs: insert unless it is there already, and read one row."""

from typing import Any

from sqlalchemy import Row, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from store.engine import Tx


def insert_once(tx: Tx, table: Table, values: dict[str, Any]) -> int | None:
    """The new row's id, or None when a unique column says that the row is there already."""
    make = sqlite.insert if tx.conn.dialect.name == "sqlite" else postgresql.insert
    statement = make(table).values(values).on_conflict_do_nothing().returning(table.c.id)
    return tx.conn.execute(statement).scalar_one_or_none()


def read_one(tx: Tx, statement: Select[Any]) -> Row[Any] | None:
    """The first row of a query, or None."""
    return tx.conn.execute(statement.limit(1)).first()
