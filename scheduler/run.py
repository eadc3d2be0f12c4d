"""Starts and stops the metronome and the delivery loop; APScheduler keeps the beat and nothing else."""

import logging
import threading

from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.pump import Pump
from scheduler.ticks import TICKS, Tick
from service.take_over import leave_work, take_over
from service.works import Works

LOG = logging.getLogger(__name__)
LISTEN_AGAIN_SECONDS = 1.0


class Metronome:
    """The scheduler of one process."""

    def __init__(self, works: Works, *, concurrency: int, rate: float):
        """`concurrency` texts on their way at once; `rate` is texts a second, 0 = unlimited."""
        self.works = works
        self.pump = Pump(works, concurrency, rate)
        self.ears = threading.Thread(target=self.listen, name="bell")
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
        self.pump.start()
        self.ears.start()

    def beat(self, tick: Tick) -> None:
        """Run one tick; what it wrote rings by itself."""
        try:
            tick.act(self.works)
        except Exception as problem:
            LOG.error("tick %s: %s", tick.name, type(problem).__name__)

    def listen(self) -> None:
        """Hear other processes' commits for as long as this one works."""
        while not self.pump.stopping.is_set():
            try:
                self.works.listen()
            except Exception as problem:
                LOG.error("listening: %s", type(problem).__name__)
                self.pump.stopping.wait(LISTEN_AGAIN_SECONDS)

    def stop(self) -> None:
        """Finish what is in flight, within ten seconds, and say goodbye."""
        self.pump.stop()
        self.beats.shutdown(wait=True)
        self.pump.thread.join()
        self.ears.join()
        leave_work(self.works.memory, self.works.worker)
        self.works.carrier.close()
