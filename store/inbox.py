"""What was heard: every inbound text once, by the carrier's id, kept before anybody thinks about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from model import Channel, Contact, Hearing, Inbound, Intent, Talk
from store.contacts import LOCKED_BY_ID, has_mark, name_marks, open_held
from store.engine import Tx
from store.prepared import Prepared, read_together
from store.rows import get_insert, insert_once, update_row
from store.sealing import Seal
from store.tables import attempts, contacts, inbox

COUNTED = 100  # texts in an hour; how many more there are changes nothing

BEFORE = inbox.alias()
LATELY = select(BEFORE.c.id).where(
    BEFORE.c.contact_id == inbox.c.contact_id,
    BEFORE.c.at > bindparam("since", type_=inbox.c.at.type),
    BEFORE.c.id <= inbox.c.id,
)
LATELY = select(func.count()).select_from(LATELY.limit(COUNTED).correlate(inbox).subquery())
UNTHOUGHT = select(inbox, LATELY.scalar_subquery().label("lately")).where(
    inbox.c.contact_id == bindparam("contact_id"), inbox.c.thought_at.is_(None)
)
# What was heard in a call is thought about in the call; only where that failed it waits for the tick like a text.
IN_TURN = or_(inbox.c.channel == Channel.SMS, inbox.c.at <= bindparam("calls_until", type_=inbox.c.at.type))
OLDEST_UNTHOUGHT = Prepared(UNTHOUGHT.where(IN_TURN).order_by(inbox.c.id).limit(2))
A_CALLS_TURN = timedelta(seconds=20)  # longer than the carrier waits for an answer
TRIED = Prepared(update(inbox).where(inbox.c.id == bindparam("inbox_id")).values(tries=inbox.c.tries + 1))


@dataclass(frozen=True, slots=True)
class Note:
    """A row but for whose it is, and the fingerprints of the number it came from."""

    values: dict[str, Any]
    marks: dict[str, str]


def remember_inbound(
    tx: Tx, contact_id: int, inbound: Inbound, now: datetime, meant: Hearing | None = None
) -> int | None:
    """The id of the new row, or None when this was remembered before; `meant` is what was heard in a call."""
    return insert_once(tx, inbox, {"contact_id": contact_id, **write_inbound(tx.seal, inbound, now, meant)})


def note_inbound(seal: Seal, inbound: Inbound, now: datetime) -> Note:
    """What was heard, ready to be remembered: sealed before the transaction, for SQLite's one writer is waited for."""
    return Note(write_inbound(seal, inbound, now), name_marks(seal, inbound.phone))


def remember_known(tx: Tx, note: Note) -> Any | None:
    """The id of the new row, whose it is and how they are on record, in one statement.

    None when this was remembered before, or comes from a number never seen.
    """
    known = prepare_known(tx.dialect, tuple(note.values), len(note.marks))
    return known.first(tx, **note.values, **note.marks)


def write_inbound(
    seal: Seal, inbound: Inbound, now: datetime, meant: Hearing | None = None
) -> dict[str, Any]:
    """A new row but for whose it is; one that was found late says when it was written."""
    return {
        "sid": inbound.sid,
        "body_sealed": seal.close(inbound.body),
        "carrier_replied": inbound.carrier_replied,
        "unreadable": inbound.has_media and not inbound.body.strip(),
        "at": inbound.at or now,
        "tries": 0,
        "channel": Channel.SMS if meant is None else Channel.VOICE,
        "intent": meant.intent if meant else None,
        "rule": meant.rule if meant else None,
    }


@cache
def prepare_known(dialect: str, columns: tuple[str, ...], keys: int) -> Prepared:
    """Add what came from a number whose fingerprint is known under one of so many keys."""
    values = [bindparam(name, type_=inbox.c[name].type).label(name) for name in columns]
    sender = select(contacts.c.id, *values).where(has_mark(keys))
    row = get_insert(dialect)(inbox).from_select(["contact_id", *columns], sender).on_conflict_do_nothing()
    known = [
        select(contacts.c[name]).where(has_mark(keys)).limit(1).scalar_subquery().label(name)
        for name in ("standing", "language", "question")
    ]
    return Prepared(row.returning(inbox.c.id, inbox.c.contact_id, *known))


def get_known_sids(tx: Tx, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's ids whose texts were remembered."""
    return set(tx.conn.execute(select(inbox.c.sid).where(inbox.c.sid.in_(sids))).scalars())


def lock_with_unthought(
    tx: Tx, contact_id: int, since: datetime, now: datetime
) -> tuple[Contact, Talk, list[Any]]:
    """The contact, held until this transaction ends, its talk, and its two oldest texts that nobody thought about.

    `lately` of a text is how many came after `since`, up to and with that one. Raises LookupError when unknown.
    """
    texts = {"contact_id": contact_id, "since": since, "calls_until": now - A_CALLS_TURN}
    held, rows = read_together(tx, (LOCKED_BY_ID, {"contact_id": contact_id}), (OLDEST_UNTHOUGHT, texts))
    contact, talk, _ = open_held(tx, contact_id, held)
    return contact, talk, rows


def find_inbound(tx: Tx, sid: str) -> int | None:
    """The row of what was heard under that id of the carrier's."""
    return tx.conn.execute(select(inbox.c.id).where(inbox.c.sid == sid)).scalar_one_or_none()


def get_last_heard(tx: Tx, contact_id: int) -> datetime | None:
    """When this person last wrote, or answered in a call."""
    return tx.conn.execute(select(func.max(inbox.c.at)).where(inbox.c.contact_id == contact_id)).scalar_one()


def is_thought(tx: Tx, inbox_id: int) -> bool:
    """Whether what was heard has been thought about already."""
    thought = select(inbox.c.id).where(inbox.c.id == inbox_id, inbox.c.thought_at.is_not(None))
    return tx.conn.execute(thought).first() is not None


def was_stopped_since(tx: Tx, row: Any) -> bool:
    """Whether the same person wrote a STOP after that text, which was heard before it: the last word counts."""
    later = select(inbox.c.id).where(
        inbox.c.contact_id == row.contact_id, inbox.c.at > row.at, inbox.c.id < row.id
    )
    stop = or_(inbox.c.intent.in_((Intent.STOP, Intent.WRONG_PERSON)), inbox.c.carrier_replied == "STOP")
    return tx.conn.execute(later.where(stop).limit(1)).first() is not None


def came_back_since(tx: Tx, contact_id: int, outbox_id: int) -> bool:
    """Whether a person wrote START after the last try to send them that text."""
    tried = select(func.max(attempts.c.at)).where(attempts.c.outbox_id == outbox_id).scalar_subquery()
    start = or_(inbox.c.intent == Intent.START, inbox.c.carrier_replied == "START")
    back = select(inbox.c.id).where(inbox.c.contact_id == contact_id, start, inbox.c.at > tried)
    return tx.conn.execute(back.limit(1)).first() is not None


def mark_thought(tx: Tx, inbox_id: int, hearing: Hearing, now: datetime) -> None:
    """What the text was understood to mean."""
    update_row(tx, inbox, inbox_id, {"thought_at": now, "intent": hearing.intent, "rule": hearing.rule})


def mark_tried(tx: Tx, inbox_id: int) -> None:
    """Thinking failed once more; the tick will come back to it."""
    TRIED.run(tx, inbox_id=inbox_id)


def list_waiting_contacts(tx: Tx, before: datetime, limit: int) -> Sequence[int]:
    """People whose texts from before that moment still wait to be thought about, fewest tries first."""
    waiting = select(inbox.c.contact_id).where(inbox.c.thought_at.is_(None), inbox.c.at <= before)
    people = waiting.group_by(inbox.c.contact_id).order_by(func.max(inbox.c.tries), func.min(inbox.c.id))
    return tx.conn.execute(people.limit(limit)).scalars().all()
