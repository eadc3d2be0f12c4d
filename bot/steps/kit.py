"""The kit: used, lost, expired, needed again; by anybody, for kits change hands."""

from datetime import datetime

from model import Contact, Decision, Fact, Heard, Line, Question, Standing, Talk


def answer_used_kit(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Aftercare that opens with 911, the reversal on record, and the offer of a new kit."""
    return Decision(
        talk=Talk(question=Question.REPLACEMENT, asked_at=now),
        lines=(Line("used.aftercare"), Line("used.ask_replacement")),
        facts=(Fact("reversal", "reported"), Fact("kit", "used")),
        tasks=("used_kit",),
    )


def answer_replacement(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """A person from the programme helps to get a new kit; whoever is not with us is told of places as well."""
    is_stranger = contact.standing is Standing.STRANGER
    return Decision(
        talk=Talk(),
        lines=(Line("replacement.noted"), *((Line("resources.list"),) if is_stranger else ())),
        facts=(Fact("kit", "needed"),),
        tasks=("replacement",),
    )
