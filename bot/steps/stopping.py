"""Leaving and coming back: STOP ends everything at once, START takes up where the programme stands."""

from dataclasses import replace
from datetime import datetime

from model import Contact, Decision, Fact, Heard, Line, Question, Standing, Talk

CONFIRM_STOP = Line("stop.confirmed")


def answer_stop(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Everything ends; exactly one confirmation, and none of ours when the carrier has sent its own."""
    confirmed = heard.carrier_replied == "STOP" or contact.standing is Standing.STOPPED
    return leave("stop", () if confirmed else (CONFIRM_STOP,))


def answer_wrong_person(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """This number belongs to somebody else, or the person has died: never texted again unless somebody says START."""
    if heard.hearing.topic == "died":
        return replace(leave("died", (Line("loss.sorry"),)), tasks=("death",))
    return leave("wrong_person", (Line("wrong_person.sorry"),))


def leave(because: str, lines: tuple[Line, ...]) -> Decision:
    """The number is stopped, for that reason."""
    return Decision(
        talk=Talk(), lines=lines, standing=Standing.STOPPED, because=because, facts=(Fact("left", because),)
    )


def answer_start(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Back to the programme where it stands; when it is over, or never was, that is said instead."""
    decision = come_back(contact, now)
    answered = heard.carrier_replied == "START" and decision.talk.question is None
    return replace(decision, lines=()) if answered else decision


def come_back(contact: Contact, now: datetime) -> Decision:
    """What START means for this person today."""
    if contact.ends_at is None:
        return Decision(talk=Talk(), lines=(Line("stranger.hello"),), standing=Standing.STRANGER)
    if now >= contact.ends_at:
        asking = Talk(question=Question.CONSENT, asked_at=now)
        return Decision(talk=asking, lines=(Line("start.offer"),), standing=Standing.ENDED)
    if contact.standing is Standing.ACTIVE:
        return Decision(talk=Talk(), lines=(Line("start.on"),))
    return Decision(
        talk=Talk(),
        lines=(Line("start.resumed"),),
        standing=Standing.ACTIVE,
        facts=(Fact("came_back", "start"),),
    )
