"""Celery with Redis: one task a text, on a pool of threads, no results kept.

CELERY_SAFE=1 turns on what its documentation advises against loss: acknowledged late, redelivered soon. By default the
broker looks for what was never acknowledged every hundred seconds or so, whatever the visibility timeout says.
"""

import os

from celery import Celery

from bench.peers.job import THREADS, list_texts, run_entry, send_and_record, set_up

SAFE = os.environ.get("CELERY_SAFE") == "1"
app = Celery("peer", broker=os.environ["REDIS_URL"])
app.conf.update(task_ignore_result=True, broker_connection_retry_on_startup=True)
SOON = {"visibility_timeout": 10, "unacked_restore_interval": 1, "unacked_restore_throttle": 1}
if SAFE:
    app.conf.update(task_acks_late=True, broker_transport_options=SOON)


@app.task(name="send")
def send(text_id: int, phone: str, body: str) -> None:
    """One text."""
    send_and_record(text_id, phone, body)


def fill() -> None:
    """One task a text, all due."""
    with app.producer_pool.acquire() as producer:
        for text in list_texts():
            send.apply_async(text, producer=producer)


def work() -> None:
    """The worker, without the talk between workers that one of them does not need."""
    set_up()
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    app.worker_main(["worker", "--pool", "threads", "--concurrency", str(THREADS), *quiet])


if __name__ == "__main__":
    run_entry(fill, work)
