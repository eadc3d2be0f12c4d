"""One inbound text, once: remembered and committed, then thought about in a transaction of its own."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.decide import decide
from bot.hear import hear
from bot.steps.language import NO_TIME_FOR_OFFERS, note_offer, offer_switch
from messages.languages import DEFAULT
from model import Channel, Contact, Decision, Heard, Hearing, Inbound, Intent, Policy, Standing, Talk, Urgency
from service.carry_out import carry_out
from store.contacts import meet_stranger
from store.engine import Memory, Tx
from store.inbox import lock_with_unthought, mark_thought, note_inbound, remember_known, was_stopped_since
from store.record import has_fact

LOG = logging.getLogger(__name__)
AN_HOUR, MOST_IN_AN_HOUR = timedelta(hours=1), 30
ALWAYS_ANSWERED = (Intent.HOW_TO, Intent.LANGUAGE)  # a life may hang on the one, understanding on the other
A_WEEK = timedelta(days=7)
CLOCKS_DIFFER = timedelta(minutes=1)  # by less than this between two of our machines


@dataclass(frozen=True, slots=True)
class FirstHearing:
    """What one text was heard to mean before its person was held, and what was known of them then."""

    inbox_id: int
    language: str | None
    question: str | None
    hearing: Hearing

    def fits(self, inbox_id: int, contact: Contact, talk: Talk) -> bool:
        """Whether it would be heard the same way now."""
        return (self.inbox_id, self.language, self.question) == (inbox_id, get_hint(contact), talk.question)


def take_turn(memory: Memory, inbound: Inbound, policy: Policy, now: datetime) -> bool:
    """Hear one text and answer it through the outbox; False when this text was heard before.

    What was heard is committed before anybody thinks about it: a crash in thinking cannot lose a STOP.
    """
    note = note_inbound(memory.seal, inbound, now)
    with memory.each_alone() as tx:  # a stranger whose text was not kept is met anew with the next delivery
        kept = remember_known(tx, note)
        if kept is None:
            meet_stranger(tx, inbound.phone, DEFAULT, policy.default_zone)
            kept = remember_known(tx, note)
    if kept is None:
        return False
    try:
        # Heard between the two transactions: SQLite has one writer, and nobody should wait for our hearing.
        hint = get_hint(kept)
        first = FirstHearing(kept.id, hint, kept.question, hear(inbound.body, hint, kept.question))
        think(memory, kept.contact_id, policy, now, first)
    except Exception as problem:
        # It is remembered: the tick thinks again, and the carrier need not call twice.
        LOG.error("inbox %s: thinking failed: %s", kept.id, type(problem).__name__)
    return True


def get_hint(known: Any) -> str | None:
    """The language a person probably writes in; of a stranger nobody knows it."""
    return None if known.standing == Standing.STRANGER else known.language


def think(
    memory: Memory, contact_id: int, policy: Policy, now: datetime, first: FirstHearing | None = None
) -> None:
    """Understand what one person wrote and nobody has thought about yet, in the order it was written."""
    while think_next(memory, contact_id, policy, now, first):
        pass


def think_next(
    memory: Memory, contact_id: int, policy: Policy, now: datetime, first: FirstHearing | None
) -> bool:
    """The oldest one, in a transaction of its own: one that fails takes no other with it. True when more wait."""
    with memory.transaction() as tx:
        contact, talk, rows = lock_with_unthought(tx, contact_id, now - AN_HOUR, now)
        if rows:
            think_one(tx, rows[0], contact, talk, policy, now, first)
        return len(rows) > 1


def think_one(
    tx: Tx, row: Any, contact: Contact, talk: Talk, policy: Policy, now: datetime, first: FirstHearing | None
) -> None:
    """Understand one text and write what follows from it; the first hearing counts if nothing has changed since."""
    if row.intent:  # a key of a call, whose menu is gone
        hearing = Hearing(Intent(row.intent), row.rule, 1.0)
    elif first and first.fits(row.id, contact, talk):
        hearing = first.hearing
    else:
        hearing = hear(tx.seal.open(row.body_sealed), get_hint(contact), talk.question)
    if is_overruled(tx, row, hearing, now):
        mark_thought(tx, row.id, hearing, now)
        return
    spoken = choose_language(contact, hearing)
    event = Heard(hearing, carrier_replied=row.carrier_replied, unreadable=row.unreadable)
    decision = decide(replace(contact, language=spoken), talk, event, now)
    if hearing.intent not in ALWAYS_ANSWERED and row.lately > MOST_IN_AN_HOUR:
        decision = keep_still(decision, talk)
    decision = speak_in(tx, contact, decision, hearing, spoken, now)
    if row.channel == Channel.VOICE and contact.channel is Channel.VOICE:
        decision = replace(decision, lines=())  # the call is over, and this person reads no texts
    carry_out(tx, contact, talk, decision, policy, now, written_at=row.at)
    mark_thought(tx, row.id, hearing, now)


def is_overruled(tx: Tx, row: Any, hearing: Hearing, now: datetime) -> bool:
    """Whether it is a START found so late that a STOP written after it was heard first: the last word counts."""
    late = now - row.at > CLOCKS_DIFFER
    return late and hearing.intent is Intent.START and was_stopped_since(tx, row)


def keep_still(decision: Decision, talk: Talk) -> Decision:
    """Two robots must not talk all night: nothing is said or asked but in danger, at a goodbye or at a return."""
    if decision.urgency is Urgency.EMERGENCY or decision.standing is not None or decision.restart:
        return decision
    return replace(decision, talk=talk, lines=(), tasks=(*decision.tasks, "too_many_texts"))


def choose_language(contact: Contact, hearing: Hearing) -> str:
    """The language the answer speaks: the one that was written, else the person's own.

    Who reads one Chinese script is answered in theirs: most readers of one can read the other.
    """
    heard = hearing.language or contact.language
    return contact.language if heard[:2] == contact.language[:2] else heard


def speak_in(
    tx: Tx, contact: Contact, decision: Decision, hearing: Hearing, spoken: str, now: datetime
) -> Decision:
    """The decision in the language that was spoken. A stranger keeps it; anybody else is offered it, once a week."""
    if spoken == contact.language or decision.language:
        return decision
    if contact.standing is Standing.STRANGER:
        return replace(decision, language=spoken)
    decision = replace(decision, speak=spoken)
    quiet = hearing.intent in NO_TIME_FOR_OFFERS or not decision.lines
    if quiet or has_fact(tx, contact.id, note_offer(spoken), now - A_WEEK):
        return decision
    return offer_switch(decision, spoken)
