"""Words that wait to leave, and the witness of each try: nothing is sent without an attempt committed before it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, case, exists, func, insert, or_, select, update

from model import Urgency
from store.engine import Tx
from store.rows import insert_row
from store.sealing import SealError
from store.tables import UNFINISHED, attempts, contacts, due, outbox

LOG = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(minutes=15)  # between two tries; what is further off waits for the morning


@dataclass(frozen=True, slots=True)
class Claimed:
    """One text this worker now owns, with its number and words opened."""

    id: int
    contact_id: int
    attempt_id: int
    phone: str = field(repr=False)
    body: str = field(repr=False)
    tries: int
    urgency: int
    made_at: datetime


def add_text(tx: Tx, values: dict[str, Any], body: str) -> int:
    """Put one text into the outbox; `values` are the plain columns."""
    row = {**values, "body_sealed": tx.seal.close(body), "state": "ready", "tries": 0}
    return insert_row(tx, outbox, row)


def claim_ready(tx: Tx, worker: str, now: datetime, wall: datetime, limit: int) -> list[Claimed]:
    """Take up to `limit` texts, most urgent first and one a contact, and write an attempt for each.

    `now` is programme time; `wall` is machine time, from which the claim is a lease.
    """
    pick = select(outbox.c.id).where(
        outbox.c.state == "ready", outbox.c.ready_at <= now, is_daytime(now), ~has_earlier(now)
    )
    pick = pick.order_by(outbox.c.urgency, outbox.c.ready_at, outbox.c.id).limit(limit)
    pick = pick.with_for_update(skip_locked=True)
    taken = update(outbox).where(outbox.c.id.in_(pick.scalar_subquery()), outbox.c.state == "ready")
    taken = taken.values(state="sending", worker=worker, claimed_at=wall, tries=outbox.c.tries + 1)
    ids = sorted(tx.conn.execute(taken.returning(outbox.c.id)).scalars())
    if ids:
        tx.conn.execute(insert(attempts), [{"outbox_id": id_, "worker": worker, "at": now} for id_ in ids])
    return list_claimed(tx, ids)


def is_daytime(now: datetime) -> ColumnElement[bool]:
    """A scheduled text carries the moment its person's quiet hours begin; a reply carries none."""
    return or_(outbox.c.quiet_at.is_(None), outbox.c.quiet_at > now)


def has_earlier(now: datetime) -> ColumnElement[bool]:
    """An unfinished text to the same person, as urgent or more, goes first.

    An emergency waits for nothing unsure, and nothing waits for what waits for the morning.
    """
    other = outbox.alias()
    return exists().where(
        other.c.contact_id == outbox.c.contact_id,
        other.c.id < outbox.c.id,
        other.c.urgency <= outbox.c.urgency,
        other.c.state.in_(UNFINISHED),
        or_(other.c.state != "unsure", outbox.c.urgency > 0),
        or_(other.c.state != "ready", other.c.ready_at <= now + LONGEST_PAUSE),
    )


def list_claimed(tx: Tx, ids: Sequence[int]) -> list[Claimed]:
    """The texts with those ids and their newest attempts, most urgent first."""
    every = attempts.alias()
    newest = select(func.max(every.c.id)).where(every.c.outbox_id == outbox.c.id).correlate(outbox)
    rows = (
        select(
            outbox.c.id,
            outbox.c.contact_id,
            outbox.c.body_sealed,
            outbox.c.tries,
            outbox.c.urgency,
            contacts.c.phone_sealed,
        )
        .add_columns(attempts.c.id.label("attempt_id"), outbox.c.made_at)
        .join(contacts, contacts.c.id == outbox.c.contact_id)
        .join(attempts, attempts.c.id == newest.scalar_subquery())
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.urgency, outbox.c.id)
    )
    opened = (open_or_fail(tx, row) for row in tx.conn.execute(rows).all()) if ids else ()
    return [text for text in opened if text]


def open_or_fail(tx: Tx, row: Row[Any]) -> Claimed | None:
    """A row unsealed; one that no key opens fails by itself, so that it never holds up the others."""
    try:
        return open_claimed(tx, row)
    except SealError as problem:
        LOG.error("outbox %s: %s", row.id, problem)
        tx.conn.execute(update(outbox).where(outbox.c.id == row.id).values(state="failed"))
        return None


def open_claimed(tx: Tx, row: Row[Any]) -> Claimed:
    """A row with its number and words unsealed."""
    return Claimed(
        id=row.id,
        contact_id=row.contact_id,
        attempt_id=row.attempt_id,
        phone=tx.seal.open(row.phone_sealed),
        body=tx.seal.open(row.body_sealed),
        tries=row.tries,
        urgency=row.urgency,
        made_at=row.made_at,
    )


def mark_attempt(tx: Tx, attempt_id: int, outcome: str, sid: str | None, code: int | None) -> None:
    """What the carrier answered to one try."""
    values = {"outcome": outcome, "sid": sid, "code": code}
    tx.conn.execute(update(attempts).where(attempts.c.id == attempt_id).values(**values))


def mark_text(tx: Tx, outbox_id: int, *, only_if: Sequence[str], **changes: Any) -> bool:
    """Write columns of one text if its state is one of `only_if`; tells whether it was."""
    row = update(outbox).where(outbox.c.id == outbox_id, outbox.c.state.in_(only_if))
    return tx.conn.execute(row.values(**changes)).rowcount == 1


def mark_ready_again(
    tx: Tx, outbox_id: int, *, only_if: str, ready_at: datetime, code: int | None = None
) -> bool:
    """A text the carrier did not take may leave again from then on; one that was recalled meanwhile never will."""
    row = update(outbox).where(outbox.c.id == outbox_id, outbox.c.state == only_if)
    state = case((outbox.c.recalled, "cancelled"), else_="ready")
    return tx.conn.execute(row.values(state=state, ready_at=ready_at, code=code)).rowcount == 1


def find_recipient(tx: Tx, outbox_id: int) -> int | None:
    """Whom a text is for, or None when it is not ours."""
    return tx.conn.execute(select(outbox.c.contact_id).where(outbox.c.id == outbox_id)).scalar_one_or_none()


def lock_text(tx: Tx, outbox_id: int) -> Row[Any]:
    """One text's row, held until this transaction ends."""
    return tx.conn.execute(select(outbox).where(outbox.c.id == outbox_id).with_for_update()).one()


def list_unsure(tx: Tx, attempted_before: datetime, urgent_before: datetime, limit: int) -> list[Claimed]:
    """Texts of which nobody knows whether the carrier took them, once the last try is old enough to ask about."""
    before = case((outbox.c.urgency == 0, urgent_before), else_=attempted_before)
    late = exists().where(attempts.c.outbox_id == outbox.c.id, attempts.c.at > before)
    rows = (
        select(outbox.c.id).where(outbox.c.state == "unsure", ~late).order_by(outbox.c.urgency, outbox.c.id)
    )
    return list_claimed(tx, tx.conn.execute(rows.limit(limit)).scalars().all())


def release_texts(tx: Tx, claimed_before: datetime, worker: str | None = None) -> int:
    """Texts claimed before that moment of machine time become unsure, or all that one worker holds; how many."""
    held = update(outbox).where(outbox.c.state == "sending")
    rows = (
        held.where(outbox.c.worker == worker) if worker else held.where(outbox.c.claimed_at < claimed_before)
    )
    return tx.conn.execute(rows.values(state="unsure")).rowcount


def cancel_texts(tx: Tx, contact_id: int, least_urgency: int) -> None:
    """What waits for this person, that urgent or less, will not leave; what is on its way is not tried again."""
    rows = update(outbox).where(outbox.c.contact_id == contact_id, outbox.c.urgency >= least_urgency)
    state = case((outbox.c.state == "ready", "cancelled"), else_=outbox.c.state)
    tx.conn.execute(rows.where(outbox.c.state.in_(UNFINISHED)).values(state=state, recalled=True))


def delay_scheduled(tx: Tx, contact_id: int, until: datetime) -> None:
    """What the programme had to say waits until then."""
    rows = update(outbox).where(outbox.c.contact_id == contact_id, outbox.c.urgency == Urgency.SCHEDULED)
    waiting = rows.where(outbox.c.state == "ready", outbox.c.ready_at < until)
    tx.conn.execute(waiting.values(ready_at=until))


def list_caught_by_night(tx: Tx, now: datetime, limit: int) -> Sequence[Any]:
    """Texts whose person's quiet hours began while they waited, with that person's zone."""
    rows = select(outbox.c.id, outbox.c.contact_id, outbox.c.due_id, outbox.c.urgency, contacts.c.zone)
    rows = rows.join(contacts, contacts.c.id == outbox.c.contact_id)
    caught = rows.where(outbox.c.state == "ready", outbox.c.ready_at <= now, outbox.c.quiet_at <= now)
    return tx.conn.execute(caught.limit(limit)).all()


def get_recorded_sids(tx: Tx, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's ids that belong to a text we know was taken."""
    return set(tx.conn.execute(select(outbox.c.sid).where(outbox.c.sid.in_(sids))).scalars())


def list_enrolment_texts(tx: Tx, enrolment_id: int) -> Sequence[Any]:
    """The texts that one enrolment's steps became: due, key, state and time, no words."""
    columns = select(
        outbox.c.due_id, outbox.c.key, outbox.c.state, outbox.c.status, outbox.c.made_at, outbox.c.status_at
    )
    rows = columns.join(due, due.c.id == outbox.c.due_id).where(due.c.enrolment_id == enrolment_id)
    return tx.conn.execute(rows.order_by(outbox.c.id)).all()
