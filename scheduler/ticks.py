"""The beats of the metronome: what is looked after, and every how many seconds."""

from collections.abc import Callable
from dataclasses import dataclass

from service.drop_useless import drop_useless
from service.hear_missed import hear_missed
from service.run_due import run_due
from service.settle_missing import settle_missing
from service.settle_unsure import settle_unsure
from service.take_over import take_over
from service.think_again import think_again
from service.wait_for_day import wait_for_day
from service.works import Works


@dataclass(frozen=True, slots=True)
class Tick:
    """One duty of the metronome; `act` tells how many rows it touched. Safe in any process, any number of times."""

    name: str
    seconds: float
    act: Callable[[Works], int]


def ask_about_unsure(works: Works) -> int:
    """Ask the carrier whether it took what nobody is sure of."""
    return settle_unsure(works.memory, works.carrier, works.now(), works.wall(), works.stopping)


def ask_about_missing(works: Works) -> int:
    """Ask the carrier for receipts that are late."""
    return settle_missing(works.memory, works.carrier, works.policy, works.now(), works.stopping)


TICKS = (
    Tick("due", 0.5, lambda works: run_due(works.memory, works.policy, works.now(), stopping=works.stopping)),
    Tick("night", 5, lambda works: wait_for_day(works.memory, works.policy, works.now())),
    Tick("useless", 5, lambda works: drop_useless(works.memory, works.now())),
    Tick("unsure", 1, ask_about_unsure),
    Tick("unthought", 5, lambda works: think_again(works.memory, works.policy, works.now())),
    Tick("missing", 30, ask_about_missing),
    Tick("missed", 10, lambda works: hear_missed(works.memory, works.carrier, works.policy, works.now())),
    Tick("alive", 4, lambda works: take_over(works.memory, works.worker, works.wall())),
)
