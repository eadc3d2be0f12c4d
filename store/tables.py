"""Every table of the house; the migrations build exactly these."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.columns import Moment, index_where, is_state, link, make_table, metadata

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
index_where("ix_due_waiting", is_state(due, "waiting"), due.c.at, due.c.id)
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
    Column("channel", String(5), nullable=False, server_default="sms"),
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
    Column("useful_until", Moment),
    Column("because", String(40)),
    Column("resent", Integer, nullable=False, server_default="0"),
    Column("ask_at", Moment),
    Column("channel", String(5), nullable=False, server_default="sms"),
)
UNFINISHED = ("ready", "sending", "unsure")
index_where("ix_outbox_ready", is_state(outbox, "ready"), outbox.c.urgency, outbox.c.ready_at, outbox.c.id)
index_where("ix_outbox_sending", is_state(outbox, "sending"), outbox.c.claimed_at)
index_where("ix_outbox_unsure", is_state(outbox, "unsure"), outbox.c.urgency, outbox.c.id)
index_where("ix_outbox_unfinished", is_state(outbox, *UNFINISHED), outbox.c.contact_id, outbox.c.id)
index_where("ix_outbox_ask_at", is_state(outbox, "sent"), outbox.c.ask_at)
Index("ix_outbox_contact_id", outbox.c.contact_id)
Index("ix_outbox_due_id", outbox.c.due_id)

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

calls = make_table(
    "calls",
    Column("sid", String(64), nullable=False, unique=True),
    link("contact_id", "contacts"),
    link("outbox_id", "outbox", nullable=True),
    Column("state", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("reached_at", Moment),
    Index("ix_calls_contact_id", "contact_id"),
    Index("ix_calls_outbox_id", "outbox_id"),
)

call_turns = make_table(
    "call_turns",
    link("call_id", "calls"),
    Column("turn", Integer, nullable=False),
    Column("reply_sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("call_id", "turn"),
)

seals = Table("seals", metadata, Column("mark", String(64), primary_key=True))

workers = Table(
    "workers",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

halts = Table(
    "halts",
    metadata,
    Column("name", String(30), primary_key=True),
    Column("code", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)

duties = Table(
    "duties",
    metadata,
    Column("name", String(30), primary_key=True),
    Column("done_at", Moment, nullable=False),
)
