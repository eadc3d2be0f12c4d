"""What an error of the carrier leads to: the number is suppressed, or a person is told."""

from datetime import datetime

from model import Advice
from service.suppress import suppress
from store.engine import Tx
from store.record import raise_task

TASKS = {Advice.VOICE: "unreachable_by_text", Advice.REVIEW: "text_refused", Advice.ALERT: "carrier_alert"}


def heed(tx: Tx, contact_id: int, advice: Advice, code: int | None, now: datetime) -> None:
    """Act on the error for which the carrier will not take, or could not deliver, a text."""
    if advice is Advice.STOP:
        suppress(tx, contact_id, f"carrier_{code}", now)
    else:
        raise_task(tx, contact_id, TASKS.get(advice, "undelivered"), now)
