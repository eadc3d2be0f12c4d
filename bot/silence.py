"""Who lets check-ins go unanswered: after three texts in a row one call, to who agreed to calls as well."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.plan import place
from bot.quiet import local_day
from messages.programmes import Step, by_call
from model import Channel, Contact, Planned, Policy, Standing

UNANSWERED_BEFORE_CALL = 3
BECAUSE = "unanswered"


def is_silent(contact: Contact, asked: Iterable[datetime], heard_at: datetime | None) -> bool:
    """Whether so many check-ins were asked by text since anything was heard that a call is called for."""
    return may_call(contact) and count_since(heard_at, asked) >= UNANSWERED_BEFORE_CALL


def is_call_owed(
    contact: Contact,
    asked: Iterable[datetime],
    called: Iterable[datetime],
    heard_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a call must be planned: one for each three in a row, and none behind the last check-in, which says so."""
    is_over = contact.ends_at is not None and now >= contact.ends_at
    wanted = count_since(heard_at, asked) // UNANSWERED_BEFORE_CALL
    return may_call(contact) and not is_over and wanted > count_since(heard_at, called)


def may_call(contact: Contact) -> bool:
    """Whether this person takes texts and agreed to calls as well."""
    return contact.channel is Channel.BOTH and contact.standing is Standing.ACTIVE


def count_since(heard_at: datetime | None, moments: Iterable[datetime]) -> int:
    """How many of the moments came after the last thing that was heard."""
    return sum(heard_at is None or at > heard_at for at in moments)


def plan_call(step: Step, now: datetime, zone: str, policy: Policy) -> Planned:
    """The call about a check-in that was asked by text just now: the day after, so that there is time to answer."""
    return place(by_call(step), local_day(now, zone) + timedelta(days=1), zone, policy, BECAUSE)
