"""what officials have typed and not sent yet, with its files."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_desk_drafts",
        sa.Column("id", _number(), nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("body_cipher", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_desk_drafts")),
        sa.UniqueConstraint("person", "subject", name=op.f("uq_complaint_desk_drafts_person_subject")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_complaint_desk_drafts_changed_at"), "complaint_desk_drafts", ["changed_at"])
    op.add_column("complaint_attachments", sa.Column("desk_draft", _number(), nullable=True))
    op.create_index(op.f("ix_complaint_attachments_desk_draft"), "complaint_attachments", ["desk_draft"])
    op.add_column("complaint_fetches", sa.Column("desk_draft", _number(), nullable=True))


def downgrade() -> None:
    op.drop_column("complaint_fetches", "desk_draft")
    op.drop_index(op.f("ix_complaint_attachments_desk_draft"), "complaint_attachments")
    op.drop_column("complaint_attachments", "desk_draft")
    op.drop_table("complaint_desk_drafts")


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
