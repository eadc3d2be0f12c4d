"""Fills a database with texts ready to leave, one a person, sealed as the product seals them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from store.engine import Memory
from store.tables import UNFINISHED, contacts, outbox

BODY = "Afterkit: a week ago you got a naloxone kit. Do you still have it? Reply 1 for yes, 2 for no. STOP ends texts."
BATCH = 1000
DAY_LEFT = timedelta(hours=8)


def write_phone(number: int) -> str:
    """One of 80,000 fictional numbers: 555-0100 to 555-0199 in every area."""
    return f"+1{200 + number // 100 % 800}555{100 + number % 100:04d}"


def find_noon_zone(now: datetime) -> str:
    """A zone where it is about noon, so that no night falls into a measurement."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def describe_contact(memory: Memory, number: int, zone: str) -> dict[str, Any]:
    """One person who is on the programme."""
    phone = write_phone(number)
    return {
        "phone_sealed": memory.seal.close(phone),
        "phone_mark": memory.seal.mark(phone),
        "language": "en",
        "zone": zone,
        "channel": "sms",
        "level": "discreet",
        "role": "patient",
        "standing": "active",
        "unclear": 0,
    }


def describe_text(memory: Memory, contact_id: int, ready_at: datetime) -> dict[str, Any]:
    """One scheduled text that waits from then on."""
    return {
        "contact_id": contact_id,
        "key": "checkin.have_kit",
        "language": "en",
        "body_sealed": memory.seal.close(BODY),
        "urgency": 2,
        "state": "ready",
        "ready_at": ready_at,
        "quiet_at": ready_at + DAY_LEFT,
        "made_at": ready_at,
        "tries": 0,
        "recalled": False,
    }


def fill(memory: Memory, count: int, first: int = 0) -> None:
    """Add `count` people with a text each that may leave now; `first` is the number of the first of them."""
    now = datetime.now(UTC)
    for numbers in list_batches(first, count):
        with memory.transaction() as tx:
            people = [describe_contact(memory, number, find_noon_zone(now)) for number in numbers]
            ids = tx.conn.execute(insert(contacts).returning(contacts.c.id), people).scalars().all()
            tx.conn.execute(insert(outbox), [describe_text(memory, id_, now) for id_ in ids])


def list_batches(first: int, count: int) -> Iterator[Sequence[int]]:
    """The numbers from `first` on, a batch at a time."""
    for start in range(first, first + count, BATCH):
        yield range(start, min(start + BATCH, first + count))


def count_recorded(memory: Memory) -> int:
    """How many texts are on record as taken, with the carrier's id."""
    with memory.reading() as tx:
        sent = select(func.count()).select_from(outbox).where(outbox.c.sid.is_not(None))
        return tx.conn.execute(sent).scalar_one()


def count_unfinished(memory: Memory) -> int:
    """How many texts still have a way to go, those of the future left out."""
    with memory.reading() as tx:
        mine = outbox.c.state.in_(UNFINISHED), outbox.c.ready_at <= datetime.now(UTC) + timedelta(hours=1)
        return tx.conn.execute(select(func.count()).select_from(outbox).where(*mine)).scalar_one()
