"""The beats of the metronome: what is looked after, and every how many seconds."""

from collections.abc import Callable
from dataclasses import dataclass

from service.run_due import run_due
from service.settle_unsure import settle_unsure
from service.take_over import take_over
from service.think_again import think_again
from service.wait_for_day import wait_for_day
from service.works import Works


@dataclass(frozen=True, slots=True)
class Tick:
    """One duty of the metronome; `act` tells how many rows it touched."""

    name: str
    seconds: float
    act: Callable[[Works], int]


TICKS = (
    Tick("due", 0.5, lambda works: run_due(works.memory, works.policy, works.now())),
    Tick("night", 5, lambda works: wait_for_day(works.memory, works.policy, works.now())),
    Tick("unsure", 2, lambda works: settle_unsure(works.memory, works.carrier, works.now())),
    Tick("unthought", 5, lambda works: think_again(works.memory, works.policy, works.now())),
    Tick("alive", 5, lambda works: take_over(works.memory, works.worker, works.wall())),
)
