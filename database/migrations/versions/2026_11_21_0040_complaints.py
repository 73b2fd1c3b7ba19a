"""complaints: what was told, who has it, until when; and a trail that nobody changes."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0050"
branch_labels = None
depends_on = None

_REFUSE = "the trail of complaints is only added to"


def upgrade() -> None:
    _make_complaint_consents()
    _make_complaint_counters()
    _make_complaint_drafts()
    _make_complaint_self_kept()
    _make_complaint_trail()
    _make_complaints()
    _make_complaint_attachments()
    _make_complaint_extensions()
    _make_complaint_hearings()
    _make_complaint_messages()
    _make_complaint_ratings()
    if op.get_context().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgres()


def downgrade() -> None:
    for table in (
        "complaint_ratings",
        "complaint_messages",
        "complaint_hearings",
        "complaint_extensions",
        "complaint_attachments",
        "complaints",
        "complaint_trail",
        "complaint_self_kept",
        "complaint_drafts",
        "complaint_counters",
        "complaint_consents",
    ):
        op.drop_table(table)
    if op.get_context().dialect.name != "sqlite":
        op.execute("DROP FUNCTION complaint_trail_is_kept()")


def _guard_on_sqlite() -> None:
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER complaint_trail_no_{what.lower()} BEFORE {what} ON complaint_trail "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        )


def _guard_on_postgres() -> None:
    op.execute(
        "CREATE FUNCTION complaint_trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER complaint_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON complaint_trail "
        "FOR EACH STATEMENT EXECUTE FUNCTION complaint_trail_is_kept()"
    )


def _make_complaint_consents() -> None:
    op.create_table(
        "complaint_consents",
        sa.Column("person", _number(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("given_at", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("person", "version", name=op.f("pk_complaint_consents")),
    )


def _make_complaint_counters() -> None:
    op.create_table(
        "complaint_counters",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_complaint_counters")),
    )


def _make_complaint_drafts() -> None:
    op.create_table(
        "complaint_drafts",
        sa.Column("id", _number(), nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("body_cipher", sa.Text(), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("changed_at", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_drafts")),
        sa.UniqueConstraint("person", name=op.f("uq_complaint_drafts_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_complaint_drafts_changed_at"), "complaint_drafts", ["changed_at"])


def _make_complaint_self_kept() -> None:
    op.create_table(
        "complaint_self_kept",
        sa.Column("id", _number(), nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("draft", _number(), nullable=True),
        sa.Column("service", sa.String(length=64), nullable=True),
        sa.Column("organisation", sa.String(length=64), nullable=True),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("late_after", sa.Date(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("certainty", sa.String(length=24), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("closed_at", _moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_self_kept")),
        sa.UniqueConstraint("draft", name=op.f("uq_complaint_self_kept_draft")),
    )
    op.create_index(op.f("ix_complaint_self_kept_due_on"), "complaint_self_kept", ["due_on"])
    op.create_index(op.f("ix_complaint_self_kept_person"), "complaint_self_kept", ["person"])


def _make_complaint_trail() -> None:
    op.create_table(
        "complaint_trail",
        sa.Column("id", _number(), nullable=False),
        sa.Column("complaint", _number(), nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("actor", _number(), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("what", _json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_trail")),
    )
    op.create_index(op.f("ix_complaint_trail_complaint"), "complaint_trail", ["complaint"])


def _make_complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("id", _number(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("root", _number(), nullable=True),
        sa.Column("previous", _number(), nullable=True),
        sa.Column("came_by", sa.String(length=24), nullable=False),
        sa.Column("draft", _number(), nullable=True),
        sa.Column("origin", sa.String(length=24), nullable=False),
        sa.Column("entered_by", _number(), nullable=True),
        sa.Column("entered_at", _moment(), nullable=False),
        sa.Column("person", _number(), nullable=True),
        sa.Column("complainant", sa.String(length=24), nullable=False),
        sa.Column("behalf", sa.String(length=24), nullable=False),
        sa.Column("name_cipher", sa.Text(), nullable=True),
        sa.Column("iin_cipher", sa.Text(), nullable=True),
        sa.Column("phone_cipher", sa.Text(), nullable=True),
        sa.Column("represented_cipher", sa.Text(), nullable=True),
        sa.Column("text_cipher", sa.Text(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("service", sa.String(length=64), nullable=True),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=True),
        sa.Column("district", sa.String(length=64), nullable=True),
        sa.Column("delivery", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=24), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("registered_at", _moment(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("late_after", sa.Date(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("certainty", sa.String(length=24), nullable=False),
        sa.Column("extended_by", sa.Integer(), nullable=False),
        sa.Column("redated_at", _moment(), nullable=True),
        sa.Column("assignee", _number(), nullable=True),
        sa.Column("closed_at", _moment(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("restored", sa.Boolean(), nullable=True),
        sa.Column("passed_to", sa.String(length=64), nullable=True),
        sa.Column("forget_asked_at", _moment(), nullable=True),
        sa.Column("forgotten_at", _moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("draft", name=op.f("uq_complaints_draft")),
        sa.UniqueConstraint("number", name=op.f("uq_complaints_number")),
    )
    op.create_index("ix_complaints_all", "complaints", ["organisation", "due_on", "id"])
    op.create_index("ix_complaints_due", "complaints", ["due_on", "id"], **_where("closed_at IS NULL"))
    op.create_index(
        "ix_complaints_mine",
        "complaints",
        ["organisation", "assignee", "due_on"],
        **_where("closed_at IS NULL"),
    )
    op.create_index(
        "ix_complaints_open", "complaints", ["organisation", "due_on", "id"], **_where("closed_at IS NULL")
    )
    op.create_index("ix_complaints_person", "complaints", ["person", "id"])
    op.create_index("ix_complaints_registered", "complaints", ["organisation", "registered_on"])
    op.create_index(op.f("ix_complaints_root"), "complaints", ["root"])
    op.create_index("ix_complaints_to_forget", "complaints", ["closed_at"], **_where("forgotten_at IS NULL"))
    op.create_index("uq_complaints_followed", "complaints", ["previous", "came_by"], unique=True)


def _make_complaint_attachments() -> None:
    op.create_table(
        "complaint_attachments",
        sa.Column("id", _number(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("draft", _number(), nullable=True),
        sa.Column("complaint", _number(), nullable=True),
        sa.Column("message", _number(), nullable=True),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_at", _moment(), nullable=False),
        sa.Column("erase_asked_at", _moment(), nullable=True),
        sa.Column("erased_at", _moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_attachments_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_attachments")),
        sa.UniqueConstraint("name", name=op.f("uq_complaint_attachments_name")),
    )
    op.create_index(op.f("ix_complaint_attachments_complaint"), "complaint_attachments", ["complaint"])
    op.create_index(op.f("ix_complaint_attachments_draft"), "complaint_attachments", ["draft"])
    op.create_index(op.f("ix_complaint_attachments_message"), "complaint_attachments", ["message"])
    op.create_index(
        "ix_complaint_attachments_to_erase",
        "complaint_attachments",
        ["id"],
        **_where("erase_asked_at IS NOT NULL AND erased_at IS NULL"),
    )


def _make_complaint_extensions() -> None:
    op.create_table(
        "complaint_extensions",
        sa.Column("id", _number(), nullable=False),
        sa.Column("complaint", _number(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("asked_by", _number(), nullable=False),
        sa.Column("asked_at", _moment(), nullable=False),
        sa.Column("decided_by", _number(), nullable=True),
        sa.Column("decided_at", _moment(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("tell_by", sa.Date(), nullable=True),
        sa.Column("told_at", _moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_extensions_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_extensions")),
    )
    op.create_index(op.f("ix_complaint_extensions_complaint"), "complaint_extensions", ["complaint"])
    op.create_index(
        "ix_complaint_extensions_untold",
        "complaint_extensions",
        ["tell_by"],
        **_where("tell_by IS NOT NULL AND told_at IS NULL"),
    )


def _make_complaint_hearings() -> None:
    op.create_table(
        "complaint_hearings",
        sa.Column("id", _number(), nullable=False),
        sa.Column("complaint", _number(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("noted_by", _number(), nullable=False),
        sa.Column("noted_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_hearings_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_hearings")),
    )
    op.create_index(op.f("ix_complaint_hearings_complaint"), "complaint_hearings", ["complaint"])
    op.create_index(op.f("ix_complaint_hearings_held_on"), "complaint_hearings", ["held_on"])


def _make_complaint_messages() -> None:
    op.create_table(
        "complaint_messages",
        sa.Column("id", _number(), nullable=False),
        sa.Column("complaint", _number(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("author", _number(), nullable=True),
        sa.Column("text_cipher", sa.Text(), nullable=True),
        sa.Column("at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_messages_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_messages")),
    )
    op.create_index(op.f("ix_complaint_messages_complaint"), "complaint_messages", ["complaint"])


def _make_complaint_ratings() -> None:
    op.create_table(
        "complaint_ratings",
        sa.Column("complaint", _number(), autoincrement=False, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("word_cipher", sa.Text(), nullable=True),
        sa.Column("at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_ratings_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("complaint", name=op.f("pk_complaint_ratings")),
    )


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _json() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
