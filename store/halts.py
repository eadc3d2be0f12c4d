"""The halt: while the carrier takes nothing from our whole account, nothing but emergencies is tried."""

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, select, update

from store.engine import Tx
from store.rows import upsert
from store.tables import halts

TEXTS = "texts"


def save_halt(tx: Tx, code: int, now: datetime, until: datetime) -> None:
    """Texts wait until then, because of that error of the carrier's; an older halt goes on."""
    known = update(halts).where(halts.c.name == TEXTS, halts.c.until > now)
    if tx.conn.execute(known.values(code=code, until=until)).rowcount == 0:
        upsert(tx, halts, {"name": TEXTS}, {"code": code, "since": now, "until": until})


def is_halted() -> ColumnElement[bool]:
    """Whether texts wait now, as part of another statement with the parameter `now`."""
    return exists().where(halts.c.name == TEXTS, halts.c.until > bindparam("now"))


def find_halt(tx: Tx, now: datetime) -> int | None:
    """The carrier's error for which texts wait now, or None."""
    row = select(halts.c.code).where(halts.c.name == TEXTS, halts.c.until > now)
    return tx.conn.execute(row).scalar_one_or_none()
