"""Writes everything one Decision asks for, inside the transaction that made it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.quiet import LIVE_FOR, end_of_moment, next_quiet
from bot.useful import end_of_use
from messages.programmes import CALLS_FOR_SILENCE, CHECKINS, find_step
from model import Channel, Contact, Decision, Fact, Line, Policy, Standing, Talk, Urgency
from service.call_silent import call_silent
from service.choose_languages import choose_languages
from service.other_channel import FELL_BACK, add_call, choose_channel
from service.restart import restart, write_own_consent
from service.suppress import DROPPED, suppress
from service.words import write_words
from store.contacts import save_contact, write_talk
from store.due import Waiting, restore_dues
from store.engine import Tx
from store.enrolments import add_consent, get_newest_enrolment, reopen_enrolment
from store.outbox import add_texts, cancel_steps, delay_scheduled
from store.record import add_fact, raise_task

ASKING = (*CHECKINS, *CALLS_FOR_SILENCE)
# One overdose reported by two texts, or by two people on one phone, is one event (domain-facts A7).
ONE_EVENT = {"reversal": timedelta(hours=24)}


def carry_out(
    tx: Tx,
    contact: Contact,
    talk: Talk,
    decision: Decision,
    policy: Policy,
    now: datetime,
    due: Waiting | None = None,
    written_at: datetime | None = None,
) -> None:
    """Write a decision: standing, the contact, facts, tasks, then the texts.

    `due` is the step that came due; `written_at` is when the person wrote what is answered, which may be long ago.
    """
    changed = change_contact(tx, contact, decision, policy, now)
    columns = list_changes(contact, talk, decision)
    if columns:
        save_contact(tx, contact.id, **columns)
    if decision.hush_until:
        delay_scheduled(tx, contact.id)
    for fact in decision.facts:
        keep_fact(tx, contact.id, fact, now)
    for kind in decision.tasks:
        raise_task(tx, contact.id, kind, now)
    if due is None:
        cancel_needless(tx, contact, talk, decision)
    row = list_columns(changed, decision.urgency, policy, now, due, written_at)
    if decision.lines and choose_channel(contact, due, policy) is Channel.VOICE:
        add_call(tx, changed, {**row, "key": decision.lines[0].key})
        return
    texts = [
        write_text(tx, replace(changed, language=language), line, row, policy, now)
        for line, language in choose_languages(decision.lines, changed, policy)
    ]
    add_texts(tx, texts)
    if due:
        call_silent(tx, changed, due.id, policy, now)


def cancel_needless(tx: Tx, contact: Contact, talk: Talk, decision: Decision) -> None:
    """A question was answered and is not asked again; whatever else was heard, nobody is called for their silence."""
    if talk.question and decision.talk.question is not talk.question:
        cancel_steps(tx, contact.id, ASKING)
    elif contact.channel is Channel.BOTH:
        cancel_steps(tx, contact.id, CALLS_FOR_SILENCE)


def list_changes(contact: Contact, talk: Talk, decision: Decision) -> dict[str, Any]:
    """The columns of the contact that a decision changes by itself."""
    columns: dict[str, Any] = {}
    if decision.language and decision.language != contact.language:
        columns["language"] = decision.language
    if decision.talk != talk:
        columns |= write_talk(decision.talk)
    if decision.hush_until:
        columns["hush_until"] = decision.hush_until
    return columns


def keep_fact(tx: Tx, contact_id: int, fact: Fact, now: datetime) -> None:
    """Record a fact, counting one event once."""
    add_fact(tx, contact_id, fact, now, since=now - ONE_EVENT.get(fact.kind, timedelta(0)))


def change_contact(tx: Tx, contact: Contact, decision: Decision, policy: Policy, now: datetime) -> Contact:
    """The contact after the decision; what leaves or joins the programme is written."""
    changed = replace(contact, language=decision.language or decision.speak or contact.language)
    if decision.restart:
        return restart(tx, changed, policy, now)
    if decision.standing and decision.standing is not contact.standing:
        return change_standing(tx, changed, decision.standing, decision.because, now)
    return changed


def change_standing(
    tx: Tx, contact: Contact, standing: Standing, because: str | None, now: datetime
) -> Contact:
    """Stop everything, or bring back what a stop took away."""
    if standing is Standing.STOPPED:
        suppress(tx, contact.id, because or DROPPED, now)
        return replace(contact, standing=standing)
    save_contact(tx, contact.id, standing=standing, because=because)
    newest = get_newest_enrolment(tx, contact.id)
    if standing is Standing.ACTIVE and newest:
        restore_dues(tx, newest.id, DROPPED, now)
        reopen_enrolment(tx, newest.id)
        add_consent(tx, {**write_own_consent(contact, "START", now), "enrolment_id": newest.id})
    return replace(contact, standing=standing)


def write_text(
    tx: Tx, contact: Contact, line: Line, row: dict[str, Any], policy: Policy, now: datetime
) -> tuple[dict[str, Any], str]:
    """One line for the outbox: its columns, of which `row` are those of all the decision's texts, and its words."""
    enrolment = get_newest_enrolment(tx, contact.id) if row["due_id"] else None
    kit_expires_on = enrolment.kit_expires_on if enrolment else None
    words = write_words(tx, contact, line, policy, row["urgency"], now, kit_expires_on)
    return {**row, "key": line.key, "language": contact.language, "channel": Channel.SMS}, words


def is_of_the_moment(contact: Contact, due: Waiting, now: datetime) -> bool:
    """Whether a step may still be said at any hour, the crew being there; a failure adds no time, and no call rings."""
    return due.at_once and now - due.planned_at < LIVE_FOR and contact.channel is not Channel.VOICE


def list_columns(
    contact: Contact,
    urgency: Urgency,
    policy: Policy,
    now: datetime,
    due: Waiting | None = None,
    written_at: datetime | None = None,
) -> dict[str, Any]:
    """What the outbox keeps of texts or a call; all but an emergency's carry when the night stops them.

    An answer belongs to the moment `written_at`, when the person wrote: one that comes hours late is no more let out
    at night than a check-in.
    """
    moment = urgency is Urgency.REPLY or (due is not None and is_of_the_moment(contact, due, now))
    at, end = (written_at or now, end_of_moment) if moment else (now, next_quiet)
    return {
        "contact_id": contact.id,
        "due_id": due.id if due else None,
        "urgency": urgency,
        "ready_at": now,
        "quiet_at": None if urgency is Urgency.EMERGENCY else end(at, contact.zone, policy),
        "made_at": now,
        "useful_until": end_of_use(urgency, due.planned_at, find_step(due.step))
        if due
        else end_of_use(urgency, now),
        "resent": FELL_BACK if due and find_step(due.step).by_call else 0,
    }
