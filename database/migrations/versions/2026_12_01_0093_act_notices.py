"""Acts that the contact centre is told of."""

import sqlalchemy as sa
from alembic import op

from database.types import Json

revision = "0093"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act_notices",
        sa.Column("event", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["control_events.id"], name="fk_act_notices_event_control_events"),
        sa.PrimaryKeyConstraint("event", name="pk_act_notices"),
        sa.UniqueConstraint(
            "organisation", "act", "approved_on", name="uq_act_notices_organisation_act_approved_on"
        ),
    )


def downgrade() -> None:
    op.drop_table("act_notices")
