"""reports: drafts, what was handed in, and corrections beside it."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0060"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("body", _json(), nullable=False),
        sa.Column("figures", _json(), nullable=False),
        sa.Column("made_by", _number()),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", _number()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_by", _number()),
        sa.Column("handed_in_at", sa.DateTime(timezone=True)),
        sa.Column("handed_in_on", sa.Date()),
        sa.Column("corrects", sa.Integer()),
        sa.Column("materials", sa.Text()),
        sa.Column("decided_by", _number()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index("uq_reports_once", "reports", ["form", "period", "organisation", "version"], unique=True)
    op.create_table(
        "report_fetches",
        sa.Column("id", _number(), nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("materials", sa.Text()),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_fetches")),
    )
    op.create_index(op.f("ix_report_fetches_person"), "report_fetches", ["person"])
    op.create_index(op.f("ix_report_fetches_try_at"), "report_fetches", ["try_at"])


def downgrade() -> None:
    op.drop_table("report_fetches")
    op.drop_table("reports")


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
