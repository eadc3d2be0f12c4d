"""How many texts may be on their way at once: fewer when the carrier says so, one at a time while it takes none."""

from model import Advice, Outcome, Sent

STORM = 20  # failures in a row after which the carrier is taken to be down
LONGEST_PAUSE_SECONDS = 5.0  # between two tries at a carrier that is down: an emergency may be waiting


class Throttle:
    """Learns from every answer; `moment` is seconds on any clock that only runs forward."""

    def __init__(self, most: int):
        """`most` texts on their way at once when all is well."""
        self.most = most
        self.room = self.calm = float(most)
        self.failures = 0
        self.next_try = 0.0

    def places(self, moment: float) -> int:
        """How many texts may be on their way now."""
        if self.is_down:
            return int(moment >= self.next_try)
        return max(1, int(self.room))

    @property
    def is_down(self) -> bool:
        """Whether the carrier seems to take nothing at all."""
        return self.failures >= STORM

    def heed(self, sent: Sent, moment: float) -> None:
        """Learn from one answer."""
        if sent.outcome is Outcome.UNSURE or is_account_trouble(sent) or never_left(sent):
            self.note_failure(moment)
            return
        self.failures = 0
        if sent.outcome is Outcome.LATER:
            # One place less for each "too many": the room settles where about one in ten is refused.
            self.room = self.calm = max(1.0, self.room - 1)
        else:
            self.room = min(self.most, self.room + (1 if self.room < self.calm else 0.1))

    def note_failure(self, moment: float) -> None:
        """Several in a row: try one text at a time, less and less often, and open up quickly when one goes through."""
        self.failures += 1
        if self.is_down:
            self.room = 1.0
            self.next_try = moment + min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** min(self.failures - STORM, 10))


def is_account_trouble(sent: Sent) -> bool:
    """The carrier takes nothing from our account."""
    return sent.advice is Advice.HALT


def never_left(sent: Sent) -> bool:
    """The carrier could not be reached."""
    return sent.outcome is Outcome.LATER and sent.code is None
