"""`make bench`: every measurement, printed as it comes and written to bench/results.md with the machine's name."""

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import bare, dispatch, hear_score, hear_speed, inbound, kills, pending, starts
from bench.corpora import list_blind, list_learned
from bench.peers import beside

RESULTS = Path(__file__).resolve().parent / "results.md"
MEASURES: Sequence[Callable[[], str] | Callable[[], list[str]]] = (
    hear_speed.measure,
    starts.measure,
    inbound.measure,
    dispatch.measure,
    bare.measure,
    beside.measure,
    kills.measure,
    pending.measure,
)


def main() -> None:
    """Measure and print; speeds hold for this machine in this hour only."""
    for file in (*list_learned(), *list_blind()):
        print(f"hearing, {file.stem}")
        hear_score.main([str(file)])
        print()
    lines = [describe_machine()]
    print(lines[0])
    for line in measure_all():
        print(line, flush=True)
        lines.append(line)
        # After each one, so that a run which is stopped keeps what it measured.
        RESULTS.write_text(write_results(lines), encoding="utf-8")


def measure_all() -> Iterator[str]:
    """Each measurement's lines."""
    for measure in MEASURES:
        found = measure()
        yield from [found] if isinstance(found, str) else found


def describe_machine() -> str:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0))  # those this process may use
    busy = f"load {os.getloadavg()[2]:.1f} in the quarter of an hour before"
    return (
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {cores} cores, {busy}"
    )


def write_results(lines: Sequence[str]) -> str:
    """The page that is kept: the machine, then a line a measurement."""
    rows = "".join(f"- {line}\n" for line in lines[1:])
    about = "Others may use the machine too, and what is measured shares it with its load: compare ratios, not rates."
    return f"# Measured\n\nBy `make bench`, in one run, on {lines[0]}. {about}\n\n{rows}"


if __name__ == "__main__":
    main()
