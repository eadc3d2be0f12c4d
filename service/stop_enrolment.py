"""An agency ends an enrolment because the person told it so: all channels, at once, without a text."""

from datetime import datetime

from model import Standing
from service.suppress import suppress
from store.contacts import lock_contact
from store.engine import Memory
from store.enrolments import get_enrolment


def stop_enrolment(memory: Memory, agency_id: int, public_id: str, now: datetime) -> bool:
    """Stop the person of that enrolment, on any other too; False when the agency has no such enrolment."""
    with memory.transaction() as tx:
        enrolment = get_enrolment(tx, agency_id, public_id)
        if enrolment is None:
            return False
        contact, _, _ = lock_contact(tx, enrolment.contact_id)
        if contact.standing is not Standing.STOPPED:
            suppress(tx, contact.id, "agency", now)
        return True
