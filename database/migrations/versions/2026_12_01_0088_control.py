"""What control events hold, and which bodies count rows 1 to 9.2 of their forms from them."""

import sqlalchemy as sa
from alembic import op

from database.types import BigId, UtcDateTime

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "control_entries",
        sa.Column("id", BigId, nullable=False),
        sa.Column("event", BigId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("who", sa.String(8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("why_not", sa.Text(), nullable=False),
        sa.Column("made_by", BigId, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("done_by", BigId, nullable=True),
        sa.Column("removed_by", BigId, nullable=True),
        sa.Column("removed_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_entries")),
        sa.ForeignKeyConstraint(
            ["event"], ["control_events.id"], name=op.f("fk_control_entries_event_control_events")
        ),
    )
    op.create_index(op.f("ix_control_entries_event"), "control_entries", ["event"])
    op.create_table(
        "control_details",
        sa.Column("event", BigId, autoincrement=False, nullable=False),
        sa.Column("ground", sa.String(16), nullable=True),
        sa.Column("complaint", BigId, nullable=True),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("executors", sa.Text(), nullable=False),
        sa.Column("made_by", BigId, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_control_details")),
        sa.ForeignKeyConstraint(
            ["event"], ["control_events.id"], name=op.f("fk_control_details_event_control_events")
        ),
    )
    op.create_table(
        "control_recordings",
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("set_by", BigId, nullable=False),
        sa.Column("set_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_control_recordings")),
    )


def downgrade() -> None:
    for table in ("control_recordings", "control_details", "control_entries"):
        op.drop_table(table)
