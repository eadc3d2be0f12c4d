"""Dates as Twilio's API reads and writes them."""

from datetime import UTC, datetime
from email.utils import format_datetime

from simulator.records import moment


def write_date(seconds: float | None) -> str | None:
    """Epoch seconds as an RFC 2822 date in UTC, or None."""
    return None if seconds is None else format_datetime(moment(seconds))


def read_moment(text: str) -> float | None:
    """Epoch seconds of an ISO 8601 date or moment, UTC where it names no zone; None when it is neither."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
