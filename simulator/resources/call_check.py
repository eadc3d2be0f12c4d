"""What Twilio refuses before it places a call: missing and wrong parameters, with its codes (domain-facts E7, E8)."""

import re
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from simulator.behaviour import Behaviour
from simulator.calls.wish import EVENTS, Wish
from simulator.exchange import Exchange
from simulator.numbers import read_number
from simulator.refusals import Refusal
from simulator.resources.message_check import MAGIC_SENDER, check_callback

LONGEST_TWIML = 4000
LONGEST_TIMEOUT = 600
DAY = 86_400
DIGITS = re.compile(r"[0-9#*wW]*")
DETECTIONS = ("Enable", "DetectMessageEnd")
MAGIC_TO = {"+15005550001": 21217, "+15005550002": 21214, "+15005550003": 21215, "+15005550004": 21216}


def check_callee(given: str | None, behaviour: Behaviour) -> str:
    """Who is called, in E.164. Raises Refusal when a call cannot go there."""
    if not given:
        raise Refusal(21201)
    number = read_number(given)
    if number is None:
        raise Refusal(21211, given)
    code = (
        MAGIC_TO.get(number) or behaviour.uncallable.get(number) or (0 if number.startswith("+1") else 21215)
    )
    if code:
        raise Refusal(code, given)
    return number


def check_caller(given: str | None, exchange: Exchange) -> str:
    """The account's own number that calls. Raises Refusal on any other."""
    if not given:
        raise Refusal(21213)
    number = read_number(given)
    if number is None or number == "+15005550001":
        raise Refusal(21212, given)
    if number not in exchange.settings.numbers and number != MAGIC_SENDER:
        raise Refusal(21210, given)
    return number


def read_order(form: MultiDict[str, str]) -> Wish:
    """What a request to create a call asks for. Raises Refusal where Twilio would."""
    url = check_url(form.get("Url"))
    twiml = check_twiml(form.get("Twiml"))
    if not url and not twiml:
        raise Refusal(21205, "and 'Twiml'")
    if not DIGITS.fullmatch(form.get("SendDigits", "")):
        raise Refusal(21206, form["SendDigits"])
    return Wish(
        url=url,
        method=check_method(form, "Method"),
        twiml=twiml,
        fallback_url=check_url(form.get("FallbackUrl")),
        fallback_method=check_method(form, "FallbackMethod"),
        callback=check_callback(form.get("StatusCallback")) or "",
        callback_method=check_method(form, "StatusCallbackMethod"),
        events=check_events(form.getlist("StatusCallbackEvent")),
        timeout=check_seconds(form, "Timeout", 60, LONGEST_TIMEOUT),
        time_limit=check_seconds(form, "TimeLimit", 14_400, DAY),
        detection=check_detection(form.get("MachineDetection", "")),
        async_detection=form.get("AsyncAmd", "").lower() == "true",
        detection_callback=check_callback(form.get("AsyncAmdStatusCallback")) or "",
        detection_method=check_method(form, "AsyncAmdStatusCallbackMethod"),
        send_digits=form.get("SendDigits", ""),
        record=form.get("Record", "").lower() == "true",
        reason=form.get("CallReason", ""),
    )


def check_url(given: str | None) -> str:
    """A URL for TwiML, or nothing. Raises Refusal unless it is http(s)."""
    if given and not given.startswith(("http://", "https://")):
        raise Refusal(21205, given)
    return given or ""


def check_twiml(given: str | None) -> str:
    """TwiML handed over with the request. Raises Refusal when it is too long."""
    if len(given or "") > LONGEST_TWIML:
        raise Refusal(20001, f"Twiml is longer than {LONGEST_TWIML} characters")
    return given or ""


def check_method(form: Mapping[str, str], name: str) -> str:
    """GET or POST. Raises Refusal on anything else."""
    method = form.get(name, "POST").upper()
    if method not in ("GET", "POST"):
        raise Refusal(20001, name)
    return method


def check_events(given: list[str]) -> tuple[str, ...]:
    """Which events are reported; `completed` when none is named. Raises Refusal on an unknown one."""
    names = [name for text in given for name in text.split()]
    if not set(names) <= set(EVENTS):
        raise Refusal(20001, "StatusCallbackEvent")
    return tuple(names) or ("completed",)


def check_seconds(form: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A whole number of seconds up to `most`. Raises Refusal on anything else."""
    text = form.get(name, str(default))
    if not text.isdecimal() or int(text) > most:
        raise Refusal(20001, name)
    return int(text)


def check_detection(given: str) -> str:
    """How answering machines are to be detected, or nothing. Raises Refusal on an unknown way."""
    if given and given not in DETECTIONS:
        raise Refusal(20001, "MachineDetection")
    return given
