"""Threads that write to one SQLite file at once share a commit, and nothing else."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from store.duties import save_done
from store.engine import DatabaseDown, Memory
from store.migrate import migrate
from store.sealing import Seal, make_key

ADD = "INSERT INTO seals (mark) VALUES (?)"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """A file of our own."""
    memory = Memory(f"sqlite:///{tmp_path}/shared.db", Seal([make_key()]))
    migrate(memory)
    yield memory
    memory.close()


def list_marks(memory: Memory) -> set[str]:
    """What a reader sees."""
    with memory.reading() as tx:
        return set(tx.conn.exec_driver_sql("SELECT mark FROM seals").scalars())


def write_together(memory: Memory, count: int, write: Callable[[str], object]) -> list[object]:
    """So many threads write while another one holds the writer; what came of each."""
    with ThreadPoolExecutor(count) as threads:
        with memory.transaction() as tx:
            tx.cursor.later(ADD, ("first",))
            begun = [threads.submit(write, str(number)) for number in range(count)]
            while len(memory.writer.waiting) < count:
                threading.Event().wait(0.01)
        return [one.exception() or one.result() for one in begun]


def test_threads_that_wait_share_one_commit_and_return_when_it_is_done(memory: Memory) -> None:
    said: list[str] = []
    memory.writer.connect()[1].connection.set_trace_callback(said.append)

    def write(mark: str) -> bool:
        with memory.transaction() as tx:
            tx.conn.exec_driver_sql(ADD, (mark,))
        return mark in list_marks(memory)

    assert write_together(memory, 8, write) == [True] * 8
    assert said.count("COMMIT") == 1


def test_one_that_fails_takes_no_other_with_it(memory: Memory) -> None:
    def write(mark: str) -> None:
        with memory.transaction() as tx:
            tx.conn.exec_driver_sql(ADD, (mark,))
            if mark == "3":
                raise ZeroDivisionError

    came = write_together(memory, 6, write)
    assert [type(one).__name__ for one in came].count("ZeroDivisionError") == 1
    assert list_marks(memory) == {"first", "0", "1", "2", "4", "5"}


def test_one_whose_value_cannot_be_written_takes_no_other_with_it(memory: Memory) -> None:
    """SQLAlchemy refuses such a value before it sees a transaction of its own, and rolls back what it finds."""

    def write(mark: str) -> None:
        with memory.transaction() as tx:
            if mark == "3":
                save_done(tx, "duty", datetime.fromisoformat("2026-01-01"))  # a moment without a zone
            tx.cursor.later(ADD, (mark,))

    came = write_together(memory, 6, write)
    assert [type(one).__name__ for one in came].count("StatementError") == 1
    assert list_marks(memory) == {"first", "0", "1", "2", "4", "5"}


def test_nobody_is_told_of_a_commit_that_failed(memory: Memory) -> None:
    """A row that points nowhere is found at the commit, where it is asked to be."""

    def write(mark: str) -> None:
        with memory.transaction() as tx:
            tx.conn.exec_driver_sql(ADD, (mark,))
            if mark == "2":
                tx.conn.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                tx.conn.exec_driver_sql(
                    "INSERT INTO facts (contact_id, kind, value, at) VALUES (9, 'a', 'b', '2026-01-01')"
                )

    with pytest.raises(DatabaseDown):
        write_together(memory, 4, write)
    assert list_marks(memory) == set()
    with memory.transaction() as tx:
        tx.conn.exec_driver_sql(ADD, ("after",))
    assert list_marks(memory) == {"after"}


def test_a_house_that_closes_leaves_no_half_of_what_somebody_writes(memory: Memory) -> None:
    """At a stop a slow request may still be in the middle: it is kept whole, or not at all."""
    closing = threading.Thread(target=memory.close)
    with memory.transaction() as tx:
        tx.conn.exec_driver_sql(ADD, ("one",))
        closing.start()
        closing.join(0.2)
        tx.conn.exec_driver_sql(ADD, ("two",))
    closing.join()
    assert list_marks(memory) == {"one", "two"}


def test_one_who_does_not_end_keeps_the_line_when_the_house_closes(memory: Memory) -> None:
    with pytest.raises(ZeroDivisionError), memory.transaction() as tx:
        tx.conn.exec_driver_sql(ADD, ("one",))
        memory.close()
        tx.conn.exec_driver_sql(ADD, ("two",))
        raise ZeroDivisionError
    assert list_marks(memory) == set()
