"""What was heard: every inbound text once, by the carrier's id, kept before anybody thinks about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from model import Hearing, Inbound
from store.engine import Tx
from store.rows import insert_once, update_row
from store.tables import inbox

UNTHOUGHT = (
    select(inbox)
    .where(inbox.c.contact_id == bindparam("contact_id"), inbox.c.thought_at.is_(None))
    .order_by(inbox.c.id)
)

LATELY = (
    select(func.count())
    .select_from(inbox)
    .where(
        inbox.c.contact_id == bindparam("contact_id"),
        inbox.c.at > bindparam("since", type_=inbox.c.at.type),
        inbox.c.id <= bindparam("up_to"),
    )
)


def remember_inbound(tx: Tx, contact_id: int, inbound: Inbound, now: datetime) -> int | None:
    """The id of the new row, or None when this text was remembered before."""
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
        },
    )


def get_known_sids(tx: Tx, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's ids whose texts were remembered."""
    return set(tx.conn.execute(select(inbox.c.sid).where(inbox.c.sid.in_(sids))).scalars())


def list_unthought(tx: Tx, contact_id: int) -> Sequence[Row[Any]]:
    """What one person wrote and nobody has thought about yet, oldest first; hold the contact before."""
    return tx.conn.execute(UNTHOUGHT, {"contact_id": contact_id}).all()


def count_inbound(tx: Tx, up_to: int, contact_id: int, since: datetime) -> int:
    """How many texts one person wrote after that moment, up to and with one of them."""
    return tx.conn.execute(LATELY, {"contact_id": contact_id, "since": since, "up_to": up_to}).scalar_one()


def mark_thought(tx: Tx, inbox_id: int, hearing: Hearing, now: datetime) -> None:
    """What the text was understood to mean."""
    update_row(tx, inbox, inbox_id, {"thought_at": now, "intent": hearing.intent, "rule": hearing.rule})


def mark_tried(tx: Tx, inbox_id: int) -> None:
    """Thinking failed once more; the tick will come back to it."""
    tx.conn.execute(update(inbox).where(inbox.c.id == inbox_id).values(tries=inbox.c.tries + 1))


def list_waiting_contacts(tx: Tx, before: datetime, limit: int) -> Sequence[int]:
    """People whose texts from before that moment still wait to be thought about, fewest tries first."""
    waiting = select(inbox.c.contact_id).where(inbox.c.thought_at.is_(None), inbox.c.at <= before)
    people = waiting.group_by(inbox.c.contact_id).order_by(func.max(inbox.c.tries), func.min(inbox.c.id))
    return tx.conn.execute(people.limit(limit)).scalars().all()
