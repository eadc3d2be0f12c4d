"""Texts of which nobody knows whether the carrier took them: ask it, and only then send again."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from carrier.port import Carrier, CarrierDown
from model import Found
from service.deliver import find_pause
from store.engine import Memory, Tx
from store.outbox import Claimed, get_recorded_sids, list_unsure, mark_ready_again, mark_text

LOG = logging.getLogger(__name__)
GRACE = timedelta(seconds=15)  # longer than one request may take, so that nothing is still on its way
URGENT_GRACE = timedelta(
    seconds=3
)  # in an emergency rather a small chance of two texts than a quarter of a minute
SLACK = timedelta(minutes=5)  # the carrier's clock and ours may differ
AT_A_TIME = 10  # each may take the carrier ten seconds, and a stop waits for them


def settle_unsure(memory: Memory, carrier: Carrier, now: datetime) -> int:
    """Settle every unsure text whose last try is old enough; how many were settled."""
    with memory.transaction() as tx:
        unsure = list_unsure(tx, now - GRACE, now - URGENT_GRACE, AT_A_TIME)
    return sum(settle_one(memory, carrier, text, now) for text in unsure)


def settle_one(memory: Memory, carrier: Carrier, text: Claimed, now: datetime) -> bool:
    """Ask the carrier for this one; False when it could not be asked."""
    try:
        taken = carrier.list_texts(text.phone, text.made_at - SLACK)
    except CarrierDown as problem:
        LOG.warning("outbox %s: the carrier cannot be asked: %s", text.id, problem)
        return False
    with memory.transaction() as tx:
        same = [found for found in taken if found.body == text.body]
        known = get_recorded_sids(tx, [found.sid for found in same])
        return settle(tx, text, [found for found in same if found.sid not in known], now)


def settle(tx: Tx, text: Claimed, unclaimed: Sequence[Found], now: datetime) -> bool:
    """Write what the carrier's list says about the text: taken, or never seen and free to be sent."""
    LOG.info("outbox %s: %s", text.id, "was taken" if unclaimed else "was never taken")
    if not unclaimed:
        return mark_ready_again(tx, text.id, only_if="unsure", ready_at=now + find_pause(text))
    taken = {"sid": unclaimed[0].sid, "status": unclaimed[0].status, "status_at": now}
    return mark_text(tx, text.id, only_if=("unsure",), state="sent", **taken)
