"""Texts that waited until they were of no more use are cancelled, with the reason, and never sent days late."""

import logging
from datetime import datetime
from typing import Any

from model import Urgency
from store.contacts import hold_contact
from store.due import drop_due
from store.engine import Memory, Tx
from store.outbox import list_useless, mark_text
from store.record import raise_task

LOG = logging.getLogger(__name__)
AT_A_TIME = 500
TOO_LATE = "too_late"


def drop_useless(memory: Memory, now: datetime) -> int:
    """Cancel what is too late to be said; how many."""
    with memory.reading() as tx:
        late = list_useless(tx, now, AT_A_TIME)
    for row in late:
        with memory.transaction() as tx:
            hold_contact(tx, row.contact_id)
            drop(tx, row, now)
    return len(late)


def drop(tx: Tx, row: Any, now: datetime) -> None:
    """Cancel one; a person who wrote and was never answered is a task for a person."""
    if not mark_text(tx, row.id, only_if=("ready",), state="cancelled", because=TOO_LATE, status_at=now):
        return
    LOG.warning("outbox %s: too late", row.id)
    if row.due_id:
        drop_due(tx, row.due_id, TOO_LATE)
    if row.urgency != Urgency.SCHEDULED:
        raise_task(tx, row.contact_id, "never_answered", now)
