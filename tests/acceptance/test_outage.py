"""A while without a carrier or a database: nothing is lost, nothing is doubled, nobody is flooded afterwards."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select

from service.enrol import enrol
from store.accounts import add_agency
from store.tables import attempts, due, outbox
from tests.acceptance.killing import count_unfinished, list_busy, take_tally, write_texts
from tests.acceptance.running import Crowd, answers, call, wait_until
from tests.postgres import FAST, Server, find_programs
from tests.world import POLICY, make_body

PHONE = "+16195550142"
SOON = 60  # seconds in which everything recovers by itself
OUTAGE = 8  # seconds

ALONE = pytest.mark.parametrize(
    ("crowd", "sender"), [("sqlite", "serve-1"), ("postgresql", "scheduler-1")], indirect=["crowd"]
)


def count_most_tries(crowd: Crowd) -> int:
    """How often the text that was tried most was tried."""
    with crowd.memory.reading() as tx:
        tries = (
            tx.conn.execute(select(func.count(attempts.c.id)).group_by(attempts.c.outbox_id)).scalars().all()
        )
    return max(tries, default=0)


@ALONE
def test_a_carrier_that_is_gone_for_a_while_loses_and_doubles_nothing(crowd: Crowd, sender: str) -> None:
    crowd.open(sender)
    crowd.set_carrier(latency_ms=200, callbacks=False)
    written = write_texts(crowd, 150, first=0)
    wait_until(lambda: list_busy(crowd, [sender], 0), 40, "the sender is busy")
    crowd.kill("simulator-1")
    written += write_texts(crowd, 50, first=len(written))
    time.sleep(OUTAGE)
    crowd.start("simulator-1")
    wait_until(lambda: count_unfinished(crowd.memory) == 0, SOON, "everything has left")
    tally = take_tally(crowd, written)
    assert tally.is_clean(), tally
    assert count_most_tries(crowd) <= 2 + OUTAGE / 2


def enrol_person(crowd: Crowd) -> None:
    """A person on the programme, now."""
    now = crowd.clock.now()
    with crowd.memory.transaction() as tx:
        agency = add_agency(tx, "Test Ambulance", now.date())
    enrol(crowd.memory, agency, make_body(PHONE, now), POLICY, now, key="k", who="crew@test.example")


def list_keys(crowd: Crowd) -> list[str]:
    """The keys of the texts that the carrier took, in order."""
    with crowd.memory.reading() as tx:
        keys = dict(tx.conn.execute(select(outbox.c.id, outbox.c.key)).all())
    return [keys[send[0]] for send in crowd.list_sends()]


def is_next_step_ahead(crowd: Crowd) -> bool:
    """Whether all that was due by now has been decided."""
    with crowd.memory.reading() as tx:
        rows = select(func.count()).where(due.c.state == "waiting", due.c.at <= crowd.clock.now())
        return tx.conn.execute(rows).scalar_one() == 0


@ALONE
def test_after_three_days_without_a_carrier_nobody_gets_two_check_ins(crowd: Crowd, sender: str) -> None:
    crowd.open(sender)
    enrol_person(crowd)
    wait_until(lambda: len(list_keys(crowd)) == 2, 40, "the first two texts have left")
    crowd.kill("simulator-1")
    for _ in range(3):
        crowd.clock.set_speed(1, ahead=timedelta(days=1))
        time.sleep(4)
    crowd.start("simulator-1")
    wait_until(
        lambda: is_next_step_ahead(crowd) and count_unfinished(crowd.memory) == 0, SOON, "all is settled"
    )
    assert list_keys(crowd)[2:] == ["checkin.have_kit"]


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL of this test's own, which it may stop."""
    programs = find_programs()
    if programs is None:
        pytest.skip("No PostgreSQL: `tools/install_test_programs` installs it, or says how.")
    made = Server(str(programs))
    be_durable(made)
    yield made
    made.stop()


def be_durable(server: Server) -> None:
    """Commits outlive a crash: the servers of other tests forget their last ones, and with them who was texted."""
    admin = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.exec_driver_sql("ALTER ROLE postgres SET synchronous_commit = on")
    admin.dispose()


@pytest.fixture
def own_crowd(server: Server, tmp_path: Path) -> Iterator[Crowd]:
    """Processes on that server."""
    made = Crowd(tmp_path, server.url("postgres"))
    yield made
    made.clean_up()
    made.show_logs()


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """The server is gone for the length of a block, and it went without a word to anybody."""
    data = ("-s", "-D", f"{server.folder}/data")
    server.run("pg_ctl", *data, "-m", "immediate", "stop")
    try:
        yield
    finally:
        options = f"-k {server.folder} {FAST}"
        server.run("pg_ctl", "-w", *data, "-l", f"{server.folder}/log", "-o", options, "start")


def test_a_database_that_is_gone_for_a_while_loses_and_doubles_nothing(
    server: Server, own_crowd: Crowd
) -> None:
    crowd, names = own_crowd, ("web-1", "scheduler-1", "scheduler-2")
    ready = f"{crowd.product}/readyz"
    crowd.open(*names)
    wait_until(lambda: answers(ready), 40, "ready")
    crowd.set_carrier(latency_ms=500)
    written = write_texts(crowd, 200, first=0)
    wait_until(lambda: list_busy(crowd, ["scheduler-1"], 0), 40, "the scheduler is busy")
    with stopped(server):
        wait_until(lambda: answers(ready, 503), 20, "not ready without a database")
        told = call(f"{crowd.telephone}/sim/inbound", {"from": PHONE, "body": "who is this"})
        assert (told["status"] >= 500, told["error_code"]) == (True, 11200)
    wait_until(lambda: answers(ready), SOON, "ready again")
    assert call(f"{crowd.telephone}/sim/webhook/replay", {"sid": told["sid"]})["status"] == 200
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 2 * SOON, "everything has left")
    tally = take_tally(crowd, written)
    assert tally.is_clean(), tally
    assert "help.info" in list_keys(crowd)
    assert all(crowd.is_running(name) for name in names)
