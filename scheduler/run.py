"""Starts and stops the metronome and the delivery loop; APScheduler keeps the beat and nothing else."""

import logging
import threading

from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.pump import Pump
from scheduler.ticks import TICKS, Tick
from service.take_over import leave_work, take_over
from service.works import Works

LOG = logging.getLogger(__name__)


class Metronome:
    """The scheduler of one process."""

    def __init__(self, works: Works, woken: threading.Event, *, concurrency: int, rate: float):
        """`woken` is set by whoever commits a text that may leave now; `rate` is texts a second, 0 = unlimited."""
        self.works = works
        self.woken = woken
        self.pump = Pump(works, woken, concurrency, rate)
        # A late beat still counts, and beats that piled up are one: the work is in the tables, not in the beat.
        self.beats = BackgroundScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Recover what an earlier process left, then beat."""
        take_over(self.works.memory, self.works.worker, self.works.wall(), first=True)
        for tick in TICKS:
            self.beats.add_job(self.beat, "interval", seconds=tick.seconds, args=[tick], id=tick.name)
        self.beats.start()
        self.pump.thread.start()

    def beat(self, tick: Tick) -> None:
        """Run one tick; what it wrote may leave at once."""
        try:
            if tick.act(self.works):
                self.woken.set()
        except Exception as problem:
            LOG.error("tick %s: %s", tick.name, type(problem).__name__)

    def stop(self) -> None:
        """Finish what is in flight and say goodbye."""
        self.beats.shutdown(wait=True)
        self.pump.stop()
        leave_work(self.works.memory, self.works.worker)
