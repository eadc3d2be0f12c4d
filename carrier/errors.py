"""Twilio's error codes, the act each asks for, and when a text lost to it may be tried again (domain-facts E6)."""

from datetime import timedelta

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
    13224: Advice.VOICE,
    21214: Advice.VOICE,
    21217: Advice.VOICE,
    21612: Advice.VOICE,
    21614: Advice.VOICE,
    21635: Advice.VOICE,
    30003: Advice.VOICE,
    30006: Advice.VOICE,
    20003: Advice.HALT,
    30002: Advice.HALT,
    30034: Advice.HALT,
    21216: Advice.ALERT,
    21606: Advice.ALERT,
    21608: Advice.ALERT,
    30032: Advice.ALERT,
    21617: Advice.REVIEW,
    30007: Advice.REVIEW,
}

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SLOWLY = (5 * MINUTE, 30 * MINUTE, 2 * HOUR)
# After a receipt that says a text was lost. Pauses not given in domain-facts are ours: short where a queue was full,
# longer where a network asked for less, and a day where a day's allowance was used up.
# A call that nobody took the time for: twice more, at other hours of the day (domain-facts E6, last row).
CALL_AGAIN = (4 * HOUR, 22 * HOUR)
AGAIN_AFTER: dict[int, tuple[timedelta, ...]] = {
    30001: (MINUTE, 5 * MINUTE, 30 * MINUTE),
    30003: (HOUR, 6 * HOUR, 24 * HOUR),
    30008: (5 * MINUTE,),
    30017: SLOWLY,
    30022: SLOWLY,
    30023: (24 * HOUR,),
    30036: (HOUR,),
    30002: (HOUR, 6 * HOUR, 24 * HOUR),
    30034: (HOUR, 6 * HOUR, 24 * HOUR),
}


def get_advice(code: int | None) -> Advice | None:
    """What an error code asks of us; an unknown code is for operations to look at; no code asks nothing."""
    return None if code is None else ADVICE.get(code, Advice.ALERT)


def get_again_after(code: int | None) -> tuple[timedelta, ...]:
    """The pauses after each of which a text lost to this error may be tried once more; none for most."""
    return AGAIN_AFTER.get(code or 0, ())
