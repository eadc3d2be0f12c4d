"""How long a text is of use: one that could not leave in time is not said days late (the programme's own decision)."""

from datetime import datetime, timedelta

from messages.programmes import Step
from model import Urgency

USEFUL_FOR = {
    Urgency.EMERGENCY: timedelta(hours=1),  # what to do now; later a person must call
    Urgency.REPLY: timedelta(hours=18),  # over any night
    Urgency.SCHEDULED: timedelta(hours=36),  # a later check-in would meet the next one
}
FIRST_USEFUL_FOR = timedelta(
    days=7
)  # the first texts say who writes and how to stop it: the others rest on them


def end_of_use(urgency: Urgency, at: datetime, step: Step | None = None) -> datetime:
    """When a text meant for the moment `at` (UTC) has lost its use; `step` if it is one of the programme's."""
    is_first = step is not None and step.hour is None
    return at + (FIRST_USEFUL_FOR if is_first else USEFUL_FOR[urgency])
