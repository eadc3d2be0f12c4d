"""Processes that are asked to stop finish what is on its way, and the web server says when nobody sends any more."""

import time
from functools import partial

import pytest
from sqlalchemy import func, select

from store.tables import outbox
from tests.acceptance.killing import count_unfinished, has_one_up, list_busy, take_tally, write_texts
from tests.acceptance.running import Crowd, answers, wait_until

PATIENCE = 10  # seconds that a stop may take
GRACE_SECONDS = 18  # then the carrier is being asked about what it took
DEAD_AFTER = 45  # seconds after which a scheduler's death must show

ALONE = pytest.mark.parametrize(
    ("crowd", "sender"), [("sqlite", "serve-1"), ("postgresql", "scheduler-1")], indirect=["crowd"]
)


def write_and_wait(crowd: Crowd, sender: str, count: int) -> list[list[int]]:
    """Write so many texts, and wait until the sender has begun with some; their ids, person by person."""
    written = write_texts(crowd, count, first=0)
    wait_until(lambda: list_busy(crowd, [sender], 0), 40, "the sender is busy")
    return written


def stop(crowd: Crowd, name: str) -> tuple[int, float]:
    """The exit status of a process that was asked to stop, and how many seconds it took."""
    began = time.monotonic()
    crowd.terminate(name)
    return crowd.wait(name, 6 * PATIENCE), time.monotonic() - began


def list_states(crowd: Crowd) -> dict[str, int]:
    """How many texts are in each state."""
    with crowd.memory.reading() as tx:
        rows = tx.conn.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state)).all()
    return {row[0]: row[1] for row in rows}


@ALONE
def test_what_is_on_its_way_when_it_stops_is_recorded_and_the_rest_leaves_later(
    crowd: Crowd, sender: str
) -> None:
    crowd.open(sender)
    crowd.set_carrier(latency_ms=2000, callbacks=False)
    written = write_and_wait(crowd, sender, 100)
    status, seconds = stop(crowd, sender)
    states, taken = list_states(crowd), len(crowd.list_sends())
    assert (status, seconds < PATIENCE) == (0, True)
    assert states == {"sent": taken, "ready": 100 - taken}
    assert 0 < taken < 100
    crowd.set_carrier(latency_ms=0)
    crowd.start(sender)
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 60, "the rest has left")
    tally = take_tally(crowd, written)
    assert tally.is_clean(), tally


@ALONE
def test_a_carrier_that_never_answers_does_not_hold_up_a_stop(crowd: Crowd, sender: str) -> None:
    crowd.open(sender)
    crowd.set_carrier(fail_rate=1.0, fail_kinds=["timeout-after-accept"], timeout_ms=30_000, callbacks=False)
    written = write_and_wait(crowd, sender, 30)
    status, seconds = stop(crowd, sender)
    assert (status, seconds < PATIENCE + 2) == (0, True)
    crowd.set_carrier(fail_rate=0.0)
    crowd.start(sender)
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 120, "the rest has left")
    tally = take_tally(crowd, written)
    assert tally.is_clean(), tally


@ALONE
def test_questions_that_are_never_answered_do_not_hold_up_a_stop(crowd: Crowd, sender: str) -> None:
    crowd.open(sender)
    crowd.set_carrier(fail_rate=1.0, fail_kinds=["500-after-accept"], callbacks=False)
    written = write_and_wait(crowd, sender, 60)
    wait_until(
        lambda: "ready" not in list_states(crowd) or len(crowd.list_sends()) >= 24, 30, "all are in doubt"
    )
    crowd.set_carrier(fail_rate=0.0, latency_ms=30_000)
    time.sleep(GRACE_SECONDS)
    status, seconds = stop(crowd, sender)
    assert (status, seconds < PATIENCE + 2) == (0, True)
    crowd.set_carrier(latency_ms=0)
    crowd.start(sender)
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 120, "the rest has left")
    tally = take_tally(crowd, written)
    assert tally.is_clean(), tally


@pytest.mark.parametrize("crowd", ["postgresql"], indirect=True)
def test_readiness_ends_with_the_scheduler_and_comes_back_with_it(crowd: Crowd) -> None:
    ready = f"{crowd.product}/readyz"
    crowd.open("web-1", "scheduler-1")
    wait_until(lambda: answers(ready), 40, "ready")
    assert stop(crowd, "scheduler-1")[0] == 0
    wait_until(lambda: answers(ready, 503), 5, "not ready without a scheduler")
    crowd.start("scheduler-1")
    wait_until(lambda: answers(ready), 40, "ready again")
    crowd.kill("scheduler-1")
    wait_until(lambda: answers(ready, 503), DEAD_AFTER, "not ready after the scheduler died")
    crowd.start("scheduler-1")
    wait_until(lambda: answers(ready), 40, "ready once more")


@pytest.mark.parametrize("crowd", ["postgresql"], indirect=True)
def test_one_scheduler_takes_over_from_another_that_died(crowd: Crowd) -> None:
    crowd.open("scheduler-1", "scheduler-2")
    crowd.set_carrier(latency_ms=2000, callbacks=False)
    for sender in ("scheduler-1", "scheduler-2"):
        wait_until(partial(has_one_up, crowd, [sender]), 40, "each is up")
    written = write_and_wait(crowd, "scheduler-1", 300)
    crowd.kill("scheduler-1")
    crowd.set_carrier(latency_ms=0)
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 120, "the survivor has settled everything")
    tally = take_tally(crowd, written)
    assert tally.is_clean(), tally
