"""From Twilio's webhook forms to plain values (domain-facts D3, E3)."""

from collections.abc import Mapping

from calling import Request
from carrier.errors import CALL_AGAIN, get_advice, get_again_after
from model import Advice, Inbound, Receipt

# Whole-message words that Twilio itself answers and blocks on by default; the webhook comes all the same.
DEFAULT_STOP = frozenset(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"))
LONGEST_CODE, LONGEST_FIELD, LONGEST_SAID = 6, 64, 1600
EMPTY_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


class BadForm(ValueError):
    """A signed form lacks what it must have; the text names it."""


def read_inbound(form: Mapping[str, str]) -> Inbound:
    """The text in an inbound webhook. Raises BadForm when its id or its sender is missing."""
    body = form.get("Body", "")
    return Inbound(
        sid=read_field(form, "MessageSid"),
        phone=read_field(form, "From"),
        body=body,
        has_media=form.get("NumMedia", "0") not in ("", "0"),
        carrier_replied=read_reply(form.get("OptOutType", ""), body),
    )


def read_reply(opt_out_type: str, body: str) -> str | None:
    """STOP, START or HELP when Twilio has answered this text itself."""
    if opt_out_type.upper() in ("STOP", "START", "HELP"):
        return opt_out_type.upper()
    return "STOP" if body.strip().upper() in DEFAULT_STOP else None


def read_call(form: Mapping[str, str], turn: int, outbox_id: int | None) -> Request:
    """One request in a call (domain-facts E7). Raises BadForm when the call or the caller is missing."""
    outbound = form.get("Direction", "inbound").startswith("outbound")
    dialled = form.get("DialCallStatus")
    return Request(
        sid=read_field(form, "CallSid"),
        phone=read_field(form, "To" if outbound else "From"),
        turn=turn,
        keys=form.get("Digits", "")[:LONGEST_CODE],
        said=form.get("SpeechResult", "")[:LONGEST_SAID],
        dialled=None if dialled is None else dialled in ("completed", "answered"),
        machine=form.get("AnsweredBy", "").startswith(("machine", "fax")),
        outbox_id=outbox_id,
    )


def read_receipt(outbox_id: int, form: Mapping[str, str]) -> Receipt:
    """The status in a callback. Raises BadForm when it has none."""
    code = form.get("ErrorCode", "")
    number = int(code) if code.isascii() and code.isdecimal() and len(code) <= LONGEST_CODE else None
    if "CallSid" in form:
        sid, status = read_field(form, "CallSid"), read_field(form, "CallStatus")
        return Receipt(outbox_id, sid, status, number, Advice.VOICE, CALL_AGAIN)
    return Receipt(
        outbox_id=outbox_id,
        sid=read_field(form, "MessageSid"),
        status=read_field(form, "MessageStatus"),
        code=number,
        advice=get_advice(number),
        again_after=get_again_after(number),
    )


def read_field(form: Mapping[str, str], name: str) -> str:
    """One field that must be there."""
    value = form.get(name, "").strip()
    if not value or len(value) > LONGEST_FIELD:
        raise BadForm(f"The field {name} is missing, or far too long.")
    return value
