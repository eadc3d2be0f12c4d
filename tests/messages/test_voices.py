"""How languages are spoken and heard in calls: each voice fits its language, and only private ones speak unasked."""

import re

import pytest

from messages.languages import list_languages
from messages.spoken import FOR_THE_EAR, UNSPOKEN, write_for_ear
from messages.voices import can_read, can_speak, get_voice
from simulator.calls.voices import is_understood, judge_say
from simulator.calls.voices import list_languages as list_voice_languages
from tests.messages.texts import Text, read_texts

CODES = [language.code for language in list_languages()]
WITHOUT = {
    "fa",
    "so",
    "vi",
    "fil",
}  # no voice, or none on the carrier's list for health data (domain-facts C2)


@pytest.mark.parametrize("code", CODES)
def test_a_voice_speaks_its_language_and_speech_is_understood_with_its_region(code: str) -> None:
    voice = get_voice(code)
    assert not voice.say or judge_say("911", list_voice_languages(voice.say), voice.language) is None
    assert not voice.gather or (is_understood(voice.gather) and "-" in voice.gather)


def test_only_voices_for_health_data_speak_unless_somebody_says_otherwise() -> None:
    assert {code for code in CODES if not can_read(code, any_voice=False)} == WITHOUT
    assert {code for code in CODES if not can_speak(code, any_voice=True)} == {"fa", "so"}


def is_for_eyes(text: Text) -> bool:
    """Whether a text makes sense to a reader alone: an answer by text, or digits behind lines."""
    return re.search(r"\n|[Rr]eply [A-Z]|send:|write to us|texts", text.words) is not None


def test_a_text_that_only_suits_the_eye_has_words_for_the_ear() -> None:
    english = [text for text in read_texts() if text.language == "en" and not text.message.is_spoken]
    unsuited = {text.message.key for text in english if is_for_eyes(text)}
    assert unsuited - set(FOR_THE_EAR) - set(UNSPOKEN) == set()


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Call 911.", "Call 9 1 1."),
        ("888-724-7240, any time", "8 8 8, 7 2 4, 7 2 4 0, any time"),
        ("30-90 minutes, 2-3 times", "30-90 minutes, 2-3 times"),
        ("지금 911에", "지금 9 1 1에"),
    ],
)
def test_numbers_are_said_digit_by_digit(text: str, spoken: str) -> None:
    assert write_for_ear(text) == spoken
