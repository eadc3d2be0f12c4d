"""Everything Twilio does after it has answered: one timer thread, and a pool that carries out what is due."""

import logging
import sched
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

LONGEST_NAP = 0.5
log = logging.getLogger(__name__)


class Worker:
    """Runs functions later, many at once; what goes wrong in one is logged and hurts no other."""

    def __init__(self, hands: int):
        self.pool = ThreadPoolExecutor(hands, thread_name_prefix="simulator")
        self.timer = sched.scheduler()
        self.wake = threading.Event()
        self.over = False
        self.thread = threading.Thread(target=self.keep_time, name="simulator-timer", daemon=True)

    def start(self, every_nap: Callable[[], None]) -> None:
        """Begin; `every_nap` is called about twice a second."""
        self.every_nap = every_nap
        self.thread.start()

    def do(self, act: Callable[..., object], *given: object, after: float = 0.0) -> None:
        """Call `act(*given)` in the pool after so many real seconds."""
        if after <= 0:
            self.submit(act, given)
            return
        self.timer.enter(after, 0, self.submit, (act, given))
        self.wake.set()

    def submit(self, act: Callable[..., object], given: tuple[object, ...]) -> None:
        """Hand one act to the pool, unless the simulator is closing."""
        if not self.over:
            self.pool.submit(attempt, act, given)

    def keep_time(self) -> None:
        """The timer thread: run what is due, sleep until the next is."""
        while not self.over:
            self.wake.clear()
            nap = self.timer.run(blocking=False)
            attempt(self.every_nap, ())
            self.wake.wait(min(nap or LONGEST_NAP, LONGEST_NAP))

    def stop(self) -> None:
        """Let the acts that run finish, forget those that wait."""
        self.over = True
        self.wake.set()
        self.thread.join()
        self.pool.shutdown(wait=True, cancel_futures=True)


def attempt(act: Callable[..., object], given: tuple[object, ...]) -> None:
    """Carry out one act; a failure is logged, never passed on."""
    try:
        act(*given)
    except Exception:
        log.exception("the simulator could not %s", act.__name__)
