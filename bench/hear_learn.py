"""Learns bot/hear/evidence.bin from labelled texts: run `make learn`, which lends scikit-learn for it.

Multinomial logistic regression on the features of bot/hear/evidence.py, each weighed by how rare it is.
"""

import json
import math
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.corpora import describe_files, list_learned
from bench.hear_score import read_lines
from bot.hear.evidence import FILE, MIDDLE, RARITY_STEP, ROW_BYTES, ROWS, list_places
from bot.hear.normalise import split_tokens
from bot.hear.reading import read_text
from bot.hear.understand import list_groups
from model import Intent

SEEN = 2  # a feature of one text alone teaches its author's habits
LARGEST = 127


def read_places(text: str) -> set[int]:
    """The rows of one text, read in the group of languages that people mix."""
    return list_places(read_text(list_groups()[0][1], split_tokens(text)).words)


def find_rarities(texts: Sequence[set[int]]) -> dict[int, int]:
    """How rare each row is, in steps; rows of too few texts are left out."""
    counts = Counter(place for places in texts for place in places)
    rarities = {
        place: math.log((len(texts) + 1) / (count + 1)) + 1
        for place, count in counts.items()
        if count >= SEEN
    }
    return {place: round(rarity * RARITY_STEP) for place, rarity in rarities.items()}


def build_matrix(texts: Sequence[set[int]], rarities: dict[int, int]) -> csr_matrix:
    """One row a text, of length 1."""
    ends, columns, values = [0], [], []
    for places in texts:
        known = sorted(place for place in places if place in rarities)
        length = math.sqrt(sum(rarities[place] ** 2 for place in known)) or 1.0
        columns += known
        values += [rarities[place] / length for place in known]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(texts), ROWS))


def learn(lines: Sequence[dict[str, str | None]]) -> tuple[dict[int, int], numpy.ndarray, numpy.ndarray]:
    """Rarities, weights by intent and row, and starts by intent, in the order of model.Intent."""
    texts = [read_places(line["text"] or "") for line in lines]
    rarities = find_rarities(texts)
    learner = LogisticRegression(C=100, max_iter=400, class_weight="balanced")
    learner.fit(build_matrix(texts, rarities), [line["intent"] for line in lines])
    order = [list(learner.classes_).index(intent.value) for intent in Intent]
    return rarities, learner.coef_[order], learner.intercept_[order]


def write_rows(rarities: dict[int, int], weights: numpy.ndarray, step: float) -> bytes:
    """Every row as bytes: rarity, then the weights in steps around the middle."""
    steps = numpy.clip(numpy.round(weights / step), -LARGEST, LARGEST).astype(int) + MIDDLE
    rows = bytearray([0, *[MIDDLE] * len(Intent)] * ROWS)
    for place, rarity in rarities.items():
        rows[place * ROW_BYTES : (place + 1) * ROW_BYTES] = bytes([rarity, *steps[:, place]])
    return bytes(rows)


def main() -> None:
    """Learn from every text that is not kept apart, and write the weights."""
    files = list_learned()
    lines = read_lines(files)
    rarities, weights, starts = learn(lines)
    step = float(numpy.quantile(numpy.abs(weights), 0.9999)) / LARGEST
    languages = sorted({line["lang"] or "" for line in lines})
    head = {
        "step": step,
        "starts": starts.tolist(),
        "languages": languages,
        "learned_from": describe_files(files),
    }
    FILE.write_bytes(
        json.dumps(head).encode() + b"\n" + zlib.compress(write_rows(rarities, weights, step), 9)
    )
    print(f"{len(rarities)} rows from {len(lines)} texts, {FILE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
