"""What the simulator remembers: every text and every blocked number, in one SQLite file or in memory."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path

MOST_NEWS = 1000
SCHEMA = """
create table if not exists messages (
    id integer primary key, change integer not null, sid text not null unique, phone text not null,
    direction text not null, sender text, recipient text not null, body text not null, shown text not null,
    status text not null, segments integer not null, created_at real not null, updated_at real not null,
    sent_at real, send_at real, error_code integer, media text not null, service_sid text, callback text,
    webhook text, deleted integer not null default 0);
create index if not exists messages_phone on messages (phone, id);
create index if not exists messages_recipient on messages (recipient, id);
create index if not exists messages_change on messages (change);
create index if not exists messages_waiting on messages (status) where status in
    ('accepted', 'queued', 'sent', 'scheduled');
create table if not exists blocked (phone text primary key);
"""


@dataclass(frozen=True, slots=True)
class Message:
    """One text. `phone` is the person's number; moments are epoch seconds of programme time, UTC.

    `body` is Twilio's record and may be redacted; `shown` is what the telephone got and nobody can take back.
    `media` is a JSON list of URLs, `webhook` the JSON form an inbound text was announced with.
    """

    sid: str
    phone: str
    direction: str
    sender: str | None
    recipient: str
    body: str
    shown: str
    status: str
    segments: int
    created_at: float
    updated_at: float
    sent_at: float | None = None
    send_at: float | None = None
    error_code: int | None = None
    media: str = "[]"
    service_sid: str | None = None
    callback: str | None = None
    webhook: str | None = None
    deleted: int = 0
    change: int = 0
    id: int = 0


COLUMNS = tuple(item.name for item in fields(Message))
STORED = COLUMNS[:-2]
read_stored = attrgetter(*STORED)
SELECT = f"select {', '.join(COLUMNS)} from messages"
INSERT = f"insert into messages ({', '.join(STORED)}, change) values ({', '.join('?' * (len(STORED) + 1))})"


class Records:
    """The memory, safe to use from many threads; every change has a number so that a page can ask what is new."""

    def __init__(self, file: Path | None):
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        self.database.execute("pragma journal_mode = wal")
        # What the system has been given outlives this process; only a power cut could take it.
        self.database.execute("pragma synchronous = off")
        self.database.executescript(SCHEMA)
        self.changed = threading.Condition(threading.RLock())
        self.closing = False
        self.last_change = 0
        self.count_on("messages")
        self.blocked = {row[0] for row in self.database.execute("select phone from blocked")}

    def count_on(self, table: str) -> None:
        """Go on counting changes where this table's rows ended."""
        (last,) = self.database.execute(f"select coalesce(max(change), 0) from {table}").fetchone()
        self.last_change = max(self.last_change, last)

    @contextmanager
    def changing(self) -> Iterator[int]:
        """The number of one more change, to be written within the block; then whoever waits is woken."""
        with self.changed:
            self.last_change += 1
            yield self.last_change
            self.changed.notify_all()

    def list_rows(self, where: str, values: Sequence[object]) -> list[Message]:
        """The messages that a `where ...` clause picks."""
        with self.changed:
            rows = self.database.execute(f"{SELECT} {where}", values).fetchall()
        return [Message(*row) for row in rows]

    def add_message(self, message: Message) -> None:
        """Remember a new text and wake whoever waits for one."""
        with self.changing() as change:
            self.database.execute(INSERT, (*read_stored(message), change))

    def change_message(self, sid: str, **values: object) -> None:
        """Set some columns of one text; unknown sids are ignored, for the text may have been wiped meanwhile."""
        names = ", ".join(f"{name} = ?" for name in values)
        with self.changing() as change:
            self.database.execute(
                f"update messages set {names}, change = ? where sid = ?", (*values.values(), change, sid)
            )

    def get_message(self, sid: str) -> Message | None:
        """The text with this sid, also one that was deleted from Twilio's record, or None."""
        return next(iter(self.list_rows("where sid = ?", (sid,))), None)

    def list_of_phone(self, phone: str) -> list[Message]:
        """Every text of one telephone, in the order Twilio took them."""
        return self.list_rows("where phone = ? order by id", (phone,))

    def list_changed(self, since: int, limit: int = MOST_NEWS) -> list[Message]:
        """Texts that are new or changed after change number `since`, oldest change first."""
        return self.list_rows("where change > ? order by change limit ?", (since, limit))

    def list_waiting(self) -> list[Message]:
        """Texts that are still on their way."""
        return self.list_rows("where status in ('accepted', 'queued', 'sent') order by id", ())

    def list_sends(self) -> list[tuple[str | None, str, str, float]]:
        """Callback URL, number, sid and moment of every text that the product sent, in the order they were taken."""
        columns = "select callback, recipient, sid, created_at from messages"
        with self.changed:
            return self.database.execute(f"{columns} where direction = 'outbound-api' order by id").fetchall()

    def list_scheduled(self, until: float) -> list[Message]:
        """Scheduled texts whose hour, in epoch seconds, has come."""
        return self.list_rows("where status = 'scheduled' and send_at <= ? order by id", (until,))

    def wait_for_change(self, since: int, seconds: float) -> None:
        """Return as soon as there is a change after `since`, at the latest after so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.last_change > since or self.closing, seconds)

    def is_blocked(self, phone: str) -> bool:
        """Whether this number said STOP; a block holds for the whole account."""
        return phone in self.blocked

    def set_blocked(self, phone: str, blocked: bool) -> None:
        """Block a number or let it go."""
        with self.changed:
            if blocked:
                self.blocked.add(phone)
                self.database.execute("insert or ignore into blocked values (?)", (phone,))
            else:
                self.blocked.discard(phone)
                self.database.execute("delete from blocked where phone = ?", (phone,))

    def list_blocked(self) -> list[str]:
        """Every blocked number."""
        with self.changed:
            return sorted(self.blocked)

    def forget_everything(self) -> None:
        """Drop all texts and blocks; change numbers go on, so that an open page notices."""
        with self.changing():
            self.blocked.clear()
            self.database.execute("delete from messages")
            self.database.execute("delete from blocked")

    def close(self) -> None:
        """Send home who waits for news, and let go of the file."""
        with self.changed:
            self.closing = True
            self.changed.notify_all()
            self.database.close()


def moment(seconds: float) -> datetime:
    """Epoch seconds as an aware UTC moment."""
    return datetime.fromtimestamp(seconds, UTC)


def list_media(message: Message) -> list[str]:
    """The URLs of pictures that came with a text."""
    return json.loads(message.media)
