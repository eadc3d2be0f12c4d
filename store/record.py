"""What people told us and what waits for a person: facts and tasks."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from model import Fact
from store.engine import Tx
from store.prepared import Prepared
from store.rows import add_row, get_insert
from store.tables import contacts, facts, tasks

SAME_FACT = Prepared(
    select(facts.c.id)
    .where(facts.c.contact_id == bindparam("contact_id"), facts.c.kind == bindparam("kind"))
    .where(facts.c.value == bindparam("value"), facts.c.at > bindparam("since", type_=facts.c.at.type))
    .limit(1)
)


def has_fact(tx: Tx, contact_id: int, fact: Fact, since: datetime) -> bool:
    """Whether the same fact of the same person was recorded after `since`."""
    found = SAME_FACT.first(tx, contact_id=contact_id, kind=fact.kind, value=fact.value, since=since)
    return found is not None


def add_fact(tx: Tx, contact_id: int, fact: Fact, now: datetime, since: datetime) -> bool:
    """Record a fact; the same fact of the same person after `since` is one event and is not counted again."""
    if has_fact(tx, contact_id, fact, since):
        return False
    add_row(tx, facts, {"contact_id": contact_id, "kind": fact.kind, "value": fact.value, "at": now})
    return True


def list_facts(tx: Tx, contact_id: int) -> list[tuple[str, str]]:
    """The facts of one person as (kind, value), oldest first."""
    rows = select(facts.c.kind, facts.c.value).where(facts.c.contact_id == contact_id).order_by(facts.c.id)
    return [(row.kind, row.value) for row in tx.conn.execute(rows)]


def raise_task(tx: Tx, contact_id: int, kind: str, now: datetime) -> None:
    """Hand something to a person; while the same task is open it is not raised twice, only counted."""
    prepare_task(tx.dialect).run(tx, contact_id=contact_id, kind=kind, raised_at=now, times=1)


@cache
def prepare_task(dialect: str) -> Prepared:
    """A new task, or one more time that an open one was called for."""
    row = get_insert(dialect)(tasks)
    again = row.on_conflict_do_update(
        index_elements=[tasks.c.contact_id, tasks.c.kind],
        index_where=tasks.c.done_at.is_(None),
        set_={"times": tasks.c.times + 1},
    )
    return Prepared(again, ("contact_id", "kind", "raised_at", "times"))


def list_open_tasks(tx: Tx) -> list[tuple[Row[Any], str]]:
    """Every open task with its person's language, and the number to call, oldest first."""
    rows = (
        select(tasks, contacts.c.phone_sealed, contacts.c.language)
        .join(contacts)
        .where(tasks.c.done_at.is_(None))
    )
    return [
        (row, tx.seal.open(row.phone_sealed)) for row in tx.conn.execute(rows.order_by(tasks.c.raised_at))
    ]


def mark_task_done(tx: Tx, task_id: int, who: str, now: datetime) -> bool:
    """Close a task; False when it is not open."""
    row = update(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None))
    return tx.conn.execute(row.values(done_at=now, done_by=who)).rowcount == 1


def list_task_kinds(tx: Tx, contact_id: int) -> Sequence[str]:
    """The kinds of open tasks of one person."""
    rows = select(tasks.c.kind).where(tasks.c.contact_id == contact_id, tasks.c.done_at.is_(None))
    return tx.conn.execute(rows.order_by(tasks.c.id)).scalars().all()
