"""The exchange: holds all that runs, carries texts between the product and telephones, and reports on them."""

import json
import uuid
from dataclasses import dataclass, field

from clock import Clock
from simulator.behaviour import Behaviour
from simulator.calls.live import LiveCall, Touch
from simulator.calls.records import CallRecords
from simulator.records import Message, Records
from simulator.settings import SimulatorSettings
from simulator.webhooks import post_signed
from simulator.worker import Worker

API_VERSION = "2010-04-01"
HANDS = 24
LOOK_SECONDS = 0.5
HANG_UP_SECONDS = 2.0
STEPS = {"accepted": "queued", "queued": "sent", "sent": "delivered"}


@dataclass
class Exchange:
    """All that one running simulator holds."""

    settings: SimulatorSettings
    records: Records
    calls: CallRecords
    clock: Clock
    worker: Worker
    live: dict[str, LiveCall] = field(default_factory=dict)
    behaviour: Behaviour = field(default_factory=Behaviour)
    life: str = field(default_factory=lambda: uuid.uuid4().hex)

    def now(self) -> float:
        """Programme time in epoch seconds."""
        return self.clock.now().timestamp()


def open_exchange(settings: SimulatorSettings) -> Exchange:
    """A running exchange, which picks up texts that were on their way when the last one closed."""
    records = Records(settings.state_file)
    exchange = Exchange(settings, records, CallRecords(records), Clock(settings.clock_file), Worker(HANDS))
    exchange.calls.end_unfinished(exchange.now())
    exchange.worker.start()
    release_scheduled(exchange)
    for message in exchange.records.list_waiting():
        exchange.worker.plan(0, carry, exchange, message.sid, message.status)
    return exchange


def close_exchange(exchange: Exchange) -> None:
    """Finish what runs and let go of the file."""
    hang_up_all(exchange)
    exchange.worker.stop()
    exchange.records.close()


def start_again(exchange: Exchange) -> None:
    """As if new: no texts, no calls, no blocks, the carrier's ordinary manners. The clock goes on."""
    hang_up_all(exchange)
    exchange.behaviour = Behaviour()
    exchange.life = uuid.uuid4().hex
    exchange.records.forget_everything()
    exchange.calls.forget_everything()


def hang_up_all(exchange: Exchange) -> None:
    """End every call; one whose product takes its time over an answer ends without being waited for."""
    lines = list(exchange.live.values())
    for live in lines:
        live.touch(Touch("hangup"))
    for live in lines:
        live.wait_until(lambda _: False, HANG_UP_SECONDS)


def accept_message(exchange: Exchange, message: Message) -> None:
    """Take a text from the product and set it on its way."""
    exchange.records.add_message(message)
    if message.status != "scheduled":
        plan_step(exchange, message.sid, message.status)


def plan_step(exchange: Exchange, sid: str, status: str) -> None:
    """Plan the step after `status`; a clock that runs fast or glides shortens the pause before it, as all else."""
    pause = exchange.behaviour.callback_delay_ms / 1000 / max(exchange.clock.pace(), 1.0)
    exchange.worker.plan(pause, carry, exchange, sid, status)


def release_scheduled(exchange: Exchange) -> None:
    """Set scheduled texts whose hour has come on their way, and look again in a moment."""
    exchange.worker.plan(LOOK_SECONDS, release_scheduled, exchange)
    for message in exchange.records.list_scheduled(exchange.now()):
        exchange.records.change_message(message.sid, status="accepted", updated_at=exchange.now())
        carry(exchange, message.sid, "accepted")


def carry(exchange: Exchange, sid: str, status: str) -> None:
    """Move a text one step on from `status`, report it, and plan the next step."""
    message = exchange.records.get_message(sid)
    if message is None or message.status != status:
        return
    step, code = choose_step(exchange, message)
    now = exchange.now()
    news = {"sent_at": now} if step == "sent" else {}
    exchange.records.change_message(sid, status=step, error_code=code, updated_at=now, **news)
    if exchange.behaviour.callbacks and message.callback:
        exchange.worker.do(report_and_go_on, exchange, message, step, code)
    elif step in STEPS:
        plan_step(exchange, sid, step)


def report_and_go_on(exchange: Exchange, message: Message, step: str, code: int | None) -> None:
    """Report a step; only then plan the next, so that one text's reports arrive in order."""
    report(exchange, message, step, code)
    if step in STEPS:
        plan_step(exchange, message.sid, step)


def choose_step(exchange: Exchange, message: Message) -> tuple[str, int | None]:
    """The status a text comes to next, with its error code when that is its sad end."""
    if message.status == "queued" and message.recipient in exchange.behaviour.failed:
        return "failed", exchange.behaviour.failed[message.recipient]
    if message.status == "sent" and message.recipient in exchange.behaviour.undelivered:
        return "undelivered", exchange.behaviour.undelivered[message.recipient]
    return STEPS[message.status], None


def report(exchange: Exchange, message: Message, status: str, code: int | None) -> None:
    """One status callback to the URL that the product gave with the text, if it gave one and callbacks are on."""
    if not (exchange.behaviour.callbacks and message.callback):
        return
    form = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": status,
        "SmsStatus": status,
        "To": message.recipient,
        "From": message.sender or "",
        "AccountSid": exchange.settings.account_sid,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        form["MessagingServiceSid"] = message.service_sid
    if code:
        form["ErrorCode"] = str(code)
    if status == "delivered":
        form["RawDlrDoneDate"] = exchange.clock.now().strftime("%y%m%d%H%M")
    post_signed(message.callback, form, exchange.settings.auth_token)


def count_media(message: Message) -> int:
    """How many pictures came with a text."""
    return len(json.loads(message.media))
