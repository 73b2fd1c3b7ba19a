"""Requests to complete a complaint, and to see the materials of its case."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "complaint_requests",
        sa.Column("id", number, nullable=False),
        sa.Column("complaint", number, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing", sa.String(length=128), nullable=True),
        sa.Column("complete_by", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_requests"),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name="fk_complaint_requests_complaint_complaints"
        ),
    )
    op.create_index("ix_complaint_requests_complaint", "complaint_requests", ["complaint"])
    pending = sa.text("done_at IS NULL")
    op.create_index(
        "ix_complaint_requests_pending",
        "complaint_requests",
        ["due_on"],
        postgresql_where=pending,
        sqlite_where=pending,
    )


def downgrade() -> None:
    op.drop_table("complaint_requests")
