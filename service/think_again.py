"""A tick's safety net: texts that were remembered but never thought about, because a process died or failed."""

import logging
from datetime import datetime, timedelta

from bot.steps.unclear import hand_over
from model import Hearing, Intent, Policy
from service.carry_out import carry_out
from service.take_turn import think
from store.contacts import lock_contact
from store.engine import Memory
from store.inbox import claim_inbound, list_unthought, mark_thought, mark_tried

LOG = logging.getLogger(__name__)
GRACE = timedelta(seconds=5)
MOST_TRIES = 3
NOT_UNDERSTOOD = Hearing(Intent.OTHER, "thinking.failed", 0.0)
AT_A_TIME = 100


def think_again(memory: Memory, policy: Policy, now: datetime) -> int:
    """Think about every text that has waited longer than a turn takes; how many were tried.

    One that fails comes after all others, and after three tries goes to a person, so that it never blocks them.
    """
    with memory.reading() as tx:
        waiting = list_unthought(tx, now - GRACE, AT_A_TIME)
    for inbox_id in waiting:
        try:
            think(memory, inbox_id, policy, now)
        except Exception as problem:
            LOG.error("inbox %s: thinking failed: %s", inbox_id, type(problem).__name__)
            note_failure(memory, inbox_id, policy, now)
    return len(waiting)


def note_failure(memory: Memory, inbox_id: int, policy: Policy, now: datetime) -> None:
    """Count a failure; after the last try the text goes to a person, and the writer hears so, 911 line first."""
    with memory.transaction() as tx:
        row = claim_inbound(tx, inbox_id)
        if row is None:
            return
        mark_tried(tx, inbox_id)
        if row.tries + 1 >= MOST_TRIES:
            contact, talk, _ = lock_contact(tx, row.contact_id)
            carry_out(tx, contact, talk, hand_over(talk), policy, now)
            mark_thought(tx, inbox_id, NOT_UNDERSTOOD, now)
