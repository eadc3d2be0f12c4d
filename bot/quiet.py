"""Quiet hours: when a person may be texted, by the clock on their own wall, daylight saving included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from model import Policy

LIVE_FOR = timedelta(
    hours=1
)  # how long an answer, or a crew's own enrolment, is still part of the moment it answers


def is_quiet(at: datetime, zone: str, policy: Policy) -> bool:
    """Whether `at` (UTC) lies in the quiet hours of a person in `zone`."""
    local = at.astimezone(ZoneInfo(zone)).time()
    return not policy.quiet_end <= local < policy.quiet_start


def next_allowed(at: datetime, zone: str, policy: Policy) -> datetime:
    """`at` itself in daytime, else the next local end of the quiet hours, in UTC."""
    if not is_quiet(at, zone, policy):
        return at
    local = at.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() < policy.quiet_end else local.date() + timedelta(days=1)
    return local_moment(day, policy.quiet_end, zone)


def next_quiet(at: datetime, zone: str, policy: Policy) -> datetime:
    """When the quiet hours after the daytime moment `at` begin, in UTC."""
    return local_moment(local_day(at, zone), policy.quiet_start, zone)


def local_day(at: datetime, zone: str) -> date:
    """The date on the person's calendar."""
    return at.astimezone(ZoneInfo(zone)).date()


def local_moment(day: date, hour: time, zone: str) -> datetime:
    """That wall-clock hour of that day in UTC; an hour that a clock change skips becomes the next one that exists."""
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def end_of_moment(at: datetime, zone: str, policy: Policy) -> datetime:
    """Until when a text that answers the moment `at` may leave even at night, else when the next night begins; UTC."""
    late = at + LIVE_FOR
    return late if is_quiet(late, zone, policy) else next_quiet(late, zone, policy)
