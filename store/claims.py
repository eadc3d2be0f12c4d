"""Taking texts to be sent, one owner at a time: none is sent without an attempt committed before it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    exists,
    insert,
    or_,
    select,
    update,
)

from model import Channel, Sent, Urgency
from store.columns import is_state
from store.engine import Tx
from store.halts import is_halted
from store.prepared import Prepared
from store.rows import read_rows
from store.sealing import Seal
from store.tables import UNFINISHED, attempts, contacts, outbox

LONGEST_PAUSE = timedelta(minutes=15)  # between two tries; what is further off waits for the morning
COLUMNS = (
    outbox.c.id,
    outbox.c.contact_id,
    outbox.c.body_sealed,
    outbox.c.tries,
    outbox.c.urgency,
    outbox.c.made_at,
    outbox.c.channel,
    outbox.c.quiet_at,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One text this worker now owns, with its number and words opened; `attempt_id` names the try on record."""

    id: int
    contact_id: int
    attempt_id: int
    phone: str = field(repr=False)
    body: str = field(repr=False)
    tries: int
    urgency: int
    made_at: datetime
    channel: Channel = Channel.SMS
    quiet_at: datetime | None = None


def is_daytime() -> ColumnElement[bool]:
    """A scheduled text carries the moment its person's quiet hours begin; a reply carries none."""
    return or_(outbox.c.quiet_at.is_(None), outbox.c.quiet_at > bindparam("now"))


def is_useful() -> ColumnElement[bool]:
    """Not so late that it would mislead."""
    return or_(outbox.c.useful_until.is_(None), outbox.c.useful_until > bindparam("now"))


def has_earlier() -> ColumnElement[bool]:
    """An unfinished text to the same person, as urgent or more, goes first.

    An emergency waits for nothing unsure, and nothing waits for what waits for the morning.
    """
    other = outbox.alias()
    return exists().where(
        other.c.contact_id == outbox.c.contact_id,
        other.c.id < outbox.c.id,
        other.c.urgency <= outbox.c.urgency,
        is_state(other, *UNFINISHED),
        or_(other.c.state != "unsure", outbox.c.urgency > 0),
        or_(other.c.state != "ready", other.c.ready_at <= bindparam("soon")),
    )


def may_leave(urgency: str) -> ColumnElement[bool]:
    """Whether a text of the urgency in that parameter may leave at `now`."""
    come = (
        is_state(outbox, "ready")
        & (outbox.c.urgency == bindparam(urgency))
        & (outbox.c.ready_at <= bindparam("now"))
    )
    return come & is_daytime() & is_useful() & ~has_earlier()


def get_first(urgency: str) -> ColumnElement[Any]:
    """The first text of the urgency in that parameter that may leave, or NULL."""
    rows = select(outbox.c.id).where(may_leave(urgency)).order_by(outbox.c.ready_at, outbox.c.id)
    return rows.limit(1).scalar_subquery()


PICK = Prepared(
    select(outbox.c.id)
    .where(may_leave("urgency"))
    .order_by(outbox.c.ready_at, outbox.c.id)
    .limit(bindparam("limit", type_=BigInteger))
    .with_for_update(skip_locked=True)
)
# The first in line, and not just any: asked for any, PostgreSQL reads all that wait for next week before it says no.
LOOK = Prepared(
    select(
        *(get_first(f"u{urgency}").is_not(None).label(urgency.name) for urgency in Urgency),
        is_halted().label("halted"),
    )
)
NEWEST_TRY = (
    select(attempts.c.id)
    .where(attempts.c.outbox_id == outbox.c.id)
    .order_by(attempts.c.id.desc())
    .limit(1)
    .scalar_subquery()
)


@cache
def prepare_take(dialect: str) -> tuple[Prepared, Prepared]:
    """Own the texts with the ids in `ids`, and write an attempt for each."""
    ids = read_ids(dialect)
    mine = update(outbox).where(outbox.c.id.in_(ids))
    worker = bindparam("by", type_=outbox.c.worker.type)
    claimed_at = bindparam("wall", type_=outbox.c.claimed_at.type)
    tries = select(outbox.c.id, worker, bindparam("now", type_=attempts.c.at.type))
    return (
        Prepared(
            mine.values(state="sending", worker=worker, claimed_at=claimed_at, tries=outbox.c.tries + 1)
        ),
        Prepared(
            insert(attempts).from_select(
                ["outbox_id", "worker", "at"], tries.where(outbox.c.id.in_(ids)).order_by(outbox.c.id)
            )
        ),
    )


@cache
def prepare_sealed(dialect: str) -> Prepared:
    """The texts with the ids in `ids`, most urgent first, with their people's numbers and their newest attempts."""
    rows = select(*COLUMNS, contacts.c.phone_sealed, NEWEST_TRY.label("attempt_id"))
    rows = rows.join(contacts, contacts.c.id == outbox.c.contact_id)
    return Prepared(rows.where(outbox.c.id.in_(read_ids(dialect))).order_by(outbox.c.urgency, outbox.c.id))


def list_ready(tx: Tx, now: datetime) -> list[Urgency]:
    """The urgencies of which a text may leave now, in one look; a claim is worth its write lock for those alone.

    During a halt only emergencies.
    """
    values = {"now": now, "soon": now + LONGEST_PAUSE, **{f"u{urgency}": int(urgency) for urgency in Urgency}}
    (found,) = LOOK.all(tx, **values)
    may = (Urgency.EMERGENCY,) if found.halted else Urgency
    return [urgency for urgency in may if found[urgency]]


def claim_ready(
    tx: Tx,
    worker: str,
    now: datetime,
    wall: datetime,
    limit: int,
    urgencies: Sequence[Urgency] = tuple(Urgency),
) -> list[Any]:
    """Take up to `limit` texts of those urgencies, most urgent first and one a contact, and write an attempt for each.

    `now` is programme time; `wall` is machine time, from which the claim is a lease. The rows are sealed: open them
    when the transaction is over.
    """
    ids: list[int] = []
    for urgency in urgencies:
        if len(ids) < limit:
            ids += pick(tx, urgency, now, limit - len(ids))
    if not ids:
        return []
    take, note_try = prepare_take(tx.dialect)
    take.run(tx, ids=write_ids(ids), by=worker, wall=wall)
    note_try.run(tx, ids=write_ids(ids), by=worker, now=now)
    return list_sealed(tx, ids)


def pick(tx: Tx, urgency: Urgency, now: datetime, limit: int) -> Sequence[int]:
    """The ids of texts of one urgency that may leave now, longest waiting first, held until this transaction ends."""
    rows = PICK.all(tx, urgency=int(urgency), now=now, soon=now + LONGEST_PAUSE, limit=limit)
    return [row.id for row in rows]


def list_sealed(tx: Tx, ids: Sequence[int]) -> list[Any]:
    """The texts with those ids, their people's sealed numbers and their newest attempts, most urgent first."""
    return prepare_sealed(tx.dialect).all(tx, ids=write_ids(ids))


def read_ids(dialect: str) -> Select[int]:
    """The ids in the parameter `ids` of a statement."""
    return select(read_rows(dialect, "ids", id=BigInteger).c.id)


def write_ids(ids: Sequence[int]) -> str:
    """Ids as that parameter takes them."""
    return json.dumps([{"id": one} for one in ids])


def open_claimed(seal: Seal, row: Any) -> Claimed:
    """A row with its number and words unsealed. Raises SealError."""
    return Claimed(
        id=row.id,
        contact_id=row.contact_id,
        attempt_id=row.attempt_id,
        phone=seal.open(row.phone_sealed),
        body=seal.open(row.body_sealed),
        tries=row.tries,
        urgency=row.urgency,
        made_at=row.made_at,
        channel=Channel(row.channel),
        quiet_at=row.quiet_at,
    )


def mark_taken(tx: Tx, answers: Sequence[tuple[Claimed, Sent]], now: datetime, ask_at: datetime) -> None:
    """The carrier took these texts; one whose receipt was quicker stays as it is. `ask_at`: when no receipt came."""
    told = [
        {"text_id": text.id, "attempt_id": text.attempt_id, "sid": sent.sid, "status": sent.status}
        for text, sent in answers
    ]
    texts, tries = prepare_taken(tx.dialect)
    texts.run(tx, rows=json.dumps(told), now=now, ask_at=ask_at)
    tries.run(tx, rows=json.dumps(told))


@cache
def prepare_taken(dialect: str) -> tuple[Prepared, Prepared]:
    """Two statements for any number of answers: each row a statement of its own would cost the threads their turns."""
    told = read_rows(dialect, "rows", text_id=BigInteger, attempt_id=BigInteger, sid=String, status=String)
    texts = update(outbox).where(outbox.c.id == told.c.text_id, is_state(outbox, *UNFINISHED))
    moments = {
        "status_at": bindparam("now", type_=outbox.c.status_at.type),
        "ask_at": bindparam("ask_at", type_=outbox.c.ask_at.type),
    }
    tries = update(attempts).where(attempts.c.id == told.c.attempt_id)
    return (
        Prepared(texts.values(sid=told.c.sid, status=told.c.status, state="sent", **moments)),
        Prepared(tries.values(sid=told.c.sid, outcome="accepted")),
    )


def list_unsure(tx: Tx, claimed_before: datetime, urgent_before: datetime, limit: int) -> list[Any]:
    """Texts of which nobody knows whether the carrier took them, claimed before that machine time; sealed."""
    before = case((outbox.c.urgency == 0, urgent_before), else_=claimed_before)
    rows = select(outbox.c.id).where(is_state(outbox, "unsure"), outbox.c.claimed_at < before)
    rows = rows.order_by(outbox.c.urgency, outbox.c.id).limit(limit)
    ids = tx.conn.execute(rows).scalars().all()
    return list_sealed(tx, ids) if ids else []


def release_texts(tx: Tx, *, of: Sequence[str] = (), claimed_before: datetime | None = None) -> int:
    """Texts those workers hold, or anybody has held since before that machine time, become unsure; how many."""
    whose = outbox.c.claimed_at < claimed_before if claimed_before else outbox.c.worker.in_(of)
    held = update(outbox).where(is_state(outbox, "sending"), whose)
    return tx.conn.execute(held.values(state="unsure")).rowcount
