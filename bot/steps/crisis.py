"""Danger to a life: answered before anything else, at any hour, whatever was being talked about."""

from datetime import datetime, timedelta

from model import Contact, Decision, Fact, Heard, Line, Question, Talk, Urgency

SPRAY_NOW = (Line("emergency.call_911"), Line("emergency.spray"), Line("emergency.breathe"))

HUSH = timedelta(
    hours=2
)  # no cheerful check-in meets an alarm, and no question replaces the one about danger


def answer_emergency(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """911 first, then the spray; with thin evidence one question whose text opens with the 911 line."""
    if heard.hearing.topic == "thin" and talk.question is not Question.DANGER:
        return Decision(
            talk=Talk(question=Question.DANGER, asked_at=now),
            lines=(Line("danger.ask"),),
            urgency=Urgency.EMERGENCY,
            tasks=("maybe_emergency",),
            hush_until=now + HUSH,
        )
    return raise_alarm(now)


def raise_alarm(now: datetime) -> Decision:
    """Someone is in danger now: what to do, and a person is told."""
    return Decision(
        talk=Talk(),
        lines=SPRAY_NOW,
        urgency=Urgency.EMERGENCY,
        facts=(Fact("emergency", "reported"),),
        tasks=("emergency",),
        hush_until=now + HUSH,
    )


def call_off() -> Decision:
    """The person says that nobody is in danger now."""
    return Decision(talk=Talk(), lines=(Line("danger.over"),), urgency=Urgency.EMERGENCY)


def answer_self_harm(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """988, and a person is told."""
    return Decision(
        talk=Talk(),
        lines=(Line("selfharm.call_988"),),
        urgency=Urgency.EMERGENCY,
        facts=(Fact("self_harm", "reported"),),
        tasks=("self_harm",),
        hush_until=now + HUSH,
    )
