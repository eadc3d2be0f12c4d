"""By text or by call: which of them a step of the programme takes, and the other one when it does not arrive."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.quiet import next_allowed, next_quiet
from messages.programmes import find_step
from messages.voices import can_speak
from model import Advice, Channel, Contact, Line, Policy, Standing, Urgency
from service.call_silent import call_silent
from service.choose_languages import INTERPRETER, choose_languages
from service.heed import heed
from service.words import write_words
from store.due import Waiting
from store.engine import Tx
from store.enrolments import get_newest_enrolment
from store.inbox import came_back_since
from store.outbox import add_text, has_call
from store.record import raise_task

OTHERWISE = (Advice.VOICE, Advice.REVIEW)  # landlines, phones out of reach; texts filtered on their way
SAID_WITH_THE_FIRST = ("howto.first",)  # the call that brings the welcome says it: bot/calls/follow
FELL_BACK = 100  # in `resent`: the other channel was tried already, there is no third


def choose_channel(contact: Contact, due: Waiting | None, policy: Policy) -> Channel:
    """Calls for who reads no texts; for who takes both, the first texts as texts and every check-in as a call."""
    if due is None or contact.channel is Channel.SMS:
        return Channel.SMS
    step = find_step(due.step)
    if contact.channel is Channel.VOICE or step.by_call:
        return Channel.VOICE
    speakable = can_speak(contact.language, any_voice=policy.any_voice)
    return Channel.VOICE if speakable and step.hour else Channel.SMS


def fall_back(tx: Tx, row: Any, contact: Contact, policy: Policy, now: datetime) -> bool:
    """Say a step by the other channel, if the person takes both and it was not tried; tells whether it will be said.

    `row` is that of the outbox which did not arrive. No call leaves at night, and nothing that is of no more use.
    """
    tried = row.due_id is None or row.resent >= FELL_BACK or row.recalled
    if tried or contact.channel is not Channel.BOTH or contact.standing is Standing.STOPPED:
        return False
    if row.channel == Channel.SMS and is_said_by_other_call(tx, row):
        return True
    at = next_allowed(now, contact.zone, policy)
    if row.useful_until and at >= row.useful_until:
        return False
    values = {
        "contact_id": contact.id,
        "due_id": row.due_id,
        "key": row.key,
        "urgency": Urgency(row.urgency),
        "ready_at": at,
        "quiet_at": next_quiet(at, contact.zone, policy),
        "made_at": now,
        "useful_until": row.useful_until,
        "resent": FELL_BACK,
    }
    if row.channel == Channel.SMS:
        add_call(tx, contact, values)
    else:
        say_by_text(tx, contact, values, policy, now)
        call_silent(tx, contact, row.due_id, policy, now)
    return True


def is_said_by_other_call(tx: Tx, row: Any) -> bool:
    """Whether a text needs no call of its own: the first call says it, or another text of its step asks for one."""
    return row.key in (*SAID_WITH_THE_FIRST, INTERPRETER.key) or has_call(tx, row.due_id)


def give_up(
    tx: Tx, row: Any, contact: Contact, advice: Advice, code: int | None, policy: Policy, now: datetime
) -> None:
    """A text or a call will not arrive: it is said by the other channel, or its error is acted on."""
    if advice is Advice.STOP and came_back_since(tx, contact.id, row.id):
        return  # the carrier speaks of a STOP, or of a number, from before their START
    is_call = row.channel == Channel.VOICE
    may = advice in OTHERWISE or (is_call and advice is Advice.ALERT)
    fell_back = may and fall_back(tx, row, contact, policy, now)
    if is_call and advice is Advice.VOICE:
        unreached = not (fell_back or row.recalled or contact.standing is Standing.STOPPED)
        if unreached:
            raise_task(tx, contact.id, "unreachable_by_call", now)
    elif not fell_back or advice is not Advice.VOICE:
        heed(tx, contact.id, advice, code, now)


def add_call(tx: Tx, contact: Contact, values: dict[str, Any]) -> None:
    """Put one call into the outbox; its words are chosen when somebody answers."""
    add_text(tx, {**values, "channel": Channel.VOICE, "language": contact.language}, "")


def say_by_text(tx: Tx, contact: Contact, values: dict[str, Any], policy: Policy, now: datetime) -> None:
    """Put the step's text into the outbox, in as many languages as its review asks for."""
    enrolment = get_newest_enrolment(tx, contact.id)
    kit_expires_on = enrolment.kit_expires_on if enrolment else None
    for line, code in choose_languages((Line(values["key"]),), contact, policy):
        reader = replace(contact, language=code)
        words = write_words(tx, reader, line, policy, Urgency(values["urgency"]), now, kit_expires_on)
        add_text(tx, {**values, "key": line.key, "channel": Channel.SMS, "language": code}, words)
