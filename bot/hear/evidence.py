"""What the words alone suggest where no rule matches: weights learned from labelled texts by bench/hear_learn.py."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from model import Intent

FILE = Path(__file__).parent / "evidence.json"
LONG_WORD = 5
Weights = Mapping[str, Mapping[str, float]]


def list_features(words: Iterable[str]) -> Iterator[str]:
    """What is counted in a text: its words, their beginnings, and pairs of words that follow each other closely."""
    row = ["^", *words, "$"]
    yield from row
    yield from (f"{word[:4]}*" for word in row if len(word) >= LONG_WORD)
    yield from (f"{one} {two}" for one, two in pairwise(row))
    yield from (f"{one} _ {two}" for one, two in zip(row, row[2:], strict=False))


def weigh_words(words: Iterable[str]) -> dict[Intent, float]:
    """How likely each intent is by the words alone; the shares add up to 1."""
    return {
        Intent(name): share
        for name, share in share_out(frozenset(list_features(words)), get_weights()).items()
    }


@cache
def get_weights() -> Weights:
    """The learned weights, feature -> intent -> weight. Raises FileNotFoundError when nothing was ever learned."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def share_out(features: frozenset[str], weights: Weights) -> dict[str, float]:
    """The softmax of the summed weights; long texts count no more than short ones."""
    sums = dict.fromkeys((intent.value for intent in Intent), 0.0)
    scale = 1 / math.sqrt(len(features))
    for feature in features:
        for name, weight in weights.get(feature, {}).items():
            sums[name] += weight * scale
    highest = max(sums.values())
    powers = {name: math.exp(value - highest) for name, value in sums.items()}
    whole = sum(powers.values())
    return {name: power / whole for name, power in powers.items()}
