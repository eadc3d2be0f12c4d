"""What the engine decided, as the next state of a call; and how a call opens."""

from dataclasses import replace

from bot.calls.keys import ASKED
from calling import Call, Place
from messages.spoken import UNSPOKEN, choose_spoken
from model import Contact, Decision, Intent, Line, Question, Standing, Talk, Urgency

HELLO = (Line("call.open"), Line("call.hello"))
# What a call of ours brings, where that is more than the one text it stands for.
BROUGHT = {
    "welcome.confirm": (Line("call.welcome"), Line("howto.first")),
    "welcome.again": (Line("call.welcome"), Line("howto.first")),
    "checkin.week": (Line("call.places"), Line("call.ask_ok")),
}


def follow(call: Call, decision: Decision, intent: Intent) -> Call:
    """Where the call stands after a decision, with the lines to say."""
    lines = tuple(
        Line(choose_spoken(line.key), line.params) for line in decision.lines if line.key not in UNSPOKEN
    )
    call = replace(call, lines=lines, at=0, silent=0, language=decision.language or call.language)
    if decision.standing is Standing.STOPPED or intent is Intent.STOP:
        return replace(call, place=Place.OVER, lines=lines or (Line("call.stopped"),))
    if decision.talk.question is Question.LANGUAGE:
        return replace(call, place=Place.LANGUAGES, page=0, lines=())
    if intent is Intent.LANGUAGE:
        return replace(call, place=Place.MENU, lines=lines[:1])  # the instructions are one key away
    if decision.talk.question in ASKED and lines:
        again = (Line(ASKED[decision.talk.question]),) if lines == (Line("call.not_heard"),) else ()
        return replace(call, place=Place.QUESTION, lines=lines + again)
    if decision.urgency is Urgency.EMERGENCY and len(lines) > 1:
        return replace(call, place=Place.ALARM)
    if "human" in decision.tasks:
        return replace(call, place=Place.PERSON)
    if intent is Intent.RESOURCES:
        return replace(call, place=Place.PLACES)
    return replace(call, place=Place.ANSWER, lines=lines or (Line("call.not_heard"),))


def open_inbound(contact: Contact, talk: Talk) -> Call:
    """A call that came in: to a person we know a question that waits, else the menu; to anybody else the languages."""
    if contact.standing is Standing.STRANGER:
        return Call(Place.LANGUAGES, contact.language)
    if talk.question in ASKED and contact.standing is not Standing.STOPPED:
        return Call(Place.QUESTION, contact.language, lines=(Line(ASKED[talk.question]),))
    return Call(Place.MENU, contact.language)


def open_outbound(contact: Contact, key: str, *, machine: bool) -> Call:
    """A call of ours was answered: by a person, or by a machine, which hears that we called and no more."""
    if machine:
        return Call(Place.OVER, contact.language, lines=(Line("call.machine"),))
    return Call(Place.GOOD_TIME, contact.language, lines=(Line("call.good_time"),), key=key)


def bring(call: Call, talk: Talk) -> Call:
    """The person has time: what we called about, and its question if it asks one."""
    key = call.key or ""
    lines = BROUGHT.get(key, (Line(choose_spoken(key)),))
    return replace(call, place=Place.QUESTION if talk.question in ASKED else Place.ANSWER, lines=lines)
