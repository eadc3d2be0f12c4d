"""The one door out: claim, send, mark, and no transaction is open while the carrier is called."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from carrier.port import Carrier
from model import Outcome, Outgoing, Sent
from service.heed import heed
from store.engine import Memory, Tx
from store.outbox import Claimed, claim_ready, mark_attempt, mark_ready_again, mark_text

LOG = logging.getLogger(__name__)
Start = Callable[[Callable[[], None]], object]
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=15)


def deliver(
    memory: Memory,
    carrier: Carrier,
    worker: str,
    callback_base: str,
    now: datetime,
    *,
    limit: int,
    start: Start,
) -> int:
    """Take up to `limit` texts that may leave now and start sending each; how many were taken.

    Every attempt is committed before the carrier is called. `start` runs an act, at once or on another thread.
    """
    with memory.transaction() as tx:
        claimed = claim_ready(tx, worker, now, limit)
    for text in claimed:
        start(partial(send_one, memory, carrier, text, f"{callback_base}/{text.id}", now))
    return len(claimed)


def send_one(memory: Memory, carrier: Carrier, text: Claimed, callback_url: str, now: datetime) -> None:
    """Hand one text to the carrier and write what became of it."""
    sent = carrier.send(Outgoing(text.id, text.phone, text.body, callback_url))
    LOG.info("outbox %s: %s", text.id, sent.outcome)
    with memory.transaction() as tx:
        mark_attempt(tx, text.attempt_id, sent.outcome, sent.sid, sent.code)
        # A receipt may have been quicker than this answer: then the row has moved on and stays as it is.
        if mark_outcome(tx, text, sent, now) and sent.advice:
            heed(tx, text.contact_id, sent.advice, sent.code, now, final=sent.outcome is Outcome.REFUSED)


def mark_outcome(tx: Tx, text: Claimed, sent: Sent, now: datetime) -> bool:
    """Write the carrier's answer; False when the row has moved on."""
    if sent.outcome is Outcome.LATER:
        pause = min(FIRST_PAUSE * 2 ** min(text.tries - 1, 10), LONGEST_PAUSE)
        return mark_ready_again(tx, text.id, only_if="sending", ready_at=now + pause, code=sent.code)
    return mark_text(tx, text.id, only_if=("sending",), **describe(sent, now))


def describe(sent: Sent, now: datetime) -> dict[str, object]:
    """The carrier's answer as columns of the text."""
    if sent.outcome is Outcome.ACCEPTED:
        return {"state": "sent", "sid": sent.sid, "status": sent.status, "status_at": now}
    if sent.outcome is Outcome.REFUSED:
        return {"state": "failed", "code": sent.code, "status_at": now}
    return {"state": "unsure", "code": sent.code}
