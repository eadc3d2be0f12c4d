"""The only reader of time: real time, or in a demonstration the time that a shared clock file says."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

FAST_FOR_SECONDS = (
    600  # a fast clock that is forgotten slows down by itself, else it would run on for centuries
)
GLIDE_SECONDS = 3  # a jump is a quick glide, so that what falls due on the way still happens at its own hour
REAL = {"real": 0.0, "shown": 0.0, "ahead": 0.0, "speed": 1.0}


def wall() -> datetime:
    """The machine's own time in UTC: for heartbeats and leases, never for patients."""
    return datetime.now(UTC)


class Clock:
    """Programme time. Without a file it is real time; with one it may run faster or ahead, never back.

    The file says: at the real moment `real` the clock showed `shown`; from then on it glides `ahead` seconds
    further within three, then runs `speed` times as fast for ten minutes, then as fast as real time.
    """

    def __init__(self, file: Path | None = None):
        self.file = file

    def now(self) -> datetime:
        """The programme's present moment, in UTC."""
        if self.file is None:
            return wall()
        return datetime.fromtimestamp(shown_at(read_setting(self.file), time.time()), UTC)

    def set_speed(self, speed: float, ahead: timedelta = timedelta(0)) -> None:
        """Glide `ahead`, then run `speed` times as fast. Raises ValueError on a step back."""
        if self.file is None:
            raise ValueError("This clock shows real time and cannot be set.")
        if speed <= 0 or ahead < timedelta(0):
            raise ValueError("The clock only runs forward: speed above 0 and a jump of 0 or more.")
        now, setting = time.time(), read_setting(self.file)
        left = setting["ahead"] - glided(setting, now - setting["real"])
        fresh = {
            "real": now,
            "shown": shown_at(setting, now),
            "ahead": left + ahead.total_seconds(),
            "speed": speed,
        }
        write_setting(self.file, fresh)

    def speed(self) -> float:
        """How many programme seconds pass in one real second once a jump is over."""
        if self.file is None:
            return 1.0
        setting = read_setting(self.file)
        return setting["speed"] if time.time() - setting["real"] < GLIDE_SECONDS + FAST_FOR_SECONDS else 1.0

    def pace(self) -> float:
        """How many programme seconds pass in one real second right now, a jump included."""
        if self.file is None:
            return 1.0
        setting = read_setting(self.file)
        gliding = setting["ahead"] and time.time() - setting["real"] < GLIDE_SECONDS
        return setting["ahead"] / GLIDE_SECONDS if gliding else self.speed()


def glided(setting: dict[str, float], passed: float) -> float:
    """How much of the jump is done after so many real seconds."""
    return setting["ahead"] * min(passed / GLIDE_SECONDS, 1.0)


def shown_at(setting: dict[str, float], real: float) -> float:
    """The programme's epoch seconds at the real epoch second `real`."""
    passed = real - setting["real"]
    after = max(passed - GLIDE_SECONDS, 0.0) if setting["ahead"] else passed
    fast = min(after, FAST_FOR_SECONDS)
    return setting["shown"] + glided(setting, passed) + fast * setting["speed"] + (after - fast)


def read_setting(file: Path) -> dict[str, float]:
    """The clock file's content; a missing file means real time."""
    try:
        return json.loads(file.read_text())
    except FileNotFoundError:
        return REAL


def write_setting(file: Path, setting: dict[str, float]) -> None:
    """Replace the clock file in one step, so that no reader sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(setting))
    fresh.replace(file)
