"""What an error of the carrier leads to: the number is suppressed, everything halts, or a person is told."""

import logging
from datetime import datetime, timedelta

from model import Advice
from service.suppress import suppress
from store.engine import Tx
from store.halts import save_halt
from store.record import raise_task

LOG = logging.getLogger(__name__)
HALT_FOR = timedelta(minutes=15)  # then one look whether operations have acted
TASKS = {Advice.VOICE: "unreachable_by_text", Advice.REVIEW: "text_refused", Advice.ALERT: "carrier_alert"}


def heed(tx: Tx, contact_id: int, advice: Advice, code: int | None, now: datetime) -> None:
    """Act on the error for which the carrier will not take, or could not deliver, a text."""
    if advice is Advice.STOP:
        suppress(tx, contact_id, f"carrier_{code}", now)
    elif advice is Advice.HALT:
        LOG.error("the carrier takes nothing from this account: %s; only emergencies are tried", code)
        save_halt(tx, code or 0, now, now + HALT_FOR)
    else:
        raise_task(tx, contact_id, TASKS.get(advice, "undelivered"), now)
