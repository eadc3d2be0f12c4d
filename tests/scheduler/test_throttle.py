"""How many texts may be on their way: fewer when the carrier says so, one at a time while it takes none."""

from model import Advice, Outcome, Sent
from scheduler.throttle import STORM, Throttle

TAKEN = Sent(Outcome.ACCEPTED, sid="SM1", status="queued")
TOO_MANY = Sent(Outcome.LATER, code=20429, advice=Advice.RETRY)
NO_ANSWER = Sent(Outcome.UNSURE)
UNREACHED = Sent(Outcome.LATER)
NO_ACCOUNT = Sent(Outcome.LATER, code=20003, advice=Advice.HALT)


def heed(throttle: Throttle, *answers: Sent) -> None:
    """Answers at the moment 100."""
    for answer in answers:
        throttle.heed(answer, 100.0)


def test_each_too_many_takes_one_place() -> None:
    throttle = Throttle(10)
    heed(throttle, TOO_MANY, TOO_MANY, TOO_MANY)
    assert throttle.places(100) == 7


def test_one_in_twenty_refused_costs_no_throughput() -> None:
    throttle = Throttle(100)
    heed(throttle, *([TOO_MANY] + [TAKEN] * 19) * 50)
    assert throttle.places(100) >= 98


def test_one_place_is_left_however_often_the_carrier_refuses() -> None:
    throttle = Throttle(10)
    heed(throttle, *[TOO_MANY] * 500)
    assert throttle.places(100) == 1


def test_a_carrier_that_is_down_is_tried_with_one_text_now_and_then() -> None:
    throttle = Throttle(10)
    heed(throttle, *[UNREACHED] * (STORM + 3))
    assert (throttle.places(100), throttle.places(100 + 5)) == (0, 1)


def test_a_refused_account_counts_as_down() -> None:
    throttle = Throttle(10)
    heed(throttle, *[NO_ACCOUNT] * STORM)
    assert throttle.is_down


def test_a_few_failures_among_many_are_no_storm() -> None:
    throttle = Throttle(10)
    heed(throttle, *([NO_ANSWER] * (STORM - 1) + [TAKEN]) * 3)
    assert (throttle.is_down, throttle.places(100)) == (False, 10)


def test_a_carrier_that_is_back_gets_everything_again_soon() -> None:
    throttle = Throttle(10)
    heed(throttle, *[NO_ANSWER] * STORM, *[TAKEN] * 10)
    assert throttle.places(100) == 10
