"""A small world for tests: real memory and real services, a carrier that only remembers, and time as a number."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from threading import Event
from typing import Any

from sqlalchemy import select

from carrier.port import Answered, MayLeave, always
from model import Found, Inbound, Outcome, Outgoing, Policy, Sent
from service.deliver import deliver
from service.drop_useless import drop_useless
from service.edit_resource import edit_resource
from service.enrol import Enrolled, enrol
from service.record_answers import Answer, record_answers
from service.run_due import run_due
from service.settle_unsure import settle_unsure
from service.take_turn import take_turn
from service.wait_for_day import wait_for_day
from service.works import Works
from store.accounts import add_agency
from store.contacts import find_contact, open_contact
from store.due import next_due_at
from store.engine import Memory
from store.migrate import migrate
from store.record import list_facts, list_task_kinds
from store.sealing import Seal, make_key
from store.tables import outbox

POLICY = Policy("Afterkit", "888-724-7240", time(21), time(8), "America/Los_Angeles")
MONDAY = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)  # 12:30 in San Diego
WALL = datetime(2026, 11, 1, tzinfo=UTC)
PHONE = "+16195550142"


class PaperCarrier:
    """A carrier that writes down what it is given; `answers` are used up first, `deaf` takes nothing."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.answers: list[Sent] = []
        self.known: list[tuple[str, Found]] = []
        self.written: list[Inbound] = []

    def send(self, texts: Sequence[Outgoing], answered: Answered, may_leave: MayLeave = always) -> None:
        """Take each text, or give the answer that was laid ready."""
        for outgoing in texts:
            answered(outgoing, self.answer(outgoing) if may_leave() else Sent(Outcome.UNSURE))

    def answer(self, outgoing: Outgoing) -> Sent:
        """What is said to one text."""
        answer = self.answers.pop(0) if self.answers else None
        if answer is None or answer.outcome is Outcome.ACCEPTED:
            answer = Sent(Outcome.ACCEPTED, sid=self.take(outgoing), status="queued")
        return answer

    def take(self, outgoing: Outgoing) -> str:
        """The text reaches the phone and the carrier's list; its sid."""
        self.sent.append(outgoing)
        sid = f"{'CA' if outgoing.answer_url else 'SM'}{len(self.known):032d}"
        self.known.append((outgoing.to, Found(sid, outgoing.body, "queued")))
        return sid

    def list_texts(self, to: str, since: datetime) -> Sequence[Found]:
        """What was taken for a number."""
        return [found for number, found in self.known if number == to]

    def list_calls(self, to: str, since: datetime) -> Sequence[Found]:
        """What was dialled at a number."""
        return [found for number, found in self.known if number == to and found.sid.startswith("CA")]

    def get_text(self, sid: str) -> Found | None:
        """One text that was taken."""
        return next((found for _, found in self.known if found.sid == sid), None)

    def list_inbound(self, since: datetime) -> Sequence[Inbound]:
        """What people wrote, as it was laid ready."""
        return self.written

    def close(self) -> None:
        """Nothing to close."""


class World:
    """One database, one carrier, one moment."""

    def __init__(self, database_url: str):
        self.memory = Memory(database_url, Seal([make_key()]))
        migrate(self.memory)
        self.carrier = PaperCarrier()
        self.now = MONDAY
        self.count = 0
        with self.memory.transaction() as tx:
            self.agency = add_agency(tx, "Test Ambulance", self.now.date())

    @property
    def wall(self) -> datetime:
        """The machine's clock, which here runs along with the programme's."""
        return WALL + (self.now - MONDAY)

    def enrol(self, phone: str = PHONE, key: str | None = None, **changes: Any) -> Enrolled:
        """Enrol a person now, live, unless the changes say otherwise."""
        data = {**make_body(phone, self.now), **changes}
        made = enrol(self.memory, self.agency, data, POLICY, self.now, key=key, who="crew@test.example")
        return made

    def write(self, text: str, phone: str = PHONE, sid: str = "", **more: Any) -> bool:
        """The person writes."""
        self.count += 1
        inbound = Inbound(sid or f"SM{self.count:032x}", phone, text, **more)
        return take_turn(self.memory, inbound, POLICY, self.now)

    def work(self) -> None:
        """Everything the scheduler does at this moment, until nothing is left to do."""
        run_due(self.memory, POLICY, self.now)
        drop_useless(self.memory, self.now)
        wait_for_day(self.memory, POLICY, self.now)
        settle_unsure(self.memory, self.carrier, self.now, self.wall, Event())
        while answers := self.deliver():
            record_answers(self.memory, answers, POLICY, self.now)

    def deliver(self) -> list[Answer]:
        """What the carrier answers to the next texts; nothing of it is recorded yet."""
        url, answers = "http://test/receipts", list[Answer]()
        works = Works(
            self.memory,
            self.carrier,
            POLICY,
            "test",
            url,
            lambda: self.now,
            lambda: self.wall,
            answer_base="http://test/v",
        )
        deliver(works, self.now, self.wall, limit=10, answered=answers.append)
        return answers

    def pass_time(self, span: timedelta, phone: str = PHONE) -> None:
        """Time passes; the scheduler works whenever something comes due for that person."""
        end = self.now + span
        self.work()
        while (at := self.find_next(phone)) and at <= end:
            self.now = max(at, self.now)
            self.work()
        self.now = end
        self.work()

    def publish(self, name: str, phone: str, **more: str) -> int:
        """Staff add a place that helps."""
        form = {"name": name, "phone": phone, "kind": "treatment", **more}
        return edit_resource(self.memory, None, form, "staff@test.example", self.now)

    def find_next(self, phone: str) -> datetime | None:
        """When the person's next step waits."""
        with self.memory.reading() as tx:
            contact = find_contact(tx, phone)
            return next_due_at(tx, contact.id) if contact else None

    def list_keys(self, phone: str = PHONE) -> list[str]:
        """The keys of the texts that left for a number, in the order of leaving."""
        return self.list_sent(outbox.c.key, phone)

    def list_languages(self, phone: str = PHONE) -> list[str]:
        """The languages of the texts that left for a number, in the order of leaving."""
        return self.list_sent(outbox.c.language, phone)

    def list_sent(self, column: Any, phone: str) -> list[str]:
        """One column of the texts that left for a number, in the order of leaving."""
        with self.memory.reading() as tx:
            told = dict(tx.conn.execute(select(outbox.c.id, column)).all())
        return [told[text.id] for text in self.carrier.sent if text.to == phone]

    def find(self, phone: str = PHONE) -> Any:
        """The contact."""
        with self.memory.reading() as tx:
            row = find_contact(tx, phone)
            return open_contact(tx, row) if row else None

    def list_tasks(self, phone: str = PHONE) -> list[str]:
        """The kinds of open tasks about a person."""
        with self.memory.reading() as tx:
            return list(list_task_kinds(tx, self.find(phone).id))

    def list_facts(self, phone: str = PHONE) -> list[tuple[str, str]]:
        """What a person told us."""
        with self.memory.reading() as tx:
            return list_facts(tx, self.find(phone).id)


def make_body(phone: str, now: datetime) -> dict[str, Any]:
    """A full enrolment body, given now."""
    consent = {
        "given": True,
        "method": "verbal",
        "language": "en",
        "script_version": "test/1",
        "at": now.isoformat(),
    }
    return {"phone": phone, "language": "en", "zip": "92101", "role": "patient", "consent": consent}
