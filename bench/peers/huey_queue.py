"""Huey: one task a text on threads, its queue in a SQLite file of its own, or in Redis where REDIS_URL is set."""

import os

from huey import RedisHuey, SqliteHuey
from redis import ConnectionPool

from bench.peers.job import THREADS, list_texts, read_place, run_entry, send_and_record, set_up

REDIS_URL = os.environ.get("REDIS_URL")


def make_queue() -> RedisHuey | SqliteHuey:
    """The queue, with its own defaults."""
    if REDIS_URL:
        # A connection a thread and some more: by default the pool ends at 100 and the worker with it.
        pool = ConnectionPool.from_url(REDIS_URL, max_connections=2 * THREADS)
        return RedisHuey("peer", connection_pool=pool, results=False)
    return SqliteHuey("peer", filename=f"{read_place().parsed.database}-jobs", results=False)


queue = make_queue()


@queue.task()
def send(text_id: int, phone: str, body: str) -> None:
    """One text."""
    send_and_record(text_id, phone, body)


def fill() -> None:
    """One task a text, all due."""
    for text in list_texts():
        send(*text)


def work() -> None:
    """Run until killed."""
    set_up()
    queue.create_consumer(workers=THREADS, periodic=False, worker_type="thread").run()


if __name__ == "__main__":
    run_entry(fill, work)
