"""What was heard: every inbound text once, by the carrier's id, kept before anybody thinks about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from model import Channel, Hearing, Inbound
from store.engine import Tx
from store.prepared import Prepared
from store.rows import insert_once, update_row
from store.tables import inbox

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


def remember_inbound(
    tx: Tx, contact_id: int, inbound: Inbound, now: datetime, meant: Hearing | None = None
) -> int | None:
    """The id of the new row, or None when this was remembered before; `meant` is what was heard in a call."""
    return insert_once(
        tx,
        inbox,
        {
            "sid": inbound.sid,
            "contact_id": contact_id,
            "body_sealed": tx.seal.close(inbound.body),
            "carrier_replied": inbound.carrier_replied,
            "unreadable": inbound.has_media and not inbound.body.strip(),
            "at": now,
            "tries": 0,
            "channel": Channel.SMS if meant is None else Channel.VOICE,
            "intent": meant.intent if meant else None,
            "rule": meant.rule if meant else None,
        },
    )


def get_known_sids(tx: Tx, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's ids whose texts were remembered."""
    return set(tx.conn.execute(select(inbox.c.sid).where(inbox.c.sid.in_(sids))).scalars())


def list_unthought(tx: Tx, contact_id: int, since: datetime, now: datetime) -> list[Any]:
    """The two oldest texts of one person that nobody has thought about; hold the contact before.

    `lately` is how many texts came after `since`, up to and with that one.
    """
    until = now - A_CALLS_TURN
    return OLDEST_UNTHOUGHT.all(tx, contact_id=contact_id, since=since, calls_until=until)


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
