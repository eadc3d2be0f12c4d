"""What the house asks of any carrier; services know this and nothing of Twilio."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from model import Found, Inbound, Outgoing, Sent

Answered = Callable[[Outgoing, Sent], None]
MayLeave = Callable[[], bool]


def always() -> bool:
    """A text that may leave whenever the carrier gets to it."""
    return True


class CarrierDown(Exception):
    """The carrier could not be asked; ask again later."""


class Carrier(Protocol):
    """A telephone network that takes texts."""

    def send(self, texts: Sequence[Outgoing], answered: Answered, may_leave: MayLeave = always) -> None:
        """Hand over texts without waiting; `answered` is called once for each, on a thread of the carrier's.

        `may_leave` is asked when the connection stands, in the step that writes the request: a text that may not is
        answered `unsure`.
        Never raises: what went wrong with a text is in its answer.
        """

    def list_texts(self, to: str, since: datetime) -> Sequence[Found]:
        """The texts the carrier took for that number since that moment (UTC). Raises CarrierDown."""

    def get_text(self, sid: str) -> Found | None:
        """One text by the carrier's id, or None when it knows none. Raises CarrierDown."""

    def list_inbound(self, since: datetime) -> Sequence[Inbound]:
        """The texts people wrote since that moment (UTC), oldest first. Raises CarrierDown."""

    def close(self) -> None:
        """Let go of the connections."""
