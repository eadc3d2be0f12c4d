"""What the words themselves suggest: weights of words, neighbours and parts of words, learned from labelled texts.

The weights are in evidence.bin, written by bench/hear_learn.py: one line of JSON, then compressed rows of bytes.
A feature's row is found by its checksum; it says how rare the feature is and how much it speaks for each intent.
"""

import json
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from model import Intent

FILE = Path(__file__).parent / "evidence.bin"
ROWS = 524_288
ROW_BYTES = 1 + len(Intent)
RARITY_STEP = 16  # the byte 16 is a rarity of 1
KNOWN = 0.5  # the part of a text's features that must have been seen before they say anything
MIDDLE = 128  # the byte of a weight of nought
PART_LENGTHS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: the rows, the size of one step of a weight, and each intent's start; and from what."""

    rows: bytes
    step: float
    starts: tuple[float, ...]
    languages: frozenset[str]
    learned_from: str


def list_features(words: Sequence[str]) -> Iterator[str]:
    """What is counted in a text: words, two and three in a row, two around a third, and the parts of each word."""
    row = ["^", *words, "$"]
    yield from row
    yield from (" ".join(pair) for pair in pairwise(row))
    yield from (" ".join(three) for three in zip(row, row[1:], row[2:], strict=False))
    yield from (f"{first} _ {third}" for first, third in zip(row, row[2:], strict=False))
    for word in words:
        yield from list_parts(f"<{word}>")


def list_parts(word: str) -> Iterator[str]:
    """Every stretch of two to five letters of a word: they survive typing errors and endings."""
    for length in PART_LENGTHS:
        yield from (f"#{word[start : start + length]}" for start in range(len(word) - length + 1))


def list_places(words: Sequence[str]) -> set[int]:
    """The rows of a text's features."""
    return {zlib.crc32(feature.encode()) % ROWS for feature in list_features(words)}


def weigh_words(words: Sequence[str]) -> dict[Intent, float] | None:
    """How likely each intent is by the words alone, as shares of 1; None for words that are mostly unknown."""
    places = list_places(words)
    rows = [row for row in map(read_row, places) if row]
    if len(rows) < KNOWN * len(places):
        return None
    squares, *sums = [sum(column) for column in zip(*rows, strict=True)]
    length = math.sqrt(squares)  # long texts count no more than short ones
    scores = [start + total / length for start, total in zip(get_weights().starts, sums, strict=True)]
    return dict(zip(Intent, share_out(scores), strict=True))


@cache
def read_row(place: int) -> tuple[float, ...]:
    """One row's rarity squared, and its weights times its rarity; empty for a feature nobody has seen twice."""
    weights = get_weights()
    first, *steps = weights.rows[place * ROW_BYTES : (place + 1) * ROW_BYTES]
    rarity = first / RARITY_STEP
    return (rarity**2, *((step - MIDDLE) * weights.step * rarity for step in steps)) if rarity else ()


def share_out(scores: Sequence[float]) -> list[float]:
    """Scores as shares of 1."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


@cache
def get_weights() -> Weights:
    """What was learned. Raises FileNotFoundError when nothing ever was."""
    head, _, rows = FILE.read_bytes().partition(b"\n")
    told = json.loads(head)
    languages = frozenset(told["languages"])
    return Weights(
        zlib.decompress(rows), told["step"], tuple(told["starts"]), languages, told["learned_from"]
    )
