"""The languages side by side: complete, with the same facts, the same numbers and the same terms."""

import re

import pytest

from messages.check import find_source, list_faults, list_texts, read_catalogue
from messages.fitting import render_sample
from messages.languages import DEFAULT, get_language, list_languages
from messages.render import find_translation
from model import Level
from tests.messages.texts import Text, read_settings, read_texts

OTHERS = [language.code for language in list_languages() if language.code != DEFAULT]
# Word borders are those of ASCII: Korean and Chinese write their words right behind a number.
KEYWORDS = re.compile(r"\b(?:STOP|HELP|START)\b", re.ASCII)
FACTS = re.compile(r"888-724-7240|\b(?:911|988|211)\b|\{\w+\}", re.ASCII)
CHOICES = re.compile(r"^\d(?= )", re.MULTILINE)
# The numbers of a step are the numbers of that step in every language: doses, minutes, seconds, breaths.
MEASURES = re.compile(r"\b(?:2|3|5|15|30|90)\b", re.ASCII)


def list_pairs(language: str) -> list[tuple[str, str, str]]:
    """Each text's name, English words and translated words, before parameters."""
    return [
        (message.context(level), message.text(level), find_translation(message.key, language, level))
        for message, level in list_texts()
    ]


def list_differences(language: str, pattern: re.Pattern[str]) -> list[str]:
    """The texts in which the two languages do not hold the same set of what the pattern finds."""
    return [
        name
        for name, english, words in list_pairs(language)
        if set(pattern.findall(english)) != set(pattern.findall(words))
    ]


@pytest.mark.parametrize("language", [language.code for language in list_languages()])
def test_no_text_is_missing_stale_or_wrongly_filled(language: str) -> None:
    assert list_faults(read_catalogue(find_source(language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_gives_the_same_numbers_and_parameters(language: str) -> None:
    assert list_differences(language, FACTS) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_offers_the_same_choices_in_the_same_order(language: str) -> None:
    assert [
        name
        for name, english, words in list_pairs(language)
        if CHOICES.findall(english) != CHOICES.findall(words)
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_keeps_the_carriers_words(language: str) -> None:
    assert list_differences(language, KEYWORDS) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_step_has_the_same_measures(language: str) -> None:
    steps = [
        pair
        for pair in list_pairs(language)
        if pair[0].startswith(("howto.", "emergency.", "used.aftercare"))
    ]
    wrong = [
        name
        for name, english, words in steps
        if set(MEASURES.findall(english)) != set(MEASURES.findall(words))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_term_is_said_as_the_glossary_says_it(language: str) -> None:
    assert list_broken_terms(language) == []


def list_broken_terms(language: str) -> list[str]:
    glossary = read_settings(language)["glossary"].items()
    return [
        f"{name}: {term} is {' or '.join(said)}"
        for name, english, words in list_pairs(language)
        for term, said in glossary
        if re.search(rf"\b{re.escape(term)}", english.lower())
        and not any(word in words.lower() for word in said)
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_no_term_of_the_glossary_is_idle(language: str) -> None:
    english = " ".join(words.lower() for _, words, _ in list_pairs(language))
    assert [term for term in read_settings(language)["glossary"] if term not in english] == []


@pytest.mark.parametrize("language", [language.code for language in list_languages()])
def test_the_language_question_offers_each_language_by_the_number_that_chooses_it(language: str) -> None:
    lines = render_sample("language.ask", language, Level.EXPLICIT).split("\n")[1:]
    assert lines == [f"{number} {offered.name}" for number, offered in enumerate(list_languages(), 1)]


@pytest.mark.parametrize("language", [language.code for language in list_languages()])
def test_a_first_text_offers_another_language_by_its_own_name(language: str) -> None:
    names = {one.name for one in list_languages() if one.code != language}
    for level in Level:
        offered = render_sample("welcome.confirm", language, level).split("\n")[-1]
        assert any(name in offered for name in names) and get_language(language).name not in offered


def test_spanish_speaks_to_usted() -> None:
    familiar = re.compile(r"\b(?:tú|tu|tus|te|ti|tienes|quieres|puedes|necesitas|estás)\b", re.IGNORECASE)
    assert [text.name for text in list_spanish() if familiar.search(text.words)] == []


def test_spanish_opens_every_question_it_closes() -> None:
    assert [text.name for text in list_spanish() if is_lopsided(text.words)] == []


def is_lopsided(words: str) -> bool:
    return words.count("¿") != words.count("?")


def list_spanish() -> list[Text]:
    return [text for text in read_texts() if text.language == "es"]
