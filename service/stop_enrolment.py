"""An agency ends an enrolment because the person told it so: all channels, at once, without a text."""

from datetime import datetime

from service.suppress import suppress
from store.engine import Memory
from store.enrolments import get_enrolment


def stop_enrolment(memory: Memory, agency_id: int, public_id: str, now: datetime) -> bool:
    """Stop the person of that enrolment; False when the agency has no such enrolment. Twice is once."""
    with memory.transaction() as tx:
        enrolment = get_enrolment(tx, agency_id, public_id)
        if enrolment is None:
            return False
        if enrolment.ended_at is None:
            suppress(tx, enrolment.contact_id, "agency", now)
        return True
