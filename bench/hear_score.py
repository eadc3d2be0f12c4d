"""Scores hearing on labelled texts: accuracy, recall and precision by intent, false emergencies, confusions, speed.

Run as `python -m bench.hear_score FILE.jsonl ...`; a line is `{"text", "lang", "context", "intent"}`.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.hear import hear
from messages.languages import find_code


@dataclass(frozen=True, slots=True)
class Scored:
    """One labelled text with what was heard in it."""

    text: str
    wanted: str
    got: str
    rule: str


def read_lines(files: Iterable[Path]) -> list[dict[str, str | None]]:
    """Every labelled line of the files."""
    return [
        json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line
    ]


def score_line(line: dict[str, str | None]) -> Scored:
    """Hear one line in its language and context."""
    hearing = hear(line["text"] or "", find_code(line["lang"]) or line["lang"], line["context"])
    return Scored(line["text"] or "", line["intent"] or "", hearing.intent.value, hearing.rule)


def share(part: int, whole: int) -> float:
    """The part of the whole, 1 when there is no whole."""
    return part / whole if whole else 1.0


def get_accuracy(scored: list[Scored]) -> float:
    """The share of texts heard as they were labelled."""
    return share(sum(one.wanted == one.got for one in scored), len(scored))


def get_recall(scored: list[Scored], intent: str) -> float:
    """Of the texts that mean the intent, the share that was heard so."""
    return share(
        sum(one.wanted == one.got == intent for one in scored), sum(one.wanted == intent for one in scored)
    )


def get_precision(scored: list[Scored], intent: str) -> float:
    """Of the texts heard as the intent, the share that means it."""
    return share(
        sum(one.wanted == one.got == intent for one in scored), sum(one.got == intent for one in scored)
    )


def get_false_emergencies(scored: list[Scored]) -> float:
    """Of the texts that are no emergency, the share that was heard as one."""
    calm = [one for one in scored if one.wanted != "emergency"]
    return share(sum(one.got == "emergency" for one in calm), len(calm)) if calm else 0.0


def print_scores(scored: list[Scored]) -> None:
    """The whole table on standard output."""
    print(f"texts {len(scored)}  accuracy {get_accuracy(scored):.3f}")
    print(f"false emergencies {get_false_emergencies(scored):.3f}")
    for intent, count in Counter(one.wanted for one in scored).most_common():
        recall, precision = get_recall(scored, intent), get_precision(scored, intent)
        print(f"{intent:13} texts {count:4}  recall {recall:.3f}  precision {precision:.3f}")
    wrong = [one for one in scored if one.wanted != one.got]
    for (wanted, got), count in Counter((one.wanted, one.got) for one in wrong).most_common():
        print(f"{count:3} x {wanted} heard as {got}")
    for one in wrong:
        print(f"  {one.wanted} > {one.got} [{one.rule}] {one.text}")


def main(files: list[str]) -> None:
    """Score the files together and say how long one text takes on average, in microseconds."""
    lines = read_lines(Path(file) for file in files)
    hear("hello")
    started = time.perf_counter()
    scored = [score_line(line) for line in lines]
    spent = time.perf_counter() - started
    print_scores(scored)
    print(f"mean {spent / max(1, len(lines)) * 1e6:.0f} microseconds a text")


if __name__ == "__main__":
    main(sys.argv[1:])
