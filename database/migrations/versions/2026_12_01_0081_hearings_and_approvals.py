"""Hearings about preliminary decisions, approvals of answers, complaints on paper and their voiding."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name, kind in _complaint_columns():
        op.add_column("complaints", sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("complaint_hearings") as batch:
        batch.alter_column("held_on", existing_type=sa.Date(), nullable=True)
        batch.add_column(sa.Column("form", sa.String(24), nullable=False, server_default="oral"))
        for name, kind in _hearing_columns():
            batch.add_column(sa.Column(name, kind, nullable=True))
    op.create_index("ix_complaint_hearings_protocol_by", "complaint_hearings", ["protocol_by"])
    _create_settings()
    _create_approvals()


def _complaint_columns() -> tuple[tuple[str, sa.types.TypeEngine[Any]], ...]:
    return (
        ("incoming_number", sa.String(64)),
        ("outgoing_number", sa.String(64)),
        ("voided_at", _AT),
        ("void_reason", sa.String(24)),
    )


def _hearing_columns() -> tuple[tuple[str, sa.types.TypeEngine[Any]], ...]:
    return (
        ("ground", sa.String(24)),
        ("outcome", sa.String(24)),
        ("preliminary", _number()),
        ("told_on", sa.Date()),
        ("object_by", sa.Date()),
        ("act_from", sa.Date()),
        ("oral_asked_at", _AT),
        ("protocol_by", sa.Date()),
        ("protocol", _number()),
        ("remarks_by", sa.Date()),
        ("outgoing_number", sa.String(64)),
        ("removed_by", _number()),
        ("removed_at", _AT),
    )


def _create_settings() -> None:
    op.create_table(
        "complaint_approval_settings",
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("changed_by", _number(), nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_complaint_approval_settings"),
    )


def _create_approvals() -> None:
    op.create_table(
        "complaint_approvals",
        sa.Column("id", _number(), nullable=False),
        sa.Column("complaint", _number(), nullable=False),
        sa.Column("asked_by", _number(), nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("decided_by", _number(), nullable=True),
        sa.Column("decided_at", _AT, nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("note_cipher", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name="fk_complaint_approvals_complaint_complaints"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_approvals"),
    )
    op.create_index("ix_complaint_approvals_complaint", "complaint_approvals", ["complaint"])
    waiting = sa.text("approved IS NULL")
    op.create_index(
        "uq_complaint_approvals_waiting",
        "complaint_approvals",
        ["complaint"],
        unique=True,
        postgresql_where=waiting,
        sqlite_where=waiting,
    )


def downgrade() -> None:
    op.drop_table("complaint_approvals")
    op.drop_table("complaint_approval_settings")
    op.drop_index("ix_complaint_hearings_protocol_by", "complaint_hearings")
    op.execute("DELETE FROM complaint_hearings WHERE held_on IS NULL")
    with op.batch_alter_table("complaint_hearings") as batch:
        for name, _ in (*_hearing_columns(), ("form", None)):
            batch.drop_column(name)
        batch.alter_column("held_on", existing_type=sa.Date(), nullable=False)
    for name, _ in _complaint_columns():
        op.drop_column("complaints", name)


def _number() -> sa.types.TypeEngine[Any]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
