"""what notices are about; whose personal values were looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = ("subject", "version", "audience")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("subject", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("audience", sa.String(length=16), nullable=True))
    waiting = sa.text("sent_at IS NULL AND given_up_at IS NULL AND subject IS NOT NULL")
    op.create_index(
        "ix_outbox_open_subject", "outbox", ["subject"], postgresql_where=waiting, sqlite_where=waiting
    )
    op.create_table(
        "notice_subjects",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_notice_subjects")),
    )
    op.create_table(
        "looks",
        sa.Column("id", _number(), nullable=False),
        sa.Column("viewer", _number(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    op.create_index(op.f("ix_looks_subject"), "looks", ["subject"])
    op.create_index(op.f("ix_looks_viewer"), "looks", ["viewer"])


def downgrade() -> None:
    op.drop_table("looks")
    op.drop_table("notice_subjects")
    op.drop_index("ix_outbox_open_subject", "outbox")
    for column in COLUMNS:
        op.drop_column("outbox", column)


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
