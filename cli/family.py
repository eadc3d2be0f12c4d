"""Several processes that live as one: a parent starts each anew when it dies, and stops them all together."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

LOG = logging.getLogger(__name__)
WATCHED = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
STOP_SECONDS = 9.5  # then whoever still works is ended; the whole stop is promised within ten
BREATH_SECONDS = 1.0  # before one that died is started anew, so that one that cannot live takes no processor

Member = Callable[[], None]


def run_family(members: Sequence[Member]) -> None:
    """Run every member until the process is told to stop: one in this process, several in a process each.

    A member must open its own database and start its own threads: nothing of that survives a fork.
    """
    if len(members) == 1:
        return members[0]()
    return Family(members).run()


class Family:
    """The parent's view: which process runs which member."""

    def __init__(self, members: Sequence[Member]):
        self.members = members
        self.places: dict[int, int] = {}
        # Nothing is ever written: it ends when the parent does, however that ends, and its children with it.
        self.lifeline, self.held_end = os.pipe()

    def run(self) -> None:
        """Start all, start anew who dies, stop all when told to. Signals wait until they are asked for."""
        signal.signal(signal.SIGCHLD, lambda *_: None)  # one that is ignored is not waited for either
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        for place in range(len(self.members)):
            self.start(place)
        while signal.sigwait(WATCHED) == signal.SIGCHLD:
            for place in self.reap():
                LOG.error("process %s of %s died and is started anew", place + 1, len(self.members))
                time.sleep(BREATH_SECONDS)
                self.start(place)
        self.stop()

    def start(self, place: int) -> None:
        """One member in a process of its own."""
        pid = os.fork()
        if pid:
            self.places[pid] = place
            return
        status = 1
        try:
            self.begin_life()
            self.members[place]()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        except BaseException as problem:
            LOG.error("process %s: %s", place + 1, type(problem).__name__)
        finally:
            os._exit(status)  # what the parent has open is the parent's to close

    def begin_life(self) -> None:
        """In the child: stop when the parent says so or is gone. Ctrl-C reaches it through the parent alone."""
        os.close(self.held_end)
        threading.Thread(target=end_with_parent, args=(self.lifeline,), daemon=True).start()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, {signal.SIGINT})

    def reap(self) -> list[int]:
        """The places of those that have ended since."""
        ended = []
        for pid in list(self.places):
            if os.waitpid(pid, os.WNOHANG)[0]:
                ended.append(self.places.pop(pid))
        return ended

    def stop(self) -> None:
        """Ask all to stop and wait; a second signal, or too long a wait, ends them at once."""
        self.tell(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while self.places:
            told = signal.sigtimedwait(WATCHED, max(0.0, end - time.monotonic()))
            if told is None or told.si_signo != signal.SIGCHLD:
                self.tell(signal.SIGKILL)
                end = time.monotonic() + STOP_SECONDS
            self.reap()

    def tell(self, number: signal.Signals) -> None:
        """A signal to all that still live."""
        for pid in self.places:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


def end_with_parent(lifeline: int) -> None:
    """The parent is gone, however it ended: end too."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
