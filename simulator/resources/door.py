"""The door to Twilio's REST API: Basic authentication, the carrier's delay, and errors in Twilio's shape."""

import hmac
import random
import time

from flask import Blueprint, Response, current_app, jsonify, request

from simulator.exchange import Exchange
from simulator.refusals import Refusal

api = Blueprint("api", __name__, url_prefix="/2010-04-01")


def get_exchange() -> Exchange:
    """The exchange of the simulator that serves this request."""
    return current_app.extensions["exchange"]


@api.before_request
def open_door() -> None:
    """Raises Refusal 20003 without the account's name and token, 20404 for another account; then waits."""
    exchange = get_exchange()
    given = request.authorization
    name, token = (
        (given.username or "", given.password or "") if given and given.type == "basic" else ("", "")
    )
    known = hmac.compare_digest(name.encode(), exchange.settings.account_sid.encode())
    if not (hmac.compare_digest(token.encode(), exchange.settings.auth_token.encode()) and known):
        raise Refusal(20003)
    path = request.view_args or {}
    if path.get("AccountSid", path.get("Sid")) != exchange.settings.account_sid:
        raise Refusal(20404, request.path)
    linger(exchange)


def linger(exchange: Exchange) -> None:
    """Take the carrier's time over a request."""
    behaviour = exchange.behaviour
    if behaviour.latency_ms or behaviour.jitter_ms:
        time.sleep((behaviour.latency_ms + random.uniform(0, behaviour.jitter_ms)) / 1000)


@api.app_errorhandler(Refusal)
def tell_refusal(refusal: Refusal) -> tuple[Response, int]:
    """A refusal as Twilio's JSON."""
    answer = jsonify(refusal.body())
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer, refusal.status


@api.route("/", defaults={"rest": ""}, methods=["GET", "POST", "DELETE"])
@api.route("/<path:rest>", methods=["GET", "POST", "DELETE"])
def miss(rest: str) -> Response:
    """Whatever else Twilio has: not here."""
    raise Refusal(20404, request.path)
