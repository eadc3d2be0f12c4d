"""What every view may reach: memory, policy, the present moment, and the bell that wakes delivery."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app

from calling import CallPolicy
from model import Policy
from store.engine import Memory


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed in by the composition root; `now` is programme time, `wall` machine time, both in UTC."""

    memory: Memory
    policy: Policy
    now: Callable[[], datetime]
    wall: Callable[[], datetime]
    public_base_url: str
    carrier_token: str = field(repr=False)
    session_secret: str = field(repr=False)
    calls: CallPolicy
    is_demo: bool = False


def get_desk() -> Desk:
    """The desk of the running application."""
    return current_app.extensions["afterkit"]
