"""How many inbound texts a second two web processes take, beside a bare webhook, and how soon an answer leaves.

A turn is all of it: signature, inbox commit, decision, outbox commit. Run as `python -m bench.inbound [TEXTS]`.
"""

import http.client
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.full_outbox import fill
from bench.stage import (
    POSTGRES,
    PRODUCT_PORT,
    ROOT,
    SQLITE,
    Place,
    Program,
    Stage,
    StandInCarrier,
    answers,
    make_environ,
    open_stage,
    open_stand_in,
    start,
    wait_until,
)
from bench.webhooks import name_phone

TEXTS, WARM, ROUNDS = 3000, 1500, 3
CONNECTIONS, WORKERS = 16, "2"
GOALS = {SQLITE: 1200, POSTGRES: 700}
GOAL_RATIO = 0.3
WAITING = 20_000  # scheduled texts in the way of the answers
HELPED = 800  # people who write HELP: one text each, and one answer
Post = tuple[int, float, float, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Texts a second, the milliseconds that half of them and 99 in 100 took at most, and how many were refused."""

    rate: float
    p50: float
    p99: float
    refused: int


def post(first: int, count: int, pause: float = 0.0, words: str = "") -> list[Post]:
    """Post so many webhooks from a process of its own."""
    options = {
        "port": PRODUCT_PORT,
        "first": first,
        "count": count,
        "connections": CONNECTIONS,
        "pause": pause,
    }
    command = [sys.executable, "-m", "bench.webhooks", "--words", words]
    command += [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def read_run(posts: Sequence[Post]) -> Run:
    """What came of them."""
    seconds = max(post[1] + post[2] for post in posts) - min(post[1] for post in posts)
    ranks = statistics.quantiles((post[2] * 1000 for post in posts), n=100)
    return Run(len(posts) / seconds, ranks[49], ranks[98], sum(post[3] != 200 for post in posts))


def is_up() -> bool:
    """Whether the web answers."""

    def ask() -> None:
        line = http.client.HTTPConnection("127.0.0.1", PRODUCT_PORT, timeout=2)
        line.request("GET", "/healthz")
        line.getresponse().close()

    return answers(ask)


def start_web(stage: Stage, place: Place, *words: str) -> Program:
    """A program that answers the web in two processes. Raises RuntimeError when it does not."""
    command = [sys.executable, "-m", *words]
    program = start(command, make_environ(place, WEB_WORKERS=WORKERS), stage.folder, "web")
    if not wait_until(is_up, 30):
        program.kill()
        raise RuntimeError(program.log.read_text())
    return program


def run_web(stage: Stage, kind: str, texts: int, *words: str) -> Run:
    """A thousand telephones write as fast as they are answered."""
    program = start_web(stage, stage.add_place(kind), *words)
    try:
        post(0, WARM)
        return read_run(post(WARM, texts))
    finally:
        program.stop()


def compare(stage: Stage, kind: str, texts: int) -> str:
    """The bare webhook and the product in turn; the product's best round, and the median of the ratios."""
    rounds = [
        (run_web(stage, kind, texts, "bench.bare_webhook"), run_web(stage, kind, texts, "cli", "web"))
        for _ in range(ROUNDS)
    ]
    ratio = statistics.median(ours.rate / bare.rate for bare, ours in rounds)
    best = max((ours for _, ours in rounds), key=lambda run: run.rate)
    pairs = ", ".join(f"{ours.rate:.0f} to {bare.rate:.0f}" for bare, ours in rounds)
    refused = sum(run.refused for both in rounds for run in both)
    return (
        f"inbound, two web processes, {kind}: {best.rate:.0f}/s (goal {GOALS[kind]}), p50 {best.p50:.0f} ms, p99 "
        f"{best.p99:.0f} ms (goal 50), {refused} refused; to the bare webhook {pairs}/s, median ratio {ratio:.2f} "
        f"(goal {GOAL_RATIO})"
    )


def find_delays(carrier: StandInCarrier, posts: Sequence[Post], first: int) -> list[float]:
    """Milliseconds from each webhook to the answer that reached the carrier, where one did."""
    reached: dict[str, float] = {}
    for _, at, phone in carrier.ask("GET", "/arrivals"):
        reached.setdefault(phone, at)
    asked = ((name_phone(first + number), began) for number, began, _, _ in posts)
    return [(reached[phone] - began) * 1000 for phone, began in asked if phone in reached]


def time_answers(stage: Stage, kind: str, waiting: int, count: int, pause: float) -> str:
    """People write HELP, one after the other; 95 in 100 have their answer at the carrier within so long."""
    place = stage.add_place(kind)
    with place.memory() as memory, open_stand_in(stage) as carrier:
        program = start_web(stage, place, "cli", "serve")
        try:
            post(990, 10, pause, "HELP")  # ten more telephones, to warm up
            fill(memory, waiting, first=2000)
            posts = post(0, count, pause, "HELP")
            wait_until(lambda: len(find_delays(carrier, posts, 0)) == count, 20)
            delays = find_delays(carrier, posts, 0)
        finally:
            program.stop()
    ranks = statistics.quantiles(delays, n=100)
    goal = 1000 if waiting else 100
    return (
        f"webhook to answer at the carrier, {kind}, {waiting} scheduled texts in the way, {1 / pause:.0f} a second: "
        f"p50 {ranks[49]:.0f} ms, p95 {ranks[94]:.0f} ms (goal {goal}), {len(delays)} of {count} answered"
    )


def measure(texts: int = TEXTS) -> list[str]:
    """Rates and ratios, then how soon answers leave."""
    with open_stage() as stage:
        kinds = [kind for kind in (SQLITE, POSTGRES) if stage.has(kind)]
        lines = [compare(stage, kind, texts) for kind in kinds]
        for kind in kinds:
            lines.append(time_answers(stage, kind, 0, HELPED // 8, 0.1))
            lines.append(time_answers(stage, kind, WAITING, HELPED, 0.01))
    return lines


if __name__ == "__main__":
    print("\n".join(measure(*map(int, sys.argv[1:2]))))
