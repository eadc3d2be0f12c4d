"""What was heard: every inbound text once, by the carrier's id, kept before anybody thinks about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from model import Hearing, Inbound
from store.engine import Tx
from store.rows import insert_once, read_one
from store.tables import inbox


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


def claim_inbound(tx: Tx, inbox_id: int) -> Row[Any] | None:
    """One remembered text nobody has thought about yet, held until this transaction ends."""
    return read_one(
        tx, select(inbox).where(inbox.c.id == inbox_id, inbox.c.thought_at.is_(None)).with_for_update()
    )


def mark_thought(tx: Tx, inbox_id: int, hearing: Hearing, now: datetime) -> None:
    """What the text was understood to mean."""
    values = {"thought_at": now, "intent": hearing.intent, "rule": hearing.rule}
    tx.conn.execute(update(inbox).where(inbox.c.id == inbox_id).values(**values))


def mark_tried(tx: Tx, inbox_id: int) -> None:
    """Thinking failed once more; the tick will come back to it."""
    tx.conn.execute(update(inbox).where(inbox.c.id == inbox_id).values(tries=inbox.c.tries + 1))


def list_unthought(tx: Tx, before: datetime, limit: int) -> Sequence[int]:
    """Ids of texts remembered before that moment that still wait to be thought about, fewest tries first."""
    waiting = select(inbox.c.id).where(inbox.c.thought_at.is_(None), inbox.c.at <= before)
    return tx.conn.execute(waiting.order_by(inbox.c.tries, inbox.c.id).limit(limit)).scalars().all()
