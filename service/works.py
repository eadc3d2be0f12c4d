"""What a worker works with: memory, telephone, policy and its own name, handed in by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from carrier.port import Carrier
from model import Policy
from store.engine import Memory


@dataclass(frozen=True, slots=True)
class Works:
    """Everything a tick needs; `now` is programme time, `wall` machine time, both in UTC."""

    memory: Memory
    carrier: Carrier
    policy: Policy
    worker: str
    callback_base: str
    now: Callable[[], datetime]
    wall: Callable[[], datetime]
