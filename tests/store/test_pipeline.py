"""Statements that wait for each other's journey: in order, all or none, and never in somebody else's transaction."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, text

from store.engine import DatabaseDown, Memory, Tx
from store.lock import alone
from store.migrate import migrate
from store.prepared import Prepared, read_together
from store.sealing import Seal, make_key
from store.tables import seals

ADD = Prepared(insert(seals), ("mark",))
LIST = Prepared(select(seals).order_by(seals.c.mark))
FIND = Prepared(select(seals).where(seals.c.mark == bindparam("wanted")))


@pytest.fixture
def memory(database_url: str) -> Iterator[Memory]:
    """An empty database."""
    memory = Memory(database_url, Seal([make_key()]))
    migrate(memory)
    with memory.transaction() as tx:
        tx.conn.execute(seals.delete())
    yield memory
    memory.close()


def list_marks(memory: Memory) -> list[str]:
    """What anybody sees."""
    with memory.reading() as tx:
        return [row.mark for row in LIST.all(tx)]


def test_what_waits_is_there_for_the_next_read_of_either_kind(memory: Memory) -> None:
    with memory.transaction() as tx:
        ADD.run(tx, mark="one")
        assert [row.mark for row in LIST.all(tx)] == ["one"]
        ADD.run(tx, mark="two")
        assert tx.conn.execute(select(seals.c.mark).order_by(seals.c.mark)).scalars().all() == ["one", "two"]
        ADD.run(tx, mark="three")
    assert list_marks(memory) == ["one", "three", "two"]


def test_two_questions_have_two_answers(memory: Memory) -> None:
    with memory.transaction() as tx:
        ADD.run(tx, mark="one")
        found, missing, every = read_together(
            tx, (FIND, {"wanted": "one"}), (FIND, {"wanted": "none"}), (LIST, {})
        )
    assert [[row.mark for row in rows] for rows in (found, missing, every)] == [["one"], [], ["one"]]


def test_what_fails_late_is_raised_and_takes_all_with_it(memory: Memory) -> None:
    with pytest.raises(DatabaseDown), memory.transaction() as tx:
        for mark in ("one", "two", "one", "three"):
            ADD.run(tx, mark=mark)
    assert list_marks(memory) == []


def test_what_was_never_sent_is_in_nobody_elses_transaction(memory: Memory) -> None:
    with pytest.raises(ZeroDivisionError), memory.transaction() as tx:
        ADD.run(tx, mark="mine")
        raise ZeroDivisionError
    with memory.transaction() as tx:
        ADD.run(tx, mark="theirs")
    assert list_marks(memory) == ["theirs"]


def test_a_failure_that_somebody_hides_is_no_success(memory: Memory) -> None:
    """The server ends such a transaction without a word."""

    def hide(tx: Tx) -> None:
        with pytest.raises(DatabaseDown):
            tx.conn.execute(text("SELECT 1 FROM nowhere"))
        ADD.run(tx, mark="after")

    if memory.is_sqlite:  # a statement that fails there fails alone
        return
    with pytest.raises(DatabaseDown), memory.transaction() as tx:
        hide(tx)
    assert list_marks(memory) == []


def test_statements_of_which_each_is_alone_need_no_end(memory: Memory) -> None:
    with memory.each_alone() as tx:
        ADD.run(tx, mark="one")
        tx.conn.execute(insert(seals).values(mark="two"))
        if not memory.is_sqlite:
            assert list_marks(memory) == ["one", "two"]
        ADD.run(tx, mark="three")
    assert list_marks(memory) == ["one", "three", "two"]


def test_a_connection_that_was_lent_keeps_a_duty_afterwards(memory: Memory) -> None:
    """A duty's lock lives as long as its transaction, also over a connection that has just read."""
    list_marks(memory)
    memory.lines.close()
    with alone(memory, "duty") as mine, alone(memory, "duty") as theirs:
        assert (mine, theirs) == (True, memory.is_sqlite)


def test_who_is_interrupted_in_the_middle_leaves_nothing_behind(memory: Memory) -> None:
    if memory.is_sqlite:
        return
    with pytest.raises(SystemExit), memory.transaction() as tx:
        ADD.run(tx, mark="half")
        interrupt_next_wait(tx)
        LIST.all(tx)
    with memory.transaction() as tx:
        ADD.run(tx, mark="whole")
    assert list_marks(memory) == ["whole"]


def test_a_line_that_is_cut_in_the_middle_is_an_error_and_no_noise(
    memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    """What breaks off is told to whoever asked; the next one has a new line."""
    if memory.is_sqlite:
        return
    caplog.set_level("WARNING")
    with pytest.raises(DatabaseDown), memory.transaction() as tx:
        ADD.run(tx, mark="half")
        LIST.all(tx)
        with memory.reading() as other:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            other.conn.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        LIST.all(tx)
    assert (list_marks(memory), caplog.messages) == ([], [])


def interrupt_next_wait(tx: Tx) -> None:
    """A signal arrives while this transaction waits for the server."""

    class Interrupted:
        def modify(self, *_: Any) -> None:
            raise SystemExit

    tx.cursor.socket = Interrupted()


def test_a_lot_that_waits_goes_through_the_narrow_line(memory: Memory) -> None:
    """More than the buffers between us and the server hold, in both directions."""
    with memory.transaction() as tx:
        for number in range(3000):
            ADD.run(tx, mark=f"{number:060}")
        assert len(read_together(tx, *[(LIST, {})] * 20)[19]) == 3000


def test_threads_have_connections_of_their_own(memory: Memory) -> None:
    def add(name: str) -> None:
        for number in range(20):
            with memory.transaction() as tx:
                ADD.run(tx, mark=f"{name}{number:02}")
                time.sleep(0.001)

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list_marks(memory) == [f"{name}{number:02}" for name in "abcd" for number in range(20)]
