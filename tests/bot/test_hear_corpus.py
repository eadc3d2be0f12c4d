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


EVERYWHERE = "all"
BLIND = {**{file.stem: [file] for file in list_blind()}, EVERYWHERE: list_blind()}
# What no language may fall below; all of them together have the floors that were promised.
LEAST, PROMISED = {"emergency": 0.9, "self_harm": 0.9, "stop": 0.9}, dict(FLOORS)
# Least accuracy and most calm texts taken for emergencies, where a language is not yet at 0.9 and 0.05.
WEAKER = {"blind_ar": (0.85, 0.08), "blind_fa": (0.87, 0.07), "blind_so": (0.9, 0.06)}


@pytest.fixture(scope="module", params=BLIND)
def unseen(request: pytest.FixtureRequest) -> tuple[str, list[Scored]]:
    """Texts that neither lexicons nor weights were made from, heard, with the name of their language."""
    return request.param, [score_line(line) for line in read_lines(BLIND[request.param])]


@pytest.mark.parametrize("intent", LEAST)
def test_what_must_not_be_missed_is_heard_in_unseen_texts(
    unseen: tuple[str, list[Scored]], intent: str
) -> None:
    name, heard = unseen
    assert get_recall(heard, intent) >= (PROMISED if name == EVERYWHERE else LEAST)[intent]


def test_unseen_texts_are_heard_as_they_were_meant(unseen: tuple[str, list[Scored]]) -> None:
    name, heard = unseen
    least_accuracy, most_false = WEAKER.get(name, (0.9, 0.05))
    assert get_accuracy(heard) >= least_accuracy
    assert get_false_emergencies(heard) <= most_false
