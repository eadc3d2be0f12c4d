"""A number that must not be texted any more: everything that waits for it ends at once, on all channels."""

from datetime import datetime

from model import Standing, Urgency
from store.contacts import save_contact
from store.due import drop_dues
from store.engine import Tx
from store.enrolments import end_enrolments
from store.outbox import cancel_texts

DROPPED = "stopped"


def suppress(tx: Tx, contact_id: int, because: str, now: datetime) -> None:
    """Stop the contact for that reason; only their own START brings the dropped steps back."""
    save_contact(tx, contact_id, standing=Standing.STOPPED, because=because, question=None)
    drop_dues(tx, contact_id, DROPPED)
    cancel_texts(tx, contact_id, Urgency.REPLY)
    end_enrolments(tx, contact_id, because, now, revoked=True)
