"""Learns bot/hear/evidence.bin from labelled texts: run `make learn`, which lends scikit-learn for it.

Two multinomial logistic regressions, of intents and of languages, on the features of bot/hear/evidence.py, each
weighed by how rare it is.
"""

import json
import math
import struct
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.corpora import describe_files, list_learned
from bench.hear_score import read_lines
from bot.hear.evidence import FILE, MIDDLE, RARITY_STEP, list_places
from bot.hear.normalise import split_tokens
from bot.hear.understand import get_grammar
from messages.languages import find_code
from model import Intent

SEEN = 3  # a feature of one or two texts teaches its author's habits
LARGEST = 127
MIXED = 0.6  # the part of English words from which on a text says little about another language
Learned = tuple[numpy.ndarray, numpy.ndarray]


def find_rarities(texts: Sequence[set[int]]) -> dict[int, int]:
    """How rare each place is, in steps, in the order of places; those of too few texts are left out."""
    counts = Counter(place for places in texts for place in places)
    rarities = {
        place: math.log((len(texts) + 1) / (count + 1)) + 1
        for place, count in sorted(counts.items())
        if count >= SEEN
    }
    return {place: round(rarity * RARITY_STEP) for place, rarity in rarities.items()}


def build_matrix(texts: Sequence[set[int]], rarities: Mapping[int, int]) -> csr_matrix:
    """One row a text, of length 1; one column a place that is kept."""
    columns = {place: column for column, place in enumerate(rarities)}
    ends, found, values = [0], [], []
    for places in texts:
        known = sorted(place for place in places if place in rarities)
        length = math.sqrt(sum(rarities[place] ** 2 for place in known)) or 1.0
        found += [columns[place] for place in known]
        values += [rarities[place] / length for place in known]
        ends.append(len(found))
    return csr_matrix((values, found, ends), shape=(len(texts), len(rarities)), dtype=numpy.float32)


def learn(
    matrix: csr_matrix, labels: Sequence[str], order: Sequence[str], strength: float, most: int
) -> Learned:
    """Weights by label and column, and starts by label, in the order given, after `most` rounds at most."""
    learner = LogisticRegression(C=strength, max_iter=most, class_weight="balanced")
    learner.fit(matrix, labels)
    places = [list(learner.classes_).index(label) for label in order]
    return learner.coef_[places], learner.intercept_[places]


def find_step(weights: numpy.ndarray) -> float:
    """The size of one step: all but the very largest weights fit into a byte."""
    return float(numpy.quantile(numpy.abs(weights), 0.9999)) / LARGEST


def find_tongue(line: Mapping[str, str | None]) -> str | None:
    """The language a text is in; None for one of another language that is mostly English and teaches neither."""
    code = find_code(line["lang"])
    words = [word for word in split_tokens(line["text"] or "") if word.isalpha()]
    english = get_grammar(("en", "es")).vocabularies["en"]
    mixed = code != "en" and sum(word in english for word in words) >= MIXED * len(words)
    return None if mixed else code


def write_rows(
    rarities: Mapping[int, int], learned: Sequence[numpy.ndarray], steps: Sequence[float]
) -> bytes:
    """The places, then their rows: rarity, then the weights in steps around the middle."""
    columns = [
        numpy.clip(numpy.round(weights / step), -LARGEST, LARGEST).T + MIDDLE
        for weights, step in zip(learned, steps, strict=True)
    ]
    rare = numpy.array(list(rarities.values())).reshape(-1, 1)
    rows = numpy.hstack([rare, *columns]).astype(numpy.uint8)
    return struct.pack(f"<{len(rarities)}I", *rarities) + rows.tobytes()


def main() -> None:
    """Learn from every text that is not kept apart, and write the weights."""
    files = list_learned()
    lines = read_lines(files)
    texts = [list_places(split_tokens(line["text"] or "")) for line in lines]
    rarities = find_rarities(texts)
    matrix = build_matrix(texts, rarities)
    tongues = [find_tongue(line) for line in lines]
    told = [number for number, tongue in enumerate(tongues) if tongue]
    languages = sorted({tongue for tongue in tongues if tongue})
    intents = [intent.value for intent in Intent]
    meant, meant_starts = learn(matrix, [line["intent"] or "" for line in lines], intents, 100, 300)
    spoken, spoken_starts = learn(matrix[told], [tongues[number] or "" for number in told], languages, 10, 50)
    steps = [find_step(meant), find_step(spoken)]
    head = {
        "rows": len(rarities),
        "steps": steps,
        "starts": [*meant_starts.tolist(), *spoken_starts.tolist()],
        "languages": languages,
        "learned_from": describe_files(files),
    }
    rows = write_rows(rarities, [meant, spoken], steps)
    FILE.write_bytes(json.dumps(head).encode() + b"\n" + zlib.compress(rows, 9))
    print(f"{len(rarities)} rows from {len(lines)} texts, {FILE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
