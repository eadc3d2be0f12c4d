"""How many texts a second the real scheduler hands over, on SQLite and PostgreSQL, and what kill -9 does to them.

Everything is on: attempts, sealed columns, outcomes on record, logs. Run as `python -m bench.dispatch [TEXTS]`.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.full_outbox import count_recorded, count_unfinished, fill
from bench.stage import (
    LATENCY_MS,
    POSTGRES,
    SQLITE,
    Place,
    Program,
    Stage,
    StandInCarrier,
    find_rate,
    open_stage,
    open_stand_in,
    start_product,
    wait_until,
)
from store.engine import Memory

TEXTS, KILLED_TEXTS = 6000, 3000
DOWN_SECONDS = 1.0
QUIET_SECONDS = 180.0  # a lease, a grace and a while for the questions to the carrier


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to: texts a second, processor microseconds a text of all its processes, texts on record."""

    rate: float
    cpu_us: float
    taken: int
    recorded: int


def run_product(stage: Stage, place: Place, texts: int, schedulers: int = 1, first: int = 0) -> Run:
    """Fill, start the schedulers, and take the rate from what reached the carrier."""
    with place.memory() as memory, open_stand_in(stage) as carrier:
        fill(memory, texts, first)
        before = count_recorded(memory)
        programs = [start_product(stage, place, "scheduler") for _ in range(schedulers)]
        try:
            wait_until(lambda: carrier.count()["taken"] > 0, 20)
            spent, begun = count_cpu(programs), carrier.count()["taken"]
            counts = carrier.wait_for(texts)
            wait_until(lambda: count_recorded(memory) >= before + texts, 5)
            spent = count_cpu(programs) - spent
        finally:
            for program in programs:
                program.stop()
        cpu_us = spent * 1e6 / max(1, counts["taken"] - begun)
        return Run(find_rate(counts), cpu_us, counts["taken"], count_recorded(memory) - before)


def count_cpu(programs: Sequence[Program]) -> float:
    """Processor seconds they have used until now."""
    return sum(program.cpu_seconds for program in programs)


def kill_product(stage: Stage, place: Place, texts: int, schedulers: int = 1) -> str:
    """Kill -9 every scheduler at a third, start them again, and count when nothing is left to do."""
    with place.memory() as memory, open_stand_in(stage) as carrier:
        fill(memory, texts)
        programs = [start_product(stage, place, "scheduler") for _ in range(schedulers)]
        at_kill = kill_at(programs, carrier, texts // 3)
        time.sleep(DOWN_SECONDS)
        programs = [start_product(stage, place, "scheduler") for _ in range(schedulers)]
        began = time.monotonic()
        wait_until(lambda: count_unfinished(memory) == 0, QUIET_SECONDS)
        seconds = time.monotonic() - began
        for program in programs:
            program.stop()
        return f"{describe_loss(carrier, memory, texts, at_kill)}; quiet {seconds:.0f} s after the restart"


def kill_at(programs: Sequence[Program], carrier: StandInCarrier, taken: int) -> int:
    """Kill -9 as soon as that many texts were taken; how many were."""
    end = time.monotonic() + 30
    while carrier.count()["taken"] < taken and time.monotonic() < end:
        time.sleep(0.02)
    for program in programs:
        program.kill()
    return carrier.count()["taken"]


def describe_loss(carrier: StandInCarrier, memory: Memory, texts: int, at_kill: int) -> str:
    """How many texts never came, how many came more than once, and how many came of which nobody knows."""
    counts, recorded = carrier.count(), count_recorded(memory)
    unknown = counts["distinct"] - recorded
    losses = (
        f"{texts - counts['distinct']} missing, {counts['twice']} twice, {unknown} sent but not on record"
    )
    return f"killed at {at_kill} of {texts}: {losses}"


def describe_run(what: str, run: Run, texts: int) -> str:
    """One run as a line."""
    missing = "" if run.taken == run.recorded == texts else f", {run.taken} taken, {run.recorded} on record"
    return f"dispatch, {what}: {run.rate:.0f}/s, {run.cpu_us:.0f} us of processor a text{missing}"


def measure_rates(stage: Stage, texts: int) -> list[str]:
    """One scheduler on each database, and two on PostgreSQL."""
    lines = []
    for kind in filter(stage.has, (SQLITE, POSTGRES)):
        run = run_product(stage, stage.add_place(kind), texts)
        lines.append(describe_run(f"one scheduler, {kind}", run, texts))
    if stage.has(POSTGRES):
        both = run_product(stage, stage.add_place(POSTGRES), texts, schedulers=2)
        lines.append(describe_run("two schedulers, PostgreSQL", both, texts))
        lines.append(f"dispatch: two schedulers to one {both.rate / run.rate:.2f} (goal 1.4)")
    return lines


def measure(texts: int = TEXTS) -> list[str]:
    """Rates, then kills: a line each."""
    killed = min(texts, KILLED_TEXTS)
    with open_stage() as stage:
        lines = [f"dispatch: {texts} texts due, {LATENCY_MS} ms carrier (goal 1500/s a scheduler)"]
        lines += measure_rates(stage, texts)
        lines.append("dispatch, kill -9, SQLite: " + kill_product(stage, stage.add_place(SQLITE), killed))
        if stage.has(POSTGRES):
            loss = kill_product(stage, stage.add_place(POSTGRES), killed, schedulers=2)
            lines.append(f"dispatch, kill -9 of two schedulers, PostgreSQL: {loss}")
    return lines


if __name__ == "__main__":
    print("\n".join(measure(*map(int, sys.argv[1:2]))))
