"""Bare answers: what yes, no and "I am fine" mean depends on the question that waits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.steps import crisis
from bot.steps.kit import answer_replacement, answer_used_kit
from bot.steps.unclear import ask_danger_again, ask_or_hand_over
from model import Contact, Decision, Fact, Heard, Line, Question, Talk

Answer = Callable[[Contact, Talk, Heard, datetime], Decision]


def note(key: str, *facts: Fact, tasks: tuple[str, ...] = ()) -> Answer:
    """An answer that says one line, keeps facts and closes the question."""

    def answer(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
        return Decision(talk=Talk(), lines=(Line(key),), facts=facts, tasks=tasks)

    return answer


def alarm(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Yes, someone is in danger now."""
    return crisis.raise_alarm(now)


def calm(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """No, nobody is."""
    return crisis.call_off()


def start_again(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """The person wants the follow-up once more, from today."""
    return Decision(
        talk=Talk(), lines=(Line("start.again"),), restart=True, facts=(Fact("came_back", "again"),)
    )


def ask_again(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Thanks, or "fine", is no answer to whether somebody is in danger: only a clear no is."""
    return ask_danger_again(talk) if talk.unclear == 0 else ask_or_hand_over(talk)


def offer_kit(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """The kit is gone: would the person like another one?"""
    asking = Talk(question=Question.REPLACEMENT, asked_at=now)
    return Decision(talk=asking, lines=(Line("answer.kit_missing"),), facts=(Fact("kit", "missing"),))


FINE = note("answer.fine", Fact("feeling", "fine"))
KIT_KEPT = note("answer.kit_kept", Fact("kit", "kept"))
NOT_USED = note("answer.not_used", Fact("kit", "not_used"))
NO_NEW_KIT = note("used.no_replacement", Fact("kit", "not_needed"))
THANKS = note("thanks.reply")

YES: dict[Question, Answer] = {
    Question.CONSENT: start_again,
    Question.HAVE_KIT: KIT_KEPT,
    Question.FEELING: FINE,
    Question.USED_KIT: answer_used_kit,
    Question.REPLACEMENT: answer_replacement,
    Question.DANGER: alarm,
}
NO: dict[Question, Answer] = {
    Question.CONSENT: note("start.declined"),
    Question.HAVE_KIT: offer_kit,
    Question.FEELING: note("answer.not_fine", Fact("feeling", "not_fine"), tasks=("not_fine",)),
    Question.USED_KIT: NOT_USED,
    Question.REPLACEMENT: NO_NEW_KIT,
    Question.DANGER: calm,
}
OK: dict[Question, Answer] = {
    Question.HAVE_KIT: KIT_KEPT,
    Question.FEELING: FINE,
    Question.USED_KIT: NOT_USED,
    Question.REPLACEMENT: NO_NEW_KIT,
    Question.DANGER: ask_again,
}


def answer_yes(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Yes to the question that waits; without one there is nothing to say yes to."""
    return answer_by(YES, contact, talk, heard, now)


def answer_no(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """No to the question that waits."""
    return answer_by(NO, contact, talk, heard, now)


def answer_by(
    meanings: dict[Question, Answer], contact: Contact, talk: Talk, heard: Heard, now: datetime
) -> Decision:
    """The meaning of a bare answer to the question that waits."""
    if talk.question in meanings:
        return meanings[talk.question](contact, talk, heard, now)
    return ask_or_hand_over(talk)


def answer_ok(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Doing fine, kit in place: the answer to most questions. A bare thanks answers none, and leaves it open."""
    if heard.hearing.topic == "thanks" and talk.question is not Question.DANGER:
        return Decision(talk=replace(talk, unclear=0), lines=(Line("thanks.reply"),))
    answer = OK.get(talk.question, THANKS) if talk.question else THANKS
    return answer(contact, talk, heard, now)
