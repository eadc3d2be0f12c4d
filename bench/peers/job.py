"""What every peer's job does: hand one text to the carrier and record its outcome where the product would.

The carrier is the product's own object. The outcome goes into the product's outbox table by plain SQL in a commit of
its own, on the disk: on SQLite over one connection behind a lock, because many writers would sleep in its busy
handler; on PostgreSQL over a pool of connections.
"""

import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import cache
from typing import Any

from psycopg_pool import ConnectionPool
from sqlalchemy import select

from app import make_carrier
from bench.full_outbox import BODY, write_phone
from bench.stage import POSTGRES, SQLITE, Place
from carrier.port import Carrier
from config import load_settings
from model import Outgoing, Sent
from store.tables import outbox

POOL = 16
THREADS = int(os.environ["PEER_THREADS"])
RECORD = "UPDATE outbox SET state = 'sent', sid = {p}, status = {p}, status_at = {p} WHERE id = {p}"
Record = Callable[[int, Sent], None]


def read_place() -> Place:
    """The database in DATABASE_URL."""
    settings = load_settings(os.environ)
    return Place(SQLITE if settings.is_embedded else POSTGRES, settings.database_url)


def list_texts() -> list[tuple[int, str, str]]:
    """Id, number and words of every text in the outbox; they are handed to the peer as the job's arguments."""
    with read_place().memory() as memory, memory.reading() as tx:
        ids = tx.conn.execute(select(outbox.c.id).order_by(outbox.c.id)).scalars().all()
    return [(id_, write_phone(number), BODY) for number, id_ in enumerate(ids)]


def start_sending(text_id: int, phone: str, body: str) -> "Future[Sent]":
    """Hand one text to the carrier; its answer comes later."""
    future: Future[Sent] = Future()
    text = Outgoing(text_id, phone, body, f"http://peer.test/{text_id}")
    get_carrier().send([text], lambda _, sent: future.set_result(sent))
    return future


def send_and_record(text_id: int, phone: str, body: str) -> None:
    """The whole job, for a peer that runs it on a thread."""
    get_record()(text_id, start_sending(text_id, phone, body).result())


@cache
def get_carrier() -> Carrier:
    """This process's carrier."""
    return make_carrier(load_settings(os.environ))


def set_up() -> None:
    """Open carrier and database before the first job asks for them on many threads at once."""
    get_carrier()
    get_record()


@cache
def get_record() -> Record:
    """How this process writes an outcome."""
    place = read_place()
    return record_in_postgres(place) if place.kind == POSTGRES else record_in_sqlite(place)


def record_in_sqlite(place: Place) -> Record:
    """One connection, one writer at a time, every commit on the disk."""
    conn = sqlite3.connect(str(place.parsed.database), check_same_thread=False, isolation_level=None)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    turn, statement = threading.Lock(), RECORD.format(p="?")

    def record(text_id: int, sent: Sent) -> None:
        with turn:
            conn.execute(
                statement, list_values(text_id, sent, datetime.now(UTC).replace(tzinfo=None).isoformat(" "))
            )

    return record


def record_in_postgres(place: Place) -> Record:
    """A pool of connections, each commit on the disk."""
    pool = ConnectionPool(place.plain_url, min_size=POOL, max_size=POOL, open=True)
    statement = RECORD.format(p="%s")

    def record(text_id: int, sent: Sent) -> None:
        with pool.connection() as conn:
            conn.execute(statement, list_values(text_id, sent, datetime.now(UTC)))

    return record


def list_values(text_id: int, sent: Sent, at: Any) -> list[Any]:
    """The columns of RECORD."""
    return [sent.sid, sent.status, at, text_id]


def run_entry(fill: Callable[[], None], work: Callable[[], None]) -> None:
    """A peer's file as a command: `fill` puts every text of the outbox into its queue, `work` runs until killed."""
    {"fill": fill, "work": work}[sys.argv[1]]()
