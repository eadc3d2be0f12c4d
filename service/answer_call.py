"""From the state of a call to what is answered: sounds, the choices behind them, and what is waited for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.calls.keys import (
    CHOICES,
    NEXT_LINE,
    PATIENCE,
    SAY_LINE,
    SPEAKING,
    STOP_LINE,
    TEXT_LINE,
    USUAL_PATIENCE,
    has_page,
    list_page,
)
from calling import Ask, Call, CallPolicy, Dial, Paused, Place, Reply, Sound
from messages.languages import DEFAULT, list_languages
from messages.voices import can_read, can_speak, get_voice, list_hints, list_name_hints
from model import Contact, Line, Policy, Standing
from service.speak import BETWEEN_LINES, list_near, speak, speak_all
from store.engine import Tx

RING_SECONDS = 25
OPENED_IN = 2  # languages in which a caller we do not know hears the first words
BETWEEN_STEPS = Paused(3)
PLACES_LINE, NO_PLACES = Line("call.places"), Line("resources.none")
NEEDS_A_VOICE = (Place.MENU, Place.QUESTION, Place.ANSWER, Place.PLACES, Place.GOOD_TIME)


def settle_place(
    tx: Tx, call: Call, contact: Contact, policy: Policy, calls: CallPolicy, now: datetime
) -> Call:
    """Where the call really stands, by what there is: a voice, places to name, somebody on duty."""
    if call.place in NEEDS_A_VOICE and not can_speak(call.language, any_voice=policy.any_voice):
        return replace(call, place=Place.NO_VOICE, lines=(Line("call.no_voice"),))
    if PLACES_LINE in call.lines and not list_near(tx, contact):
        place = Place.ANSWER if call.place is Place.PLACES else call.place
        lines = tuple(NO_PLACES if line == PLACES_LINE else line for line in call.lines)
        return replace(call, place=place, lines=lines)
    if call.place is Place.PLACES and not can_read(call.language, any_voice=policy.any_voice):
        return replace(call, lines=(Line("call.places_by_text"),))
    if call.place is Place.PERSON:
        if calls.is_staffed(now.astimezone(ZoneInfo(policy.default_zone))):
            return replace(call, lines=(Line("call.connecting"),))
        return replace(call, place=Place.ANSWER, lines=(Line("call.nobody"),), at=0)
    return call


def answer_call(
    tx: Tx,
    call: Call,
    first: tuple[Line, ...],
    contact: Contact,
    policy: Policy,
    calls: CallPolicy,
    turn: int,
) -> Reply:
    """What is said at a place of the call behind the lines in `first`, and what is waited for then."""
    listener = replace(contact, language=call.language)
    if call.place is Place.LANGUAGES:
        sounds = (
            *open_languages(tx, first, listener, policy, calls),
            *offer_languages(call, listener, policy, calls),
        )
    else:
        lines = (*first, *list_lines(call), *list_choices(call, contact))
        sounds = tuple(speak_all(tx, lines, listener, policy, calls))
    if call.place is Place.ANSWER and 0 < call.at < len(call.lines) - 1:
        sounds = (*sounds, BETWEEN_STEPS)
    return Reply(sounds, turn + 1, wait_for(call, calls))


def list_lines(call: Call) -> tuple[Line, ...]:
    """What is said now: all of it, but of an answer in many pieces one."""
    return call.lines[call.at : call.at + 1] if call.place is Place.ANSWER else call.lines


def list_choices(call: Call, contact: Contact) -> tuple[Line, ...]:
    """The choices read out at this place; between the pieces of an answer only how to go on, and that once."""
    choices = CHOICES.get(call.place, ())
    if call.place is Place.ANSWER and call.at + 1 < len(call.lines):
        return (choices[0], NEXT_LINE, STOP_LINE) if call.at == 0 else ()
    if call.place is Place.PLACES and contact.standing is Standing.STOPPED:
        return tuple(line for line in choices if line != TEXT_LINE)
    if call.place is Place.MENU and get_voice(call.language).gather:
        return (choices[0], SAY_LINE, *choices[1:])
    return choices


def open_languages(
    tx: Tx, first: tuple[Line, ...], listener: Contact, policy: Policy, calls: CallPolicy
) -> Iterator[Sound]:
    """The first words for a caller whose language nobody knows: in those most spoken here, 911 first in each."""
    spoken = [one.code for one in list_languages() if can_speak(one.code, any_voice=policy.any_voice)]
    for code in spoken[:OPENED_IN]:
        yield from speak_all(tx, first, replace(listener, language=code), policy, calls)


def offer_languages(call: Call, listener: Contact, policy: Policy, calls: CallPolicy) -> Iterator[Sound]:
    """Each language by its own name in its own voice, with its key."""
    for key, language in list_page(call.page):
        yield speak(
            Line("call.language", {"digit": key}), replace(listener, language=language.code), policy, calls
        )
    if has_page(call.page + 1):
        yield speak(Line("call.more_languages"), listener, policy, calls)
    yield speak(SAY_LINE, listener, policy, calls)
    yield speak(STOP_LINE, listener, policy, calls)
    yield BETWEEN_LINES


def wait_for(call: Call, calls: CallPolicy) -> Ask | Dial | None:
    """What comes behind the words: a key or a spoken answer, the person on duty, or the end."""
    if call.place is Place.OVER:
        return None
    if call.place is Place.PERSON:
        return Dial(calls.on_call_phone, RING_SECONDS)
    seconds = PATIENCE.get(call.place, USUAL_PATIENCE)
    if call.place not in SPEAKING:
        return Ask(seconds)
    if call.place is Place.LANGUAGES:
        code = call.language if get_voice(call.language).gather else DEFAULT
        return Ask(seconds, get_voice(code).gather, (*list_name_hints(code), *list_hints(code)))
    speech = get_voice(call.language).gather
    return Ask(seconds, speech, list_hints(call.language)) if speech else Ask(seconds)
