"""How languages are spoken and heard in calls: each voice fits its language, and only private ones speak unasked."""

import re

import pytest

from messages.languages import list_languages
from messages.spoken import FOR_THE_EAR, UNSPOKEN, write_for_ear
from messages.voices import can_read, can_speak, get_spoken_name, get_voice
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
        ("30-90 minutes, 2-3 times", "30 to 90 minutes, 2 to 3 times"),
        ("24–48 hours", "24 to 48 hours"),
        ("1-800-662-4357 and 555-0160", "1, 8 0 0, 6 6 2, 4 3 5 7 and 5 5 5, 0 1 6 0"),
        ("지금 911에", "지금 9 1 1에"),
    ],
)
def test_numbers_are_said_digit_by_digit(text: str, spoken: str) -> None:
    assert write_for_ear(text, "{0} to {1}") == spoken


RANGES = {
    "en": "2 to 3",
    "es": "2 a 3",
    "vi": "2 đến 3",
    "fil": "2 hanggang 3",
    "zh_Hans": "2到3",
    "zh_Hant": "2至3",
    "ar": "2 إلى 3",
    "fa": "2 تا 3",
    "ko": "2에서 3",
    "so": "2 ilaa 3",
    "ru": "2 — 3",
}


@pytest.mark.parametrize("code", CODES)
def test_every_language_says_a_range_in_its_own_words(code: str) -> None:
    assert write_for_ear("(2-3)", get_voice(code).between) == f"({RANGES[code]})"


@pytest.mark.parametrize("code", CODES)
def test_no_dash_between_numbers_is_left_for_a_voice(code: str) -> None:
    spoken = [
        write_for_ear(text.words, get_voice(code).between) for text in read_texts() if text.language == code
    ]
    assert not [words for words in spoken if re.search(r"\d *[-–] *\d", words)]


def test_chinese_is_called_what_is_spoken_and_not_how_it_is_written() -> None:
    names = [get_spoken_name(code) for code in ("zh_Hans", "zh_Hant", "es")]
    assert names == ["普通话", "廣東話", "Español"]
