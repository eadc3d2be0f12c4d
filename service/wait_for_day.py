"""Scheduled texts whose person's night began while they waited in the outbox: they leave in the morning."""

from datetime import datetime

from bot.quiet import next_allowed, next_quiet
from model import Policy
from store.engine import Memory
from store.outbox import list_caught_by_night, mark_text

AT_A_TIME = 500


def wait_for_day(memory: Memory, policy: Policy, now: datetime) -> int:
    """Move what the night has caught to the next daytime; how many."""
    with memory.transaction() as tx:
        caught = list_caught_by_night(tx, now, AT_A_TIME)
        for row in caught:
            at = next_allowed(now, row.zone, policy)
            quiet_at = next_quiet(at, row.zone, policy)
            mark_text(tx, row.id, only_if=("ready",), ready_at=at, quiet_at=quiet_at)
        return len(caught)
