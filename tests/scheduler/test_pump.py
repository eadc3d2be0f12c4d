"""The delivery loop: never more in flight than allowed, no place lost, and a stop waits for what is on its way."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from carrier.port import Answered, MayLeave, always
from model import Outcome, Outgoing, Sent
from scheduler.pump import Pump
from service.works import Works
from tests.world import POLICY, PaperCarrier, World

PHONES = [f"+1619555{number:04d}" for number in range(100, 112)]


class SlowCarrier(PaperCarrier):
    """Takes a moment for each text and remembers how many it held at once."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.held = self.most = self.tried = 0
        self.breaks = False

    def send(self, texts: Sequence[Outgoing], answered: Answered, may_leave: MayLeave = always) -> None:
        """Hold each text for a moment, then take it, or fail."""
        for text in texts:
            threading.Thread(target=self.hold, args=(text, answered)).start()

    def hold(self, text: Outgoing, answered: Answered) -> None:
        """One text on its way."""
        with self.lock:
            self.held += 1
            self.most = max(self.most, self.held)
        time.sleep(0.02)
        with self.lock:
            self.held -= 1
            self.tried += 1
            sent = Sent(Outcome.UNSURE) if self.breaks else self.answer(text)
        answered(text, sent)


@pytest.fixture
def slow(world: World) -> Iterator[tuple[World, SlowCarrier, Pump]]:
    """A world with twelve people who wrote HELP, and a pump of three places that has not started."""
    carrier = SlowCarrier()
    for phone in PHONES:
        world.write("HELP", phone)
    works = Works(world.memory, carrier, POLICY, "test", "http://test", lambda: world.now, lambda: world.now)
    yield world, carrier, Pump(works, 3, 0)


def wait_until(true: Callable[[], bool]) -> None:
    """Until something is true, or ten seconds are over."""
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)


def test_everything_leaves_and_never_more_at_once_than_allowed(slow: tuple[World, SlowCarrier, Pump]) -> None:
    _, carrier, pump = slow
    pump.start()
    wait_until(lambda: len(carrier.sent) == len(PHONES))
    pump.stop()
    pump.thread.join()
    assert (len(carrier.sent), carrier.most) == (len(PHONES), 3)


def test_a_send_that_fails_gives_its_place_back(slow: tuple[World, SlowCarrier, Pump]) -> None:
    world, carrier, pump = slow
    carrier.breaks = True
    pump.start()
    wait_until(lambda: carrier.tried == len(PHONES))
    carrier.breaks = False
    world.write("HELP", "+16195550150")
    pump.woken.set()
    wait_until(lambda: len(carrier.sent) == 1)
    pump.stop()
    pump.thread.join()
    assert [text.to for text in carrier.sent] == ["+16195550150"]


def test_a_stop_waits_for_what_is_on_its_way(slow: tuple[World, SlowCarrier, Pump]) -> None:
    _, carrier, pump = slow
    pump.start()
    time.sleep(0.01)
    pump.stop()
    pump.thread.join()
    assert carrier.held == 0
