"""The language of the talk: changed at any time, for what is already planned too."""

from dataclasses import replace
from datetime import datetime

from messages.languages import find_code, get_language, list_languages
from model import Contact, Decision, Fact, Heard, Intent, Line, Question, Talk

# What leads to these is said in the language of the moment, and nothing is added to it.
NO_TIME_FOR_OFFERS = (Intent.EMERGENCY, Intent.SELF_HARM, Intent.STOP, Intent.WRONG_PERSON, Intent.LANGUAGE)


def answer_language(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Switch to the language that was named; ask which, or say honestly that we do not have it."""
    wanted = heard.hearing.topic
    if not wanted:
        return Decision(talk=Talk(question=Question.LANGUAGE, asked_at=now), lines=(Line("language.ask"),))
    code = find_code(wanted)
    if code is None:
        return Decision(talk=Talk(), lines=(Line("language.unsupported"),), tasks=("language",))
    return switch(talk, code)


def switch(talk: Talk, code: str) -> Decision:
    """From now on in that language; the instructions come again, they may not have been understood before."""
    return Decision(
        talk=Talk(question=talk.question, asked_at=talk.asked_at),
        lines=(Line("language.changed", {"language_name": get_language(code).name}), Line("howto.first")),
        language=code,
        facts=(Fact("language", code),),
    )


def offer_switch(decision: Decision, spoken: str) -> Decision:
    """The same, with the offer to write in the language that was spoken from now on; the offer is remembered."""
    line = Line("language.offer", {"language_name": get_language(spoken).name})
    return replace(decision, lines=(*decision.lines, line), facts=(*decision.facts, note_offer(spoken)))


def note_offer(spoken: str) -> Fact:
    """The fact that says that a language was offered."""
    return Fact("language_offered", spoken)


def choose_by_digit(talk: Talk, digit: str | None, now: datetime) -> Decision:
    """The answer to `language.ask`; anything but one of its digits asks again."""
    languages = list_languages()
    if digit and digit.isdecimal() and 1 <= int(digit) <= len(languages):
        return switch(Talk(), languages[int(digit) - 1].code)
    return Decision(talk=Talk(question=Question.LANGUAGE, asked_at=now), lines=(Line("language.ask"),))
