"""Enrolments and the consents they rest on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from store.engine import Tx
from store.rows import insert_once, read_one
from store.tables import consents, enrolments


def find_enrolment(tx: Tx, agency_id: int, idempotency_key: str) -> Row[Any] | None:
    """The agency's enrolment under that key."""
    same = select(enrolments).where(enrolments.c.agency_id == agency_id)
    return read_one(tx, same.where(enrolments.c.idempotency_key == idempotency_key))


def find_same_enrolment(tx: Tx, agency_id: int, asked_mark: str, since: datetime) -> Row[Any] | None:
    """An enrolment of this agency with exactly the same words after `since`."""
    same = select(enrolments).where(
        enrolments.c.agency_id == agency_id, enrolments.c.asked_mark == asked_mark
    )
    return read_one(tx, same.where(enrolments.c.at > since).order_by(enrolments.c.id.desc()))


def get_enrolment(tx: Tx, agency_id: int, public_id: str) -> Row[Any] | None:
    """One enrolment of this agency, by the id it was told."""
    return read_one(
        tx, select(enrolments).where(enrolments.c.agency_id == agency_id, enrolments.c.public_id == public_id)
    )


def get_newest_enrolment(tx: Tx, contact_id: int) -> Row[Any] | None:
    """The last enrolment of one person."""
    return read_one(
        tx, select(enrolments).where(enrolments.c.contact_id == contact_id).order_by(enrolments.c.id.desc())
    )


def add_enrolment(tx: Tx, values: dict[str, Any]) -> int | None:
    """The new enrolment's number, or None when its key was used in the same moment by another."""
    return insert_once(tx, enrolments, values)


def add_consent(tx: Tx, values: dict[str, Any]) -> None:
    """Keep the proof of one consent."""
    tx.conn.execute(insert(consents).values(**values))


def count_enrolments(tx: Tx, contact_id: int) -> int:
    """How often this person was enrolled."""
    rows = select(func.count()).select_from(enrolments).where(enrolments.c.contact_id == contact_id)
    return tx.conn.execute(rows).scalar_one()


def list_open_enrolments(tx: Tx, contact_id: int) -> Sequence[int]:
    """The numbers of this person's enrolments that have not ended."""
    rows = select(enrolments.c.id).where(
        enrolments.c.contact_id == contact_id, enrolments.c.ended_at.is_(None)
    )
    return tx.conn.execute(rows).scalars().all()


def end_enrolments(
    tx: Tx, contact_id: int, because: str, now: datetime, *, revoked: bool, keep: int = 0
) -> None:
    """End what is open for this person, but for `keep`; `revoked` says that consent was taken back, and how."""
    ids = [number for number in list_open_enrolments(tx, contact_id) if number != keep]
    tx.conn.execute(
        update(enrolments).where(enrolments.c.id.in_(ids)).values(ended_at=now, ended_because=because)
    )
    if revoked:
        given = update(consents).where(consents.c.enrolment_id.in_(ids), consents.c.revoked_at.is_(None))
        tx.conn.execute(given.values(revoked_at=now, revoked_how=because))


def reopen_enrolment(tx: Tx, enrolment_id: int) -> None:
    """The person took the stop back with START: the same enrolment goes on."""
    tx.conn.execute(
        update(enrolments).where(enrolments.c.id == enrolment_id).values(ended_at=None, ended_because=None)
    )
