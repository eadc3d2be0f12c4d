"""The only reader of time: real time, or in a demonstration the time that a shared clock file says."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

FAST_FOR_SECONDS = (
    600  # a fast clock that is forgotten slows down by itself, else it would run on for centuries
)


def wall() -> datetime:
    """The machine's own time in UTC: for heartbeats and leases, never for patients."""
    return datetime.now(UTC)


class Clock:
    """Programme time. Without a file it is real time; with one it may run faster or ahead, never back.

    The file holds `{"real": seconds, "shown": seconds, "speed": factor}`: at the real moment `real` the
    clock showed `shown`, and since then it runs `speed` times as fast, for ten minutes at most.
    """

    def __init__(self, file: Path | None = None):
        self.file = file

    def now(self) -> datetime:
        """The programme's present moment, in UTC."""
        if self.file is None:
            return wall()
        return datetime.fromtimestamp(shown_at(read_setting(self.file), time.time()), UTC)

    def set_speed(self, speed: float, ahead: timedelta = timedelta(0)) -> None:
        """Run `speed` times as fast for ten minutes, after one jump of `ahead`. Raises ValueError on a step back."""
        if self.file is None:
            raise ValueError("This clock shows real time and cannot be set.")
        if speed <= 0 or ahead < timedelta(0):
            raise ValueError("The clock only runs forward: speed above 0 and a jump of 0 or more.")
        real = time.time()
        shown = shown_at(read_setting(self.file), real) + ahead.total_seconds()
        write_setting(self.file, {"real": real, "shown": shown, "speed": speed})

    def speed(self) -> float:
        """How many programme seconds pass in one real second."""
        if self.file is None:
            return 1.0
        setting = read_setting(self.file)
        return setting["speed"] if time.time() - setting["real"] < FAST_FOR_SECONDS else 1.0


def shown_at(setting: dict[str, float], real: float) -> float:
    """The programme's epoch seconds at the real epoch second `real`; after ten minutes time is ordinary again."""
    passed = real - setting["real"]
    fast = min(passed, FAST_FOR_SECONDS)
    return setting["shown"] + fast * setting["speed"] + (passed - fast)


def read_setting(file: Path) -> dict[str, float]:
    """The clock file's content; a missing file means real time."""
    try:
        return json.loads(file.read_text())
    except FileNotFoundError:
        return {"real": 0.0, "shown": 0.0, "speed": 1.0}


def write_setting(file: Path, setting: dict[str, float]) -> None:
    """Replace the clock file in one step, so that no reader sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(setting))
    fresh.replace(file)
