"""The whole follow-up of one imagined person, with every text as it would be worded now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.calls.follow import bring
from bot.decide import decide
from bot.plan import find_end, plan_programme
from calling import Call, CallPolicy, Place, Played, Sound, Spoken
from messages.programmes import Programme
from model import Came, Channel, Contact, Level, Planned, Policy, Standing, Talk, Urgency
from service.choose_languages import choose_languages
from service.other_channel import SAID_WITH_THE_FIRST
from service.speak import speak_all
from service.words import write_words
from store.engine import Memory, Tx

NOBODY = "+16195550199"


@dataclass(frozen=True, slots=True)
class Previewed:
    """One text of the follow-up; `at` is UTC."""

    key: str
    at: datetime
    text: str
    moved_because: str | None


def preview(
    memory: Memory,
    programme: Programme,
    policy: Policy,
    at: datetime,
    *,
    language: str,
    zone: str,
    zip_code: str | None,
    level: Level,
    channel: Channel = Channel.SMS,
    kit_expires_on: date | None = None,
    live: bool = True,
) -> list[Previewed]:
    """Every text for a person enrolled at `at` (UTC), in the order of its time; nothing is written."""
    live = live and channel is not Channel.VOICE  # no call is placed at night, even while the crew is there
    planned = plan_programme(programme, at, zone, policy, live=live, kit_expires_on=kit_expires_on)
    person = Contact(
        id=0,
        phone=NOBODY,
        language=language,
        zone=zone,
        standing=Standing.ACTIVE,
        zip=zip_code,
        channel=channel,
        level=level,
        ends_at=find_end(programme, planned),
    )
    with memory.reading() as tx:
        return [said for step in planned for said in imagine(tx, person, step, policy, kit_expires_on)]


def imagine(
    tx: Tx, person: Contact, step: Planned, policy: Policy, kit_expires_on: date | None
) -> Iterator[Previewed]:
    """One step as it would be said: in one text, or in several where nobody has signed for the translation."""
    decision = decide(person, Talk(), Came(step.step), step.at)
    lines = decision.lines
    if person.channel is Channel.VOICE and lines[0].key in SAID_WITH_THE_FIRST:
        return
    if person.channel is Channel.VOICE:
        call = bring(Call(Place.GOOD_TIME, person.language, key=lines[0].key), decision.talk)
        sounds = speak_all(tx, call.lines, person, policy, CallPolicy(""))
        yield Previewed(lines[0].key, step.at, write_sounds(sounds), step.moved_because)
        return
    for line, language in choose_languages(lines, person, policy):
        reader = replace(person, language=language)
        text = write_words(tx, reader, line, policy, Urgency.SCHEDULED, step.at, kit_expires_on)
        yield Previewed(line.key, step.at, text, step.moved_because)


def write_sounds(sounds: Iterable[Sound]) -> str:
    """What is heard, as one text; a recording by its name."""
    heard = [sound for sound in sounds if isinstance(sound, Spoken | Played)]
    return " ".join(sound.text if isinstance(sound, Spoken) else sound.url for sound in heard)
