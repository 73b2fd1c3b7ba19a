"""the registry: cards with their history, acts, guides, organisations, regions, indices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEYED = ("cards", "acts", "organisations", "regions", "guides", "monthly_indices")


def upgrade() -> None:
    for table in KEYED:
        op.create_table(
            table,
            sa.Column("key", sa.String(length=64), nullable=False),
            sa.Column("body", _json(), nullable=False),
            sa.Column("digest", sa.String(length=64), nullable=False),
            sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}")),
        )
    op.create_table(
        "card_history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("body", _json(), nullable=True),
        sa.Column("changed_by", sa.String(length=128), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_history")),
    )
    with op.batch_alter_table("card_history") as batch_op:
        batch_op.create_index(batch_op.f("ix_card_history_slug"), ["slug"], unique=False)
    op.create_table(
        "registry_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_version")),
    )


def downgrade() -> None:
    op.drop_table("registry_version")
    with op.batch_alter_table("card_history") as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_history_slug"))
    op.drop_table("card_history")
    for table in reversed(KEYED):
        op.drop_table(table)


def _json() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
