"""Updates that were given up are kept, encrypted, to be handled again after an upgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "failed_updates",
        sa.Column("update_id", _number(), autoincrement=False, nullable=False),
        sa.Column("chat_id", _number(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("ciphertext", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_failed_updates"),
    )
    op.create_index("ix_failed_updates_chat_id", "failed_updates", ["chat_id"])
    op.create_index("ix_failed_updates_failed_at", "failed_updates", ["failed_at"])


def downgrade() -> None:
    op.drop_table("failed_updates")


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
