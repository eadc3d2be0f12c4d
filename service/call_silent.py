"""Three check-ins asked by text and nothing heard: one call is put on the calendar, and judged again when it is due."""

from datetime import datetime

from bot.silence import is_call_owed, is_silent, may_call, plan_call
from messages.programmes import CALLS_FOR_SILENCE, CHECKINS, find_step
from model import Contact, Policy
from store.calls import get_last_contact
from store.due import add_dues, get_due, list_planned
from store.engine import Tx
from store.inbox import get_last_heard
from store.outbox import list_asked


def call_silent(tx: Tx, contact: Contact, due_id: int, policy: Policy, now: datetime) -> None:
    """A check-in was asked by text: if it is the third in a row with no answer, plan the call about it."""
    if not may_call(contact):
        return
    due = get_due(tx, due_id)
    if due.step not in CHECKINS:
        return
    asked = list_asked(tx, due.enrolment_id, CHECKINS)
    called = list_planned(tx, due.enrolment_id, CALLS_FOR_SILENCE)
    if is_call_owed(contact, asked, called, find_last_heard(tx, contact.id), now):
        planned = plan_call(find_step(due.step), now, contact.zone, policy)
        add_dues(tx, contact.id, due.enrolment_id, (planned,))


def is_still_silent(tx: Tx, contact: Contact, due_id: int) -> bool:
    """Whether the call that has come due is wanted: nothing was heard since, and the texts did arrive."""
    asked = list_asked(tx, get_due(tx, due_id).enrolment_id, CHECKINS)
    return is_silent(contact, asked, find_last_heard(tx, contact.id))


def find_last_heard(tx: Tx, contact_id: int) -> datetime | None:
    """When this person last wrote, called, or took the time for a call of ours."""
    moments = (get_last_heard(tx, contact_id), get_last_contact(tx, contact_id))
    return max((at for at in moments if at), default=None)
