"""From a programme and a moment to one person's calendar: local hours, quiet hours, at most one a day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.quiet import is_quiet, local_day, local_moment, next_allowed
from messages.programmes import Programme, Step
from model import Planned, Policy


def plan_programme(
    programme: Programme,
    at: datetime,
    zone: str,
    policy: Policy,
    *,
    live: bool,
    kit_expires_on: date | None = None,
) -> tuple[Planned, ...]:
    """The steps for a person enrolled at `at` (UTC).

    A live enrolment, the crew still there, starts at once at any hour; one entered later waits for daytime.
    """
    start = at if live else next_allowed(at, zone, policy)
    moved = None if start == at else "quiet_hours"
    now_steps = [step for step in programme.steps if step.hour is None]
    first = [Planned(step.name, start, at_once=live, moved_because=moved) for step in now_steps]
    wanted = sorted(list_wanted(programme, local_day(at, zone), kit_expires_on), key=lambda pair: pair[0])
    return (*first, *place_each(wanted, local_day(start, zone), zone, policy))


def list_wanted(programme: Programme, day: date, kit_expires_on: date | None) -> Iterator[tuple[date, Step]]:
    """The later steps with the days on which they should be said."""
    for step in programme.steps:
        if step.hour is not None:
            yield day + timedelta(days=step.day), step
    soonest = day + timedelta(days=2)
    if kit_expires_on and kit_expires_on > soonest:
        yield max(kit_expires_on - timedelta(days=programme.expiry_days), soonest), programme.expiry


def place_each(wanted: list[tuple[date, Step]], taken: date, zone: str, policy: Policy) -> Iterator[Planned]:
    """Each step at its hour; a day that already has its text hands the next one on to the day after."""
    for day, step in wanted:
        free = max(day, taken + timedelta(days=1))
        yield place(step, free, zone, policy, "one_a_day" if free > day else None)
        taken = free


def place(step: Step, day: date, zone: str, policy: Policy, because: str | None) -> Planned:
    """One step on one local day, moved into the daytime where its hour is quiet."""
    at = local_moment(day, step.hour or time(12, 0), zone)
    if is_quiet(at, zone, policy):
        at, because = local_moment(day, policy.quiet_end, zone), "quiet_hours"
    return Planned(step.name, at, moved_because=because)


def find_end(programme: Programme, planned: tuple[Planned, ...]) -> datetime:
    """When the last step of the programme itself is said, in UTC; an expiry reminder may come later."""
    return next(step.at for step in planned if step.step == programme.steps[-1].name)
