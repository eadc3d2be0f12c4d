"""Thousands of texts while senders are killed again and again: how many are lost, twice, out of order."""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.acceptance.killing import kill_in_the_middle
from tests.acceptance.running import Crowd
from tests.postgres import Server, find_programs

TEXTS, KILLS = 4000, 30
SCHEDULERS = ("scheduler-1", "scheduler-2", "scheduler-3")


def measure_one(name: str, database_url: str, senders: Sequence[str], others: Sequence[str] = ()) -> str:
    """One line: what became of the texts on that database with those senders."""
    folder = Path(tempfile.mkdtemp())
    url, began = database_url or f"sqlite:///{folder}/kills.db", time.monotonic()
    crowd = Crowd(folder, url, SEND_CONCURRENCY="64")
    try:
        crowd.open(*others, *senders)
        tally = kill_in_the_middle(crowd, senders, texts=TEXTS, kills=KILLS)
    finally:
        crowd.clean_up()
        shutil.rmtree(folder)
    return (
        f"kill -9, {name}: {tally.texts} texts, {KILLS} kills, {tally.lost} lost, {tally.twice} twice, "
        f"{tally.disordered} out of order, {tally.unrecorded} on record otherwise; {time.monotonic() - began:.0f} s"
    )


def measure() -> list[str]:
    """Both databases, one line each; PostgreSQL where it is installed."""
    lines = [measure_one("SQLite, one process", "", ["serve-1"])]
    programs = find_programs()
    if programs is None:
        return [*lines, "kill -9, PostgreSQL: not installed"]
    server = Server(programs)
    try:
        return [
            *lines,
            measure_one("PostgreSQL, three schedulers", server.url("postgres"), SCHEDULERS, ["web-1"]),
        ]
    finally:
        server.stop()


if __name__ == "__main__":
    print("\n".join(measure()))
