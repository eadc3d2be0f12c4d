"""The delivery loop: woken at once by a commit, it keeps texts on their way to the carrier until none may leave."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from service.deliver import deliver
from service.works import Works

LOG = logging.getLogger(__name__)
SAFETY_NET_SECONDS = 0.5


class Pump:
    """Keeps at most `concurrency` texts in flight and never more than `rate` a second."""

    def __init__(self, works: Works, woken: threading.Event, concurrency: int, rate: float):
        self.works = works
        self.concurrency, self.rate = concurrency, rate
        self.woken = woken
        self.stopping = threading.Event()
        self.pool = ThreadPoolExecutor(concurrency, thread_name_prefix="send")
        self.free = threading.Semaphore(concurrency)
        self.thread = threading.Thread(target=self.run, name="pump")

    def run(self) -> None:
        """Deliver whenever woken, and now and then without being woken."""
        while not self.stopping.is_set():
            self.woken.wait(SAFETY_NET_SECONDS)
            self.woken.clear()
            try:
                while not self.stopping.is_set() and self.deliver_some():
                    pass
            except Exception as problem:
                LOG.error("delivery: %s", type(problem).__name__)

    def deliver_some(self) -> int:
        """Fill the free places; how many texts were taken."""
        places, works, taken = self.take_places(), self.works, 0
        try:
            limit = min(places, self.burst())
            taken = deliver(works, works.now(), works.wall(), limit=limit, start=self.start)
        finally:
            if places > taken:
                self.free.release(places - taken)
        self.keep_rate(taken)
        return taken

    def burst(self) -> int:
        """How many may leave together: few where SEND_RATE is low, so that an emergency never waits for a burst."""
        return max(1, int(self.rate / 4)) if self.rate else self.concurrency

    def take_places(self) -> int:
        """Wait for one free place, then take all that are free."""
        self.free.acquire()
        places = 1
        while self.free.acquire(blocking=False):
            places += 1
        return places

    def start(self, act: Callable[[], None]) -> None:
        """Run one send on the pool; its place is free again when it is done."""
        self.pool.submit(self.finish, act)

    def finish(self, act: Callable[[], None]) -> None:
        """Send, free the place, and look again: the next text to the same person may leave now."""
        try:
            act()
        except Exception as problem:
            LOG.error("a send was not recorded: %s", type(problem).__name__)
        finally:
            self.free.release()
            self.woken.set()

    def keep_rate(self, taken: int) -> None:
        """Hold the loop so that SEND_RATE is kept."""
        if taken and self.rate:
            self.stopping.wait(taken / self.rate)

    def stop(self) -> None:
        """Take nothing new and wait for what is on its way."""
        self.stopping.set()
        self.woken.set()
        self.thread.join()
        self.pool.shutdown(wait=True)
