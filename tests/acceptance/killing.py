"""Kills senders again and again while texts are on their way, then counts what reached the carrier."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select

from model import Standing, Urgency
from simulator.behaviour import FAIL_KINDS
from store.contacts import meet_stranger, save_contact
from store.engine import Memory, Tx
from store.outbox import add_text
from store.tables import UNFINISHED, attempts, outbox, workers
from tests.acceptance.running import Crowd, wait_until

AREAS = (619, 858, 760, 442, 213, 310, 323, 415, 510, 530, 559, 562, 626, 650, 661, 707, 714, 805, 818, 831)
EMBEDDED = "embedded"  # the one name of a worker on SQLite
UNRELIABLE = {"jitter_ms": 150, "fail_rate": 0.05, "fail_kinds": list(FAIL_KINDS), "timeout_ms": 1500}
BUSY = 4  # sends a process has begun when it is killed
TAIL_SECONDS = 150


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the texts: how many never reached the carrier, reached it twice or before an earlier one to the
    same person, and of how many our record names another text of the carrier than the one it took."""

    texts: int
    lost: int
    twice: int
    disordered: int
    unrecorded: int

    def is_clean(self) -> bool:
        """Whether each text arrived once, in order and on record."""
        return self.lost == self.twice == self.disordered == self.unrecorded == 0


def kill_in_the_middle(crowd: Crowd, senders: Sequence[str], *, texts: int, kills: int) -> Tally:
    """Write the texts in as many waves as there are kills and one more, and kill a busy sender in each wave."""
    chance = random.Random(texts)
    crowd.set_carrier(**UNRELIABLE)
    written: list[list[int]] = []
    for wave in range(kills):
        wait_until(partial(has_one_up, crowd, senders), 60, "a sender is up")
        before = get_newest_attempt(crowd.memory)
        written += write_texts(crowd, texts // (kills + 1), first=len(written))
        turn = wave % len(senders)
        kill_busy_one(crowd, [*senders[turn:], *senders[:turn]], before, chance.uniform(0, 0.1))
    written += write_texts(crowd, texts - sum(map(len, written)), first=len(written))
    crowd.set_carrier(fail_rate=0.0)
    wait_until(lambda: count_unfinished(crowd.memory) == 0, TAIL_SECONDS, "every text is settled")
    return take_tally(crowd, written)


def has_one_up(crowd: Crowd, senders: Sequence[str]) -> bool:
    """Whether one of the senders, as they were started last, has said that it lives."""
    return any(is_up(crowd, sender) for sender in senders)


def is_up(crowd: Crowd, sender: str) -> bool:
    """Whether the process that now has this name has said that it lives. Raises AssertionError when it has ended."""
    if not crowd.is_running(sender):
        raise AssertionError(f"{sender} ended by itself.")
    with crowd.memory.reading() as tx:
        alive = tx.conn.execute(select(workers.c.name).where(workers.c.seen_at > crowd.started_at[sender]))
        return any(is_name_of(crowd, sender, name) for name in alive.scalars())


def kill_busy_one(crowd: Crowd, senders: Sequence[str], after: int, pause: float) -> None:
    """Wait until one of the senders has begun some sends since that attempt, and a moment more; kill and restart it."""
    wait_until(lambda: list_busy(crowd, senders, after), 60, "a sender is busy")
    time.sleep(pause)
    busy = list_busy(crowd, senders, after)[0]
    crowd.kill(busy)
    crowd.start(busy)


def list_busy(crowd: Crowd, senders: Sequence[str], after: int) -> list[str]:
    """The senders that have begun some sends since that attempt."""
    with crowd.memory.reading() as tx:
        begun = tx.conn.execute(select(attempts.c.worker).where(attempts.c.id > after)).scalars().all()
    return [sender for sender in senders if sum(is_name_of(crowd, sender, name) for name in begun) >= BUSY]


def is_name_of(crowd: Crowd, sender: str, worker: str) -> bool:
    """Whether a worker's name is that of the process: it carries its number, or there is only one."""
    return worker == EMBEDDED or f"-{crowd.get_pid(sender)}-" in worker


def get_newest_attempt(memory: Memory) -> int:
    """The newest attempt's id, 0 when there is none."""
    with memory.reading() as tx:
        return tx.conn.execute(select(func.coalesce(func.max(attempts.c.id), 0))).scalar_one()


def count_unfinished(memory: Memory) -> int:
    """How many texts wait, are on their way, or are of unknown fate."""
    with memory.reading() as tx:
        rows = select(func.count()).where(outbox.c.state.in_(UNFINISHED))
        return tx.conn.execute(rows).scalar_one()


def write_texts(crowd: Crowd, count: int, first: int) -> list[list[int]]:
    """Put `count` texts into the outbox in one transaction; their ids, person by person from the `first` one on.

    A person gets two or three; every third person gets the same words each time.
    """
    written: list[list[int]] = []
    with crowd.memory.transaction() as tx:
        while count > 0:
            person = first + len(written)
            share = min(count, 2 + person % 2)
            written.append(write_to_person(tx, person, share, crowd.clock.now()))
            count -= share
    return written


def write_to_person(tx: Tx, person: int, count: int, now: datetime) -> list[int]:
    """So many texts to one person, answers or scheduled ones; their ids in order."""
    contact_id = meet_stranger(tx, name_phone(person), "en", "America/Los_Angeles")
    save_contact(tx, contact_id, standing=Standing.ACTIVE)
    urgency = Urgency.REPLY if person % 4 == 0 else Urgency.SCHEDULED
    row = {
        "contact_id": contact_id,
        "key": "unclear.ask",
        "language": "en",
        "urgency": urgency,
        "due_id": None,
    }
    moments = {"ready_at": now, "made_at": now, "quiet_at": now + timedelta(hours=8)}
    return [add_text(tx, {**row, **moments}, name_words(person, number)) for number in range(count)]


def name_words(person: int, number: int) -> str:
    """The words of a person's text."""
    return "Are you there?" if person % 3 == 0 else f"Text {number + 1} to person {person}"


def name_phone(person: int) -> str:
    """A number that nobody has: 555-0101 to 555-0199 in one area code after the other."""
    return f"+1{AREAS[person // 99]}555{101 + person % 99:04d}"


def take_tally(crowd: Crowd, written: Sequence[Sequence[int]]) -> Tally:
    """Compare what was written with what the carrier took, and with what we say the carrier took."""
    sends = crowd.list_sends()
    taken = Counter(send[0] for send in sends)
    wanted = {outbox_id for person in written for outbox_id in person}
    places = {send[0]: place for place, send in reversed(list(enumerate(sends)))}
    return Tally(
        texts=len(wanted),
        lost=len(wanted - taken.keys()),
        twice=sum(count > 1 for count in taken.values()),
        disordered=sum(not is_ordered([places.get(text, 0) for text in person]) for person in written),
        unrecorded=count_unrecorded(crowd.memory, {(send[0], send[2]) for send in sends}),
    )


def is_ordered(places: Sequence[int]) -> bool:
    """Whether the places in the carrier's list rise."""
    return list(places) == sorted(places)


def count_unrecorded(memory: Memory, taken: set[tuple[int, str]]) -> int:
    """How many texts we have another id of the carrier for than the carrier has, or none."""
    with memory.reading() as tx:
        rows = tx.conn.execute(select(outbox.c.id, outbox.c.sid)).all()
    return sum((row.id, row.sid) not in taken for row in rows)
