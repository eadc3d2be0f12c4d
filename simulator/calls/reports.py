"""What the product hears of a call's course: signed status callbacks, and who or what answered."""

from email.utils import format_datetime

from simulator.calls.conversation import Conversation
from simulator.webhooks import call_signed


def report(talk: Conversation, event: str) -> None:
    """One status callback, when the product asked for this event; the call goes on when it was answered."""
    wish = talk.wish
    if not (wish.callback and event in wish.events and talk.exchange.behaviour.callbacks):
        return
    form = talk.build_form("initiated" if event == "initiated" else "")
    form |= {"CallbackSource": "call-progress-events", "SequenceNumber": str(talk.reports)}
    form["Timestamp"] = format_datetime(talk.exchange.clock.now())
    if talk.call.status == "completed":
        form["CallDuration"] = str(count_seconds(talk.call.started_at, talk.call.ended_at))
    talk.reports += 1
    call_signed(wish.callback_method, wish.callback, form, talk.exchange.settings.auth_token)


def report_detection(talk: Conversation, answered_by: str) -> None:
    """What answering machine detection found out while the call already went on."""
    form = {name: talk.build_form()[name] for name in ("CallSid", "AccountSid", "From", "To")}
    form |= {"AnsweredBy": answered_by, "MachineDetectionDuration": "0"}
    wish = talk.wish
    call_signed(wish.detection_method, wish.detection_callback, form, talk.exchange.settings.auth_token)


def count_seconds(started_at: float | None, ended_at: float | None) -> int:
    """The length of a call in whole programme seconds; 0 of one that was never answered."""
    return 0 if started_at is None or ended_at is None else round(ended_at - started_at)
