"""The carrier's receipts: they only move a text forward, and they witness a send we did not see the end of."""

from datetime import datetime
from typing import Any

from model import Advice, Receipt
from service.heed import heed
from store.contacts import hold_contact
from store.due import mark_done
from store.engine import Memory, Tx
from store.outbox import find_recipient, lock_text, mark_text
from store.receipts import add_receipt

# Domain-facts E2: receipts come twice and out of order; a text never goes back.
RANK = {"accepted": 0, "scheduled": 0, "queued": 1, "sending": 2, "sent": 3, "delivered": 4, "read": 5}
LOST = {"undelivered": 4, "failed": 4, "canceled": 4}
STATE = {"delivered": "delivered", "read": "delivered"} | dict.fromkeys(LOST, "failed")


def settle_receipt(memory: Memory, receipt: Receipt, now: datetime) -> bool:
    """Write one receipt; False when it was known, or is for a text that is not ours."""
    with memory.transaction() as tx:
        contact_id = find_recipient(tx, receipt.outbox_id)
        if contact_id is None:
            return False
        hold_contact(tx, contact_id)
        row = lock_text(tx, receipt.outbox_id)
        if not add_receipt(tx, receipt, now):
            return False
        if rank(receipt.status) > rank(row.status):
            move_forward(tx, row, receipt, now)
        return True


def rank(status: str | None) -> int:
    """How far along a status is; none at all, or one we do not know, is before the first."""
    return {**RANK, **LOST}.get(status or "", -1)


def move_forward(tx: Tx, row: Any, receipt: Receipt, now: datetime) -> None:
    """The text is at least this far: the carrier has it, so it is never sent again."""
    state = STATE.get(receipt.status, "sent")
    values = {
        "state": state,
        "sid": receipt.sid,
        "status": receipt.status,
        "code": receipt.code,
        "status_at": now,
    }
    mark_text(tx, row.id, only_if=(row.state,), **values)
    if row.due_id and receipt.status not in LOST:
        mark_done(tx, row.due_id)  # it may have gone back to the calendar for the morning, but it did arrive
    if receipt.status in LOST:
        heed(tx, row.contact_id, receipt.advice or Advice.RETRY, receipt.code, now)
