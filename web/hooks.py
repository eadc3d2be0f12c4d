"""The carrier's webhooks: inbound texts and receipts."""

from flask import Blueprint, Response, abort, request

from carrier.webhooks import EMPTY_ANSWER, BadForm, read_inbound, read_receipt
from service.settle_receipt import settle_receipt
from service.take_turn import take_turn
from web.desk import get_desk
from web.guard import signed

hooks = Blueprint("hooks", __name__, url_prefix="/twilio")


@hooks.post("/sms")
@signed
def sms() -> Response:
    """One inbound text: committed before this answers, answered through the outbox."""
    desk = get_desk()
    try:
        inbound = read_inbound(request.form)
    except BadForm as problem:
        abort(400, str(problem))
    take_turn(desk.memory, inbound, desk.policy, desk.now())
    return answer()


@hooks.post("/receipts/<row:outbox_id>")
@signed
def receipts(outbox_id: int) -> Response:
    """What became of one of our texts; a receipt for a text that is not ours changes nothing."""
    desk = get_desk()
    try:
        receipt = read_receipt(outbox_id, request.form)
    except BadForm as problem:
        abort(400, str(problem))
    settle_receipt(desk.memory, receipt, desk.policy, desk.now())
    return answer()


def answer() -> Response:
    """Nothing to say on this channel: replies leave through the outbox."""
    return Response(EMPTY_ANSWER, content_type="text/xml")
