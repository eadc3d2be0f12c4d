"""What a worker works with: memory, telephone, policy and its own name, handed in by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from carrier.port import Carrier
from model import Policy
from store.bell import listen
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
    answer_base: str = ""
    stopping: Event = field(default_factory=Event)

    def listen(self) -> None:
        """Hear other processes' commits until `stopping` is set. Raises when the database is down."""
        listen(self.memory, self.stopping)
