"""Processes that share one database: they hear each other's commits, and a duty is done by one at a time."""

import threading
import time
from collections.abc import Iterator

import pytest

from store.bell import listen
from store.engine import Memory
from store.lock import alone
from store.migrate import migrate
from store.pipeline import TRUSTED_SECONDS
from store.sealing import Seal, make_key

KEY = make_key()


@pytest.fixture
def two(database_url: str) -> Iterator[tuple[Memory, Memory]]:
    """Two processes' memories of one database."""
    first, second = Memory(database_url, Seal([KEY])), Memory(database_url, Seal([KEY]))
    migrate(first)
    yield first, second
    first.close()
    second.close()


def is_heard(first: Memory, second: Memory) -> bool:
    """Whether a commit of the one that rings wakes the other, which listens, in one of some tries."""
    stopping = threading.Event()
    ears = threading.Thread(target=listen, args=(second, stopping))
    ears.start()
    heard = False
    for _ in range(40):
        second.woken.clear()
        with first.transaction() as tx:
            tx.ring()
            tx.conn.exec_driver_sql("DELETE FROM halts")
            tx.conn.exec_driver_sql("INSERT INTO seals (mark) VALUES ('x')")
        heard = second.woken.wait(0.5)
        with first.transaction() as tx:
            tx.conn.exec_driver_sql("DELETE FROM seals")
        if heard:
            break
    stopping.set()
    ears.join()
    return heard


def cut_lines(memory: Memory) -> None:
    """The server ends every connection to this database but the one that asks; a file has no lines to cut."""
    if not memory.is_sqlite:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        with memory.reading() as tx:
            tx.conn.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


def test_a_commit_that_rings_wakes_the_other_process(two: tuple[Memory, Memory]) -> None:
    assert is_heard(*two)


def test_a_bell_whose_line_was_cut_rings_again(two: tuple[Memory, Memory]) -> None:
    assert is_heard(*two)
    cut_lines(two[1])
    time.sleep(2 * TRUSTED_SECONDS)  # then a connection is tried before it is used
    assert is_heard(*two)


def test_a_commit_that_fails_wakes_nobody(two: tuple[Memory, Memory]) -> None:
    first, _ = two
    with pytest.raises(ZeroDivisionError), first.transaction() as tx:
        tx.ring()
        raise ZeroDivisionError
    assert not first.woken.is_set()


def test_a_duty_is_one_processs_at_a_time(two: tuple[Memory, Memory]) -> None:
    """SQLite has one process for all of them."""
    first, second = two
    with alone(first, "duty") as mine, alone(second, "duty") as theirs, alone(second, "other") as other:
        assert (mine, theirs, other) == (True, first.is_sqlite, True)
    with alone(second, "duty") as now_theirs:
        assert now_theirs


def test_a_process_that_stands_still_does_not_keep_a_duty(two: tuple[Memory, Memory]) -> None:
    first, second = two
    with alone(first, "duty", patience_seconds=1) as mine:
        time.sleep(2)
        with alone(second, "duty") as theirs:
            assert (mine, theirs) == (True, True)


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    memories = [Memory(database_url, Seal([KEY])) for _ in range(3)]
    problems: list[BaseException] = []

    def start(memory: Memory) -> None:
        try:
            migrate(memory)
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=start, args=(memory,)) for memory in memories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for memory in memories:
        memory.close()
    assert problems == []
