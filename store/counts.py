"""How many rows there are of each kind, for operations."""

from sqlalchemy import func, select

from store.engine import Tx
from store.tables import contacts, due, inbox, outbox, tasks


def count_rows(tx: Tx) -> list[tuple[str, str, int]]:
    """(table, state, count) for what has a state; texts not thought about yet and open tasks among them."""
    counted: list[tuple[str, str, int]] = []
    for table, column in ((outbox, outbox.c.state), (due, due.c.state), (contacts, contacts.c.standing)):
        rows = tx.conn.execute(select(column, func.count()).group_by(column))
        counted += [(table.name, state, count) for state, count in rows]
    unthought = select(func.count()).select_from(inbox).where(inbox.c.thought_at.is_(None))
    open_tasks = select(func.count()).select_from(tasks).where(tasks.c.done_at.is_(None))
    counted.append(("inbox", "unthought", tx.conn.execute(unthought).scalar_one()))
    counted.append(("tasks", "open", tx.conn.execute(open_tasks).scalar_one()))
    return counted
