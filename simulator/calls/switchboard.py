"""Beginning calls, in either direction, each on a thread of its own."""

import threading
import uuid
from dataclasses import replace

from simulator.calls.conversation import Conversation
from simulator.calls.course import run_call
from simulator.calls.live import LiveCall
from simulator.calls.records import Call
from simulator.calls.wish import Wish, write_wish
from simulator.exchange import Exchange


def place_call(exchange: Exchange, to: str, sender: str, wish: Wish) -> Call:
    """The product calls a telephone. Out: the call, which rings from now on."""
    return begin(exchange, build_call(exchange, to, "outbound-api", sender, to, wish), wish)


def take_call(exchange: Exchange, phone: str) -> Call:
    """A telephone calls the product, whose voice webhook is asked what to say."""
    wish = Wish(url=exchange.settings.product_url.rstrip("/") + "/twilio/voice")
    call = build_call(exchange, phone, "inbound", phone, exchange.settings.numbers[0], wish)
    return begin(exchange, replace(call, status="ringing"), wish)


def build_call(exchange: Exchange, phone: str, direction: str, caller: str, callee: str, wish: Wish) -> Call:
    """A call that nothing has happened to yet."""
    now = exchange.now()
    return Call(
        sid=f"CA{uuid.uuid4().hex}",
        phone=phone,
        direction=direction,
        caller=caller,
        callee=callee,
        status="queued",
        wish=write_wish(wish),
        created_at=now,
        updated_at=now,
    )


def begin(exchange: Exchange, call: Call, wish: Wish) -> Call:
    """Keep the call and let it run."""
    live = LiveCall()
    exchange.calls.add_call(call)
    exchange.live[call.sid] = live
    talk = Conversation(exchange, call, wish, live)
    threading.Thread(target=run_call, args=(talk,), name="simulator-call", daemon=True).start()
    return call
