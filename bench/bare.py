"""The bare loop beside the product: claim, POST, record, with the product's HTTP client and nothing else.

No retry, no log, no ORM, no sealing, no attempts, one small table: what is left is the least that sending costs when
every commit is on the disk. `python -m bench.bare [TEXTS]` measures both, in turn.
"""

import os
import sqlite3
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import psycopg

from app import make_carrier
from bench.dispatch import Run, run_product
from bench.full_outbox import BODY, write_phone
from bench.stage import (
    IN_FLIGHT,
    LATENCY_MS,
    POSTGRES,
    SQLITE,
    Place,
    Stage,
    find_rate,
    make_environ,
    open_stage,
    open_stand_in,
    start,
    wait_until,
)
from config import load_settings
from model import Outgoing, Sent

TEXTS, ROUNDS = 4000, 3
CLAIM = 100
GOAL = 0.8
TABLE = "CREATE TABLE bare (id {id} PRIMARY KEY, phone TEXT, body TEXT, state TEXT NOT NULL, sid TEXT)"
INDEX = "CREATE INDEX ix_bare_ready ON bare (id) WHERE state = 'ready'"
ADD = "INSERT INTO bare (id, phone, body, state) VALUES ({p}, {p}, {p}, 'ready')"
TAKE = (
    "UPDATE bare SET state = 'sending' WHERE id IN (SELECT id FROM bare WHERE state = 'ready' ORDER BY id "
    "LIMIT {limit} {skip}) RETURNING id, phone, body"
)
RECORD = "UPDATE bare SET state = {p}, sid = {p} WHERE id = {p}"
Answer = tuple[Outgoing, Sent]


@dataclass(slots=True)
class Table:
    """The small table on either database; every method is one transaction of its own."""

    place: Place
    conn: Any = None

    def __post_init__(self) -> None:
        """Connect, with every commit on the disk."""
        if self.place.kind == POSTGRES:
            self.conn = psycopg.connect(self.place.plain_url)
            return
        self.conn = sqlite3.connect(str(self.place.parsed.database))
        self.conn.execute("PRAGMA journal_mode=WAL")
        self.conn.execute("PRAGMA synchronous=FULL")

    def write(self, statement: str) -> str:
        """A statement in this database's dialect."""
        if self.place.kind == POSTGRES:
            return statement.format(p="%s", id="BIGINT", limit=CLAIM, skip="FOR UPDATE SKIP LOCKED")
        return statement.format(p="?", id="INTEGER", limit=CLAIM, skip="")

    def fill(self, count: int) -> None:
        """Make the table with so many texts that may leave."""
        cursor = self.conn.cursor()
        cursor.execute(self.write(TABLE))
        cursor.execute(INDEX)
        cursor.executemany(self.write(ADD), [(id_, write_phone(id_), BODY) for id_ in range(1, count + 1)])
        self.conn.commit()

    def claim(self) -> list[Outgoing]:
        """Own the next texts."""
        rows = self.conn.execute(self.write(TAKE)).fetchall()
        self.conn.commit()
        return [Outgoing(id_, phone, body, f"http://bare.test/{id_}") for id_, phone, body in sorted(rows)]

    def record(self, answers: Sequence[Answer]) -> None:
        """Write what became of those."""
        rows = [(sent.outcome, sent.sid, text.id) for text, sent in answers]
        self.conn.cursor().executemany(self.write(RECORD), rows)
        self.conn.commit()


@dataclass(slots=True)
class Loop:
    """Claims, sends and records until nothing is left."""

    table: Table
    carrier: Any
    answered: SimpleQueue[Answer] = field(default_factory=SimpleQueue)
    in_flight: int = 0

    def run(self) -> None:
        """Keep IN_FLIGHT texts on their way."""
        claimed = self.table.claim()
        while claimed or self.in_flight:
            while claimed and self.in_flight < IN_FLIGHT:
                claimed = self.send_some(claimed) or self.table.claim()
            self.record_some()

    def send_some(self, claimed: list[Outgoing]) -> list[Outgoing]:
        """Send as many as there are places; the others."""
        places = IN_FLIGHT - self.in_flight
        self.in_flight += min(places, len(claimed))
        self.carrier.send(claimed[:places], lambda text, sent: self.answered.put((text, sent)))
        return claimed[places:]

    def record_some(self) -> None:
        """Wait for one answer and record it with those that are there too."""
        answers = [self.answered.get()]
        while len(answers) < CLAIM:
            try:
                answers.append(self.answered.get_nowait())
            except Empty:
                break
        self.in_flight -= len(answers)
        self.table.record(answers)


def work() -> None:
    """Send what waits in DATABASE_URL."""
    settings = load_settings(os.environ)
    kind = SQLITE if settings.is_embedded else POSTGRES
    carrier = make_carrier(settings)
    Loop(Table(Place(kind, settings.database_url)), carrier).run()
    carrier.close()


def run_bare(stage: Stage, place: Place, texts: int) -> Run:
    """The bare loop in a process of its own; rate and processor time, its start-up left out, as for the product."""
    with open_stand_in(stage) as carrier:
        Table(place).fill(texts)
        program = start(
            [sys.executable, "-m", "bench.bare", "work"], make_environ(place), stage.folder, "bare"
        )
        wait_until(lambda: carrier.count()["taken"] > 0, 20)
        spent, begun = program.cpu_seconds, carrier.count()["taken"]
        counts = carrier.wait_for(texts)
        spent = program.cpu_seconds - spent
        program.process.wait(10)
    return Run(find_rate(counts), spent * 1e6 / max(1, texts - begun), counts["taken"], texts)


def compare(stage: Stage, kind: str, texts: int) -> str:
    """The bare loop and the product on one kind of database in turn; the median of the rounds' ratios."""
    rounds = [run_round(stage, kind, texts) for _ in range(ROUNDS)]
    ratio = statistics.median(ours.rate / bare.rate for bare, ours in rounds)
    pairs = ", ".join(f"{ours.rate:.0f} to {bare.rate:.0f}" for bare, ours in rounds)
    bare_us, our_us = (min(run.cpu_us for run in runs) for runs in zip(*rounds, strict=True))
    costs = f"{our_us:.0f} to {bare_us:.0f} us of processor a text"
    return f"product to bare loop, {kind}: {pairs}/s, median ratio {ratio:.2f} (goal {GOAL}); {costs}"


def run_round(stage: Stage, kind: str, texts: int) -> tuple[Run, Run]:
    """The bare loop, and the product right after it."""
    bare = run_bare(stage, stage.add_place(kind), texts)
    return bare, run_product(stage, stage.add_place(kind), texts)


def measure(texts: int = TEXTS) -> list[str]:
    """One line a database."""
    with open_stage() as stage:
        head = (
            f"bare loop: {texts} texts due, {LATENCY_MS} ms carrier, {IN_FLIGHT} in flight, {ROUNDS} rounds"
        )
        return [head, *(compare(stage, kind, texts) for kind in filter(stage.has, (SQLITE, POSTGRES)))]


if __name__ == "__main__":
    if sys.argv[1:] == ["work"]:
        work()
    else:
        print("\n".join(measure(*map(int, sys.argv[1:2]))))
