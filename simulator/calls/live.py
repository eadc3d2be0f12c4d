"""A call in progress: what the telephone and the product do to it reaches the one thread that conducts it."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touch:
    """Something done to a call: `kind` answer, decline, ignore, press, say, silent, dial, hangup, end or redirect."""

    kind: str
    value: str = ""


class CallOver(Exception):
    """The call ends now, as Twilio's `status`."""

    def __init__(self, status: str):
        super().__init__(status)
        self.status = status


class Redirected(Exception):
    """The product turned the call to other instructions: a wish as JSON."""

    def __init__(self, wish: str):
        super().__init__()
        self.wish = wish


class LiveCall:
    """The touches of one call in order. A call runs in real time: only its dates are the programme's."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.touches: deque[Touch] = deque()
        self.ends_at = math.inf
        self.listening = self.settled = self.over = False
        self.idle_requests = 0

    def limit(self, seconds: float) -> None:
        """The call was answered and lasts at most so many real seconds from now."""
        self.ends_at = time.monotonic() + seconds

    def touch(self, touch: Touch) -> None:
        """Hand something to the call."""
        with self.changed:
            self.touches.append(touch)
            self.changed.notify_all()

    def take(self, kinds: tuple[str, ...], seconds: float, settled: bool = True) -> Touch | None:
        """The next touch of these kinds, or None after so many seconds; other touches meanwhile fall on deaf ears.

        `settled` says that the call waits for the telephone, not only for time to pass. Raises CallOver and
        Redirected as `check` does.
        """
        deadline = time.monotonic() + seconds
        with self.changed:
            self.listening, self.settled = True, settled
            self.changed.notify_all()
            try:
                return self.wait_for(kinds, deadline)
            finally:
                self.listening = self.settled = False

    def wait_for(self, kinds: tuple[str, ...], deadline: float) -> Touch | None:
        """The waiting part of `take`, with the lock held."""
        while True:
            self.check()
            while self.touches:
                touch = self.touches.popleft()
                if touch.kind in kinds:
                    self.idle_requests = 0
                    return touch
                self.changed.notify_all()
            left = min(deadline, self.ends_at) - time.monotonic()
            if left <= 0 and deadline <= self.ends_at:
                return None
            self.changed.wait(max(left, 0))

    def check(self) -> None:
        """Raises CallOver when somebody hung up or the call's time is up, Redirected when it is to go elsewhere."""
        with self.changed:
            for touch in self.touches:
                if touch.kind in ("hangup", "end"):
                    raise CallOver(touch.value or "completed")
            for touch in self.touches:
                if touch.kind == "redirect":
                    self.touches.remove(touch)
                    raise Redirected(touch.value)
        if time.monotonic() >= self.ends_at:
            raise CallOver("completed")

    def finish(self) -> None:
        """The call is over: who waits for it may go."""
        with self.changed:
            self.over = True
            self.changed.notify_all()

    def wait_until(self, true: Callable[["LiveCall"], bool], seconds: float) -> bool:
        """Whether this became true of the call, or the call ended, within so many seconds."""
        with self.changed:
            return self.changed.wait_for(lambda: self.over or true(self), seconds)


def listens(live: LiveCall) -> bool:
    """Whether a touch would be heard now."""
    return live.listening


def waits_for_somebody(live: LiveCall) -> bool:
    """Whether the call does nothing more until the telephone does something."""
    return live.settled and not live.touches
