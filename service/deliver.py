"""The one door out: claim, send, mark, and no transaction is open while the carrier is called."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from model import Outcome, Outgoing, Sent, Urgency
from service.heed import heed
from service.works import Works
from store.contacts import hold_contact
from store.engine import Tx
from store.outbox import LONGEST_PAUSE, Claimed, claim_ready, mark_attempt, mark_ready_again, mark_text

LOG = logging.getLogger(__name__)
Start = Callable[[Callable[[], None]], object]
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSES = {
    Urgency.EMERGENCY: timedelta(seconds=5),
    Urgency.REPLY: timedelta(minutes=1),
    Urgency.SCHEDULED: LONGEST_PAUSE,
}


def deliver(works: Works, now: datetime, wall: datetime, *, limit: int, start: Start) -> int:
    """Take up to `limit` texts that may leave now and start sending each; how many were taken.

    Every attempt is committed before the carrier is called. `start` runs an act, at once or on another thread.
    """
    with works.memory.transaction() as tx:
        claimed = claim_ready(tx, works.worker, now, wall, limit)
    for text in claimed:
        start(partial(send_one, works, text, now))
    return len(claimed)


def send_one(works: Works, text: Claimed, now: datetime) -> None:
    """Hand one text to the carrier and write what became of it."""
    sent = works.carrier.send(Outgoing(text.id, text.phone, text.body, f"{works.callback_base}/{text.id}"))
    LOG.info("outbox %s: %s %s", text.id, sent.outcome, sent.code or "")
    with works.memory.transaction() as tx:
        hold_contact(tx, text.contact_id)
        mark_attempt(tx, text.attempt_id, sent.outcome, sent.sid, sent.code)
        # A receipt may have been quicker than this answer: then the row has moved on and stays as it is.
        if mark_outcome(tx, text, sent, now) and sent.outcome is Outcome.REFUSED and sent.advice:
            heed(tx, text.contact_id, sent.advice, sent.code, now)


def mark_outcome(tx: Tx, text: Claimed, sent: Sent, now: datetime) -> bool:
    """Write the carrier's answer; False when the row has moved on."""
    if sent.outcome is Outcome.LATER:
        return mark_ready_again(
            tx, text.id, only_if="sending", ready_at=now + find_pause(text), code=sent.code
        )
    return mark_text(tx, text.id, only_if=("sending",), **describe(sent, now))


def find_pause(text: Claimed) -> timedelta:
    """How long to wait before the next try: longer each time, but never long where a life may hang on it."""
    return min(FIRST_PAUSE * 2 ** min(text.tries - 1, 10), LONGEST_PAUSES[Urgency(text.urgency)])


def describe(sent: Sent, now: datetime) -> dict[str, object]:
    """The carrier's answer as columns of the text."""
    if sent.outcome is Outcome.ACCEPTED:
        return {"state": "sent", "sid": sent.sid, "status": sent.status, "status_at": now}
    if sent.outcome is Outcome.REFUSED:
        return {"state": "failed", "code": sent.code, "status_at": now}
    return {"state": "unsure", "code": sent.code}
