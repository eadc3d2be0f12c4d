"""Texts of which nobody knows whether the carrier took them: ask it, and only then send again."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

from carrier.port import Carrier, CarrierDown
from model import Channel, Found, Outcome
from service.deliver import open_all
from service.record_answers import RECEIPT_WITHIN, find_pause
from service.settle_receipt import STATE
from store.claims import Claimed, list_unsure
from store.contacts import hold_contact
from store.engine import Memory, Tx
from store.lock import alone
from store.outbox import delay_scheduled, get_sids_of_others, mark_attempt, mark_ready_again, mark_text

LOG = logging.getLogger(__name__)
GRACE = timedelta(seconds=15)  # longer than one request may take, so that nothing is still on its way
URGENT_GRACE = timedelta(
    seconds=3
)  # in an emergency rather a small chance of two texts than a quarter of a minute
SLACK = timedelta(minutes=5)  # the carrier's clock and ours may differ
AT_A_TIME, SIDE_BY_SIDE = 200, 8  # questions in one beat, and at once


def settle_unsure(memory: Memory, carrier: Carrier, now: datetime, wall: datetime, stopping: Event) -> int:
    """Settle every unsure text whose last try is old enough by machine time (`wall`); how many were settled.

    Once `stopping` is set nothing more is asked.
    """
    if not list_askable(memory, wall, 1):
        return 0
    with alone(memory, "settle_unsure") as mine:
        texts = list_askable(memory, wall, AT_A_TIME) if mine else []
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="ask") as askers:
            return sum(askers.map(lambda text: settle_one(memory, carrier, text, now, stopping), texts))


def list_askable(memory: Memory, wall: datetime, limit: int) -> list[Claimed]:
    """Some of the texts to ask about; the others' turn comes with the next beat."""
    with memory.reading() as tx:
        rows = list_unsure(tx, wall - GRACE, wall - URGENT_GRACE, limit)
    return open_all(memory, rows)


def settle_one(memory: Memory, carrier: Carrier, text: Claimed, now: datetime, stopping: Event) -> bool:
    """Ask the carrier for this one; False when it could not be asked."""
    if stopping.is_set():
        return False
    try:
        list_taken = carrier.list_calls if text.channel is Channel.VOICE else carrier.list_texts
        taken = list_taken(text.phone, text.made_at - SLACK)
    except CarrierDown as problem:
        LOG.warning("outbox %s: the carrier cannot be asked: %s", text.id, problem)
        return False
    with memory.transaction() as tx:
        hold_contact(
            tx, text.contact_id
        )  # two texts of the same words must not be settled by one of the carrier's
        same = [found for found in taken if found.body == text.body]
        known = get_sids_of_others(tx, text.id, [found.sid for found in same])
        return settle(tx, text, [found for found in same if found.sid not in known], now)


def settle(tx: Tx, text: Claimed, unclaimed: Sequence[Found], now: datetime) -> bool:
    """Write what the carrier's list says about the text: taken, or never seen and free to be sent."""
    LOG.info("outbox %s: %s", text.id, "was taken" if unclaimed else "was never taken")
    if not unclaimed:
        at = now + find_pause(text)
        settled = mark_ready_again(tx, text.id, only_if="unsure", tries=text.tries, ready_at=at)
        delay_scheduled(tx, text.contact_id)
        return settled
    found = unclaimed[0]
    mark_attempt(tx, text.attempt_id, Outcome.ACCEPTED, found.sid, None)
    taken = {"sid": found.sid, "status": found.status, "status_at": now, "ask_at": now + RECEIPT_WITHIN}
    if found.status in STATE:  # its receipt was missed: what settle_missing is told, at once, counts as that
        taken |= {"status": None, "ask_at": now}
    return mark_text(tx, text.id, only_if=("unsure",), tries=text.tries, state="sent", **taken)
