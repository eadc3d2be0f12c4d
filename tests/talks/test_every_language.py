"""The same conversation in every language, expected by key: one text of rules and words, eleven tongues."""

import tomllib
from pathlib import Path

import pytest

from messages.languages import Language, list_languages
from tests.talks.test_talks import Reader
from tests.world import World

FILE = Path(__file__).parent / "every_language.toml"
PHRASES = tomllib.loads(FILE.read_text(encoding="utf-8"))
CONVERSATION = """
enrol {code}
< welcome.confirm
< howto.first
> {how}
< howto.call
< howto.spray
< howto.second
< howto.breathe
< howto.side
< howto.stay
> {place}
< resources.list
~ 1 day
< checkin.feeling
> 1
< answer.fine
~ 2 days
< checkin.have_kit
> {lost}
< replacement.noted
! replacement
> {human}
< human.noted
! human
> {stop}
< stop.confirmed
. stopped
"""


@pytest.mark.parametrize("code", [language.code for language in list_languages()])
def test_the_conversation_goes_the_same_way_in_every_language(code: str, world: World) -> None:
    spoken = CONVERSATION.format(code=code, **PHRASES[code])
    Reader(world).play([line for line in spoken.splitlines() if line])


@pytest.mark.parametrize("code", [language.code for language in list_languages()])
def test_danger_is_answered_with_911_in_every_language(code: str, world: World) -> None:
    Reader(world).play(["enrol " + code, "< welcome.confirm", "< howto.first"])
    world.write(PHRASES[code]["danger"])
    world.work()
    said = world.list_keys()[2:]
    assert said in (["emergency.call_911", "emergency.spray", "emergency.breathe"], ["danger.ask"])
    assert "911" in world.carrier.sent[2].body[:60]


@pytest.mark.parametrize("code", [language.code for language in list_languages()])
def test_a_text_in_any_language_is_answered_in_it(code: str, world: World) -> None:
    Reader(world).play([f"enrol {'es' if code == 'en' else 'en'}", "< welcome.confirm", "< howto.first"])
    world.write(PHRASES[code]["lost"])
    world.work()
    assert world.list_languages()[2:] == [code, code]
    assert world.list_keys()[2:] == ["replacement.noted", "language.offer"]


@pytest.mark.parametrize("language", list_languages(), ids=lambda language: language.code)
def test_a_languages_bare_name_switches_to_it(language: Language, world: World) -> None:
    other = "es" if language.code == "en" else "en"
    Reader(world).play([f"enrol {other}", "< welcome.confirm", "< howto.first", f"> {language.name}",
                        "< language.changed", "< howto.first", f"= language {language.code}"])  # fmt: skip
