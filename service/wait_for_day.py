"""Texts whose person's night began while they waited in the outbox: they leave in the morning, or are decided anew."""

from datetime import datetime
from typing import Any

from bot.quiet import next_allowed, next_quiet
from model import Policy, Urgency
from store.contacts import hold_contact
from store.due import wait_again
from store.engine import Memory, Tx
from store.outbox import cancel_rest, is_said_in_part, list_caught_by_night, mark_text

AT_A_TIME = 500


def wait_for_day(memory: Memory, policy: Policy, now: datetime) -> int:
    """Move what the night has caught to the next daytime; how many."""
    with memory.reading() as tx:
        caught = list_caught_by_night(tx, now, AT_A_TIME)
    for row in caught:
        with memory.transaction() as tx:
            hold_contact(tx, row.contact_id)
            move(tx, row, next_allowed(now, row.zone, policy), policy)
    return len(caught)


def move(tx: Tx, row: Any, at: datetime, policy: Policy) -> None:
    """A step of the programme goes back to the calendar, where its use and its day are judged again.

    One of which a part has left does not: all of it would be said anew.
    """
    if row.due_id and row.urgency == Urgency.SCHEDULED and not is_said_in_part(tx, row.due_id):
        if mark_text(tx, row.id, only_if=("ready",), state="cancelled"):
            cancel_rest(tx, row.due_id)
            wait_again(tx, row.due_id, at, "quiet_hours")
    else:
        mark_text(tx, row.id, only_if=("ready",), ready_at=at, quiet_at=next_quiet(at, row.zone, policy))
