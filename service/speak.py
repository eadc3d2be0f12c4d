"""From lines to sounds: a recording where there is one, else a voice of the language, else English in its own voice."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from calling import CallPolicy, Paused, Played, Sound, Spoken
from messages.catalogue import get_message
from messages.languages import DEFAULT, get_language
from messages.render import has_translation, render
from messages.spoken import write_for_ear
from messages.voices import can_read, find_recording, get_spoken_name, get_voice, name_recording
from model import Contact, Line, Policy, Resource
from service.choose_languages import choose_languages
from service.nearby import rank_resources
from store.engine import Tx
from store.resources import list_resources

MOST_PLACES = 4  # a listener writes them down
BETWEEN_PLACES, BETWEEN_LINES = Paused(2), Paused(1)


def speak_all(
    tx: Tx, lines: Iterable[Line], contact: Contact, policy: Policy, calls: CallPolicy
) -> Iterator[Sound]:
    """The sounds of some lines in the language of `contact`, with a breath after each."""
    for line, code in choose_languages(lines, contact, policy):
        yield speak(line, replace(contact, language=code), policy, calls)
        yield BETWEEN_LINES
        if line.key == "call.places":
            yield from speak_places(list_near(tx, contact), contact, policy)


def speak(line: Line, contact: Contact, policy: Policy, calls: CallPolicy) -> Sound:
    """One line: recorded, read by the language's own voice, or in English; no voice reads a language not its own."""
    code, level = contact.language, contact.level
    recording = find_recording(code, name_recording(line.key, level, line.params.get("digit")))
    if recording:
        return Played(f"{calls.audio_base}/{get_language(code).tag}/{recording.name}")
    if code != DEFAULT and not can_say(line, contact, policy):
        english = replace(line, params={**line.params, "language_name": get_language(code).english_name})
        return speak(english, replace(contact, language=DEFAULT), policy, calls)
    voice = get_voice(code)
    words = write_for_ear(render_line(line, contact, policy), voice.between)
    return Spoken(words, voice.say, voice.language)


def can_say(line: Line, contact: Contact, policy: Policy) -> bool:
    """Whether the language has both a voice and the words."""
    read = can_read(contact.language, any_voice=policy.any_voice)
    return read and has_translation(line.key, contact.language, contact.level)


def render_line(line: Line, contact: Contact, policy: Policy) -> str:
    """The words of one line; what the programme is called and which number helps are its own parameters."""
    own = {
        "programme": policy.programme_name,
        "help_phone": policy.help_phone,
        "language_name": get_spoken_name(contact.language),
    }
    wanted = {name: value for name, value in own.items() if name in get_message(line.key).params}
    return render(line.key, contact.language, contact.level, {**wanted, **line.params})


def list_near(tx: Tx, contact: Contact) -> list[Resource]:
    """The places that are read out to one person."""
    return rank_resources(list_resources(tx), contact)[:MOST_PLACES]


def speak_places(places: Iterable[Resource], contact: Contact, policy: Policy) -> Iterator[Sound]:
    """Names and numbers, slowly, each number twice."""
    voice = get_voice(contact.language if can_read(contact.language, any_voice=policy.any_voice) else DEFAULT)
    for place in places:
        number = write_for_ear(place.phone)
        for text in (f"{place.name}. {number}.", f"{number}."):
            yield Spoken(text, voice.say, voice.language)
            yield BETWEEN_PLACES
