"""What waits for its hour: one row a step of a programme for one person; intent waits here, words do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from model import Planned
from store.engine import Tx
from store.rows import read_one
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


def claim_due(tx: Tx, now: datetime) -> Waiting | None:
    """One row whose time has come, held with its person until this transaction ends, or None."""
    come = select(due).join(contacts, contacts.c.id == due.c.contact_id)
    come = come.where(due.c.state == "waiting", due.c.at <= now).order_by(due.c.at, due.c.id)
    row = read_one(tx, come.with_for_update(skip_locked=True, key_share=True))
    return Waiting(row.id, row.contact_id, row.step, row.planned_at, row.at, row.at_once) if row else None


def mark_done(tx: Tx, due_id: int) -> None:
    """The step was said, if it was not dropped meanwhile."""
    tx.conn.execute(update(due).where(due.c.id == due_id, due.c.state == "waiting").values(state="done"))


def move_due(tx: Tx, due_id: int, at: datetime, because: str) -> None:
    """The step waits until `at`, and says why."""
    tx.conn.execute(update(due).where(due.c.id == due_id).values(at=at, because=because))


def drop_due(tx: Tx, due_id: int, because: str) -> None:
    """The step will not be said, and says why."""
    tx.conn.execute(update(due).where(due.c.id == due_id).values(state="dropped", because=because))


def drop_dues(tx: Tx, contact_id: int, because: str) -> None:
    """Nothing that waits for this person will be said."""
    waiting = update(due).where(due.c.contact_id == contact_id, due.c.state == "waiting")
    tx.conn.execute(waiting.values(state="dropped", because=because))


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
    waiting = select(func.min(due.c.at)).where(due.c.contact_id == contact_id, due.c.state == "waiting")
    return tx.conn.execute(waiting).scalar_one()


def list_dues(tx: Tx, enrolment_id: int) -> Sequence[Row[Any]]:
    """Every step of one enrolment in the order of its time."""
    return tx.conn.execute(
        select(due).where(due.c.enrolment_id == enrolment_id).order_by(due.c.at, due.c.id)
    ).all()
