"""The cost of a text is the cost that Twilio's own calculator prints."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.graphemes import split_graphemes
from messages.segments import BASIC, EXTENSION, Segments, count_segments

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "segments.json").read_text(encoding="utf-8"))
SHORT_TEXTS = st.text(alphabet=sorted(BASIC | EXTENSION), max_size=700)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


def count_as_printed(text: str) -> dict[str, object]:
    """Our count in the calculator's own shape. JSON may hold half a surrogate pair, which Python keeps apart."""
    cost = count_segments(text)
    return {
        "text": text,
        "encoding": cost.encoding,
        "segments": cost.segments,
        "units": cost.units,
        "costly": list(cost.costly),
    }


def test_every_printed_vector_is_counted_the_same() -> None:
    wrong = [vector for vector in VECTORS if count_as_printed(vector["text"]) != vector]
    assert wrong == []


def test_the_vectors_are_hundreds_and_cross_every_boundary() -> None:
    assert len(VECTORS) >= 400
    assert {vector["segments"] for vector in VECTORS} >= {1, 2, 3, 4}
    assert {vector["encoding"] for vector in VECTORS} == {"GSM-7", "UCS-2"}


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3),
        ("您" * 70, "UCS-2", 1),
        ("您" * 71, "UCS-2", 2),
        ("a" * 66 + "👍" + "a" * 66, "UCS-2", 3),
        (FAMILY * 6, "UCS-2", 1),
        (FAMILY * 7, "UCS-2", 2),
        ("Ç", "GSM-7", 1),
        ("ç", "UCS-2", 1),
    ],
)
def test_the_boundaries_are_where_the_standard_has_them(text: str, encoding: str, segments: int) -> None:
    cost = count_segments(text)
    assert (cost.encoding, cost.segments) == (encoding, segments)


def test_the_costly_characters_are_named_once_in_order() -> None:
    assert count_segments("Más tarde, señor: más información aquí.").costly == ("á", "ó", "í")


def test_an_escaped_character_is_two_septets() -> None:
    assert count_segments("[€]") == Segments("GSM-7", 1, 6, ())


def test_a_character_of_two_units_counts_two() -> None:
    assert count_segments("👍") == Segments("UCS-2", 1, 2, ("👍",))


def test_half_a_surrogate_pair_is_counted_and_not_a_crash() -> None:
    assert count_segments("\ud83d").encoding == "UCS-2"


@given(st.text(max_size=400))
def test_the_characters_joined_again_are_the_text(text: str) -> None:
    assert "".join(split_graphemes(text)) == text


@given(SHORT_TEXTS)
def test_a_text_of_the_short_alphabet_is_never_wide(text: str) -> None:
    cost = count_segments(text)
    assert (cost.encoding, cost.costly) == ("GSM-7", ())
    assert cost.units == len(text) + sum(character in EXTENSION for character in text)


@given(st.text(max_size=400))
def test_a_text_is_wide_exactly_when_a_character_makes_it_so(text: str) -> None:
    cost = count_segments(text)
    assert (cost.encoding == "UCS-2") == bool(cost.costly)
    assert all(character in text for character in cost.costly)


@given(st.text(max_size=400))
def test_segments_hold_all_units_and_one_holds_what_fits_in_one(text: str) -> None:
    cost = count_segments(text)
    alone, joined = (160, 153) if cost.encoding == "GSM-7" else (70, 67)
    assert (cost.segments == 1) == (cost.units <= alone)
    assert cost.segments == 1 or cost.segments * joined >= cost.units
