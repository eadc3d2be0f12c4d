"""Senders die in the middle of their work, and the carrier answers badly: every text still arrives once, in order."""

import pytest

from tests.acceptance.killing import kill_in_the_middle
from tests.acceptance.running import Crowd

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
