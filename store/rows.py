"""What every table family does with one row: add it, add it once, write some of its columns, read it."""

from functools import cache
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    String,
    Subquery,
    Table,
    bindparam,
    column,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from store.engine import Tx
from store.prepared import Prepared


def insert_row(tx: Tx, table: Table, values: dict[str, Any]) -> int:
    """The new row's id."""
    return prepare_insert(table, tuple(values)).all(tx, **values)[0].id


def add_row(tx: Tx, table: Table, values: dict[str, Any]) -> None:
    """Add a row of which nobody asks the id."""
    prepare_add(table, tuple(values)).run(tx, **values)


def insert_once(tx: Tx, table: Table, values: dict[str, Any]) -> int | None:
    """The new row's id, or None when a unique column says that the row is there already."""
    row = prepare_insert_once(table, tx.dialect, tuple(values)).first(tx, **values)
    return None if row is None else row.id


def update_row(tx: Tx, table: Table, row_id: int, values: dict[str, Any]) -> None:
    """Write the named columns of one row."""
    prepare_update(table, tuple(values)).run(tx, row_id=row_id, **values)


def upsert(tx: Tx, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Write the one row with that key, added when it is missing."""
    row = get_insert(tx.dialect)(table).values(**key, **values)
    tx.conn.execute(row.on_conflict_do_update(index_elements=list(key), set_=values))


def read_one(tx: Tx, statement: Select[Any], **params: Any) -> Row[Any] | None:
    """The first row of a query, or None."""
    return tx.conn.execute(statement.limit(1), params).first()


@cache
def prepare_insert(table: Table, columns: tuple[str, ...]) -> Prepared:
    """An insert that tells the new id."""
    return Prepared(insert(table).returning(table.c.id), columns)


@cache
def prepare_add(table: Table, columns: tuple[str, ...]) -> Prepared:
    """An insert that tells nothing."""
    return Prepared(insert(table), columns)


@cache
def prepare_insert_once(table: Table, dialect: str, columns: tuple[str, ...]) -> Prepared:
    """An insert that does nothing where the row is there."""
    return Prepared(get_insert(dialect)(table).on_conflict_do_nothing().returning(table.c.id), columns)


def get_insert(dialect: str) -> Any:
    """That database's INSERT, which knows what to do where the row is there."""
    return sqlite.insert if dialect == "sqlite" else postgresql.insert


@cache
def prepare_update(table: Table, columns: tuple[str, ...]) -> Prepared:
    """An update of one row."""
    return Prepared(update(table).where(table.c.id == bindparam("row_id")), columns)


def read_rows(dialect: str, name: str, **columns: type[TypeEngine[Any]]) -> Subquery:
    """Rows handed over as JSON in the parameter `name`, to be used as a table in one statement."""
    given = bindparam(name, type_=String)
    if dialect == "sqlite":
        each = func.json_each(given).table_valued("value")
        read = [func.json_extract(each.c.value, f"$.{key}").label(key) for key in columns]
        return select(*read).subquery(name)
    typed = [column(key, kind) for key, kind in columns.items()]
    each = (
        func.json_to_recordset(given.op("::")(text("json")))
        .table_valued(*typed)
        .render_derived(with_types=True)
    )
    return select(*each.c).subquery(name)
