"""What the carrier answered is written: taken texts together, every other answer with the act it asks for."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from model import Advice, Outcome, Policy, Sent, Urgency
from service.heed import heed
from service.other_channel import give_up
from store.claims import LONGEST_PAUSE, Claimed, mark_taken
from store.contacts import lock_contact
from store.engine import Memory, Tx
from store.outbox import delay_scheduled, lock_text, mark_attempt, mark_ready_again, mark_text

Answer = tuple[Claimed, Sent]
LOG = logging.getLogger(__name__)
RECEIPT_WITHIN = timedelta(minutes=10)  # then the carrier is asked what became of a text
FIRST_PAUSE = timedelta(seconds=2)
BUSY_PAUSE = timedelta(seconds=30)  # a carrier that says "later" means soon
LONGEST_PAUSES = {
    Urgency.EMERGENCY: timedelta(seconds=5),
    Urgency.REPLY: timedelta(minutes=1),
    Urgency.SCHEDULED: LONGEST_PAUSE,
}


def record_answers(memory: Memory, answers: Sequence[Answer], policy: Policy, now: datetime) -> None:
    """Write what came of these texts."""
    taken = [answer for answer in answers if answer[1].outcome is Outcome.ACCEPTED]
    if taken:
        with memory.transaction() as tx:
            # In one order everywhere, so that two workers never wait for each other.
            mark_taken(tx, sorted(taken, key=lambda answer: answer[0].id), now, now + RECEIPT_WITHIN)
        LOG.info("outbox %s: accepted", ", ".join(str(text.id) for text, _ in taken))
    for text, sent in answers:
        if sent.outcome is not Outcome.ACCEPTED:
            LOG.info("outbox %s: %s %s", text.id, sent.outcome, sent.code or "")
            record_trouble(memory, text, sent, policy, now)


def record_trouble(memory: Memory, text: Claimed, sent: Sent, policy: Policy, now: datetime) -> None:
    """The carrier did not take a text, or nobody knows: write it, and do what its error asks for."""
    with memory.transaction() as tx:
        contact, _, _ = lock_contact(tx, text.contact_id)
        mark_attempt(tx, text.attempt_id, sent.outcome, sent.sid, sent.code)
        # A receipt may have been quicker than this answer: then the row has moved on and stays as it is.
        if not mark_trouble(tx, text, sent, now) or sent.advice in (None, Advice.RETRY):
            return
        if sent.outcome is Outcome.REFUSED:
            give_up(tx, lock_text(tx, text.id), contact, sent.advice, sent.code, policy, now)
            delay_scheduled(tx, text.contact_id)
        else:
            heed(tx, text.contact_id, sent.advice, sent.code, now)


def mark_trouble(tx: Tx, text: Claimed, sent: Sent, now: datetime) -> bool:
    """Write such an answer; False when the row has moved on."""
    if sent.outcome is Outcome.LATER:
        at = now + find_pause(text, BUSY_PAUSE if sent.advice is Advice.RETRY else LONGEST_PAUSE)
        marked = mark_ready_again(
            tx, text.id, only_if="sending", tries=text.tries, ready_at=at, code=sent.code
        )
        delay_scheduled(tx, text.contact_id)
        return marked
    state = "failed" if sent.outcome is Outcome.REFUSED else "unsure"
    changes = {"state": state, "code": sent.code, "status_at": now}
    return mark_text(tx, text.id, only_if=("sending",), tries=text.tries, **changes)


def find_pause(text: Claimed, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """How long to wait before the next try: longer each time, but never long where a life may hang on it.

    Texts that failed together come back spread out by their ids, a third sooner at most: never later than the longest,
    beyond which a text holds up no other.
    """
    pause = min(FIRST_PAUSE * 2 ** min(text.tries - 1, 10), longest, LONGEST_PAUSES[Urgency(text.urgency)])
    return pause * (1 - text.id % 16 / 48)
