"""What a million rows that wait cost: the price of one send beside them, and the memory of a whole `afterkit serve`.

Half of what waits are steps on the calendar, half are texts in the outbox. `python -m bench.pending [ROWS [TEXTS]]`.
"""

import http.client
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, text

from bench.dispatch import Run, run_product
from bench.full_outbox import BODY, fill, find_noon_zone, write_phone
from bench.stage import (
    POSTGRES,
    PRODUCT_PORT,
    SQLITE,
    Place,
    Stage,
    answers,
    open_stage,
    open_stand_in,
    start_product,
    wait_until,
)
from store.engine import Memory
from store.tables import Moment

FEW, MANY, TEXTS, ROUNDS = 10_000, 1_000_000, 3000, 2
ROWS_A_PERSON, DAYS = 10, 25
GOAL, GOAL_MIB = 1.2, 150
SETTLED_SECONDS = 10
COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)"
PEOPLE = (
    "INSERT INTO agencies (id, name) VALUES (1, 'Bench Ambulance')",
    f"{COUNT} INSERT INTO contacts (phone_sealed, phone_mark, language, zone, channel, level, role, standing, unclear)"
    " SELECT :phone, 'pending ' || i, 'en', :zone, 'sms', 'discreet', 'patient', 'active', 0 FROM n",
    f"{COUNT} INSERT INTO enrolments (public_id, contact_id, agency_id, asked_mark, programme, at)"
    " SELECT 'pending ' || i, i, 1, 'pending ' || i, 'standard', :at FROM n",
)
# A database that was empty counts its people from 1, so a person's number is their row's id.
CALENDAR = (
    f"{COUNT} INSERT INTO due (contact_id, enrolment_id, step, planned_at, at, at_once, state)"
    " SELECT (i + :first) % :people + 1, (i + :first) % :people + 1, 'day_3', :at, :at, :no, 'waiting' FROM n"
)
WORDS = (
    f"{COUNT} INSERT INTO outbox (contact_id, key, language, body_sealed, urgency, state, ready_at, quiet_at, made_at,"
    " tries, recalled)"
    " SELECT (i + :first) % :people + 1, 'checkin.have_kit', 'en', :body, 2, 'ready', :at, :until, :at, 0, :no FROM n"
)


def add_pending(memory: Memory, rows: int) -> None:
    """So many rows that wait for the coming weeks, spread over people and days, all with one sealed number and body."""
    now, people = datetime.now(UTC), rows // ROWS_A_PERSON
    shared = {
        "phone": memory.seal.close(write_phone(0)),
        "body": memory.seal.close(BODY),
        "zone": find_noon_zone(now),
        "people": people,
        "no": False,
    }
    with memory.transaction() as tx:
        if not memory.is_sqlite:
            tx.conn.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in PEOPLE:
            run(tx.conn, statement, rows=people, at=now, **shared)
        for day in range(1, DAYS + 1):
            add_day(tx.conn, now + timedelta(days=day), rows // DAYS // 2, day, shared)
    with memory.each_alone() as tx:  # outside every transaction on PostgreSQL, as VACUUM wants it
        # What PostgreSQL does by itself within minutes of so many new rows, and then beside what is measured.
        for words in ("ANALYZE",) if memory.is_sqlite else ("SET statement_timeout = 0", "VACUUM ANALYZE"):
            tx.conn.exec_driver_sql(words)


def add_day(conn: Any, at: datetime, rows: int, day: int, shared: dict[str, Any]) -> None:
    """So many steps and so many texts that wait until then; each day has other people."""
    for statement in (CALENDAR, WORDS):
        run(conn, statement, rows=rows, first=day * rows, at=at, until=at + timedelta(hours=8), **shared)


def run(conn: Any, statement: str, **values: Any) -> None:
    """One statement with those of the values that it names."""
    named = {name: value for name, value in values.items() if f":{name}" in statement}
    moments = [bindparam(name, type_=Moment) for name in ("at", "until") if name in named]
    conn.execute(text(statement).bindparams(*moments), named)


def add_place(stage: Stage, kind: str, rows: int) -> Place:
    """A database in which so many rows wait."""
    place = stage.add_place(kind)
    with place.memory() as memory:
        add_pending(memory, rows)
    return place


def compare_costs(stage: Stage, kind: str, places: dict[int, Place], texts: int) -> str:
    """The price of a send with few and with many rows waiting, in turn, as time and as processor time."""
    runs: dict[int, list[Run]] = {rows: [] for rows in places}
    for number in range(ROUNDS):
        for rows, place in places.items():
            runs[rows].append(run_product(stage, place, texts, first=1 + number * texts))
    few, many = runs.values()
    rate = statistics.median(run.rate for run in few) / statistics.median(run.rate for run in many)
    cpu = statistics.median(run.cpu_us for run in many) / statistics.median(run.cpu_us for run in few)
    rates = "; ".join(
        f"{rows} waiting {' and '.join(f'{run.rate:.0f}' for run in runs[rows])}/s" for rows in runs
    )
    costs = f"a send costs {rate:.2f} times as long, {cpu:.2f} times the processor (goal {GOAL})"
    return f"pending, {kind}: {rates}; {costs}"


def measure_memory(stage: Stage, place: Place, rows: int, texts: int) -> str:
    """The memory of web and scheduler in one process while it sends, and the most it ever had."""
    with place.memory() as memory, open_stand_in(stage) as carrier:
        fill(memory, texts, first=1 + ROUNDS * texts)
        program = start_product(stage, place, "serve")
        try:
            wait_until(lambda: answers(ask_readiness), 30)
            carrier.wait_for(texts)
            time.sleep(SETTLED_SECONDS)
            now, peak = program.read_mib("VmRSS"), program.read_mib("VmHWM")
        finally:
            program.stop()
    sizes = f"{now:.0f} MiB, at most {peak:.0f} (goal {GOAL_MIB})"
    return f"memory of serve, {place.kind}, {rows} rows waiting, {texts} sent: {sizes}"


def ask_readiness() -> None:
    """Raises OSError until the product answers."""
    line = http.client.HTTPConnection("127.0.0.1", PRODUCT_PORT, timeout=5)
    try:
        line.request("GET", "/readyz")
        line.getresponse().read()
    finally:
        line.close()


def measure(many: int = MANY, texts: int = TEXTS) -> list[str]:
    """One line a database, and one for memory."""
    lines = []
    with open_stage() as stage:
        for kind in filter(stage.has, (SQLITE, POSTGRES)):
            places = {rows: add_place(stage, kind, rows) for rows in (FEW, many)}
            lines.append(compare_costs(stage, kind, places, texts))
            lines.append(measure_memory(stage, places[many], many, texts))
    return lines


if __name__ == "__main__":
    print("\n".join(measure(*map(int, sys.argv[1:3]))))
