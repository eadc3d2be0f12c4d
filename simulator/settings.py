"""What the simulator is told when it starts: where it listens, whom it plays, where it keeps its texts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SimulatorSettings:
    """One simulated Twilio account and the product it calls back.

    `numbers` are the account's own numbers in E.164, the first being the one a telephone writes to.
    `state_file` None keeps everything in memory; `clock_file` None shows real time and cannot be set.
    """

    host: str = "127.0.0.1"
    port: int = 8010
    account_sid: str = "AC" + "0" * 32
    auth_token: str = "simulator"
    product_url: str = "http://127.0.0.1:8000"
    numbers: tuple[str, ...] = ("+16195550100",)
    messaging_service_sid: str | None = None
    state_file: Path | None = None
    clock_file: Path | None = None
    threads: int = 256
