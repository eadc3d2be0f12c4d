"""/sim: what the telephone page and tests use to send texts, read them, set the clock and the carrier's manners."""

from collections import Counter
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, jsonify, request

from simulator.behaviour import change, describe
from simulator.calls.describing import describe_call
from simulator.calls.records import Call
from simulator.exchange import Exchange, start_again
from simulator.inbound import announce, take_text
from simulator.numbers import read_number, write_number
from simulator.records import MOST_NEWS, Message, list_media, moment

control = Blueprint("control", __name__, url_prefix="/sim")
LONGEST_WAIT = 20.0
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def get_exchange() -> Exchange:
    """The exchange of the simulator that serves this request."""
    return current_app.extensions["exchange"]


@control.before_request
def admit() -> None:
    """403 unless the caller is on this machine and no web page elsewhere drives its browser."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    here = urlsplit(f"//{request.host}").hostname in LOOPBACK_NAMES and is_loopback(request.remote_addr)
    if not here or site not in ("same-origin", "none") or origin not in (None, request.host_url.rstrip("/")):
        abort(403, "Only this machine's own telephone page may use this.")


def is_loopback(address: str | None) -> bool:
    """Whether an IP address is this machine's own."""
    return address is not None and ip_address(address).is_loopback


@control.errorhandler(ValueError)
def tell_mistake(mistake: ValueError) -> tuple[Response, int]:
    """A request that makes no sense, with the reason in plain words."""
    return jsonify({"error": str(mistake)}), 400


def read_json() -> dict:
    """The request's JSON object. Raises ValueError when it is none."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise ValueError("Send a JSON object.")
    return given


def read_phone(text: object) -> str:
    """A number written any way, in E.164. Raises ValueError when it is none."""
    number = read_number(str(text or ""))
    if number is None:
        raise ValueError("This is not a telephone number.")
    return number


@control.get("/messages")
def list_texts() -> Response:
    """Texts and calls of `number`, or all that changed after `since`, waiting up to `wait` seconds for some."""
    exchange = get_exchange()
    if "since" in request.args:
        return list_news(exchange, int(request.args["since"]))
    cursor = exchange.records.last_change
    number = read_phone(request.args.get("number"))
    texts, calls = exchange.records.list_of_phone(number), exchange.calls.list_of_phone(number)
    return tell_news(exchange, cursor, texts, calls)


def list_news(exchange: Exchange, since: int) -> Response:
    """What changed after change number `since`; the cursor goes no further than the texts that fitted."""
    exchange.records.wait_for_change(since, min(float(request.args.get("wait", 0)), LONGEST_WAIT))
    if exchange.records.closing:
        abort(503)
    cursor = exchange.records.last_change
    texts, calls = exchange.records.list_changed(since), exchange.calls.list_changed(since)
    full = len(texts) == MOST_NEWS
    return tell_news(exchange, texts[-1].change if full else cursor, texts, calls)


def tell_news(exchange: Exchange, cursor: int, texts: list[Message], calls: list[Call]) -> Response:
    """Texts and calls with the state they are told in."""
    state = {"life": exchange.life, "cursor": cursor, "blocked": exchange.records.list_blocked()}
    told = {
        "messages": [describe_text(text) for text in texts],
        "calls": [describe_call(call) for call in calls],
    }
    return jsonify(state | told)


@control.get("/sends")
def list_sends() -> Response:
    """For tests: a row [our id, number, sid, epoch seconds] a send, in order, and how many ids were taken twice."""
    sends = [(read_own_id(url), *rest) for url, *rest in get_exchange().records.list_sends()]
    counts = Counter(row[0] for row in sends if row[0] is not None)
    twice = sum(count > 1 for count in counts.values())
    return jsonify({"texts": len(counts), "twice": twice, "sends": sends})


def read_own_id(callback: str | None) -> int | None:
    """The product's own id of a text, the last part of its callback URL's path; None when there is none."""
    last = urlsplit(callback or "").path.rpartition("/")[2]
    return int(last) if last.isdecimal() else None


def describe_text(message: Message) -> dict[str, object]:
    """A text as its telephone shows it; `at` is programme time in UTC, `place` its place in the order of all texts."""
    return {
        "sid": message.sid,
        "place": message.id,
        "number": message.phone,
        "direction": message.direction,
        "from": message.sender,
        "to": message.recipient,
        "body": message.shown,
        "media": list_media(message),
        "status": message.status,
        "error_code": message.error_code,
        "segments": message.segments,
        "at": moment(message.created_at).isoformat(),
    }


@control.post("/inbound")
def send_inbound() -> Response:
    """A telephone sends a text: {"from", "body", "media"?} -> its sid and how the product answered."""
    given = read_json()
    media = [str(url) for url in given.get("media") or []]
    body = str(given.get("body") or "")
    if not body and not media:
        raise ValueError("There is nothing to send.")
    message, answer = take_text(get_exchange(), read_phone(given.get("from")), body, media)
    return jsonify({"sid": message.sid, "status": answer.status, "error_code": answer.error_code})


@control.post("/webhook/replay")
def replay_webhook() -> Response:
    """Send the webhook of an inbound text again, as a carrier may: {"sid"} -> how the product answered."""
    exchange = get_exchange()
    message = exchange.records.get_message(str(read_json().get("sid")))
    if message is None or message.webhook is None:
        raise ValueError("There is no inbound text with this sid.")
    answer = announce(exchange, message)
    return jsonify({"sid": message.sid, "status": answer.status, "error_code": answer.error_code})


@control.get("/settings")
def show_settings() -> Response:
    """The carrier's manners, and the numbers that said STOP."""
    exchange = get_exchange()
    return jsonify(describe(exchange.behaviour) | {"blocked": exchange.records.list_blocked()})


@control.post("/settings")
def set_settings() -> Response:
    """Change some of the carrier's manners; those not named stay."""
    exchange = get_exchange()
    exchange.behaviour = change(exchange.behaviour, read_json())
    return show_settings()


@control.get("/clock")
def show_clock() -> Response:
    """Programme time, the speed that was set, the pace right now (a jump is a glide), and whether it can be set."""
    clock = get_exchange().clock
    paces = {"speed": clock.speed(), "pace": clock.pace()}
    return jsonify({"now": clock.now().isoformat(), **paces, "settable": clock.file is not None})


@control.post("/clock")
def set_clock() -> Response:
    """Run at {"speed"} from now on, after a jump of {"ahead_seconds"}; either may be left out."""
    given, clock = read_json(), get_exchange().clock
    speed, ahead = given.get("speed", clock.speed()), given.get("ahead_seconds", 0)
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in (speed, ahead)):
        raise ValueError("speed and ahead_seconds are numbers.")
    clock.set_speed(float(speed), timedelta(seconds=float(ahead)))
    return show_clock()


@control.get("/number")
def show_number() -> Response:
    """A number written any way, in E.164 and as its country prints it."""
    number = read_phone(request.args.get("text"))
    return jsonify({"number": number, "national": write_number(number)})


@control.post("/reset")
def reset() -> Response:
    """As if new: no texts, no calls, no blocks, ordinary manners; the clock goes on."""
    start_again(get_exchange())
    return jsonify({"ok": True})
