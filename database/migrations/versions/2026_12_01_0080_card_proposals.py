"""Cards made from drafts wait for an editor to accept them in the chat."""

import sqlalchemy as sa
from alembic import op

from database.types import Json

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "card_proposals",
        sa.Column("id", number, nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("based_on", sa.String(length=64), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_card_proposals"),
    )
    op.create_index("ix_card_proposals_slug", "card_proposals", ["slug"])


def downgrade() -> None:
    op.drop_table("card_proposals")
