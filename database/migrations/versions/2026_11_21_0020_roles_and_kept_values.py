"""roles, invitations, leave and connections; what people keep, encrypted; what editors have seen to."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0003"
branch_labels = None
depends_on = None

SEEN_TO = ("questions", "verdicts")


def upgrade() -> None:
    _keeping()
    _belonging()
    _inviting()
    _being_away()
    _connecting()
    _editing()


def _keeping() -> None:
    op.create_table(
        "consents",
        sa.Column("telegram_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", "version", name=op.f("pk_consents")),
    )
    op.create_table(
        "kept_values",
        sa.Column("telegram_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("ciphertext", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", "field", name=op.f("pk_kept_values")),
    )


def _belonging() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", _number(), nullable=False),
        sa.Column("telegram_id", _number(), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("admitted_by", _number(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", _number(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_telegram_id"), "memberships", ["telegram_id"])
    op.create_index(op.f("ix_memberships_organisation"), "memberships", ["organisation"])
    _index_of_active("uq_memberships_active", "memberships", ["telegram_id", "organisation", "role"])


def _inviting() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", _number(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("invited_by", _number(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", _number(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
    )
    op.create_index(op.f("ix_invitations_invited_by"), "invitations", ["invited_by"])
    op.create_table(
        "wrong_guesses",
        sa.Column("telegram_id", _number(), nullable=False, autoincrement=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", name=op.f("pk_wrong_guesses")),
    )


def _being_away() -> None:
    op.create_table(
        "leaves",
        sa.Column("id", _number(), nullable=False),
        sa.Column("telegram_id", _number(), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("deputy", _number(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    op.create_index(op.f("ix_leaves_telegram_id"), "leaves", ["telegram_id"])
    op.create_table(
        "hand_overs",
        sa.Column("id", _number(), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("from_person", _number(), nullable=False),
        sa.Column("to_person", _number(), nullable=True),
        sa.Column("made_by", _number(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    op.create_index(op.f("ix_hand_overs_from_person"), "hand_overs", ["from_person"])


def _connecting() -> None:
    op.create_table(
        "connections",
        sa.Column("id", _number(), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("accepted_by", _number(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", _number(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connections")),
    )
    _index_of_active("uq_connections_active", "connections", ["organisation"])


def _editing() -> None:
    for table in SEEN_TO:
        op.add_column(table, sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("done_by", _number(), nullable=True))
    op.create_table(
        "checked_wordings",
        sa.Column("slug", sa.String(length=48), nullable=False),
        sa.Column("version", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", _number(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "version", name=op.f("pk_checked_wordings")),
    )


def downgrade() -> None:
    op.drop_table("checked_wordings")
    for table in SEEN_TO:
        op.drop_column(table, "done_by")
        op.drop_column(table, "done_at")
    for table in (
        "connections",
        "hand_overs",
        "leaves",
        "wrong_guesses",
        "invitations",
        "memberships",
        "kept_values",
        "consents",
    ):
        op.drop_table(table)


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _index_of_active(name: str, table: str, columns: list[str]) -> None:
    """Unique among the rows that have not ended."""
    active = sa.text("ended_at IS NULL")
    op.create_index(name, table, columns, unique=True, postgresql_where=active, sqlite_where=active)
