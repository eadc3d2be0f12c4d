"""The carrier's receipts: each kept once, whatever order they come in."""

from datetime import datetime

from model import Receipt
from store.engine import Tx
from store.rows import insert_once
from store.tables import receipts


def add_receipt(tx: Tx, receipt: Receipt, now: datetime) -> bool:
    """Keep a receipt; False when it had come before."""
    values = {
        "outbox_id": receipt.outbox_id,
        "sid": receipt.sid,
        "status": receipt.status,
        "code": receipt.code,
        "at": now,
    }
    return insert_once(tx, receipts, values) is not None
