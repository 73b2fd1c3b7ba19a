"""files that people sent and that are not fetched yet; messages that became a complaint's text."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_fetches",
        sa.Column("id", _number(), nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("draft", _number(), nullable=True),
        sa.Column("complaint", _number(), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_fetches")),
    )
    op.create_index(op.f("ix_complaint_fetches_person"), "complaint_fetches", ["person"])
    op.create_index(op.f("ix_complaint_fetches_try_at"), "complaint_fetches", ["try_at"])
    op.create_table(
        "complaint_told_messages",
        sa.Column("person", _number(), autoincrement=False, nullable=False),
        sa.Column("message", _number(), autoincrement=False, nullable=False),
        sa.Column("complaint", _number(), nullable=False),
        sa.PrimaryKeyConstraint("person", "message", name=op.f("pk_complaint_told_messages")),
    )
    op.create_index(op.f("ix_complaint_told_messages_complaint"), "complaint_told_messages", ["complaint"])


def downgrade() -> None:
    op.drop_table("complaint_told_messages")
    op.drop_table("complaint_fetches")


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
