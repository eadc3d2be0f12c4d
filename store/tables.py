"""Every table of the house; the migrations build exactly these."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts ids by itself only in an INTEGER column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite has no zones, so there it is stored bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database; a moment without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be stored.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database, always aware."""
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if value.tzinfo is None
            else value.astimezone(UTC)
        )


def make_table(name: str, *parts: Any) -> Table:
    """A table whose first column is its own number."""
    return Table(name, metadata, Column("id", Id, primary_key=True, autoincrement=True), *parts)


def link(name: str, table: str, *, nullable: bool = False) -> Column[int]:
    """A column that points at a row of another table."""
    return Column(name, Id, ForeignKey(f"{table}.id"), nullable=nullable)


def index_where(
    name: str, condition: ColumnElement[bool], *columns: Column[Any], unique: bool = False
) -> Index:
    """An index of the rows that fulfil a condition, on both databases; both want it repeated in the query."""
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


agencies = make_table(
    "agencies",
    Column("name", String(200), nullable=False, unique=True),
    Column("approved_on", Date),
)

api_keys = make_table(
    "api_keys",
    link("agency_id", "agencies"),
    Column("mark", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

accounts = make_table(
    "accounts",
    Column("email", String(200), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(10), nullable=False),
    link("agency_id", "agencies", nullable=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Moment),
)

contacts = make_table(
    "contacts",
    Column("phone_sealed", LargeBinary, nullable=False),
    Column("phone_mark", String(64), nullable=False, unique=True),
    Column("language", String(10), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("zip", String(5)),
    Column("channel", String(5), nullable=False),
    Column("level", String(10), nullable=False),
    Column("role", String(10), nullable=False),
    Column("standing", String(10), nullable=False),
    Column("because", String(40)),
    Column("ends_at", Moment),
    Column("question", String(30)),
    Column("asked_at", Moment),
    Column("unclear", Integer, nullable=False, default=0),
    Column("hush_until", Moment),
    Column("texted_on", Date),
)

enrolments = make_table(
    "enrolments",
    Column("public_id", String(40), nullable=False, unique=True),
    link("contact_id", "contacts"),
    link("agency_id", "agencies"),
    Column("idempotency_key", String(200)),
    Column("asked_mark", String(64), nullable=False),
    Column("programme", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_because", String(40)),
    Column("kit_label", String(100)),
    Column("kit_product", String(100)),
    Column("kit_lot", String(100)),
    Column("kit_expires_on", Date),
    Column("incident", String(100)),
    Column("pcr", String(100)),
    Column("encounter_at", Moment),
    Column("refused_transport", Boolean),
    Column("training_given", Boolean),
    Column("written_info_given", Boolean),
    Column("warning_911_given", Boolean),
    UniqueConstraint("agency_id", "idempotency_key"),
    Index("ix_enrolments_contact_id", "contact_id"),
    Index("ix_enrolments_asked_mark", "asked_mark"),
)

consents = make_table(
    "consents",
    link("enrolment_id", "enrolments"),
    Column("method", String(10), nullable=False),
    Column("language", String(10), nullable=False),
    Column("script_version", String(40), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("revoked_at", Moment),
    Column("revoked_how", String(40)),
    Index("ix_consents_enrolment_id", "enrolment_id"),
)

due = make_table(
    "due",
    link("contact_id", "contacts"),
    link("enrolment_id", "enrolments"),
    Column("step", String(40), nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Column("at_once", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("because", String(40)),
)
index_where("ix_due_waiting", due.c.state == "waiting", due.c.at, due.c.id)
Index("ix_due_contact_id", due.c.contact_id)
Index("ix_due_enrolment_id", due.c.enrolment_id)

inbox = make_table(
    "inbox",
    Column("sid", String(64), nullable=False, unique=True),
    link("contact_id", "contacts"),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("carrier_replied", String(10)),
    Column("unreadable", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("thought_at", Moment),
    Column("tries", Integer, nullable=False, default=0),
    Column("intent", String(20)),
    Column("rule", String(100)),
)
Index("ix_inbox_contact_id", inbox.c.contact_id, inbox.c.at)
index_where("ix_inbox_unthought", inbox.c.thought_at.is_(None), inbox.c.contact_id, inbox.c.id)

outbox = make_table(
    "outbox",
    link("contact_id", "contacts"),
    link("due_id", "due", nullable=True),
    Column("key", String(40), nullable=False),
    Column("language", String(10), nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("ready_at", Moment, nullable=False),
    Column("quiet_at", Moment),
    Column("made_at", Moment, nullable=False),
    Column("worker", String(80)),
    Column("claimed_at", Moment),
    Column("tries", Integer, nullable=False, default=0),
    Column("sid", String(64)),
    Column("status", String(20)),
    Column("code", Integer),
    Column("status_at", Moment),
    Column("recalled", Boolean, nullable=False, default=False),
)
UNFINISHED = ("ready", "sending", "unsure")
index_where("ix_outbox_ready", outbox.c.state == "ready", outbox.c.urgency, outbox.c.ready_at, outbox.c.id)
index_where("ix_outbox_sending", outbox.c.state == "sending", outbox.c.claimed_at)
index_where("ix_outbox_unsure", outbox.c.state == "unsure", outbox.c.urgency, outbox.c.id)
Index("ix_outbox_contact_id", outbox.c.contact_id, outbox.c.state)
Index("ix_outbox_due_id", outbox.c.due_id)
Index("ix_outbox_sid", outbox.c.sid)

attempts = make_table(
    "attempts",
    link("outbox_id", "outbox"),
    Column("worker", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", String(10)),
    Column("sid", String(64)),
    Column("code", Integer),
    Index("ix_attempts_outbox_id", "outbox_id"),
)

receipts = make_table(
    "receipts",
    link("outbox_id", "outbox"),
    Column("sid", String(64), nullable=False),
    Column("status", String(20), nullable=False),
    Column("code", Integer),
    Column("at", Moment, nullable=False),
    UniqueConstraint("outbox_id", "sid", "status"),
)

facts = make_table(
    "facts",
    link("contact_id", "contacts"),
    Column("kind", String(30), nullable=False),
    Column("value", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_facts_contact_id", "contact_id"),
)

tasks = make_table(
    "tasks",
    link("contact_id", "contacts"),
    Column("kind", String(30), nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("times", Integer, nullable=False, default=1),
    Column("done_at", Moment),
    Column("done_by", String(200)),
)
index_where("ix_tasks_open", tasks.c.done_at.is_(None), tasks.c.contact_id, tasks.c.kind, unique=True)

resources = make_table(
    "resources",
    Column("name", String(120), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("zip_area", String(200), nullable=False, default=""),
    Column("hours", String(120), nullable=False, default=""),
    Column("languages", String(120), nullable=False, default=""),
    Column("verified_on", Date),
    Column("is_demo", Boolean, nullable=False, default=False),
    Column("hidden_at", Moment),
    Column("edited_at", Moment, nullable=False),
    Column("edited_by", String(200), nullable=False),
)

seals = Table("seals", metadata, Column("mark", String(64), primary_key=True))

workers = Table(
    "workers",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)
