"""What has come due is said, a few rows in one transaction, until none is left."""

import logging
from datetime import date, datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from bot.decide import decide
from bot.quiet import is_quiet, local_day, local_moment, next_allowed
from bot.useful import end_of_use
from messages.programmes import find_step
from model import Came, Channel, Contact, Policy, Standing, Urgency
from service.call_silent import is_still_silent
from service.carry_out import carry_out, is_of_the_moment
from service.other_channel import SAID_WITH_THE_FIRST
from store.contacts import lock_contact, mark_texted, save_contact
from store.due import Waiting, claim_dues, drop_due, mark_done, move_due
from store.engine import DatabaseDown, Memory, Tx
from store.enrolments import count_enrolments, end_enrolments

LOG = logging.getLogger(__name__)
AFTER_FAILURE = timedelta(minutes=10)
TOGETHER = 20  # in one transaction: a person who writes meanwhile waits for it


def run_due(
    memory: Memory, policy: Policy, now: datetime, limit: int = 2000, stopping: Event | None = None
) -> int:
    """Say up to `limit` steps whose time has come, until `stopping` is set; how many rows were taken.

    Safe to run anywhere, any time.
    """
    taken = 0
    while taken < limit and not (stopping and stopping.is_set()):
        some = run_some(memory, policy, now)
        if not some:
            break
        taken += some
    return taken


def run_some(memory: Memory, policy: Policy, now: datetime) -> int:
    """Say a few steps in one transaction; when one of them fails, say them one by one. How many were taken."""
    try:
        with memory.transaction() as tx:
            dues = claim_dues(tx, now, TOGETHER)
            for due in dues:
                say_or_move(tx, due, policy, now)
        return len(dues)
    except DatabaseDown:
        raise
    except Exception as problem:
        LOG.error("some dues failed together: %s", type(problem).__name__)
        return sum(run_one(memory, policy, now) for _ in range(TOGETHER))


def run_one(memory: Memory, policy: Policy, now: datetime) -> bool:
    """Take one due row; one that fails is pushed ahead, so that it never blocks the others."""
    due = None
    try:
        with memory.transaction() as tx:
            due = next(iter(claim_dues(tx, now, 1)), None)
            if due:
                say_or_move(tx, due, policy, now)
    except Exception as problem:
        if due is None:
            raise
        LOG.error("due %s (%s): failed: %s", due.id, due.step, type(problem).__name__)
        with memory.transaction() as tx:
            move_due(tx, due.id, now + AFTER_FAILURE, "failed")
    return due is not None


def say_or_move(tx: Tx, due: Waiting, policy: Policy, now: datetime) -> None:
    """Say the step now, later, or never, and write why."""
    contact, talk, row = lock_contact(tx, due.contact_id)
    if contact.standing not in (Standing.ACTIVE, Standing.ENDED):
        return drop_due(tx, due.id, "stopped")
    if now >= end_of_use(Urgency.SCHEDULED, due.planned_at, find_step(due.step)):
        drop_due(tx, due.id, "too_late")
        return end_if_over(tx, contact, now)
    if contact.channel is Channel.VOICE and find_step(due.step).key in SAID_WITH_THE_FIRST:
        return drop_due(tx, due.id, "in_first_call")
    if find_step(due.step).by_call and not is_still_silent(tx, contact, due.id):
        return drop_due(tx, due.id, "answered")
    moved = find_better_moment(due, contact, row.hush_until, row.texted_on, policy, now)
    if moved:
        return move_due(tx, due.id, *moved)
    came = Came(due.step, again=count_enrolments(tx, contact.id) > 1)
    carry_out(tx, contact, talk, decide(contact, talk, came, now), policy, now, due)
    mark_done(tx, due.id)
    mark_texted(tx, contact.id, local_day(now, contact.zone))
    return end_if_over(tx, contact, now)


def find_better_moment(
    due: Waiting,
    contact: Contact,
    hush_until: datetime | None,
    texted_on: date | None,
    policy: Policy,
    now: datetime,
) -> tuple[datetime, str] | None:
    """When the step should be said instead of now, in UTC, and why; None when now is right."""
    if is_of_the_moment(contact, due, now):
        return None
    if hush_until and now < hush_until:
        return next_allowed(hush_until, contact.zone, policy), "emergency"
    if is_quiet(now, contact.zone, policy):
        return next_allowed(now, contact.zone, policy), "quiet_hours"
    today = local_day(now, contact.zone)
    if texted_on == today and find_step(due.step).hour is not None:
        hour = due.at.astimezone(ZoneInfo(contact.zone)).time()
        return local_moment(today + timedelta(days=1), hour, contact.zone), "one_a_day"
    return None


def end_if_over(tx: Tx, contact: Contact, now: datetime) -> None:
    """After its last step the programme has ended for this person; START offers it again."""
    if contact.standing is Standing.ACTIVE and contact.ends_at and now >= contact.ends_at:
        save_contact(tx, contact.id, standing=Standing.ENDED, because="completed")
        end_enrolments(tx, contact.id, "completed", now, revoked=False)
