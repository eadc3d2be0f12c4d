"""What waits for its hour: one row a step of a programme for one person; intent waits here, words do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, insert, select, update

from model import Planned
from store.columns import is_state
from store.engine import Tx
from store.prepared import Prepared
from store.tables import contacts, due


@dataclass(frozen=True, slots=True)
class Waiting:
    """One step of one person that has come due; `at_once` may be said at any hour."""

    id: int
    contact_id: int
    step: str
    planned_at: datetime
    at: datetime
    at_once: bool


COME = (
    select(due)
    .join(contacts, contacts.c.id == due.c.contact_id)
    .where(is_state(due, "waiting"), due.c.at <= bindparam("now"))
    .order_by(due.c.at, due.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True, key_share=True)
)

DROP_ALL = Prepared(
    update(due)
    .where(due.c.contact_id == bindparam("contact"), is_state(due, "waiting"))
    .values(state="dropped", because=bindparam("because"))
)


def add_dues(tx: Tx, contact_id: int, enrolment_id: int, planned: Sequence[Planned]) -> None:
    """Put a person's steps on the calendar."""
    rows = [
        {
            "contact_id": contact_id,
            "enrolment_id": enrolment_id,
            "step": step.step,
            "planned_at": step.at,
            "at": step.at,
            "at_once": step.at_once,
            "state": "waiting",
            "because": step.moved_because,
        }
        for step in planned
    ]
    if rows:
        tx.conn.execute(insert(due), rows)


def claim_dues(tx: Tx, now: datetime, limit: int) -> list[Waiting]:
    """Rows whose time has come, held with their people until this transaction ends."""
    rows = tx.conn.execute(COME, {"now": now, "limit": limit}).all()
    return [Waiting(row.id, row.contact_id, row.step, row.planned_at, row.at, row.at_once) for row in rows]


def mark_done(tx: Tx, due_id: int) -> None:
    """The step was said, if it was not dropped meanwhile."""
    tx.conn.execute(update(due).where(due.c.id == due_id, is_state(due, "waiting")).values(state="done"))


def move_due(tx: Tx, due_id: int, at: datetime, because: str) -> None:
    """The step waits until `at`, and says why."""
    tx.conn.execute(update(due).where(due.c.id == due_id).values(at=at, because=because))


def drop_due(tx: Tx, due_id: int, because: str) -> None:
    """The step will not be said, and says why."""
    tx.conn.execute(update(due).where(due.c.id == due_id).values(state="dropped", because=because))


def drop_dues(tx: Tx, contact_id: int, because: str) -> None:
    """Nothing that waits for this person will be said."""
    DROP_ALL.run(tx, contact=contact_id, because=because)


def wait_again(tx: Tx, due_id: int, at: datetime, because: str) -> None:
    """A step whose text did not leave in time waits until `at` and is decided anew."""
    tx.conn.execute(update(due).where(due.c.id == due_id).values(state="waiting", at=at, because=because))


def restore_dues(tx: Tx, enrolment_id: int, because: str, now: datetime) -> None:
    """What was dropped for that reason and still lies ahead waits again."""
    dropped = update(due).where(due.c.enrolment_id == enrolment_id, due.c.state == "dropped")
    ahead = dropped.where(due.c.because == because, due.c.at > now)
    tx.conn.execute(ahead.values(state="waiting", because=None))


def next_due_at(tx: Tx, contact_id: int) -> datetime | None:
    """When this person's next step waits."""
    waiting = select(func.min(due.c.at)).where(due.c.contact_id == contact_id, is_state(due, "waiting"))
    return tx.conn.execute(waiting).scalar_one()


def get_due(tx: Tx, due_id: int) -> Row[Any]:
    """One step's row."""
    return tx.conn.execute(select(due).where(due.c.id == due_id)).one()


def list_planned(tx: Tx, enrolment_id: int, steps: Sequence[str]) -> Sequence[datetime]:
    """For when those of the steps were planned that wait or were said."""
    rows = select(due.c.planned_at).where(due.c.enrolment_id == enrolment_id, due.c.step.in_(steps))
    return tx.conn.execute(rows.where(due.c.state != "dropped")).scalars().all()


def list_dues(tx: Tx, enrolment_id: int) -> Sequence[Row[Any]]:
    """Every step of one enrolment in the order of its time."""
    return tx.conn.execute(
        select(due).where(due.c.enrolment_id == enrolment_id).order_by(due.c.at, due.c.id)
    ).all()
