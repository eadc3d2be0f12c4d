"""Calls: each with its state, every answer kept by its turn, and the channel beside what was heard and what leaves."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "calls",
        sa.Column("id", store.columns.Id, autoincrement=True, nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("contact_id", store.columns.Id, nullable=False),
        sa.Column("outbox_id", store.columns.Id, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("began_at", store.columns.Moment(timezone=True), nullable=False),
        sa.Column("reached_at", store.columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_calls_contact_id")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_calls_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("sid", name=op.f("uq_calls_sid")),
    )
    op.create_index("ix_calls_contact_id", "calls", ["contact_id"], unique=False)
    op.create_index("ix_calls_outbox_id", "calls", ["outbox_id"], unique=False)
    op.create_table(
        "call_turns",
        sa.Column("id", store.columns.Id, autoincrement=True, nullable=False),
        sa.Column("call_id", store.columns.Id, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", store.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_call_turns_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_turns")),
        sa.UniqueConstraint("call_id", "turn", name=op.f("uq_call_turns_call_id")),
    )
    for table in ("inbox", "outbox"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("channel", sa.String(length=5), server_default="sms", nullable=False)
            )


def downgrade() -> None:
    """One step down."""
    for table in ("outbox", "inbox"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("channel")
    op.drop_table("call_turns")
    op.drop_table("calls")
