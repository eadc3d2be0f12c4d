"""Patterns fit where their notation says: gaps, edges, optional words, and what exceptions take away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hear.grammar import compile_grammar
from bot.hear.normalise import split_tokens
from bot.hear.reading import Reading, read_text, widen
from messages.lexicons import Lexicon

WORDS = {"light": ["very", "so"], "red": ["red", "rot*"], "cat": ["cat"]}


def read(text: str, *patterns: str, exceptions: tuple[str, ...] = ()) -> Reading:
    """The text read with a concept `found` of these patterns and exceptions."""
    concepts = {**WORDS, "found": list(patterns)}
    lexicon = Lexicon("xx", False, ("LATIN",), (), {}, concepts, {"found": list(exceptions)}, frozenset(), ())
    return read_text(compile_grammar((lexicon,)), split_tokens(text))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("<red> <cat>", "a red cat"),
        ("<red> <cat>", "rotten cat"),
        ("<red> .. <cat>", "red one two three cat"),
        ("<red> ... <cat>", "red one two three four five six cat"),
        ("<red> _ <cat>", "red very so cat"),
        ("<red> ~ <cat>", "red. one? two three four five six seven eight cat"),
        ("<red> * <cat>", "red b cat"),
        ("<red> fat? <cat>", "red cat"),
        ("<red> fat? <cat>", "red fat cat"),
        ("<red|cat> dog", "cat dog"),
        ("^ <red> <cat> $", "red cat!"),
    ],
)
def test_a_pattern_fits(pattern: str, text: str) -> None:
    assert "found" in read(text, pattern).spans


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("<red> <cat>", "cat red"),
        ("<red> <cat>", "red. cat"),
        ("<red> .. <cat>", "red one two three four cat"),
        ("<red> .. <cat>", "red b? c cat"),
        ("<red> _ <cat>", "red very big cat"),
        ("<red> * <cat>", "red b c cat"),
        ("^ <red> <cat>", "a red cat"),
        ("<red> <cat> $", "red cat b"),
        ("<red|cat> dog", "dog cat"),
    ],
)
def test_a_pattern_does_not_fit(pattern: str, text: str) -> None:
    assert "found" not in read(text, pattern).spans


def test_a_span_is_where_it_begins_by_how_long_it_is() -> None:
    assert read("red cat. red b cat", "<red> * <cat>").spans["found"] == {2: 0b1, 3: 0b1000}


def test_an_exception_takes_away_what_lies_inside_it_and_no_more() -> None:
    reading = read("no red cat. red cat", "<red> <cat>", exceptions=("no <red> <cat>",))
    assert reading.spans["found"] == {2: 1 << 4}


def test_a_concept_that_is_wholly_taken_away_is_not_there() -> None:
    assert "found" not in read("no red cat", "<red> <cat>", exceptions=("no ~",)).spans


@given(st.sets(st.integers(0, 60)), st.integers(0, 40))
def test_places_are_widened_by_as_many_steps(places: set[int], steps: int) -> None:
    wide = {place + step for place in places for step in range(steps + 1)}
    assert widen(sum(1 << place for place in places), steps) == sum(1 << place for place in wide)
