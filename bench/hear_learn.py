"""Learns bot/hear/evidence.json from labelled texts: run `python -m bench.hear_learn tests/corpus/dev*.jsonl`.

Logistic regression by stochastic gradient descent, the same result every time for the same files.
"""

import json
import math
import random
import sys
from pathlib import Path

from bench.hear_score import read_lines
from bot.hear.evidence import FILE, list_features, share_out
from bot.hear.normalise import split_tokens
from bot.hear.reading import read_text
from bot.hear.understand import list_groups

ROUNDS = 12
STEP = 1.2
SMALLEST = 0.15  # weights below this change no decision and only fill the file
Example = tuple[frozenset[str], str]


def read_example(line: dict[str, str | None]) -> Example:
    """One labelled line as features and intent; a text is read in the group of languages that people mix."""
    words = read_text(list_groups()[0][1], split_tokens(line["text"] or "")).words
    return frozenset(list_features(words)), line["intent"] or ""


def learn_weights(examples: list[Example]) -> dict[str, dict[str, float]]:
    """The weights that make the examples likely."""
    weights: dict[str, dict[str, float]] = {}
    order = random.Random(1)
    for turn in range(ROUNDS):
        order.shuffle(examples)
        for features, intent in examples:
            correct_weights(weights, features, intent, STEP / (1 + 0.3 * turn))
    return weights


def correct_weights(
    weights: dict[str, dict[str, float]], features: frozenset[str], intent: str, step: float
) -> None:
    """Move the weights of one example's features towards its intent."""
    scale = step / math.sqrt(len(features))
    for name, share in share_out(features, weights).items():
        change = ((name == intent) - share) * scale
        if abs(change) > 1e-4:
            for feature in sorted(features):
                row = weights.setdefault(feature, {})
                row[name] = row.get(name, 0.0) + change


def keep_large(weights: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The weights that matter, rounded, in a fixed order."""
    large = {
        feature: {name: round(value, 2) for name, value in sorted(row.items()) if abs(value) >= SMALLEST}
        for feature, row in sorted(weights.items())
    }
    return {feature: row for feature, row in large.items() if row}


def main(files: list[str]) -> None:
    """Learn from the files and write the weights, one feature a line."""
    examples = [read_example(line) for line in read_lines(Path(file) for file in files)]
    rows = (
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(row)}"
        for feature, row in keep_large(learn_weights(examples)).items()
    )
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
