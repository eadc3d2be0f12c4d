"""One request of the carrier's in a call, once: what was heard is committed, then thought about and answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.calls.follow import HELLO, follow, open_inbound, open_outbound
from bot.calls.step import NOT_HEARD, Step, take_step
from bot.decide import AFTER_STOP, decide
from calling import Call, CallPolicy, Reply, Request
from messages.languages import DEFAULT
from model import (
    Contact,
    Decision,
    Heard,
    Hearing,
    Inbound,
    Level,
    Line,
    Policy,
    Standing,
    Talk,
    Urgency,
)
from service.answer_call import answer_call, settle_place
from service.carry_out import carry_out, list_columns, write_text
from service.speak import speak
from store.calls import add_call, add_reply, find_call, get_reply, mark_reached, read_state, save_call
from store.contacts import lock_contact, meet_stranger
from store.engine import Memory, Tx
from store.inbox import find_inbound, is_thought, mark_thought, remember_inbound
from store.outbox import add_texts, find_recipient, get_key

LOG = logging.getLogger(__name__)
Write = Callable[[Reply], str]


@dataclass(frozen=True, slots=True)
class Taken:
    """One request after it was heard: whose call it is, what it comes to, and where it is remembered."""

    call_id: int
    contact_id: int
    step: Step
    inbox_id: int | None


def take_call(
    memory: Memory, request: Request, policy: Policy, calls: CallPolicy, now: datetime, write: Write
) -> str:
    """What the carrier is answered, in its own words (`write`). The same request again gets the same answer.

    Never raises: a caller who meets an error of ours hears 911 and a number that helps.
    """
    try:
        taken = hear_request(memory, request, policy, now)
        return taken if isinstance(taken, str) else think(memory, request, taken, policy, calls, now, write)
    except Exception as problem:
        LOG.error("call turn %s: failed: %s", request.turn, type(problem).__name__)
        anybody = Contact(0, "", DEFAULT, policy.default_zone, Standing.STRANGER, level=Level.DISCREET)
        return write(Reply((speak(Line("call.trouble"), anybody, policy, calls),), request.turn + 1))


def hear_request(memory: Memory, request: Request, policy: Policy, now: datetime) -> Taken | str:
    """Remember what was pressed or said, and commit; a request that was answered before gives that answer."""
    with memory.transaction() as tx:
        row = find_call(tx, request.sid) or open_call(tx, request, policy, now)
        reply = get_reply(tx, row.id, request.turn)
        if reply is not None:
            return reply
        contact, talk, _ = lock_contact(tx, row.contact_id)
        call = read_state(row.state)
        step = take_step(call, request, talk) if request.turn else Step(call, begin_with(row))
        inbox_id = remember(tx, contact.id, request, step, now) if step.hearing else None
    return Taken(row.id, contact.id, step, inbox_id)


def begin_with(row: Any) -> tuple[Line, ...]:
    """A call that comes in opens with 911; the words of a call of ours say it themselves."""
    return () if row.outbox_id else HELLO


def open_call(tx: Tx, request: Request, policy: Policy, now: datetime) -> Any:
    """The row of a call that was not heard of before."""
    known = find_recipient(tx, request.outbox_id) if request.outbox_id else None
    contact_id = known or meet_stranger(tx, request.phone, DEFAULT, policy.default_zone)
    contact, talk, _ = lock_contact(tx, contact_id)
    if known and request.outbox_id:
        call = open_outbound(contact, get_key(tx, request.outbox_id), machine=request.machine)
    else:
        call = open_inbound(contact, talk)
    add_call(tx, request.sid, contact_id, request.outbox_id if known else None, call, now)
    return find_call(tx, request.sid)


def remember(tx: Tx, contact_id: int, request: Request, step: Step, now: datetime) -> int | None:
    """Keep what was heard beside what people write, by call and turn."""
    inbound = Inbound(f"{request.sid}.{request.turn}", request.phone, step.body)
    kept = remember_inbound(tx, contact_id, inbound, now, meant=step.hearing)
    return kept or find_inbound(tx, inbound.sid)  # a process died before it could answer


def think(
    memory: Memory,
    request: Request,
    taken: Taken,
    policy: Policy,
    calls: CallPolicy,
    now: datetime,
    write: Write,
) -> str:
    """Answer what was heard, by the engine that answers texts, and keep the answer."""
    with memory.transaction() as tx:
        contact, talk, _ = lock_contact(tx, taken.contact_id)
        known = get_reply(tx, taken.call_id, request.turn)
        if known is not None:  # the same request, a moment earlier, held this person while we waited for them
            return known
        call, first = decide_call(tx, taken, contact, talk, policy, now)
        contact, _, _ = lock_contact(tx, contact.id)
        call = settle_place(tx, call, contact, policy, calls, now)
        reply = write(answer_call(tx, call, first, contact, policy, calls, request.turn))
        add_reply(tx, taken.call_id, request.turn, reply, now)
        save_call(tx, taken.call_id, call)
    return reply


def decide_call(
    tx: Tx, taken: Taken, contact: Contact, talk: Talk, policy: Policy, now: datetime
) -> tuple[Call, tuple[Line, ...]]:
    """The call after this request, and what is said before all else."""
    step = taken.step
    if step.reached:
        mark_reached(tx, taken.call_id, now)
    if step.texts:
        return step.call, send_texts(tx, step, contact, policy, now)
    if step.hearing is None or taken.inbox_id is None or is_thought(tx, taken.inbox_id):
        return step.call, step.lines
    decision = hear_as_text(step.hearing, contact, talk, now)
    carry_out(tx, contact, talk, replace(decision, lines=()), policy, now)
    mark_thought(tx, taken.inbox_id, step.hearing, now)
    return follow(step.call, decision, step.hearing.intent), step.lines


def hear_as_text(hearing: Hearing, contact: Contact, talk: Talk, now: datetime) -> Decision:
    """What a text that means the same would lead to; who calls in is answered, even after a STOP."""
    asks = contact.standing is Standing.STOPPED and hearing.intent not in AFTER_STOP
    speaker = replace(contact, standing=Standing.STRANGER) if asks else contact
    if speaker.standing is Standing.STRANGER:
        talk = replace(talk, unclear=0)
    return decide(speaker, talk, Heard(hearing), now)


def send_texts(tx: Tx, step: Step, contact: Contact, policy: Policy, now: datetime) -> tuple[Line, ...]:
    """The texts that the caller asked for; none to a number that said STOP."""
    if contact.standing is Standing.STOPPED:
        return (NOT_HEARD,)
    reader = replace(contact, language=step.call.language)
    row = list_columns(reader, Urgency.REPLY, policy, now)
    texts = [write_text(tx, reader, Line(key), row, policy, now) for key in step.texts]
    add_texts(tx, texts)
    return step.lines
