"""Signed requests from Twilio to the product, their timeouts and their one retry (domain-facts E4, E5)."""

import http.client
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

CONNECT_SECONDS = 5
READ_SECONDS = 15
BIGGEST_ANSWER = 64 * 1024
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the product answered; `error_code` is Twilio's when it was no use (11200, 11205, 11750)."""

    status: int | None
    content_type: str = ""
    body: bytes = b""
    error_code: int | None = None


def sign(url: str, form: Mapping[str, str], token: str) -> str:
    """The X-Twilio-Signature of a form POST to exactly this URL; of a GET when the form is empty."""
    return RequestValidator(token).compute_signature(url, form)


def post_signed(url: str, form: Mapping[str, str], token: str) -> Answer:
    """POST the form as Twilio would; connects twice at most, and never raises for what the product did."""
    return call_signed("POST", url, form, token)


def call_signed(method: str, url: str, form: Mapping[str, str], token: str) -> Answer:
    """GET or POST as Twilio would: a GET carries the form in its query, and only its URL is signed."""
    url = url.partition("#")[0]
    if method == "GET":
        url, form = f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(form)}", {}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "X-Twilio-Signature": sign(url, form, token),
        "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
    }
    line = connect(url)
    if line is None:
        return Answer(None, error_code=11205)
    try:
        return exchange(line, method, url, urlencode(form).encode(), headers)
    except (OSError, http.client.HTTPException) as failure:
        log.warning("webhook failed: %s", type(failure).__name__)
        return Answer(None, error_code=11200)
    finally:
        line.close()


def connect(url: str) -> http.client.HTTPConnection | None:
    """An open connection to the URL's host, tried twice, or None."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    for _ in range(2):
        line = kind(parts.hostname or "", parts.port, timeout=CONNECT_SECONDS)
        try:
            line.connect()
            line.sock.settimeout(READ_SECONDS)
            return line
        except OSError as failure:
            log.warning("webhook could not connect: %s", type(failure).__name__)
    return None


def exchange(
    line: http.client.HTTPConnection, method: str, url: str, form: bytes, headers: dict[str, str]
) -> Answer:
    """One request and its answer on an open connection."""
    parts = urlsplit(url)
    line.request(method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), form, headers)
    reply = line.getresponse()
    body = reply.read(BIGGEST_ANSWER + 1)
    return Answer(reply.status, reply.headers.get_content_type(), body, judge(reply.status, len(body)))


def judge(status: int, size: int) -> int | None:
    """Twilio's error code for an answer of this HTTP status and size, or None when it is in order."""
    if not 200 <= status < 300:
        return 11200
    return 11750 if size > BIGGEST_ANSWER else None
