"""From a programme to a calendar: quiet hours, one a day, daylight saving, whatever the moment and the zone."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan import plan_programme
from bot.quiet import is_quiet, next_allowed, next_quiet
from messages.programmes import FOLLOW_UP, Programme, Step
from model import Policy
from tests.world import POLICY

HOME = "America/Los_Angeles"
ZONES = st.sampled_from(
    [
        HOME,
        "America/New_York",
        "America/Denver",
        "America/Phoenix",
        "America/Adak",
        "America/Puerto_Rico",
        "Pacific/Honolulu",
        "Pacific/Guam",
        "Pacific/Pago_Pago",
    ]
)
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: FIRST_DAY + timedelta(minutes=minutes))
POLICIES = st.sampled_from([POLICY, Policy("Afterkit", "888-724-7240", time(20), time(9, 30), HOME)])


@given(
    at=MOMENTS,
    zone=ZONES,
    policy=POLICIES,
    live=st.booleans(),
    expires_in=st.integers(1, 900),
)
def test_nothing_planned_leaves_at_night_except_at_once(
    at: datetime, zone: str, policy: Policy, live: bool, expires_in: int
) -> None:
    kit = at.date() + timedelta(days=expires_in)
    planned = plan_programme(FOLLOW_UP, at, zone, policy, live=live, kit_expires_on=kit)
    assert not [step for step in planned if is_quiet(step.at, zone, policy) and not step.at_once]
    assert all(step.at == at for step in planned if step.at_once)


@given(at=MOMENTS, zone=ZONES, live=st.booleans(), expires_in=st.integers(1, 100))
def test_after_the_first_texts_no_day_has_two(at: datetime, zone: str, live: bool, expires_in: int) -> None:
    kit = at.date() + timedelta(days=expires_in)
    planned = plan_programme(FOLLOW_UP, at, zone, POLICY, live=live, kit_expires_on=kit)
    days = Counter(step.at.astimezone(ZoneInfo(zone)).date() for step in planned[1:])
    assert max(days.values()) == 1


@given(at=MOMENTS, zone=ZONES)
def test_the_next_allowed_moment_is_allowed_and_not_earlier(at: datetime, zone: str) -> None:
    moment = next_allowed(at, zone, POLICY)
    assert moment >= at
    assert not is_quiet(moment, zone, POLICY)
    assert moment < next_quiet(moment, zone, POLICY) <= moment + timedelta(hours=14)


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_the_hour_on_the_wall_stays_the_hour_when_clocks_change(day: date) -> None:
    enrolled = datetime.combine(day - timedelta(days=1), time(15, 0), ZoneInfo(HOME)).astimezone(UTC)
    planned = plan_programme(FOLLOW_UP, enrolled, HOME, POLICY, live=True)
    day_1 = next(step for step in planned if step.step == "day_1")
    assert day_1.at.astimezone(ZoneInfo(HOME)).isoformat()[:16] == f"{day}T10:00"


def test_a_step_whose_hour_is_quiet_is_moved_and_says_why() -> None:
    late = Programme("late", (Step("one", "howto.first", 1, time(22, 0)),), FOLLOW_UP.expiry, 14, 1)
    planned = plan_programme(late, datetime(2026, 6, 1, 18, tzinfo=UTC), HOME, POLICY, live=True)
    assert planned[0].moved_because == "quiet_hours"
    assert planned[0].at.astimezone(ZoneInfo(HOME)).time() == time(8)


def test_days_are_counted_on_the_persons_calendar() -> None:
    """22:00 in San Diego is the next day in UTC."""
    enrolled = datetime(2026, 6, 2, 5, 0, tzinfo=UTC)
    planned = plan_programme(FOLLOW_UP, enrolled, HOME, POLICY, live=True)
    assert planned[2].at.astimezone(ZoneInfo(HOME)).date() == date(2026, 6, 2)


def test_a_kit_that_expires_soon_is_reminded_of_at_once_and_one_far_away_in_time() -> None:
    enrolled = datetime(2026, 6, 1, 18, tzinfo=UTC)

    def find(expires_on: date) -> date:
        planned = plan_programme(FOLLOW_UP, enrolled, HOME, POLICY, live=True, kit_expires_on=expires_on)
        return next(
            step.at.astimezone(ZoneInfo(HOME)).date() for step in planned if step.step == "kit_expiry"
        )

    assert find(date(2026, 6, 5)) == date(2026, 6, 3)
    assert find(date(2028, 5, 31)) == date(2028, 5, 17)
