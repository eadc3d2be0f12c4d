"""Senders die in the middle of their work, and the carrier answers badly: every text still arrives once, in order."""

from dataclasses import replace
from functools import partial

import pytest

from tests.acceptance.killing import (
    count_unfinished,
    has_one_up,
    kill_in_the_middle,
    list_busy,
    take_tally,
    write_texts,
)
from tests.acceptance.running import Crowd, wait_until

THREE = ("scheduler-1", "scheduler-2", "scheduler-3")
TEXTS = 600


def test_one_process_on_sqlite_killed_again_and_again(crowd: Crowd) -> None:
    crowd.open("serve-1")
    tally = kill_in_the_middle(crowd, ["serve-1"], texts=TEXTS, kills=4)
    assert tally.is_clean(), tally


@pytest.mark.parametrize("crowd", ["postgresql"], indirect=True)
def test_three_schedulers_on_postgresql_killed_again_and_again(crowd: Crowd) -> None:
    crowd.open("web-1", *THREE)
    tally = kill_in_the_middle(crowd, THREE, texts=TEXTS, kills=9)
    assert tally.is_clean(), tally


@pytest.mark.parametrize("crowd", ["postgresql"], indirect=True)
def test_without_any_receipt_the_carriers_list_is_witness_enough(crowd: Crowd) -> None:
    crowd.open(*THREE)
    crowd.set_carrier(callbacks=False)
    tally = kill_in_the_middle(crowd, THREE, texts=TEXTS, kills=9)
    assert tally.is_clean(), tally


@pytest.mark.parametrize("crowd", ["postgresql"], indirect=True)
def test_a_scheduler_that_stood_still_sends_nothing_that_another_has_sent(crowd: Crowd) -> None:
    """A paused machine wakes up with texts in hand that were given to somebody else meanwhile.

    Each is looked at in the step that writes it to the line. A machine that stops inside that one step, some
    microseconds long, writes that one text when it wakes: no sender can rule it out, so one a freeze is allowed.
    """
    paused = THREE[:2]
    crowd.open(*THREE)
    crowd.set_carrier(callbacks=False)
    for sender in THREE:
        wait_until(partial(has_one_up, crowd, [sender]), 60, "each sender is up")
    written = write_texts(crowd, TEXTS, first=0)
    for sender in paused:
        wait_until(partial(list_busy, crowd, [sender], 0), 20, "it has taken some", every=0)
        crowd.freeze(sender)
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 120, "the third has sent everything")
    for sender in paused:
        crowd.thaw(sender)
        wait_until(partial(has_one_up, crowd, [sender]), 20, "it goes on")
    tally = take_tally(crowd, written)
    assert replace(tally, twice=0).is_clean() and tally.twice <= len(paused), tally
