"""A step of the programme comes due: its text, and the question it asks."""

from dataclasses import replace
from datetime import datetime

from messages.programmes import find_step
from model import Came, Contact, Decision, Line, Standing, Talk, Urgency

AGAIN = {"welcome.confirm": "welcome.again"}


def come_due(contact: Contact, talk: Talk, event: Came, now: datetime) -> Decision:
    """Say the step to a person who is still with us; a new question replaces the one that waited."""
    if contact.standing not in (Standing.ACTIVE, Standing.ENDED):
        return Decision(talk=talk, urgency=Urgency.SCHEDULED)
    step = find_step(event.step)
    asking = Talk(question=step.question, asked_at=now) if step.question else replace(talk, unclear=0)
    key = AGAIN.get(step.key, step.key) if event.again else step.key
    return Decision(talk=asking, lines=(Line(key),), urgency=Urgency.SCHEDULED)
