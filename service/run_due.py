"""What has come due is said: one row, one decision, one transaction, until none is left."""

import logging
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.decide import decide
from bot.quiet import LIVE_FOR, is_quiet, local_day, local_moment, next_allowed
from messages.programmes import find_step
from model import Came, Contact, Policy, Standing
from service.carry_out import carry_out
from store.contacts import lock_contact, mark_texted, save_contact
from store.due import Waiting, claim_due, drop_due, mark_done, move_due
from store.engine import Memory, Tx
from store.enrolments import count_enrolments, end_enrolments

LOG = logging.getLogger(__name__)
USEFUL_FOR = timedelta(hours=36)  # a check-in that is later than this would meet the next one
AFTER_FAILURE = timedelta(minutes=10)


def run_due(memory: Memory, policy: Policy, now: datetime, limit: int = 1000) -> int:
    """Say up to `limit` steps whose time has come; how many rows were taken. Safe to run anywhere, any time."""
    for done in range(limit):
        if not run_one(memory, policy, now):
            return done
    return limit


def run_one(memory: Memory, policy: Policy, now: datetime) -> bool:
    """Take one due row; one that fails is pushed ahead, so that it never blocks the others."""
    due = None
    try:
        with memory.transaction() as tx:
            due = claim_due(tx, now)
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
    if is_too_late(due, now):
        drop_due(tx, due.id, "too_late")
        return end_if_over(tx, contact, now)
    moved = find_better_moment(due, contact, row.hush_until, row.texted_on, policy, now)
    if moved:
        return move_due(tx, due.id, *moved)
    came = Came(due.step, again=count_enrolments(tx, contact.id) > 1)
    carry_out(tx, contact, talk, decide(contact, talk, came, now), policy, now, due)
    mark_done(tx, due.id)
    mark_texted(tx, contact.id, local_day(now, contact.zone))
    return end_if_over(tx, contact, now)


def is_too_late(due: Waiting, now: datetime) -> bool:
    """Whether the step has lost its use; the first texts never do, the others rest on them."""
    return find_step(due.step).hour is not None and now - due.planned_at > USEFUL_FOR


def find_better_moment(
    due: Waiting,
    contact: Contact,
    hush_until: datetime | None,
    texted_on: date | None,
    policy: Policy,
    now: datetime,
) -> tuple[datetime, str] | None:
    """When the step should be said instead of now, in UTC, and why; None when now is right."""
    if due.at_once and now - due.at < LIVE_FOR:
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
