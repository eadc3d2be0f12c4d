"""`make bench`: every measurement, printed one after the other with the machine's description."""

import os
import platform

from bench import hear_score, starts, turns
from bench.corpora import list_blind, list_learned


def main() -> None:
    """Measure and print; speeds hold for this machine in this hour only."""
    print(
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {count_cores()} cores\n"
    )
    for file in (*list_learned(), *list_blind()):
        print(f"hearing, {file.stem}")
        hear_score.main([str(file)])
        print()
    print(starts.measure())
    print(turns.measure())


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    main()
