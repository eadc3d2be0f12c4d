"""A tick's safety net: texts that were remembered but never thought about, because a process died or failed."""

import logging
from datetime import datetime, timedelta

from model import Policy
from service.take_turn import think
from store.engine import Memory
from store.inbox import list_unthought, mark_tried

LOG = logging.getLogger(__name__)
GRACE = timedelta(seconds=5)
MOST_TRIES = 20
AT_A_TIME = 100


def think_again(memory: Memory, policy: Policy, now: datetime) -> int:
    """Think about every text that has waited longer than a turn takes; how many were tried.

    One that fails is counted and comes after all others, so that it never blocks them.
    """
    with memory.reading() as tx:
        waiting = list_unthought(tx, now - GRACE, MOST_TRIES, AT_A_TIME)
    for inbox_id in waiting:
        try:
            think(memory, inbox_id, policy, now)
        except Exception as problem:
            LOG.error("inbox %s: thinking failed: %s", inbox_id, type(problem).__name__)
            with memory.transaction() as tx:
                mark_tried(tx, inbox_id)
    return len(waiting)
