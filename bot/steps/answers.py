"""What people ask for and get at once: how the spray is used, and places that help."""

from dataclasses import replace
from datetime import datetime

from model import Contact, Decision, Heard, Line, Talk

STEP_BY_STEP = ("howto.call", "howto.spray", "howto.second", "howto.breathe", "howto.side", "howto.stay")
HOW_TO = {
    "storage": ("howto.storage",),
    "expiry": ("howto.expiry",),
    "second": ("howto.second", "howto.stay"),
    "signs": ("howto.signs", "howto.unsure"),
    "test": ("howto.test",),
    "breathing": ("howto.breathe", "howto.side"),
    "alone": ("safety.never_alone",),
    "break": ("safety.after_break",),
}


def answer_how_to(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """The part that was asked about, else every step in order."""
    keys = HOW_TO.get(heard.hearing.topic or "", STEP_BY_STEP)
    return Decision(talk=replace(talk, unclear=0), lines=tuple(Line(key) for key in keys))


def answer_resources(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """The programme's list for where this person lives."""
    return Decision(talk=replace(talk, unclear=0), lines=(Line("resources.list"),))
