"""Procrastinate on PostgreSQL: one job a text, as asynchronous tasks, which its worker runs fastest."""

import asyncio
from datetime import UTC, datetime

from procrastinate import App, PsycopgConnector
from psycopg_pool import AsyncConnectionPool

from bench.peers.job import (
    POOL,
    RECORD,
    THREADS,
    get_carrier,
    list_texts,
    list_values,
    read_place,
    run_entry,
    start_sending,
)

url = read_place().plain_url
app = App(connector=PsycopgConnector(conninfo=url, min_size=POOL, max_size=POOL))
outcomes = AsyncConnectionPool(url, min_size=POOL, max_size=POOL, open=False)


@app.task(name="send")
async def send(text_id: int, phone: str, body: str) -> None:
    """One text; the outcome is recorded without a thread as well."""
    sent = await asyncio.wrap_future(start_sending(text_id, phone, body))
    async with outcomes.connection() as conn:
        await conn.execute(RECORD.format(p="%s"), list_values(text_id, sent, datetime.now(UTC)))


async def add_jobs() -> None:
    """Its tables, and one job a text in one batch."""
    texts = [{"text_id": text_id, "phone": phone, "body": body} for text_id, phone, body in list_texts()]
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await send.batch_defer_async(*texts)


async def run_jobs() -> None:
    """Run until killed."""
    get_carrier()
    await outcomes.open(wait=True)
    async with app.open_async():
        await app.run_worker_async(concurrency=THREADS, name="peer")


def fill() -> None:
    """One job a text, all due."""
    asyncio.run(add_jobs())


def work() -> None:
    """Run until killed."""
    asyncio.run(run_jobs())


if __name__ == "__main__":
    run_entry(fill, work)
