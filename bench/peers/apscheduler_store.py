"""APScheduler 3 with its own job store: one dated job a text, in the same kind of database as the outcomes.

`misfire_grace_time` must be None: by default a job that is a second late is dropped.
"""

import threading
from datetime import UTC, datetime
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, event

from bench.peers.job import THREADS, list_texts, read_place, run_entry, send_and_record, set_up
from bench.stage import POSTGRES


def make_scheduler() -> BackgroundScheduler:
    """A scheduler that keeps its jobs beside the outcomes; on SQLite in a file of their own, so that none waits."""
    place = read_place()
    own = place.url if place.kind == POSTGRES else place.url.replace(".db", "-jobs.db")
    engine = create_engine(own)
    if place.kind != POSTGRES:
        event.listen(engine, "connect", use_write_ahead_log)
    return BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=engine)},
        executors={"default": ThreadPoolExecutor(THREADS)},
        job_defaults={"misfire_grace_time": None},
        timezone=UTC,
    )


def use_write_ahead_log(connection: Any, _record: Any) -> None:
    """Its default journal is slower."""
    connection.execute("PRAGMA journal_mode=WAL")


def fill() -> None:
    """One job a text, all due.

    Without a shutdown: a paused scheduler that is shut down looks at its due jobs once more.
    """
    scheduler, now = make_scheduler(), datetime.now(UTC)
    scheduler.start(paused=True)  # a scheduler that was never started keeps its jobs to itself
    for text in list_texts():
        scheduler.add_job(send_and_record, "date", run_date=now, args=text)


def work() -> None:
    """Run until killed."""
    set_up()
    make_scheduler().start()
    threading.Event().wait()


if __name__ == "__main__":
    run_entry(fill, work)
