"""The course of a call: it rings, somebody or something answers or nobody does, it is conducted, it ends."""

import logging

from simulator.calls.conducting import converse
from simulator.calls.conversation import Conversation, Request
from simulator.calls.live import CallOver
from simulator.calls.reports import report, report_detection

RING_KINDS = ("answer", "decline", "ignore")
# How a telephone that behaves by itself, or the hand at it, ends the ringing.
REFUSALS = {
    "busy": "busy",
    "no-answer": "no-answer",
    "failed": "failed",
    "decline": "busy",
    "ignore": "no-answer",
}
DETECTED = {"person": "human", "fax": "fax", "unknown": "unknown"}
log = logging.getLogger(__name__)


def run_call(talk: Conversation) -> None:
    """A call from its first ring to its last report; what goes wrong in the simulator itself fails the call."""
    try:
        follow(talk)
        status = "completed"
    except CallOver as over:
        never = over.status == "completed" and talk.call.started_at is None
        status = "canceled" if never else over.status
    except Exception:
        log.exception("the simulator could not conduct a call")
        status = "failed"
    try:
        talk.change(status=status, ended_at=talk.exchange.now(), expects=None)
        report(talk, "completed")
    finally:
        talk.exchange.live.pop(talk.call.sid, None)
        talk.live.finish()


def follow(talk: Conversation) -> None:
    """All that happens before the end. Raises CallOver when somebody ends it."""
    if talk.call.direction == "inbound":
        return converse(talk, Request(talk.wish.url), lambda: answer(talk))
    report(talk, "initiated")
    talk.change(status="ringing")
    report(talk, "ringing")
    detect(talk, ring(talk))
    answer(talk)
    report(talk, "answered")
    tell_extras(talk)
    wish = talk.wish
    return converse(talk, Request(wish.url, wish.method, twiml="" if wish.url else wish.twiml), lambda: None)


def ring(talk: Conversation) -> str:
    """Who or what answers. Raises CallOver when nobody does within the wish's timeout."""
    by = talk.exchange.behaviour.answers.get(talk.call.phone)
    if by is None:
        touch = talk.wait(RING_KINDS, talk.wish.timeout, {"kind": "ring"})
        by = "ignore" if touch is None else touch.value if touch.kind == "answer" else touch.kind
    if by in REFUSALS:
        raise CallOver(REFUSALS[by])
    return by


def detect(talk: Conversation, by: str) -> None:
    """What answering machine detection says about who answered, when the product asked for it."""
    talk.machine = by in ("machine", "fax")
    if not talk.wish.detection:
        return
    whole = talk.wish.detection == "DetectMessageEnd"
    found = DETECTED.get(by) or ("machine_end_beep" if whole else "machine_start")
    if not talk.wish.async_detection:
        talk.change(answered_by=found)
    elif talk.wish.detection_callback:
        talk.exchange.worker.do(report_detection, talk, found)


def answer(talk: Conversation) -> None:
    """The call is in progress from now on, if it was not yet."""
    if talk.call.status == "ringing":
        talk.live.limit(talk.wish.time_limit)
        talk.change(status="in-progress", started_at=talk.exchange.now())


def tell_extras(talk: Conversation) -> None:
    """What else the product asked for, as the telephone should know it."""
    if talk.machine:
        talk.add_line("note", "An answering machine took the call. Nobody presses or says anything.")
    if talk.wish.send_digits:
        talk.add_line("tones", talk.wish.send_digits)
    if talk.wish.record:
        talk.add_line("note", "The product asked Twilio to record this call.")
