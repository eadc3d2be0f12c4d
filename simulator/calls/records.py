"""What the simulator remembers of calls: who called whom, how it went, and every line that was spoken."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from simulator.records import Records

SCHEMA = """
create table if not exists calls (
    id integer primary key, change integer not null, sid text not null unique, phone text not null,
    direction text not null, caller text not null, callee text not null, status text not null,
    wish text not null, created_at real not null, updated_at real not null, started_at real, ended_at real,
    answered_by text, error_code integer, expects text, webhook text, lines text not null);
create index if not exists calls_phone on calls (phone, id);
create index if not exists calls_change on calls (change);
"""
UNFINISHED = ("queued", "ringing", "in-progress")


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `phone` is the person's number; moments are epoch seconds of programme time, UTC.

    `wish` is the JSON of what the product asked for, `lines` the JSON list of what was spoken, pressed and said,
    `expects` the JSON of what the call waits for from the telephone, `webhook` that of the last request for TwiML.
    """

    sid: str
    phone: str
    direction: str
    caller: str
    callee: str
    status: str
    wish: str
    created_at: float
    updated_at: float
    started_at: float | None = None
    ended_at: float | None = None
    answered_by: str | None = None
    error_code: int | None = None
    expects: str | None = None
    webhook: str | None = None
    lines: str = "[]"
    change: int = 0
    id: int = 0


COLUMNS = tuple(item.name for item in fields(Call))
STORED = COLUMNS[:-2]
read_stored = attrgetter(*STORED)
SELECT = f"select {', '.join(COLUMNS)} from calls"
INSERT = f"insert into calls ({', '.join(STORED)}, change) values ({', '.join('?' * (len(STORED) + 1))})"


class CallRecords:
    """The calls beside the texts: the same file, the same lock, the same count of changes."""

    def __init__(self, records: Records):
        self.records = records
        records.database.executescript(SCHEMA)
        records.count_on("calls")

    def list_rows(self, where: str, values: Sequence[object]) -> list[Call]:
        """The calls that a `where ...` clause picks."""
        with self.records.changed:
            rows = self.records.database.execute(f"{SELECT} {where}", values).fetchall()
        return [Call(*row) for row in rows]

    def add_call(self, call: Call) -> None:
        """Remember a new call and wake whoever waits for news."""
        with self.records.changing() as change:
            self.records.database.execute(INSERT, (*read_stored(call), change))

    def change_call(self, sid: str, **values: object) -> None:
        """Set some columns of one call; unknown sids are ignored, for the call may have been wiped meanwhile."""
        names = ", ".join(f"{name} = ?" for name in values)
        with self.records.changing() as change:
            self.records.database.execute(
                f"update calls set {names}, change = ? where sid = ?", (*values.values(), change, sid)
            )

    def get_call(self, sid: str) -> Call | None:
        """The call with this sid, or None."""
        return next(iter(self.list_rows("where sid = ?", (sid,))), None)

    def list_of_phone(self, phone: str) -> list[Call]:
        """Every call of one telephone, oldest first."""
        return self.list_rows("where phone = ? order by id", (phone,))

    def list_changed(self, since: int) -> list[Call]:
        """Calls that are new or changed after change number `since`, oldest change first."""
        return self.list_rows("where change > ? order by change", (since,))

    def forget_everything(self) -> None:
        """Drop all calls; change numbers go on."""
        with self.records.changing():
            self.records.database.execute("delete from calls")

    def end_unfinished(self, now: float) -> None:
        """Calls that a simulator which stopped had left in the air have failed."""
        for call in self.list_rows(f"where status in ({', '.join('?' * len(UNFINISHED))})", UNFINISHED):
            self.change_call(call.sid, status="failed", expects=None, ended_at=now, updated_at=now)


def list_lines(call: Call) -> list[dict[str, object]]:
    """What was spoken, played, pressed and said in a call, in order."""
    return json.loads(call.lines)
