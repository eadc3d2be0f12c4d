"""What the house asks of any carrier; services know this and nothing of Twilio."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from model import Found, Outgoing, Sent


class CarrierDown(Exception):
    """The carrier could not be asked; ask again later."""


class Carrier(Protocol):
    """A telephone network that takes texts."""

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand over one text. Never raises: what went wrong is in the answer."""

    def list_texts(self, to: str, since: datetime) -> Sequence[Found]:
        """The texts the carrier took for that number since that moment (UTC). Raises CarrierDown."""
