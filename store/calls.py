"""Calls: where each stands, and what every request of the carrier's was answered with."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select, update

from calling import Call, Place
from model import Line
from store.engine import Tx
from store.rows import add_row, insert_once, update_row
from store.tables import call_turns, calls


def find_call(tx: Tx, sid: str) -> Any | None:
    """The row of a call by the carrier's id."""
    return tx.conn.execute(select(calls).where(calls.c.sid == sid)).first()


def add_call(
    tx: Tx, sid: str, contact_id: int, outbox_id: int | None, call: Call, now: datetime
) -> int | None:
    """The id of a new call, or None when it was there already."""
    values = {"sid": sid, "contact_id": contact_id, "outbox_id": outbox_id, "began_at": now}
    return insert_once(tx, calls, {**values, "state": write_state(call)})


def save_call(tx: Tx, call_id: int, call: Call) -> None:
    """Where a call stands now."""
    update_row(tx, calls, call_id, {"state": write_state(call)})


def mark_reached(tx: Tx, call_id: int, now: datetime) -> None:
    """Somebody took the time for what we called about."""
    tx.conn.execute(
        update(calls).where(calls.c.id == call_id, calls.c.reached_at.is_(None)).values(reached_at=now)
    )


def is_reached(tx: Tx, outbox_id: int) -> bool:
    """Whether one of the calls that this row of the outbox became was taken the time for."""
    reached = select(calls.c.id).where(calls.c.outbox_id == outbox_id, calls.c.reached_at.is_not(None))
    return tx.conn.execute(reached.limit(1)).first() is not None


def get_last_contact(tx: Tx, contact_id: int) -> datetime | None:
    """When this person last called us, or took the time for a call of ours."""
    moment = case((calls.c.outbox_id.is_(None), calls.c.began_at), else_=calls.c.reached_at)
    return tx.conn.execute(select(func.max(moment)).where(calls.c.contact_id == contact_id)).scalar_one()


def get_reply(tx: Tx, call_id: int, turn: int) -> str | None:
    """What that request was answered with, or None when it is new."""
    rows = select(call_turns.c.reply_sealed).where(call_turns.c.call_id == call_id, call_turns.c.turn == turn)
    sealed = tx.conn.execute(rows).scalar_one_or_none()
    return None if sealed is None else tx.seal.open(sealed)


def add_reply(tx: Tx, call_id: int, turn: int, reply: str, now: datetime) -> None:
    """Keep what a request is answered with."""
    values = {"call_id": call_id, "turn": turn, "reply_sealed": tx.seal.close(reply), "at": now}
    add_row(tx, call_turns, values)


def write_state(call: Call) -> str:
    """A call as JSON: keys and choices, no words and no number."""
    return json.dumps(asdict(call), ensure_ascii=False)


def read_state(state: str) -> Call:
    """A call from its JSON."""
    data = json.loads(state)
    lines = tuple(Line(line["key"], line["params"]) for line in data.pop("lines"))
    return Call(**{**data, "place": Place(data["place"]), "lines": lines})
