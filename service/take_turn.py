"""One inbound text, once: remembered and committed, then thought about in a transaction of its own."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.decide import decide
from bot.hear import hear
from messages.languages import DEFAULT
from model import Contact, Decision, Heard, Hearing, Inbound, Intent, Policy, Standing, Talk, Urgency
from service.carry_out import carry_out
from store.contacts import hold_contact, lock_contact, meet_stranger, save_contact
from store.engine import Memory, Tx
from store.inbox import count_inbound, list_unthought, mark_thought, remember_inbound

LOG = logging.getLogger(__name__)
AN_HOUR, MOST_IN_AN_HOUR = timedelta(hours=1), 30
ALWAYS_ANSWERED = (Intent.HOW_TO, Intent.LANGUAGE)  # a life may hang on the one, understanding on the other
SURE = 0.5  # a single letter is no language


def take_turn(memory: Memory, inbound: Inbound, policy: Policy, now: datetime) -> bool:
    """Hear one text and answer it through the outbox; False when this text was heard before.

    What was heard is committed before anybody thinks about it: a crash in thinking cannot lose a STOP.
    """
    with memory.transaction() as tx:
        contact_id = meet_stranger(tx, inbound.phone, DEFAULT, policy.default_zone)
        inbox_id = remember_inbound(tx, contact_id, inbound, now)
    if inbox_id is None:
        return False
    try:
        think(memory, contact_id, policy, now)
    except Exception as problem:
        # It is remembered: the tick thinks again, and the carrier need not call twice.
        LOG.error("inbox %s: thinking failed: %s", inbox_id, type(problem).__name__)
    return True


def think(memory: Memory, contact_id: int, policy: Policy, now: datetime) -> None:
    """Understand what one person wrote and nobody has thought about yet, in the order it was written."""
    while think_next(memory, contact_id, policy, now):
        pass


def think_next(memory: Memory, contact_id: int, policy: Policy, now: datetime) -> bool:
    """The oldest one, in a transaction of its own: one that fails takes no other with it. True when more wait."""
    with memory.transaction() as tx:
        hold_contact(tx, contact_id)
        rows = list_unthought(tx, contact_id)
        if rows:
            think_one(tx, rows[0], policy, now)
        return len(rows) > 1


def think_one(tx: Tx, row: Any, policy: Policy, now: datetime) -> None:
    """Understand one text and write what follows from it."""
    contact, talk, _ = lock_contact(tx, row.contact_id)
    hearing = hear(tx.seal.open(row.body_sealed), contact.language, talk.question)
    contact = meet_in_language(tx, contact, hearing)
    event = Heard(hearing, carrier_replied=row.carrier_replied, unreadable=row.unreadable)
    decision = decide(contact, talk, event, now)
    if (
        hearing.intent not in ALWAYS_ANSWERED
        and count_inbound(tx, row.id, contact.id, now - AN_HOUR) > MOST_IN_AN_HOUR
    ):
        decision = keep_still(decision, talk)
    carry_out(tx, contact, talk, decision, policy, now)
    mark_thought(tx, row.id, hearing, now)


def keep_still(decision: Decision, talk: Talk) -> Decision:
    """Two robots must not talk all night: nothing is said or asked but in danger, at a goodbye or at a return."""
    if decision.urgency is Urgency.EMERGENCY or decision.standing is not None or decision.restart:
        return decision
    return replace(decision, talk=talk, lines=(), tasks=(*decision.tasks, "too_many_texts"))


def meet_in_language(tx: Tx, contact: Contact, hearing: Hearing) -> Contact:
    """A stranger is answered in the language they wrote in."""
    language = hearing.language
    known = contact.standing is not Standing.STRANGER
    if known or language is None or language == contact.language or hearing.confidence < SURE:
        return contact
    save_contact(tx, contact.id, language=language)
    return replace(contact, language=language)
