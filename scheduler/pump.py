"""The delivery loop: woken at once by a commit, it keeps texts on their way to the carrier until none may leave."""

import logging
import threading
import time

from scheduler.recorder import Recorder
from scheduler.throttle import Throttle
from service.deliver import deliver
from service.record_answers import Answer
from service.works import Works

LOG = logging.getLogger(__name__)
SAFETY_NET_SECONDS = 0.5
BREATH_SECONDS = 0.01  # between two claims, so that texts are taken several at a time
LONGEST_STOP_SECONDS = 8.0  # what is still on its way then is asked about at the next start


class Pump:
    """Keeps at most `concurrency` texts in flight and never more than `rate` a second."""

    def __init__(self, works: Works, concurrency: int, rate: float):
        self.works, self.rate = works, rate
        self.woken = works.memory.woken
        self.throttle = Throttle(concurrency)
        self.recorder = Recorder(works)
        self.next_claim = 0.0
        self.handed_over = 0
        self.answered = 0  # written by the carrier's thread alone
        self.stopping = works.stopping
        self.thread = threading.Thread(target=self.run, name="pump")

    def start(self) -> None:
        """Begin to deliver."""
        self.recorder.thread.start()
        self.thread.start()

    def run(self) -> None:
        """Deliver whenever woken, and now and then without being woken; at the end wait for what is on its way."""
        while not self.stopping.is_set():
            self.woken.wait(self.find_wait())
            self.woken.clear()
            try:
                self.send_some()
            except Exception as problem:
                LOG.error("delivery: %s", type(problem).__name__)
                self.stopping.wait(SAFETY_NET_SECONDS)
            self.stopping.wait(BREATH_SECONDS)
        self.finish()

    def find_wait(self) -> float:
        """Seconds until the next look: when SEND_RATE allows more, or the safety net's."""
        rest = self.next_claim - time.monotonic()
        return rest if 0 < rest < SAFETY_NET_SECONDS else SAFETY_NET_SECONDS

    def send_some(self) -> None:
        """Take as many texts as there is room for and hand them to the carrier."""
        moment = time.monotonic()
        room = min(self.throttle.places(moment) - self.in_flight, self.burst())
        if room <= 0 or moment < self.next_claim:
            return
        works = self.works
        taken = deliver(works, works.now(), works.wall(), limit=room, answered=self.take_answer)
        self.handed_over += taken
        if self.rate:
            self.next_claim = moment + taken / self.rate
        if taken == room:
            self.woken.set()

    @property
    def in_flight(self) -> int:
        """How many texts are on their way to the carrier."""
        return self.handed_over - self.answered

    def burst(self) -> int:
        """How many may leave together: few where SEND_RATE is low, so that an emergency never waits for a burst."""
        return max(1, int(self.rate / 4)) if self.rate else self.throttle.most

    def take_answer(self, answer: Answer) -> None:
        """The carrier answered, on its own thread: the place is free, and the answer is to be written."""
        self.throttle.heed(answer[1], time.monotonic())
        self.recorder.take(answer)
        self.answered += 1
        self.woken.set()

    def finish(self) -> None:
        """Take nothing new; wait for what is on its way, but not for ever, and write what came of it."""
        give_up = time.monotonic() + LONGEST_STOP_SECONDS
        while self.in_flight and time.monotonic() < give_up:
            time.sleep(BREATH_SECONDS)
        self.recorder.stop()

    def stop(self) -> None:
        """Begin to stop; `thread` ends when what is on its way has arrived."""
        self.stopping.set()
        self.woken.set()
