"""The Call resource: create, fetch, list, redirect, cancel, hang up (domain-facts E7)."""

from flask import Response, jsonify, request

from simulator.calls.live import Touch
from simulator.calls.records import UNFINISHED, Call
from simulator.calls.reports import count_seconds
from simulator.calls.switchboard import place_call
from simulator.calls.wish import Wish, write_wish
from simulator.exchange import API_VERSION, Exchange
from simulator.numbers import write_number
from simulator.refusals import Refusal
from simulator.resources.call_check import (
    check_callee,
    check_caller,
    check_method,
    check_twiml,
    check_url,
    read_order,
)
from simulator.resources.call_list import choose_calls
from simulator.resources.dates import write_date
from simulator.resources.door import api, get_exchange
from simulator.resources.failing import create_or_fail
from simulator.resources.message_check import check_account
from simulator.resources.paging import list_page

# How long an update waits to tell the call's new status: a call that asks the product just now ends later.
PATIENCE_SECONDS = 1.0
NO_VALUE = (
    "caller_name",
    "forwarded_from",
    "group_sid",
    "parent_call_sid",
    "phone_number_sid",
    "price",
    "trunk_sid",
)


@api.post("/Accounts/<AccountSid>/Calls.json")
def create_call(AccountSid: str) -> Response:
    """Take a call from the product: 201 with the resource, or a Refusal."""
    exchange = get_exchange()
    check_account(exchange.behaviour)
    to = check_callee(request.form.get("To"), exchange.behaviour)
    sender = check_caller(request.form.get("From"), exchange)
    wish = read_order(request.form)
    return create_or_fail(exchange.behaviour, lambda: accept(exchange, to, sender, wish))


def accept(exchange: Exchange, to: str, sender: str, wish: Wish) -> Response:
    """Let it ring, answer as Twilio does."""
    answer = jsonify(describe_call(exchange, place_call(exchange, to, sender, wish)))
    answer.status_code = 201
    return answer


@api.get("/Accounts/<AccountSid>/Calls.json")
def list_calls(AccountSid: str) -> Response:
    """One page of the account's calls, newest first."""
    exchange = get_exchange()
    shown, paging = list_page(choose_calls(exchange, request.args), request.path, request.args)
    return jsonify(paging | {"calls": [describe_call(exchange, call) for call in shown]})


def find_call(exchange: Exchange, sid: str) -> Call:
    """The call with this sid. Raises Refusal 20404 when there is none."""
    call = exchange.calls.get_call(sid)
    if call is None:
        raise Refusal(20404, request.path)
    return call


@api.get("/Accounts/<AccountSid>/Calls/<Sid>.json")
def fetch_call(AccountSid: str, Sid: str) -> Response:
    """One call."""
    exchange = get_exchange()
    return jsonify(describe_call(exchange, find_call(exchange, Sid)))


@api.post("/Accounts/<AccountSid>/Calls/<Sid>.json")
def update_call(AccountSid: str, Sid: str) -> Response:
    """Cancel a call that was not answered, hang one up, or turn it to other TwiML."""
    exchange = get_exchange()
    call, form = find_call(exchange, Sid), request.form
    live = exchange.live.get(Sid)
    if live is None or call.status not in UNFINISHED:
        raise Refusal(21220)
    if form.get("Status"):
        live.touch(read_end(form["Status"], call))
        live.wait_until(lambda _: False, PATIENCE_SECONDS)
    elif form.get("Url") or form.get("Twiml"):
        if call.status != "in-progress":
            raise Refusal(21220)
        wish = Wish(check_url(form.get("Url")), check_method(form, "Method"), check_twiml(form.get("Twiml")))
        live.touch(Touch("redirect", write_wish(wish)))
    return fetch_call(AccountSid, Sid)


def read_end(status: str, call: Call) -> Touch:
    """How the product ends the call. Raises Refusal 20001 on another status, 21220 on a cancel that comes too late."""
    if status not in ("canceled", "completed"):
        raise Refusal(20001, "Status")
    if status == "canceled" and call.status == "in-progress":
        raise Refusal(21220)
    return Touch("end", status)


def describe_call(exchange: Exchange, call: Call) -> dict[str, object]:
    """The Call resource, every field of Twilio's schema."""
    account = exchange.settings.account_sid
    uri = f"/{API_VERSION}/Accounts/{account}/Calls/{call.sid}"
    duration = str(count_seconds(call.started_at, call.ended_at)) if call.status == "completed" else None
    return dict.fromkeys(NO_VALUE) | {
        "account_sid": account,
        "answered_by": call.answered_by,
        "api_version": API_VERSION,
        "date_created": write_date(call.created_at),
        "date_updated": write_date(call.updated_at),
        "direction": call.direction,
        "duration": duration,
        "end_time": write_date(call.ended_at),
        "from": call.caller,
        "from_formatted": write_number(call.caller),
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": write_date(call.started_at),
        "status": call.status,
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
        "to": call.callee,
        "to_formatted": write_number(call.callee),
        "uri": f"{uri}.json",
    }
