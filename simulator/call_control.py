"""/sim/calls: how the telephone page and tests place calls, answer them, press keys, speak and read along."""

import json
from collections.abc import Callable, Mapping

from flask import Response, abort, jsonify, request

from simulator.behaviour import ANSWERS
from simulator.calls.audio import fetch_recording
from simulator.calls.describing import describe_call
from simulator.calls.dialling import OUTCOMES
from simulator.calls.live import Touch, listens, waits_for_somebody
from simulator.calls.records import Call, list_lines
from simulator.calls.switchboard import take_call
from simulator.control import LONGEST_WAIT, control, get_exchange, read_json, read_phone
from simulator.webhooks import call_signed

KEYS = frozenset("0123456789*#")


@control.post("/calls")
def place_inbound() -> Response:
    """A telephone calls the product: {"from"} -> the call, once it waits for the telephone or is over."""
    exchange = get_exchange()
    return show_settled(take_call(exchange, read_phone(read_json().get("from"))))


@control.get("/calls")
def list_of_number() -> Response:
    """Every call of the telephone `number`, oldest first."""
    calls = get_exchange().calls.list_of_phone(read_phone(request.args.get("number")))
    return jsonify({"calls": [describe_call(call) for call in calls]})


@control.get("/calls/<sid>")
def show_call(sid: str) -> Response:
    """One call, once it waits for the telephone or is over."""
    return show_settled(get_call(sid))


def get_call(sid: str) -> Call:
    """The call with this sid. Raises ValueError when there is none."""
    call = get_exchange().calls.get_call(sid)
    if call is None:
        raise ValueError("There is no call with this sid.")
    return call


def show_settled(call: Call) -> Response:
    """The call as it is when it does nothing more by itself, or after the longest wait."""
    live = get_exchange().live.get(call.sid)
    if live is not None:
        live.wait_until(waits_for_somebody, LONGEST_WAIT)
    return jsonify(describe_call(get_call(call.sid)))


@control.post("/calls/<sid>/<act>")
def touch_call(sid: str, act: str) -> Response:
    """Do one of ACTS -> the call once it waits again or is over. A hang-up is heard at once, all else in turn."""
    call, touch = get_call(sid), read_touch(act, read_json())
    live = get_exchange().live.get(sid)
    if live is None:
        raise ValueError("This call is over.")
    if act != "hangup" and not live.wait_until(listens, LONGEST_WAIT):
        raise ValueError("The call is busy with the product.")
    live.touch(touch)
    return show_settled(call)


def read_touch(act: str, given: Mapping[str, object]) -> Touch:
    """What is done to a call. Raises ValueError when it makes no sense."""
    if act not in ACTS:
        raise ValueError(f"One can {', '.join(ACTS)}.")
    return Touch(act, ACTS[act](given))


def read_answerer(given: Mapping[str, object]) -> str:
    """Who or what answers; a person unless said otherwise."""
    return choose(given.get("by", "person"), ANSWERS)


def read_keys(given: Mapping[str, object]) -> str:
    """The keys pressed."""
    keys = str(given.get("keys") or "")
    if not keys or not set(keys) <= KEYS:
        raise ValueError("The keys are 0 to 9, * and #.")
    return keys


def read_speech(given: Mapping[str, object]) -> str:
    """The words spoken."""
    text = str(given.get("text") or "").strip()
    if not text:
        raise ValueError("There is nothing to say.")
    return text


def read_outcome(given: Mapping[str, object]) -> str:
    """What the other side of a Dial does."""
    return choose(given.get("outcome"), OUTCOMES)


def choose(given: object, known: tuple[str, ...]) -> str:
    """The given word. Raises ValueError when it is none of the known ones."""
    if given not in known:
        raise ValueError(f"It is one of {', '.join(known)}.")
    return str(given)


def read_nothing(given: Mapping[str, object]) -> str:
    """Nothing more is to be said."""
    return ""


ACTS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "answer": read_answerer,
    "decline": read_nothing,
    "ignore": read_nothing,
    "press": read_keys,
    "say": read_speech,
    "silent": read_nothing,
    "dial": read_outcome,
    "hangup": read_nothing,
}


@control.post("/calls/<sid>/again")
def ask_again(sid: str) -> Response:
    """Send the last request for TwiML again, as a carrier may -> how it was answered, and whether that was the same."""
    call = get_call(sid)
    if call.webhook is None:
        raise ValueError("The product was not asked anything yet.")
    kept = json.loads(call.webhook)
    answer = call_signed(kept["method"], kept["url"], kept["form"], get_exchange().settings.auth_token)
    same = answer.body.decode("utf-8", "replace") == kept["answer"]
    return jsonify({"sid": sid, "status": answer.status, "error_code": answer.error_code, "same": same})


@control.get("/calls/<sid>/audio/<int:place>")
def play_line(sid: str, place: int) -> Response:
    """The recording of a played line; 404 when there is none."""
    lines = list_lines(get_call(sid))
    if place >= len(lines) or lines[place]["kind"] != "play":
        abort(404)
    recording = fetch_recording(str(lines[place]["url"]))
    if recording.error_code:
        abort(404)
    return Response(recording.content, mimetype=recording.content_type)
