"""Receipts that never came: the carrier is asked what became of a text."""

import logging
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from carrier.port import Carrier, CarrierDown
from model import Found, Policy, Receipt
from service.settle_receipt import settle_receipt
from store.engine import Memory
from store.lock import alone
from store.outbox import list_unreported, mark_text

LOG = logging.getLogger(__name__)
AT_A_TIME = 50
# After a text was written: soon, later, and when the carrier itself has given it up (four hours). `sent` may be the
# last that is ever heard of a text on some networks (domain-facts E2).
LOOKS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=5))


def settle_missing(memory: Memory, carrier: Carrier, policy: Policy, now: datetime, stopping: Event) -> int:
    """Ask about texts whose receipt is late, until `stopping` is set; how many were asked about."""
    with memory.reading() as tx:
        if not list_unreported(tx, now, 1):
            return 0
    with alone(memory, "settle_missing") as mine:
        if not mine:
            return 0
        with memory.reading() as tx:
            late = list_unreported(tx, now, AT_A_TIME)
        asked = (row for row in late if not stopping.is_set())
        return sum(settle_one(memory, carrier, policy, row, now) for row in asked)


def settle_one(memory: Memory, carrier: Carrier, policy: Policy, row: Any, now: datetime) -> bool:
    """Ask about one text and treat the answer as its receipt; False when the carrier could not be asked."""
    try:
        found = carrier.get_text(row.sid)
    except CarrierDown as problem:
        LOG.warning("outbox %s: the carrier cannot be asked: %s", row.id, problem)
        return False
    with memory.transaction() as tx:
        mark_text(tx, row.id, only_if=("sent",), ask_at=plan_look(row.made_at, now))
    if found is not None:
        settle_receipt(memory, write_receipt(row.id, found), policy, now)
    return True


def plan_look(made_at: datetime, now: datetime) -> datetime | None:
    """When to ask again about a text written at `made_at`, or None when that is enough."""
    return next((made_at + after for after in LOOKS if made_at + after > now), None)


def write_receipt(outbox_id: int, found: Found) -> Receipt:
    """What the carrier's list says, as the receipt that should have come."""
    return Receipt(outbox_id, found.sid, found.status, found.code, found.advice, found.again_after)
