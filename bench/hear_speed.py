"""How long hearing takes a text, over some development texts, with and without the memory for short ones."""

import statistics
import time
from collections.abc import Callable

from bench.corpora import list_learned
from bench.hear_score import read_lines
from bot.hear import hear, read_grammars
from bot.hear.understand import hear_afresh, recall_hearing
from messages.languages import find_code
from model import Hearing

MOST = 5000  # texts that are timed
GOAL = 200  # microseconds a text on average
Asked = tuple[str, str | None, str | None]


def measure() -> str:
    """One line: mean and p99 in microseconds of processor time, first each text by itself, then as they come again."""
    asked = list_asked()
    read_grammars()
    afresh = time_each(hear_afresh, asked)
    recall_hearing.cache_clear()
    again = time_each(hear, asked * 2)[len(asked) :]
    return (
        f"hearing: {describe(afresh)} a text (goal {GOAL}), {describe(again)} when short ones are remembered; "
        f"{len(asked)} distinct texts"
    )


def list_asked() -> list[Asked]:
    """Development texts of every language, each once, with its language and the question that waits."""
    lines = {line["text"] or "": line for line in read_lines(list_learned())}
    asked = [(text, find_code(line["lang"]), line["context"]) for text, line in lines.items()]
    return asked[:: max(1, len(asked) // MOST)]


def time_each(listen: Callable[[str, str | None, str | None], Hearing], asked: list[Asked]) -> list[float]:
    """The microseconds of processor time that each text took."""
    times = []
    for one in asked:
        began = time.process_time_ns()
        listen(*one)
        times.append((time.process_time_ns() - began) / 1000)
    return times


def describe(times: list[float]) -> str:
    """Mean and p99 in words."""
    return f"mean {statistics.fmean(times):.0f} us, p99 {statistics.quantiles(times, n=100)[98]:.0f} us"


if __name__ == "__main__":
    print(measure())
