"""What words suggest by themselves: learned from labelled texts, thin, and never above what is certain."""

import zlib

import pytest

from bench.corpora import describe_files, list_blind, list_learned
from bot.hear import hear
from bot.hear.evidence import PLACES, add_up, get_weights, list_places, weigh_words
from model import Intent


def find_place(feature: str) -> int:
    """The row in which a feature is counted."""
    return zlib.crc32(feature.encode()) % PLACES


def test_a_text_is_counted_by_words_their_neighbours_and_their_parts() -> None:
    features = {
        "^", "no", "ve", "$", "^ no", "no ve", "ve $", "^ no ve", "no ve $", "^ _ ve", "no _ $",
        "#<n", "#no", "#o>", "#<no", "#no>", "#<no>", "#<v", "#ve", "#e>", "#<ve", "#ve>", "#<ve>",
    }  # fmt: skip
    assert list_places(["no", "ve"]) == {find_place(feature) for feature in features}


def test_letters_of_more_than_one_byte_are_letters() -> None:
    parts = {"#<没", "#没>", "#<没>"}
    assert list_places(["没"]) >= {find_place(feature) for feature in {*parts, "没", "^ 没 $"}}


@pytest.mark.parametrize("words", [["stop", "stop"], ["stopp", "stop", "6195550100"], []])
def test_a_feature_counts_once_however_often_it_is_there(words: list[str]) -> None:
    assert add_up(words)[0] == len(list_places(words))


def test_a_misspelt_word_shares_most_of_its_parts() -> None:
    right, wrong = list_places(["breathing"]), list_places(["breathng"])
    assert len(right & wrong) > len(right) / 3


def test_the_shares_of_all_intents_add_up_to_one() -> None:
    assert sum(weigh_words(["qwerty", "he", "fell"]).intents.values()) == pytest.approx(1)


def test_a_text_without_a_known_word_still_has_shares() -> None:
    assert sum(weigh_words([]).intents.values()) == pytest.approx(1)


def test_the_weights_are_those_of_the_texts_at_hand() -> None:
    assert get_weights().learned_from == describe_files(list_learned()), "run: make learn"


def test_no_text_that_is_kept_apart_is_learned_from() -> None:
    assert not set(list_learned()) & set(list_blind())


def test_evidence_from_words_alone_is_thin() -> None:
    hearing = hear("we had to put the stuff up her nose and she still looks like wax")
    assert (hearing.rule.endswith(".words"), hearing.confidence < 0.5) == (True, True)


@pytest.mark.parametrize("text", ["STOP", "stop.", "Unsubscribe", "START", "HELP"])
def test_the_carriers_own_words_are_not_weighed(text: str) -> None:
    assert hear(text).confidence >= 0.97


def test_an_alarm_by_words_alone_asks_before_it_acts() -> None:
    hearing = hear("took the whole bottle like 20 min ago")
    assert (hearing.intent, hearing.topic) in ((Intent.EMERGENCY, "thin"), (Intent.EMERGENCY, None))


@pytest.mark.parametrize("text", ["not good", "so so", "mal"])
def test_an_answer_to_the_question_that_waits_is_not_weighed_against_words(text: str) -> None:
    assert hear(text, context="checkin_feeling").intent is Intent.NO


def test_a_danger_is_heard_inside_an_answer() -> None:
    assert hear("not good, he wont wake up", context="checkin_feeling").intent is Intent.EMERGENCY
