"""The one entrance of thinking, pure: a contact, its talk and an event go in, a Decision comes out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.steps import answers, crisis, kit, language, people, programme, questions, stopping, unclear
from model import Came, Contact, Decision, Event, Heard, Intent, Question, Standing, Talk

Answer = Callable[[Contact, Talk, Heard, datetime], Decision]

ANSWERS: dict[Intent, Answer] = {
    Intent.EMERGENCY: crisis.answer_emergency,
    Intent.SELF_HARM: crisis.answer_self_harm,
    Intent.STOP: stopping.answer_stop,
    Intent.START: stopping.answer_start,
    Intent.USED_KIT: kit.answer_used_kit,
    Intent.REPLACEMENT: kit.answer_replacement,
    Intent.HOW_TO: answers.answer_how_to,
    Intent.RESOURCES: answers.answer_resources,
    Intent.HUMAN: people.answer_human,
    Intent.LANGUAGE: language.answer_language,
    Intent.HELP: people.answer_help,
    Intent.WRONG_PERSON: stopping.answer_wrong_person,
    Intent.OK_STATUS: questions.answer_ok,
    Intent.YES: questions.answer_yes,
    Intent.NO: questions.answer_no,
    Intent.OTHER: unclear.answer_other,
}
ANSWERED_WITHIN = timedelta(days=14)
# After a STOP only these are answered: a danger, the way back, and who we are (carriers require HELP).
AFTER_STOP = (Intent.EMERGENCY, Intent.SELF_HARM, Intent.STOP, Intent.START, Intent.HELP)
# A number we do not know is told who we are, unless its text asks for something that helps anybody.
FOR_ANYBODY = (
    *AFTER_STOP,
    Intent.HOW_TO,
    Intent.USED_KIT,
    Intent.REPLACEMENT,
    Intent.RESOURCES,
    Intent.LANGUAGE,
    Intent.WRONG_PERSON,
    Intent.HUMAN,
)
# What a question about danger is answered with; we asked it, so it is heard after a STOP too.
ANSWERS_ABOUT_DANGER = (Intent.YES, Intent.NO, Intent.OK_STATUS, Intent.OTHER)
OF_A_KIT = ("kit", "reversal")  # kinds of facts


def decide(contact: Contact, talk: Talk, event: Event, now: datetime) -> Decision:
    """What one event changes: the texts to say, the facts to keep, the tasks for people. `now` is UTC."""
    if isinstance(event, Came):
        return programme.come_due(contact, talk, event, now)
    intent = event.hearing.intent
    talk = forget_old(talk, now)
    if event.carrier_replied == "STOP":  # the carrier blocks this number now, whatever we heard
        return stopping.answer_stop(contact, talk, event, now)
    if event.carrier_replied == "START" and not is_yes(intent, contact, talk):
        return stopping.answer_start(contact, talk, event, now)
    if contact.standing is Standing.STOPPED and not is_heard_after_stop(intent, talk):
        return people.note_after_stop(contact, talk, event, now)
    if event.unreadable:
        return unclear.answer_unreadable(contact, talk, event, now)
    if contact.standing is Standing.STRANGER and intent not in FOR_ANYBODY and talk.question is None:
        return people.greet_stranger(contact, talk, event, now)
    decision = ANSWERS[intent](contact, talk, event, now)
    return forget_kit(decision) if contact.standing is Standing.STRANGER else decision


def is_yes(intent: Intent, contact: Contact, talk: Talk) -> bool:
    """Whether it says yes to the question that waits: to the carrier a bare YES is a START (domain-facts D3).

    Of somebody who stopped it is one, unless they were asked whether somebody is in danger.
    """
    asked = talk.question is not None and contact.standing is not Standing.STOPPED
    return intent in (Intent.YES, Intent.EMERGENCY) and (asked or talk.question is Question.DANGER)


def is_heard_after_stop(intent: Intent, talk: Talk) -> bool:
    """Whether somebody who stopped is answered."""
    return intent in AFTER_STOP or (talk.question is Question.DANGER and intent in ANSWERS_ABOUT_DANGER)


def forget_kit(decision: Decision) -> Decision:
    """Of a number that never agreed to anything the task for staff is all that is kept about a kit."""
    return replace(decision, facts=tuple(fact for fact in decision.facts if fact.kind not in OF_A_KIT))


def forget_old(talk: Talk, now: datetime) -> Talk:
    """A question that nobody answered for days is no longer what a bare digit answers."""
    old = talk.asked_at is not None and now - talk.asked_at > ANSWERED_WITHIN
    return Talk(unclear=talk.unclear) if old else talk
