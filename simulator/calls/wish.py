"""What the product asks of an outgoing call: where its TwiML is, who hears of its course, how long it may ring."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

EVENTS = ("initiated", "ringing", "answered", "completed")


@dataclass(frozen=True, slots=True)
class Wish:
    """The parameters of Twilio's Calls API (domain-facts E7); `timeout` and `time_limit` are real seconds."""

    url: str = ""
    method: str = "POST"
    twiml: str = ""
    fallback_url: str = ""
    fallback_method: str = "POST"
    callback: str = ""
    callback_method: str = "POST"
    events: tuple[str, ...] = ("completed",)
    timeout: int = 60
    time_limit: int = 14_400
    detection: str = ""
    async_detection: bool = False
    detection_callback: str = ""
    detection_method: str = "POST"
    send_digits: str = ""
    record: bool = False
    reason: str = ""


def write_wish(wish: Wish) -> str:
    """The wish as JSON."""
    return json.dumps(asdict(wish))


def read_wish(text: str) -> Wish:
    """The wish that `write_wish` wrote."""
    kept: Mapping[str, object] = json.loads(text)
    return Wish(**{**kept, "events": tuple(kept["events"])})  # type: ignore[arg-type]
