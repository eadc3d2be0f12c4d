"""The Message resource: create, fetch, list, redact, cancel, delete (domain-facts E2)."""

import json
import uuid

from flask import Response, jsonify, request

from simulator.exchange import API_VERSION, Exchange, accept_message, count_media, report
from simulator.records import Message
from simulator.refusals import Refusal
from simulator.resources.dates import write_date
from simulator.resources.door import api, get_exchange
from simulator.resources.failing import create_or_fail
from simulator.resources.message_check import (
    check_account,
    check_body,
    check_callback,
    check_schedule,
    check_sender,
    check_to,
)
from simulator.resources.message_list import choose_messages
from simulator.resources.paging import list_page
from simulator.segments import count_segments

ERROR_WORDS = {
    21610: "Attempt to send to unsubscribed recipient",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
}


@api.post("/Accounts/<AccountSid>/Messages.json")
def create_message(AccountSid: str) -> Response:
    """Take a text from the product: 201 with the resource, or a Refusal."""
    exchange = get_exchange()
    message = read_message(exchange)
    return create_or_fail(exchange.behaviour, lambda: accept(exchange, message))


def accept(exchange: Exchange, message: Message) -> Response:
    """Keep the text, set it on its way, answer as Twilio does."""
    accept_message(exchange, message)
    answer = jsonify(describe_message(exchange, message))
    answer.status_code = 201
    return answer


def read_message(exchange: Exchange) -> Message:
    """The text that the request's form asks for. Raises Refusal where Twilio would refuse it."""
    form, now = request.form, exchange.now()
    check_account(exchange.behaviour)
    media = form.getlist("MediaUrl")
    to = check_to(form.get("To"), exchange.behaviour)
    sender = check_sender(form, exchange)
    body = check_body(form.get("Body"), media)
    callback = check_callback(form.get("StatusCallback"))
    send_at = check_schedule(form, now)
    if exchange.records.is_blocked(to):
        raise Refusal(21610)
    service = form.get("MessagingServiceSid") or None
    return Message(
        sid=("MM" if media else "SM") + uuid.uuid4().hex,
        phone=to,
        direction="outbound-api",
        sender=sender,
        recipient=to,
        body=body,
        shown=body,
        status="scheduled" if send_at else "accepted" if service else "queued",
        segments=count_segments(body),
        created_at=now,
        updated_at=now,
        send_at=send_at,
        media=json.dumps(media),
        service_sid=service,
        callback=callback,
    )


@api.get("/Accounts/<AccountSid>/Messages.json")
def list_messages(AccountSid: str) -> Response:
    """One page of the account's texts, newest first."""
    exchange = get_exchange()
    shown, paging = list_page(choose_messages(exchange, request.args), request.path, request.args)
    return jsonify(paging | {"messages": [describe_message(exchange, message) for message in shown]})


def find_message(exchange: Exchange, sid: str) -> Message:
    """The text with this sid. Raises Refusal 20404 when there is none, or it was deleted."""
    message = exchange.records.get_message(sid)
    if message is None or message.deleted:
        raise Refusal(20404, request.path)
    return message


@api.get("/Accounts/<AccountSid>/Messages/<Sid>.json")
def fetch_message(AccountSid: str, Sid: str) -> Response:
    """One text."""
    exchange = get_exchange()
    return jsonify(describe_message(exchange, find_message(exchange, Sid)))


@api.post("/Accounts/<AccountSid>/Messages/<Sid>.json")
def update_message(AccountSid: str, Sid: str) -> Response:
    """Redact a text (`Body` empty) or cancel a scheduled one (`Status=canceled`)."""
    exchange = get_exchange()
    message = find_message(exchange, Sid)
    if request.form.get("Status") == "canceled":
        cancel(exchange, message)
    elif request.form.get("Body") == "":
        exchange.records.change_message(Sid, body="", updated_at=exchange.now())
    else:
        raise Refusal(20001, "Body may only be emptied, Status only be canceled")
    return fetch_message(AccountSid, Sid)


def cancel(exchange: Exchange, message: Message) -> None:
    """Cancel a scheduled text. Raises Refusal 30409 when it is not waiting any more."""
    if message.status != "scheduled":
        raise Refusal(30409)
    exchange.records.change_message(message.sid, status="canceled", updated_at=exchange.now())
    exchange.worker.do(report, exchange, message, "canceled", None)


@api.delete("/Accounts/<AccountSid>/Messages/<Sid>.json")
def delete_message(AccountSid: str, Sid: str) -> tuple[str, int]:
    """Take a text out of Twilio's record; the telephone keeps its copy."""
    exchange = get_exchange()
    find_message(exchange, Sid)
    exchange.records.change_message(Sid, deleted=1, body="")
    return "", 204


def describe_message(exchange: Exchange, message: Message) -> dict[str, object]:
    """The Message resource, every field of Twilio's schema; a messaging service assigns the sender a little later."""
    account = exchange.settings.account_sid
    unassigned = message.status in ("accepted", "scheduled")
    uri = f"/{API_VERSION}/Accounts/{account}/Messages/{message.sid}"
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": write_date(message.created_at),
        "date_sent": write_date(message.sent_at),
        "date_updated": write_date(message.updated_at),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": ERROR_WORDS.get(message.error_code, "Unknown error") if message.error_code else None,
        "from": None if unassigned else message.sender,
        "messaging_service_sid": message.service_sid,
        "num_media": str(count_media(message)),
        "num_segments": "0" if unassigned else str(message.segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }
