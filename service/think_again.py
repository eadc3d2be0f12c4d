"""A tick's safety net: texts that were remembered but never thought about, because a process died or failed."""

import logging
from datetime import datetime, timedelta

from bot.steps.unclear import hand_over
from model import Hearing, Intent, Policy
from service.carry_out import carry_out
from service.take_turn import think
from store.contacts import lock_contact
from store.engine import Memory
from store.inbox import list_waiting_contacts, lock_with_unthought, mark_thought, mark_tried
from store.record import raise_task

LOG = logging.getLogger(__name__)
GRACE = timedelta(seconds=5)
MOST_TRIES = 3
NOT_UNDERSTOOD = Hearing(Intent.OTHER, "thinking.failed", 0.0)
AT_A_TIME = 100


def think_again(memory: Memory, policy: Policy, now: datetime) -> int:
    """Think about everything that has waited longer than a turn takes; for how many people it was tried.

    A text that fails comes after all others', and after three tries goes to a person, so that it never blocks them.
    """
    with memory.reading() as tx:
        people = list_waiting_contacts(tx, now - GRACE, AT_A_TIME)
    for contact_id in people:
        try:
            think(memory, contact_id, policy, now)
        except Exception as problem:
            LOG.error("contact %s: thinking failed: %s", contact_id, type(problem).__name__)
            note_failure(memory, contact_id, policy, now)
    return len(people)


def note_failure(memory: Memory, contact_id: int, policy: Policy, now: datetime) -> None:
    """Count a failure; after the last try the text goes to a person, and the writer hears so, 911 line first."""
    with memory.transaction() as tx:
        _, _, rows = lock_with_unthought(tx, contact_id, now, now)
        row = next(iter(rows), None)
        if row is None:
            return
        mark_tried(tx, row.id)
        last = row.tries + 1 >= MOST_TRIES
        if last:
            raise_task(tx, contact_id, "unclear", now)
            mark_thought(tx, row.id, NOT_UNDERSTOOD, now)
    if last:
        answer_anyhow(memory, contact_id, policy, now, row.at)


def answer_anyhow(
    memory: Memory, contact_id: int, policy: Policy, now: datetime, written_at: datetime
) -> None:
    """Say that a person will read it; should that fail too, the task is raised all the same."""
    try:
        with memory.transaction() as tx:
            contact, talk, _ = lock_contact(tx, contact_id)
            carry_out(tx, contact, talk, hand_over(talk), policy, now, written_at=written_at)
    except Exception as problem:
        LOG.error("contact %s: cannot be answered: %s", contact_id, type(problem).__name__)
