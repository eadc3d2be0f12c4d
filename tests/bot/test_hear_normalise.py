"""One text, however a telephone writes it, becomes the same tokens."""

import pytest

from bot.hear.normalise import split_tokens
from bot.hear.scripts import list_scripts
from bot.hear.spelling import Speller


@pytest.mark.parametrize("written", ["DON’T", "don't", "don`t", "don´t", "ＤＯＮ'Ｔ", "d\u200bon't\u200f"])
def test_an_apostrophe_and_invisible_marks_make_no_other_word(written: str) -> None:
    assert split_tokens(written) == ["don't"]


@pytest.mark.parametrize("written", ["1", "１", "١", "۱", "1️⃣", "①", "१", "(1)", "#1"])
def test_a_digit_of_any_script_is_a_plain_digit(written: str) -> None:
    assert split_tokens(written) == ["1"]


def test_accents_and_vowel_marks_are_folded() -> None:
    assert split_tokens("Respiración đúng ёж") == ["respiracion", "dung", "еж"]


def test_arabic_and_persian_letters_of_one_sound_are_one_letter() -> None:
    assert split_tokens("كيلو") == split_tokens("کیلو")


def test_scripts_without_spaces_give_a_token_a_letter() -> None:
    assert split_tokens("没有呼吸 ok 숨을") == ["没", "有", "呼", "吸", "ok", "숨", "을"]


@pytest.mark.parametrize("written", ["s t o p", "S.T.O.P", "s-t-o-p"])
def test_a_word_spelt_out_letter_by_letter_is_one_word(written: str) -> None:
    assert split_tokens(written) == ["stop"]


def test_pauses_questions_and_pictures_are_tokens_of_their_own() -> None:
    assert split_tokens("¿no… yes?! 🛑👍🏽") == ["no", ".", "yes", "?", ".", "🛑", "👍"]


def test_the_scripts_of_a_text_are_named() -> None:
    assert list_scripts("ok 没有 да") == {"LATIN", "CJK", "CYRILLIC"}


@pytest.fixture
def speller() -> Speller:
    """Knows a few words and one word that is nobody's slip."""
    return Speller({"breathing", "stop", "help", "good"}, [{"house"}])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("breathng", "breathing"), ("brreathing", "breathing"), ("breahting", "breathing"), ("stoppp", "stop")],
)
def test_a_slip_of_the_finger_is_undone(speller: Speller, typed: str, meant: str) -> None:
    assert speller.find_word(typed) == meant


@pytest.mark.parametrize("typed", ["step", "halp", "house", "mouse"])
def test_a_short_or_ordinary_word_is_left_alone(speller: Speller, typed: str) -> None:
    assert speller.find_word(typed) == typed


@pytest.mark.parametrize(("typed", "meant"), [("brethaing", "breathing"), ("braathink", "braathink")])
def test_in_a_long_word_a_letter_that_strayed_is_brought_back_but_two_wrong_ones_are_another_word(
    speller: Speller, typed: str, meant: str
) -> None:
    assert speller.find_word(typed) == meant
