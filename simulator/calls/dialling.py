"""The verb Dial: the tester says whether the other side answers, is busy or is not there, and when it hangs up."""

import uuid
from xml.etree.ElementTree import Element

from simulator.calls.conversation import Conversation, Request, resolve
from simulator.calls.speaking import read_whole
from simulator.numbers import read_number

TIMEOUT = 30
LONGEST_TALK = 14_400
OUTCOMES = ("answered", "ended", "busy", "no-answer", "failed")


def dial(talk: Conversation, verb: Element, base: str) -> Request | None:
    """Puts the call through. Out: the action's URL with how it went; None without an action."""
    given = [(number.text or "").strip() for number in verb.iter("Number")] or [(verb.text or "").strip()]
    numbers = [number for number in map(read_number, given) if number]
    if numbers:
        status, seconds = put_through(talk, ", ".join(numbers), read_whole(verb, "timeout", TIMEOUT))
    else:
        talk.add_fault(13224, given[0])
        status, seconds = "failed", 0.0
    talk.add_line("dial", status, number=", ".join(given))
    if not verb.get("action"):
        return None
    told = {"DialCallSid": f"CA{uuid.uuid4().hex}", "DialCallStatus": status}
    if status == "completed":
        told["DialCallDuration"] = str(round(seconds))
    return Request(resolve(base, verb.get("action", "")), verb.get("method", "POST").upper(), told)


def put_through(talk: Conversation, number: str, timeout: int) -> tuple[str, float]:
    """Ring the other side and let both talk. Out: Twilio's DialCallStatus and the programme seconds they talked."""
    touch = talk.wait(("dial",), timeout, {"kind": "dial", "number": number})
    if touch is None or touch.value != "answered":
        return (touch.value if touch and touch.value != "ended" else "no-answer"), 0.0
    began = talk.exchange.now()
    talk.add_line("dial", "answered", number=number)
    talk.wait(("dial",), LONGEST_TALK, {"kind": "talk", "number": number})
    return "completed", talk.exchange.now() - began
