"""what organisations owe by which day, who is told of it, and control events."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0030"
branch_labels = None
depends_on = None

WAITS = sa.text("state = 'open' AND remind_at IS NOT NULL")
OF_EVENT = sa.text("event_id IS NOT NULL")
TABLES = (
    "calendar_addresses",
    "filings_made",
    "obligation_switches",
    "reminder_ladders",
    "filing_snoozes",
    "filing_trail",
    "filings",
    "control_events",
)


def upgrade() -> None:
    _make_events()
    _make_filings()
    _make_parts_of_filings()
    _make_settings()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _make_events() -> None:
    op.create_table(
        "control_events",
        sa.Column("id", _number(), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("made_by", _number(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_events")),
    )
    op.create_index(op.f("ix_control_events_organisation"), "control_events", ["organisation"])


def _make_filings() -> None:
    op.create_table(
        "filings",
        sa.Column("id", _number(), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("obligation", sa.String(length=40), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("named_on", "lead_on", "late_after")),
        sa.Column("expected", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("remind_at", "told_at", "closed_at")
        ),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=True)
            for name in ("number", "file_id", "file_name", "waiver_why")
        ),
        *(
            sa.Column(name, _number(), nullable=True)
            for name in ("event_id", "corrects_id", "closed_by", "waiver_asked_by")
        ),
        sa.ForeignKeyConstraint(["corrects_id"], ["filings.id"], name=op.f("fk_filings_corrects_id_filings")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["control_events.id"], name=op.f("fk_filings_event_id_control_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
    )
    op.create_index("uq_filings_once", "filings", ["organisation", "obligation", "occasion"], unique=True)
    op.create_index(
        "ix_filings_remind_at", "filings", ["remind_at"], postgresql_where=WAITS, sqlite_where=WAITS
    )
    op.create_index(
        "ix_filings_event", "filings", ["event_id"], postgresql_where=OF_EVENT, sqlite_where=OF_EVENT
    )


def _make_parts_of_filings() -> None:
    op.create_table(
        "filing_snoozes",
        sa.Column("filing", _number(), nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["filing"], ["filings.id"], name=op.f("fk_filing_snoozes_filing_filings")),
        sa.PrimaryKeyConstraint("filing", "person", name=op.f("pk_filing_snoozes")),
    )
    op.create_index(op.f("ix_filing_snoozes_until"), "filing_snoozes", ["until"])
    op.create_table(
        "filing_trail",
        sa.Column("id", _number(), nullable=False),
        sa.Column("filing", _number(), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("by", _number(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["filing"], ["filings.id"], name=op.f("fk_filing_trail_filing_filings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_trail")),
    )
    op.create_index(op.f("ix_filing_trail_filing"), "filing_trail", ["filing"])


def _make_settings() -> None:
    op.create_table(
        "reminder_ladders",
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("set_by", _number(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_reminder_ladders")),
    )
    op.create_table(
        "obligation_switches",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("set_by", _number(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_obligation_switches")),
    )
    op.create_table(
        "filings_made",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_for", sa.String(length=64), nullable=False),
        sa.Column("dated_for", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings_made")),
    )
    op.create_table(
        "calendar_addresses",
        sa.Column("person", _number(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_calendar_addresses")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_addresses_digest")),
    )


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
