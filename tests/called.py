"""People whom we call, for tests: they pick up or they do not, and the carrier reports how a call ended."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from model import Advice, Receipt
from service.settle_receipt import settle_receipt
from store.tables import outbox
from tests.telephone import Telephone
from tests.world import POLICY, World

AGAIN = (timedelta(hours=4), timedelta(hours=22))


def enrol(world: World, channel: str = "voice", **more: Any) -> None:
    """A person who takes calls, with whatever leaves at once."""
    world.enrol(channel=channel, **more)
    world.work()


def list_rows(world: World) -> list[tuple[int, str, str, str]]:
    """Everything in the outbox."""
    with world.memory.reading() as tx:
        rows = tx.conn.execute(
            select(outbox.c.id, outbox.c.key, outbox.c.channel, outbox.c.state).order_by(outbox.c.id)
        )
        return [tuple(row) for row in rows]


def pick_up(world: World, row: int | None = None) -> Telephone:
    """Somebody answers the newest call."""
    return Telephone(world, outbox_id=row or list_rows(world)[-1][0])


def report(world: World, status: str, row: int | None = None) -> None:
    """The carrier says how the newest call ended."""
    row = row or list_rows(world)[-1][0]
    receipt = Receipt(row, f"CA{row:032d}", status, None, Advice.VOICE, AGAIN)
    settle_receipt(world.memory, receipt, POLICY, world.now)
    world.work()


def wait_for_next(world: World) -> None:
    """Time passes until the newest row has left, or a day."""
    for _ in range(30):
        if list_rows(world)[-1][3] == "sent":
            return
        world.pass_time(timedelta(hours=1))
