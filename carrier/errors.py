"""Twilio's error codes and the act each asks for (domain-facts E6)."""

from model import Advice

ADVICE: dict[int, Advice] = {
    429: Advice.RETRY,
    20429: Advice.RETRY,
    21611: Advice.RETRY,
    30001: Advice.RETRY,
    30008: Advice.RETRY,
    30017: Advice.RETRY,
    30022: Advice.RETRY,
    30023: Advice.RETRY,
    30036: Advice.RETRY,
    21211: Advice.STOP,
    21408: Advice.STOP,
    21610: Advice.STOP,
    30004: Advice.STOP,
    30005: Advice.STOP,
    21612: Advice.VOICE,
    21614: Advice.VOICE,
    21635: Advice.VOICE,
    30003: Advice.VOICE,
    30006: Advice.VOICE,
    20003: Advice.ALERT,
    21606: Advice.ALERT,
    21608: Advice.ALERT,
    30002: Advice.ALERT,
    30032: Advice.ALERT,
    30034: Advice.ALERT,
    21617: Advice.REVIEW,
    30007: Advice.REVIEW,
}


def get_advice(code: int | None) -> Advice | None:
    """What an error code asks of us; an unknown code is for operations to look at; no code asks nothing."""
    return None if code is None else ADVICE.get(code, Advice.ALERT)
