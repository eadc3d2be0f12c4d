"""Hearing holds its floors on the development texts of each language."""

from pathlib import Path

import pytest

from bench.corpora import list_blind
from bench.hear_score import Scored, get_accuracy, get_false_emergencies, get_recall, read_lines, score_line

CORPUS = Path(__file__).parent.parent / "corpus"
LANGUAGES = sorted(file.stem.removeprefix("dev_") for file in CORPUS.glob("dev_*.jsonl"))
FLOORS = [("emergency", 0.97), ("self_harm", 0.95), ("stop", 0.97)]
SAMPLE = 400


@pytest.fixture(scope="module", params=LANGUAGES)
def scored(request: pytest.FixtureRequest) -> list[Scored]:
    """Some of one language's development texts, heard: all of them would take minutes."""
    lines = read_lines([CORPUS / f"dev_{request.param}.jsonl"])
    return [score_line(line) for line in lines[:: max(1, len(lines) // SAMPLE)]]


@pytest.mark.parametrize(("intent", "floor"), FLOORS)
def test_what_must_not_be_missed_is_heard(scored: list[Scored], intent: str, floor: float) -> None:
    assert get_recall(scored, intent) >= floor


def test_a_calm_text_is_rarely_an_emergency(scored: list[Scored]) -> None:
    assert get_false_emergencies(scored) <= 0.05


def test_most_texts_are_heard_as_they_were_meant(scored: list[Scored]) -> None:
    assert get_accuracy(scored) >= 0.85


def test_every_language_with_a_corpus_has_two_hundred_texts_and_all_intents(scored: list[Scored]) -> None:
    assert len(scored) >= 200
    assert len({one.wanted for one in scored}) == 16


# What no language may fall below; all of them together have the floors that were promised.
BLIND_FLOORS = [("emergency", 0.9), ("self_harm", 0.9), ("stop", 0.9)]


@pytest.fixture(scope="module", params=[file.stem for file in list_blind()])
def unseen(request: pytest.FixtureRequest) -> list[Scored]:
    """Texts that neither lexicons nor weights were made from, heard."""
    return [score_line(line) for line in read_lines([CORPUS / f"{request.param}.jsonl"])]


@pytest.mark.parametrize(("intent", "floor"), BLIND_FLOORS)
def test_what_must_not_be_missed_is_heard_in_unseen_texts(
    unseen: list[Scored], intent: str, floor: float
) -> None:
    assert get_recall(unseen, intent) >= floor


def test_unseen_texts_are_heard_as_they_were_meant(unseen: list[Scored]) -> None:
    assert get_accuracy(unseen) >= 0.85
    assert get_false_emergencies(unseen) <= 0.08


@pytest.fixture(scope="module")
def everywhere() -> list[Scored]:
    """The unseen texts of all languages, heard."""
    return [score_line(line) for line in read_lines(list_blind())]


@pytest.mark.parametrize(("intent", "floor"), FLOORS)
def test_what_must_not_be_missed_is_heard_over_all_languages(
    everywhere: list[Scored], intent: str, floor: float
) -> None:
    assert get_recall(everywhere, intent) >= floor


def test_over_all_languages_few_calm_texts_are_emergencies(everywhere: list[Scored]) -> None:
    assert (get_false_emergencies(everywhere) <= 0.05, get_accuracy(everywhere) >= 0.9) == (True, True)
