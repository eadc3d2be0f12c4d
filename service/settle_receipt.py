"""The carrier's receipts: they only move a text forward, and they witness a send we did not see the end of."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.quiet import end_of_moment, next_allowed, next_quiet
from model import Advice, Contact, Policy, Receipt, Standing, Urgency
from service.heed import heed
from service.other_channel import FELL_BACK, give_up
from service.record_answers import RECEIPT_WITHIN
from store.calls import is_reached
from store.contacts import lock_contact
from store.due import mark_done
from store.engine import Memory, Tx
from store.outbox import add_again, delay_scheduled, find_recipient, lock_text, mark_text, note_sid
from store.receipts import add_receipt

# Domain-facts E2: receipts come twice and out of order; a text never goes back.
RANK = {"accepted": 0, "scheduled": 0, "queued": 1, "sending": 2, "sent": 3, "delivered": 4, "read": 5}
RANK |= {"initiated": 1, "ringing": 2, "in-progress": 3, "completed": 4}  # of a call
LOST = {"undelivered": 4, "failed": 4, "canceled": 4, "busy": 4, "no-answer": 4, "unheard": 4}
STATE = {"delivered": "delivered", "read": "delivered", "completed": "delivered"} | dict.fromkeys(
    LOST, "failed"
)


def settle_receipt(memory: Memory, receipt: Receipt, policy: Policy, now: datetime) -> bool:
    """Write one receipt; False when it was known, or is for a text that is not ours."""
    with memory.transaction() as tx:
        contact_id = find_recipient(tx, receipt.outbox_id)
        if contact_id is None:
            return False
        contact, _, _ = lock_contact(tx, contact_id)
        row = lock_text(tx, receipt.outbox_id)
        if receipt.status == "completed" and not is_reached(tx, row.id):
            receipt = replace(receipt, status="unheard")  # a machine answered, or somebody who had no time
        if not add_receipt(tx, receipt, now):
            return False
        if rank(receipt.status) > rank(row.status):
            move_forward(tx, row, receipt, now)
            if receipt.status in LOST:
                make_good(tx, row, contact, receipt, policy, now)
                delay_scheduled(tx, contact_id)
        return True


def rank(status: str | None) -> int:
    """How far along a status is; none at all, or one we do not know, is before the first."""
    return {**RANK, **LOST}.get(status or "", -1)


def move_forward(tx: Tx, row: Any, receipt: Receipt, now: datetime) -> None:
    """The text is at least this far: the carrier has it, so it is never sent again under this number."""
    values: dict[str, Any] = {
        "sid": receipt.sid,
        "status": receipt.status,
        "code": receipt.code,
        "status_at": now,
    }
    state = STATE.get(receipt.status, "sent")
    mark_text(
        tx,
        row.id,
        only_if=(row.state,),
        state=state,
        ask_at=row.ask_at or now + RECEIPT_WITHIN,
        **values,
    )
    note_sid(tx, row.id, receipt.sid)
    if row.due_id and receipt.status not in LOST:
        mark_done(tx, row.due_id)  # it may have gone back to the calendar for the morning, but it did arrive


def make_good(tx: Tx, row: Any, contact: Contact, receipt: Receipt, policy: Policy, now: datetime) -> None:
    """A text was lost on its way: once more after a pause, as long as it is of use; else do what the error asks for."""
    at = plan_again(row, contact, receipt, policy, now)
    if at is None:
        give_up(tx, row, contact, receipt.advice or Advice.RETRY, receipt.code, policy, now)
        return
    quiet_at = next_quiet(at, contact.zone, policy)
    if row.urgency == Urgency.REPLY:
        quiet_at = end_of_moment(at, contact.zone, policy)
    add_again(tx, row.id, at, None if row.urgency == Urgency.EMERGENCY else quiet_at, now)
    if receipt.advice is Advice.HALT:
        heed(tx, row.contact_id, receipt.advice, receipt.code, now)


def plan_again(
    row: Any, contact: Contact, receipt: Receipt, policy: Policy, now: datetime
) -> datetime | None:
    """When a lost text should be sent once more, in UTC and not at night; None when it should not."""
    tried = row.resent % FELL_BACK
    if tried >= len(receipt.again_after) or row.recalled or contact.standing is Standing.STOPPED:
        return None
    at = now + receipt.again_after[tried]
    if row.urgency != Urgency.EMERGENCY:
        at = next_allowed(at, contact.zone, policy)
    return at if row.useful_until is None or at < row.useful_until else None
