"""The carrier's webhooks of a call: it rings, or something was pressed, said, or left unsaid."""

from flask import Blueprint, Response, abort, request

from carrier.twiml import write_reply
from carrier.webhooks import BadForm, read_call
from service.take_call import take_call
from web.desk import get_desk
from web.guard import signed

calls = Blueprint("calls", __name__, url_prefix="/twilio/voice")


@calls.post("")
@signed
def voice() -> Response:
    """A call begins: somebody dialled us, or somebody picked up a call of ours (`call` is our own id of it)."""
    return answer(0)


@calls.post("/turn")
@signed
def turn() -> Response:
    """A call goes on; `turn` counts our answers, so that the same request again gets the same one."""
    return answer(read_number("turn") or 1)


def answer(number: int) -> Response:
    """What this call hears next."""
    desk = get_desk()
    try:
        came = read_call(request.form, number, read_number("call"))
    except BadForm as problem:
        abort(400, str(problem))
    base = f"{desk.public_base_url}/twilio/voice/turn"
    document = take_call(
        desk.memory,
        came,
        desk.policy,
        desk.calls,
        desk.now(),
        lambda reply: write_reply(reply, f"{base}?turn={reply.next_turn}"),
    )
    return Response(document, content_type="text/xml")


def read_number(name: str) -> int | None:
    """A row's number in the address, which is signed; none where it is not there."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else None
