"""Recordings that a call plays: fetched from where the TwiML says, as Twilio fetches them."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from simulator.webhooks import connect

BIGGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recording:
    """A fetched recording; `error_code` is Twilio's when it cannot be played (11200, 11205, 12300)."""

    content_type: str = ""
    content: bytes = b""
    error_code: int | None = None


def fetch_recording(url: str) -> Recording:
    """The recording at a URL, at most 10 MB of it; never raises for what the other side did."""
    line = connect(url)
    if line is None:
        return Recording(error_code=11205)
    parts = urlsplit(url)
    try:
        line.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        answer = line.getresponse()
        content_type = answer.headers.get_content_type()
        if not 200 <= answer.status < 300:
            return Recording(error_code=11200)
        if not content_type.startswith("audio/"):
            return Recording(error_code=12300)
        return Recording(content_type, answer.read(BIGGEST))
    except (OSError, http.client.HTTPException):
        return Recording(error_code=11200)
    finally:
        line.close()
