"""What we did not understand: ask once, then hand it to a person, then keep still."""

from dataclasses import replace
from datetime import datetime

from bot.steps.language import choose_by_digit
from model import Contact, Decision, Heard, Line, Question, Talk, Urgency


def answer_other(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """The finer topics we know, else a question, else a person."""
    if heard.hearing.topic == "police":
        return Decision(talk=replace(talk, unclear=0), lines=(Line("law.protects"),))
    if talk.question is Question.LANGUAGE and talk.unclear == 0:
        return replace_unclear(choose_by_digit(talk, heard.hearing.topic, now))
    if talk.question is Question.DANGER and talk.unclear == 0:
        return ask_danger_again(talk)
    return ask_or_hand_over(talk)


def replace_unclear(decision: Decision) -> Decision:
    """A second wrong digit is handed to a person instead of being asked again."""
    asked_again = decision.talk.question is Question.LANGUAGE
    return replace(decision, talk=replace(decision.talk, unclear=1)) if asked_again else decision


def ask_danger_again(talk: Talk) -> Decision:
    """Danger is still open: the question, opening with the 911 line, once more."""
    return Decision(
        talk=replace(talk, unclear=1),
        lines=(Line("danger.ask"),),
        urgency=Urgency.EMERGENCY,
        tasks=("maybe_emergency",),
    )


def ask_or_hand_over(talk: Talk) -> Decision:
    """First time: what we can answer. Second: a person reads it. Then silence, so that two robots never chat."""
    again = replace(talk, unclear=talk.unclear + 1)
    if talk.unclear == 0:
        return Decision(talk=again, lines=(Line("unclear.ask"),))
    return hand_over(again) if talk.unclear == 1 else Decision(talk=again, tasks=("unclear",))


def hand_over(talk: Talk) -> Decision:
    """A person will read what was written; the text says so and opens with the 911 line."""
    return Decision(talk=talk, lines=(Line("unclear.human"),), tasks=("unclear",))


def answer_unreadable(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """A picture or a sound without words."""
    if talk.unclear:
        return ask_or_hand_over(talk)
    return Decision(talk=replace(talk, unclear=1), lines=(Line("media.unreadable"),))
