"""Delivery that survives: use by when, sent again, asked about, halts, and duties done once."""

import sqlalchemy as sa
from alembic import op

import store.tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "duties",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("done_at", store.tables.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_duties")),
    )
    op.create_table(
        "halts",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("since", store.tables.Moment(timezone=True), nullable=False),
        sa.Column("until", store.tables.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_halts")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("useful_until", store.tables.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("because", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("resent", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("ask_at", store.tables.Moment(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_outbox_sid"))
        batch_op.drop_index(batch_op.f("ix_outbox_contact_id"))
        batch_op.create_index("ix_outbox_contact_id", ["contact_id"], unique=False)
        batch_op.create_index(
            "ix_outbox_ask_at",
            ["ask_at"],
            unique=False,
            sqlite_where=sa.text("state = 'sent'"),
            postgresql_where=sa.text("state = 'sent'"),
        )
        batch_op.create_index(
            "ix_outbox_unfinished",
            ["contact_id", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('ready', 'sending', 'unsure')"),
            postgresql_where=sa.text("state IN ('ready', 'sending', 'unsure')"),
        )


def downgrade() -> None:
    """One step down."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unfinished",
            sqlite_where=sa.text("state IN ('ready', 'sending', 'unsure')"),
            postgresql_where=sa.text("state IN ('ready', 'sending', 'unsure')"),
        )
        batch_op.drop_index(
            "ix_outbox_ask_at",
            sqlite_where=sa.text("state = 'sent'"),
            postgresql_where=sa.text("state = 'sent'"),
        )
        batch_op.drop_index("ix_outbox_contact_id")
        batch_op.create_index(batch_op.f("ix_outbox_contact_id"), ["contact_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_sid"), ["sid"], unique=False)
        batch_op.drop_column("ask_at")
        batch_op.drop_column("resent")
        batch_op.drop_column("because")
        batch_op.drop_column("useful_until")

    op.drop_table("halts")
    op.drop_table("duties")
