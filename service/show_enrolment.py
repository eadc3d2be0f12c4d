"""What an agency may see of an enrolment: its state, and of every message the key, the state and the time; no words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from messages.programmes import find_step
from store.due import list_dues
from store.engine import Memory
from store.enrolments import get_enrolment
from store.outbox import list_enrolment_texts


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of an enrolment; `at` is when it left, or when it will, in UTC."""

    key: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """An enrolment as its agency sees it."""

    id: str
    state: str
    because: str | None
    messages: tuple[Shown, ...]


def show_enrolment(memory: Memory, agency_id: int, public_id: str) -> EnrolmentView | None:
    """The enrolment, or None when the agency has none with that id."""
    with memory.reading() as tx:
        enrolment = get_enrolment(tx, agency_id, public_id)
        if enrolment is None:
            return None
        sent = {text.due_id: text for text in list_enrolment_texts(tx, enrolment.id)}
        shown = tuple(show(due, sent.get(due.id)) for due in list_dues(tx, enrolment.id))
        state = "active" if enrolment.ended_at is None else "ended"
        return EnrolmentView(enrolment.public_id, state, enrolment.ended_because, shown)


def show(due: Any, text: Any | None) -> Shown:
    """One step: what became of its text, else where it waits."""
    if text is not None:
        return Shown(text.key, text.state, text.status_at or text.made_at)
    return Shown(find_step(due.step).key, due.state, due.at)
