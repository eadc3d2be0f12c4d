"""Texts whose webhook never reached us: found in the carrier's own list, and heard like any other."""

import logging
from datetime import datetime, timedelta

from carrier.port import Carrier, CarrierDown
from model import Inbound, Policy
from service.take_turn import take_turn
from store.contacts import find_contact
from store.duties import find_done, save_done
from store.engine import Memory
from store.inbox import get_known_sids
from store.lock import alone
from store.record import raise_task

LOG = logging.getLogger(__name__)
DUTY = "hear_missed"
EVERY = timedelta(minutes=10)
OVERLAP = timedelta(
    hours=1
)  # a list may lag, and a webhook may be on its way: what was heard is not heard again
LATE = timedelta(minutes=15)  # then a person should know that somebody waited


def hear_missed(memory: Memory, carrier: Carrier, policy: Policy, now: datetime) -> int:
    """Look through the carrier's list when it is time to; how many texts were heard that had been missed."""
    if not is_time(memory, now):
        return 0
    with alone(memory, DUTY) as mine:
        return hear_since_last(memory, carrier, policy, now) if mine and is_time(memory, now) else 0


def is_time(memory: Memory, now: datetime) -> bool:
    """Whether the last look is long enough ago; at a first start there was none."""
    with memory.reading() as tx:
        last = find_done(tx, DUTY)
    return last is None or now - last >= EVERY


def hear_since_last(memory: Memory, carrier: Carrier, policy: Policy, now: datetime) -> int:
    """Hear what was written since the last look and never handed to us."""
    with memory.reading() as tx:
        since = (find_done(tx, DUTY) or now) - OVERLAP
    try:
        listed = carrier.list_inbound(since)
    except CarrierDown as problem:
        LOG.warning("the carrier's list of what people wrote cannot be read: %s", problem)
        return 0
    with memory.reading() as tx:
        known = get_known_sids(tx, [inbound.sid for inbound in listed])
    missed = [inbound for inbound in listed if inbound.sid not in known]
    heard = sum(hear_one(memory, inbound, policy, now) for inbound in missed)
    with memory.transaction() as tx:
        save_done(tx, DUTY, now)
    return heard


def hear_one(memory: Memory, inbound: Inbound, policy: Policy, now: datetime) -> bool:
    """Hear one; one that waited long is told to a person too."""
    if not take_turn(memory, inbound, policy, now):
        return False
    LOG.warning("inbound %s: its webhook never came", inbound.sid)
    if inbound.at and now - inbound.at > LATE:
        with memory.transaction() as tx:
            contact = find_contact(tx, inbound.phone)
            if contact:
                raise_task(tx, contact.id, "heard_late", now)
    return True
