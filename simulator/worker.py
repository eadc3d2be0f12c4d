"""Everything Twilio does after it has answered: one thread that keeps time, and a pool that calls the product."""

import logging
import sched
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

TICK = 0.02
log = logging.getLogger(__name__)


class Worker:
    """Runs functions later or elsewhere; what goes wrong in one is logged and hurts no other."""

    def __init__(self, hands: int):
        self.pool = ThreadPoolExecutor(hands, thread_name_prefix="simulator")
        self.timer = sched.scheduler()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.keep_time, name="simulator-timer", daemon=True)

    def start(self) -> None:
        """Begin to keep time."""
        self.thread.start()

    def plan(self, after: float, act: Callable[..., object], *given: object) -> None:
        """Call `act(*given)` on the timer's own thread after so many real seconds; it must be quick."""
        self.timer.enter(after, 0, attempt, (act, given))

    def do(self, act: Callable[..., object], *given: object) -> None:
        """Call `act(*given)` in the pool now, unless the simulator is closing; it may take its time."""
        if not self.over.is_set():
            self.pool.submit(attempt, act, given)

    def keep_time(self) -> None:
        """The timer's thread: every tick, run what is due."""
        while not self.over.wait(TICK):
            self.timer.run(blocking=False)

    def stop(self) -> None:
        """Let the acts that run finish, forget those that wait."""
        self.over.set()
        self.thread.join()
        self.pool.shutdown(wait=True, cancel_futures=True)


def attempt(act: Callable[..., object], given: tuple[object, ...]) -> None:
    """Carry out one act; a failure is logged, never passed on."""
    try:
        act(*given)
    except Exception:
        log.exception("the simulator could not %s", act.__name__)
