"""What hearing remembers: short texts and single words, never a long text and never a long number."""

import pytest

from bot.hear import hear
from bot.hear.evidence import recall_parts
from bot.hear.understand import SHORT, get_grammar, recall_hearing
from bot.hear.words import recall_words
from model import Intent, Question


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Every test begins with empty memories."""
    for memory in (recall_hearing, recall_words, recall_parts):
        memory.cache_clear()


def test_a_short_text_is_thought_about_once() -> None:
    assert hear("ok thanks") is hear("ok thanks")


def test_a_short_text_is_remembered_with_the_question_it_answers() -> None:
    answers = [hear("1", "en", question).intent for question in (Question.HAVE_KIT, None)]
    assert answers == [Intent.YES, Intent.OTHER]


@pytest.mark.parametrize("text", ["x" * (SHORT + 1), "call 619 555 0100", "٦١٩٥٥٥٠١٠٠"])
def test_a_long_text_and_one_with_a_long_number_are_not_remembered(text: str) -> None:
    hear(text)
    assert recall_hearing.cache_info().currsize == 0


@pytest.mark.parametrize("number", ["6195550100", "٦١٩٥٥٥٠١٠٠"])
def test_a_long_number_is_not_remembered_as_a_word(number: str) -> None:
    hear(number)
    assert (recall_words.cache_info().currsize, recall_parts.cache_info().currsize) == (0, 0)


def test_what_is_remembered_has_an_end() -> None:
    assert all(memory.cache_info().maxsize for memory in (recall_hearing, recall_words, recall_parts))


def test_a_remembered_word_is_read_as_the_first_time() -> None:
    grammar = get_grammar(("en", "es"))
    assert recall_words(grammar, "breathng") == recall_words(grammar, "breathng") != ()
