"""Enrolments and the consents they rest on."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from store.engine import Tx
from store.prepared import Prepared
from store.rows import add_row, insert_once, read_one, update_row
from store.tables import consents, enrolments

OF_CONTACT = select(enrolments).where(enrolments.c.contact_id == bindparam("contact_id"))
NEWEST = Prepared(OF_CONTACT.order_by(enrolments.c.id.desc()).limit(1))
OPEN = Prepared(
    OF_CONTACT.with_only_columns(enrolments.c.id).where(
        enrolments.c.ended_at.is_(None), enrolments.c.id != bindparam("keep")
    )
)
REVOKE = Prepared(
    update(consents).where(
        consents.c.enrolment_id == bindparam("enrolment"), consents.c.revoked_at.is_(None)
    ),
    ("revoked_at", "revoked_how"),
)


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


def get_newest_enrolment(tx: Tx, contact_id: int) -> Any | None:
    """The last enrolment of one person."""
    return NEWEST.first(tx, contact_id=contact_id)


def add_enrolment(tx: Tx, values: dict[str, Any]) -> int | None:
    """The new enrolment's number, or None when its key was used in the same moment by another."""
    return insert_once(tx, enrolments, values)


def add_consent(tx: Tx, values: dict[str, Any]) -> None:
    """Keep the proof of one consent."""
    add_row(tx, consents, values)


def count_enrolments(tx: Tx, contact_id: int) -> int:
    """How often this person was enrolled."""
    rows = select(func.count()).select_from(enrolments).where(enrolments.c.contact_id == contact_id)
    return tx.conn.execute(rows).scalar_one()


def end_enrolments(
    tx: Tx, contact_id: int, because: str, now: datetime, *, revoked: bool, keep: int = 0
) -> None:
    """End what is open for this person, but for `keep`; `revoked` says that consent was taken back, and how."""
    for row in OPEN.all(tx, contact_id=contact_id, keep=keep):
        update_row(tx, enrolments, row.id, {"ended_at": now, "ended_because": because})
        if revoked:
            REVOKE.run(tx, enrolment=row.id, revoked_at=now, revoked_how=because)


def reopen_enrolment(tx: Tx, enrolment_id: int) -> None:
    """The person took the stop back with START: the same enrolment goes on."""
    update_row(tx, enrolments, enrolment_id, {"ended_at": None, "ended_because": None})
