"""Who is called for letting texts go unanswered: only who agreed to calls, and once for three in a row."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.silence import UNANSWERED_BEFORE_CALL, is_call_owed, is_silent, plan_call
from messages.programmes import CALLS_FOR_SILENCE, CHECKINS, find_step
from model import Channel, Contact, Standing
from tests.world import PHONE, POLICY

HOME = "America/Los_Angeles"
START = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def meet(channel: Channel = Channel.BOTH, standing: Standing = Standing.ACTIVE) -> Contact:
    """A person on a programme of ninety days."""
    ends_at = START + timedelta(days=90)
    return Contact(1, PHONE, "en", HOME, standing, channel=channel, ends_at=ends_at)


def on_days(*days: int) -> list[datetime]:
    """Moments so many days behind the start."""
    return [START + timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("asked", "called", "heard", "owed"),
    [
        ((1, 3), (), None, False),
        ((1, 3, 7), (), None, True),
        ((1, 3, 7), (8,), None, False),
        ((1, 3, 7, 30), (8,), None, False),
        ((1, 3, 7), (), 2, False),
        ((1, 3, 7, 30), (), 2, True),
        ((1, 3, 7, 30, 60, 61), (8,), None, True),
        ((1, 3, 7, 30, 60, 61), (8,), 9, True),
        ((1, 3, 7, 30, 60), (8,), 9, False),
    ],
)
def test_one_call_for_three_in_a_row_and_an_answer_starts_the_count_anew(
    asked: tuple[int, ...], called: tuple[int, ...], heard: int | None, owed: bool
) -> None:
    heard_at = None if heard is None else START + timedelta(days=heard)
    now = on_days(*asked)[-1]
    assert is_call_owed(meet(), on_days(*asked), on_days(*called), heard_at, now) is owed


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.VOICE])
def test_nobody_is_called_for_silence_who_did_not_agree_to_both(channel: Channel) -> None:
    asked = on_days(1, 3, 7)
    assert not is_call_owed(meet(channel), asked, [], None, asked[-1])
    assert not is_silent(meet(channel), asked, None)


@pytest.mark.parametrize("standing", [Standing.STOPPED, Standing.ENDED, Standing.STRANGER])
def test_nobody_is_called_for_silence_who_is_not_with_us(standing: Standing) -> None:
    asked = on_days(1, 3, 7)
    assert not is_call_owed(meet(standing=standing), asked, [], None, asked[-1])


def test_behind_the_last_check_in_which_says_that_it_is_the_last_nobody_is_called() -> None:
    assert not is_call_owed(meet(), on_days(30, 60, 90), [], None, START + timedelta(days=90))


@given(asked=st.sets(st.integers(1, 80), max_size=12), heard=st.none() | st.integers(0, 80))
def test_never_more_than_one_call_for_three_questions(asked: set[int], heard: int | None) -> None:
    heard_at = None if heard is None else START + timedelta(days=heard)
    said, called = list[datetime](), list[datetime]()
    for at in on_days(*sorted(asked)):
        said.append(at)
        if is_call_owed(meet(), said, called, heard_at if heard_at and heard_at <= at else None, at):
            called.append(at + timedelta(hours=20))
    assert len(called) <= len(asked) // UNANSWERED_BEFORE_CALL


@pytest.mark.parametrize("step", CHECKINS)
def test_the_call_is_the_day_after_in_the_afternoon_and_asks_what_the_text_asked(step: str) -> None:
    planned = plan_call(find_step(step), START, HOME, POLICY)
    local = planned.at.astimezone(ZoneInfo(HOME))
    assert (local.day, local.hour, planned.at_once) == (3, 15, False)
    assert planned.step in CALLS_FOR_SILENCE and find_step(planned.step).key == find_step(step).key
