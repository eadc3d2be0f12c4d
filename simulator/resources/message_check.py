"""What Twilio refuses before it takes a text: missing and wrong parameters, in Twilio's order and with its codes."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from simulator.behaviour import Behaviour
from simulator.exchange import Exchange
from simulator.numbers import read_number
from simulator.refusals import Refusal
from simulator.resources.dates import read_moment

LONGEST_BODY = 1600
SOONEST, LATEST = 300, 35 * 86_400
SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")

# Twilio's magic numbers (domain-facts E8).
MAGIC_TO = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
MAGIC_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
MAGIC_SENDER = "+15005550006"


def check_account(behaviour: Behaviour) -> None:
    """Raises Refusal while the whole account is in trouble."""
    if behaviour.account_error:
        raise Refusal(behaviour.account_error)


def check_to(given: str | None, behaviour: Behaviour) -> str:
    """The recipient in E.164. Raises Refusal when a text cannot go there."""
    if not given:
        raise Refusal(21604)
    number = read_number(given)
    if number is None:
        raise Refusal(21211, given)
    if number in MAGIC_TO:
        raise Refusal(MAGIC_TO[number], given)
    if not number.startswith("+1"):
        raise Refusal(21408, given)
    if number in behaviour.refused:
        raise Refusal(behaviour.refused[number], given)
    if number in behaviour.landlines:
        raise Refusal(21614, given)
    return number


def check_sender(form: Mapping[str, str], exchange: Exchange) -> str | None:
    """The number a text comes from: the one given, else a messaging service's. Raises Refusal on neither."""
    service, given = form.get("MessagingServiceSid"), form.get("From")
    if service and not SERVICE.fullmatch(service):
        raise Refusal(21705, service)
    if not given:
        if not service:
            raise Refusal(21603)
        return exchange.settings.numbers[0]
    number = read_number(given)
    if number is None:
        raise Refusal(21212, given)
    if number in MAGIC_FROM:
        raise Refusal(MAGIC_FROM[number], given)
    if number not in exchange.settings.numbers and number != MAGIC_SENDER:
        raise Refusal(21606, given)
    return number


def check_body(given: str | None, media: list[str]) -> str:
    """The words of a text. Raises Refusal when there is nothing to send or too much."""
    if given is None and not media:
        raise Refusal(21619)
    if not (given or "").strip() and not media:
        raise Refusal(21602)
    if len(given or "") > LONGEST_BODY:
        raise Refusal(21617)
    return given or ""


def check_callback(given: str | None) -> str | None:
    """The status callback URL. Raises Refusal unless it is http(s) to a host without underscores (domain-facts E2)."""
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or "_" in parts.hostname:
        raise Refusal(21609, given)
    return given


def check_schedule(form: Mapping[str, str], now: float) -> float | None:
    """When a scheduled text is to go, in epoch seconds; None when it goes at once. Raises Refusal on misuse."""
    if form.get("ScheduleType") != "fixed":
        return None
    if not form.get("MessagingServiceSid"):
        raise Refusal(35118)
    if not form.get("SendAt"):
        raise Refusal(35111)
    at = read_moment(form["SendAt"])
    if at is None or not SOONEST <= at - now <= LATEST:
        raise Refusal(35114, form["SendAt"])
    return at
