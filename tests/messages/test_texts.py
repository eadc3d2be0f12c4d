"""The words themselves: what every text owes its reader, in every language and at both levels."""

import re

import pytest

from messages.catalogue import SAMPLES, list_messages
from messages.fitting import fits
from messages.segments import count_segments
from model import Level
from tests.messages.reading import grade, list_sentences, list_words
from tests.messages.texts import Text, find_words, read_settings, read_texts

# The rows of domain-facts B1 that are sure, as they are printed.
SURE_NUMBERS = {
    "911", "988", "211", "888-724-7240", "1-800-662-4357", "1-800-487-4889", "1-800-222-1222",
    "838255", "435748", "741741",
}  # fmt: skip
SHOUTED = {"STOP", "HELP", "START", "AYUDA", "OK", "STEPS", "PASOS"}
LOUD = "emergency.call_911"
LONGEST_SENTENCE, LONGEST_ELSEWHERE = 14, 18  # words; a Vietnamese or Persian word is often one syllable
HIGHEST_GRADE = 6
FIRST_SIGHT = 60
NAMES_ALL_LANGUAGES = ("language.ask", "language.unsupported")  # in their own scripts, whatever that costs
SILENT_ON_911 = {"wrong_person.sorry", "stop.confirmed", "language.ask"}
EVERYTHING = read_texts()
TEXTS = tuple(text for text in EVERYTHING if not text.message.is_spoken)
CALLS = tuple(text for text in EVERYTHING if text.message.is_spoken)


def expect_none(problems: list[str]) -> None:
    """Fail with one line for each problem."""
    assert not problems, "\n".join(problems)


def test_every_text_keeps_its_budget() -> None:
    expect_none([f"{text.name}: {count_segments(text.words)}" for text in TEXTS if is_over_budget(text)])


def is_over_budget(text: Text) -> bool:
    cost, budget = count_segments(text.words), text.message.budget
    return cost.segments > (budget.gsm7 if cost.encoding == "GSM-7" else budget.ucs2)


def test_no_budget_is_wider_than_two_short_or_three_wide_segments() -> None:
    assert all(message.budget.gsm7 <= 2 and message.budget.ucs2 <= 3 for message in list_messages())


def test_what_is_spoken_is_short_and_far_from_what_a_voice_can_read() -> None:
    expect_none([text.name for text in CALLS if not fits(text.words, text.message.budget)])
    assert max(text.message.budget.spoken for text in CALLS) <= 400


def test_what_is_spoken_has_a_key_that_says_so_and_asks_nobody_to_reply() -> None:
    assert {text.message.key.split(".")[0] for text in CALLS} == {"call"}
    assert not [text.message.key for text in TEXTS if text.message.key.startswith("call.")]
    expect_none(
        [text.name for text in CALLS if re.search(r"\b(?:reply|write|responda|escriba)\b", text.words, re.I)]
    )


@pytest.mark.parametrize("key", ["stop.confirmed", "wrong_person.sorry"])
def test_a_last_word_is_one_segment(key: str) -> None:
    assert {count_segments(text.words).segments for text in TEXTS if text.message.key == key} == {1}


def test_english_costs_no_wide_segment() -> None:
    english = [
        text for text in TEXTS if text.language == "en" and text.message.key not in NAMES_ALL_LANGUAGES
    ]
    expect_none([text.name for text in english if count_segments(text.words).costly])


def test_a_safety_text_shows_911_at_first_sight() -> None:
    safety = [text for text in EVERYTHING if text.message.safety]
    expect_none([text.name for text in safety if "911" not in text.words[:FIRST_SIGHT]])


def test_every_instruction_and_emergency_is_a_safety_text() -> None:
    groups = ("howto.", "emergency.", "danger.", "selfharm.", "safety.", "law.", "unclear.", "media.")
    expect_none([one.key for one in list_messages() if one.key.startswith(groups) and not one.safety])


def test_every_text_says_911_but_the_few_that_only_confirm_or_ask() -> None:
    silent = {text.message.key for text in TEXTS if "911" not in text.words}
    assert silent == SILENT_ON_911


def test_a_question_never_comes_before_911() -> None:
    asked = [
        text for text in TEXTS if re.search(r"\n1 ", text.words) and text.message.key not in SILENT_ON_911
    ]
    expect_none([text.name for text in asked if text.words.find("911") > text.words.find("\n1 ")])


def test_the_first_emergency_text_opens_loud() -> None:
    openings = {text.language: text.words for text in TEXTS if text.message.key == LOUD}
    assert openings["en"].startswith("CALL 911 NOW.")
    assert openings["es"].startswith("LLAME AL 911 YA.")


def test_english_reads_at_grade_six_or_below() -> None:
    english = [text for text in EVERYTHING if text.language == "en"]
    hard = {text.name: grade(text.own_words) for text in english if grade(text.own_words) > HIGHEST_GRADE}
    assert hard == {}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The cat sat on the mat. It was a hot day.", -2, 2),
        ("Keep the medicine in a place that children cannot reach, and never in a hot car.", 4, 8),
        ("Administration of the antagonist necessitates subsequent professional observation.", 20, 40),
    ],
)
def test_the_grade_tells_easy_from_hard(text: str, least: float, most: float) -> None:
    assert least <= grade(text) <= most


def test_sentences_are_short() -> None:
    expect_none([f"{text.name}: {line}" for text in EVERYTHING for line in list_long_sentences(text)])


def list_long_sentences(text: Text) -> list[str]:
    longest = LONGEST_SENTENCE if text.language in ("en", "es") else LONGEST_ELSEWHERE
    return [line for line in list_sentences(text.own_words) if len(list_words(line)) > longest]


def test_no_text_blames_or_labels() -> None:
    found = [
        (text.name, find_words(read_settings(text.language)["words"]["stigma"], text.words))
        for text in EVERYTHING
    ]
    expect_none([f"{name} says {words}" for name, words in found if words])


def test_a_shared_phone_is_told_nothing_about_drugs() -> None:
    discreet = [text for text in EVERYTHING if text.level is Level.DISCREET]
    found = [
        (text.name, find_words(read_settings(text.language)["words"]["telling"], text.words))
        for text in discreet
    ]
    expect_none([f"{name} says {words}" for name, words in found if words])


def test_the_lists_of_words_find_what_they_name() -> None:
    assert find_words(["drug*", "user"], "Drugs, a user, the users") == ["Drugs", "user"]


def test_a_scheduled_text_to_a_shared_phone_names_no_spray() -> None:
    scheduled = [text for text in TEXTS if text.message.key.startswith(("checkin.", "welcome.", "kit."))]
    discreet = [text for text in scheduled if text.level is Level.DISCREET]
    expect_none([text.name for text in discreet if re.search("spray|nostril|nasal", text.words)])


def test_a_stranger_and_a_wrong_person_read_no_word_about_health() -> None:
    hidden = [
        "kit*",
        "spray",
        "nose",
        "nasal",
        "health",
        "salud",
        "program",
        "programa",
        "check-in*",
        "treatment",
    ]
    keys = {"stranger.hello", "wrong_person.sorry", "stop.confirmed"}
    expect_none([text.name for text in TEXTS if text.message.key in keys and find_words(hidden, text.words)])


def test_nothing_is_shouted_but_the_keywords() -> None:
    calm = [text for text in EVERYTHING if text.message.key != LOUD]
    found = [(text.name, set(re.findall(r"\b[A-ZÁÉÍÓÚÑ]{2,}\b", text.own_words)) - SHOUTED) for text in calm]
    expect_none([f"{name} shouts {words}" for name, words in found if words])


def test_no_text_exclaims() -> None:
    expect_none([text.name for text in EVERYTHING if re.search("[!¡]", text.words)])


def test_digits_are_the_only_answers_asked_for() -> None:
    asks = re.compile(
        r"\b(?:reply|send|text|answer|responda|mande|escriba)\s+(?:yes|no|s[ií]|ok)\b", re.IGNORECASE
    )
    expect_none([text.name for text in TEXTS if asks.search(text.words)])


def test_no_text_offers_a_word_the_carrier_takes_as_stop() -> None:
    offered = r"\b(?:END|QUIT|CANCEL|OPTOUT|REVOKE|UNSUBSCRIBE|STOPALL|YES|UNSTOP|INFO)\b"
    expect_none([text.name for text in TEXTS if re.search(offered, text.words)])


def test_every_telephone_number_is_a_sure_one() -> None:
    found = {(text.name, number) for text in EVERYTHING for number in list_numbers(text.words)}
    expect_none([f"{name} prints {number}" for name, number in sorted(found) if number not in SURE_NUMBERS])


def list_numbers(words: str) -> list[str]:
    """The telephone numbers and short codes of a text; years are of the day samples and are none."""
    years = {str(sample.year) for sample in SAMPLES.values() if not isinstance(sample, str)}
    return [
        number for number in re.findall(r"\+?\d{1,3}(?:[ .-]\d{3,})+|\d{3,}", words) if number not in years
    ]


def test_numbers_are_found_however_long() -> None:
    assert list_numbers("Call 911, 1-800-662-4357 or 800-479-3339. 2-3 minutes, 30-90 minutes.") == [
        "911",
        "1-800-662-4357",
        "800-479-3339",
    ]


def test_a_text_ends_where_it_ends() -> None:
    expect_none([text.name for text in EVERYTHING if text.words != text.words.strip() or "  " in text.words])


def test_a_first_text_holds_all_that_carriers_ask() -> None:
    first = {
        text.level: text.words
        for text in TEXTS
        if text.message.key == "welcome.confirm" and text.language == "en"
    }
    wanted = (
        "Afterkit",
        "About 10 texts: most in 90 days",
        "Msg & data rates may apply",
        "HELP",
        "STOP",
        "not 911",
        "Español",
    )
    assert all(part in words for words in first.values() for part in wanted)
