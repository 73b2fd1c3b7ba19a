"""complaints: what was told, who has it, until when; and a trail that nobody changes."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0050"
branch_labels = None
depends_on = None

Columns = tuple[sa.Column[Any], ...]
_REFUSE = "the trail of complaints is only added to"
_OPEN, _OVER = "closed_at IS NULL", "closed_at IS NOT NULL"
_TO_ERASE = "erase_asked_at IS NOT NULL AND erased_at IS NULL"
_UNTOLD = "tell_by IS NOT NULL AND told_at IS NULL"
_INDEXES = (
    ("complaint_drafts", "ix_complaint_drafts_changed_at", ["changed_at"], None),
    ("complaint_self_kept", "ix_complaint_self_kept_due_on", ["due_on"], None),
    ("complaint_self_kept", "ix_complaint_self_kept_person", ["person"], None),
    ("complaint_trail", "ix_complaint_trail_complaint", ["complaint"], None),
    ("complaints", "ix_complaints_open", ["organisation", "due_on", "id"], _OPEN),
    ("complaints", "ix_complaints_over", ["organisation", "due_on", "id"], _OVER),
    ("complaints", "ix_complaints_due", ["due_on"], _OPEN),
    ("complaints", "uq_complaints_draft", ["draft"], "draft IS NOT NULL"),
    ("complaints", "ix_complaints_registered", ["organisation", "registered_on"], None),
    ("complaints", "ix_complaints_restored", ["organisation", "answered_on"], "restored IS TRUE"),
    ("complaints", "ix_complaints_person", ["person", "id"], "person IS NOT NULL"),
    ("complaints", "ix_complaints_root", ["root"], "root IS NOT NULL"),
    ("complaints", "uq_complaints_followed", ["previous", "came_by"], "previous IS NOT NULL"),
    ("complaints", "ix_complaints_to_forget", ["closed_at"], f"{_OVER} AND forgotten_at IS NULL"),
    ("complaint_attachments", "ix_complaint_attachments_complaint", ["complaint"], None),
    ("complaint_attachments", "ix_complaint_attachments_draft", ["draft"], None),
    ("complaint_attachments", "ix_complaint_attachments_to_erase", ["id"], _TO_ERASE),
    ("complaint_extensions", "ix_complaint_extensions_complaint", ["complaint"], None),
    ("complaint_extensions", "ix_complaint_extensions_untold", ["tell_by"], _UNTOLD),
    ("complaint_hearings", "ix_complaint_hearings_complaint", ["complaint"], None),
    ("complaint_hearings", "ix_complaint_hearings_held_on", ["held_on"], None),
    ("complaint_messages", "ix_complaint_messages_complaint", ["complaint"], None),
)


def upgrade() -> None:
    _make_drafts()
    _make_complaint_self_kept()
    _make_complaint_trail()
    _make_complaints()
    _make_complaint_attachments()
    _make_talk()
    for table, name, columns, condition in _INDEXES:
        op.create_index(name, table, columns, unique=name.startswith("uq_"), **_where(condition))
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


def _make_drafts() -> None:
    op.create_table(
        "complaint_consents",
        sa.Column("person", _number(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        *_columns(_moment, "given_at"),
        sa.PrimaryKeyConstraint("person", "version", name=op.f("pk_complaint_consents")),
    )
    op.create_table(
        "complaint_counters",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_complaint_counters")),
    )
    op.create_table(
        "complaint_drafts",
        *_key("complaint_drafts"),
        *_columns(_number, "person"),
        *_columns(sa.Text, "body_cipher"),
        *_columns(_moment, "made_at changed_at"),
        sa.UniqueConstraint("person", name=op.f("uq_complaint_drafts_person")),
        sqlite_autoincrement=True,
    )


def _make_complaint_self_kept() -> None:
    op.create_table(
        "complaint_self_kept",
        *_key("complaint_self_kept"),
        sa.Column("rule", sa.String(length=32), nullable=False),
        *_columns(_number, "person"),
        *_columns(_number, "draft", empty=True),
        *_columns(_code, "service organisation", empty=True),
        *_columns(sa.Date, "filed_on due_on late_after"),
        *_columns(sa.Integer, "due_version"),
        *_columns(_word, "certainty"),
        *_columns(_moment, "made_at"),
        *_columns(_moment, "closed_at", empty=True),
        sa.UniqueConstraint("draft", name=op.f("uq_complaint_self_kept_draft")),
    )


def _make_complaint_trail() -> None:
    op.create_table(
        "complaint_trail",
        *_key("complaint_trail"),
        *_columns(_number, "complaint"),
        *_columns(_moment, "at"),
        *_columns(_number, "actor", empty=True),
        *_columns(_word, "role step state"),
        *_columns(_json, "what"),
    )


def _make_complaints() -> None:
    op.create_table(
        "complaints",
        *_key("complaints"),
        *_course(),
        *_content(),
        *_dates(),
        sa.UniqueConstraint("number", name=op.f("uq_complaints_number")),
    )


def _course() -> Columns:
    return (
        *_columns(sa.BigInteger, "number"),
        *_columns(_word, "state came_by origin"),
        *_columns(sa.Integer, "steps"),
        *_columns(_number, "root previous draft entered_by", empty=True),
        *_columns(_moment, "entered_at"),
    )


def _content() -> Columns:
    return (
        sa.Column("kind", sa.String(length=8), nullable=False),
        *_columns(_number, "person", empty=True),
        *_columns(_word, "complainant behalf delivery source"),
        *_columns(sa.Text, "name_cipher iin_cipher phone_cipher represented_cipher text_cipher", empty=True),
        *_columns(_code, "seal service region district", empty=True),
        *_columns(_code, "organisation"),
        *_columns(sa.Date, "happened_on", empty=True),
    )


def _dates() -> Columns:
    return (
        sa.Column("rule", sa.String(length=32), nullable=False),
        *_columns(_moment, "registered_at"),
        *_columns(sa.Date, "came_on registered_on due_on late_after"),
        *_columns(sa.Boolean, "after_hours"),
        *_columns(sa.Integer, "due_version extended_by"),
        *_columns(_word, "certainty"),
        *_columns(_moment, "redated_at closed_at forget_asked_at forgotten_at", empty=True),
        *_columns(_number, "assignee", empty=True),
        *_columns(sa.Date, "closed_on answered_on", empty=True),
        *_columns(_word, "outcome", empty=True),
        *_columns(sa.Boolean, "restored", empty=True),
        *_columns(_code, "passed_to", empty=True),
    )


def _make_complaint_attachments() -> None:
    op.create_table(
        "complaint_attachments",
        *_key("complaint_attachments"),
        *_columns(_code, "name digest"),
        *_columns(_number, "draft complaint message", empty=True),
        *_columns(_word, "type"),
        *_columns(sa.Integer, "size_bytes"),
        *_columns(_moment, "added_at"),
        *_columns(_moment, "erase_asked_at erased_at", empty=True),
        _of_complaint("complaint_attachments"),
        sa.UniqueConstraint("name", name=op.f("uq_complaint_attachments_name")),
    )


def _make_talk() -> None:
    op.create_table(
        "complaint_extensions",
        *_key("complaint_extensions"),
        *_columns(_number, "complaint asked_by"),
        *_columns(sa.Integer, "days"),
        *_columns(_word, "reason"),
        *_columns(_moment, "asked_at"),
        *_columns(_number, "decided_by", empty=True),
        *_columns(_moment, "decided_at told_at", empty=True),
        *_columns(sa.Boolean, "approved", empty=True),
        *_columns(sa.Date, "tell_by", empty=True),
        _of_complaint("complaint_extensions"),
    )
    op.create_table(
        "complaint_hearings",
        *_key("complaint_hearings"),
        *_columns(_number, "complaint noted_by"),
        *_columns(sa.Date, "held_on"),
        *_columns(_moment, "noted_at"),
        _of_complaint("complaint_hearings"),
    )
    op.create_table(
        "complaint_messages",
        *_key("complaint_messages"),
        *_columns(_number, "complaint"),
        *_columns(_word, "kind"),
        *_columns(_number, "author", empty=True),
        *_columns(sa.Text, "text_cipher", empty=True),
        *_columns(_moment, "at"),
        _of_complaint("complaint_messages"),
    )
    op.create_table(
        "complaint_ratings",
        sa.Column("complaint", _number(), autoincrement=False, nullable=False),
        *_columns(sa.Integer, "stars"),
        *_columns(sa.Text, "word_cipher", empty=True),
        *_columns(_moment, "at"),
        _of_complaint("complaint_ratings"),
        sa.PrimaryKeyConstraint("complaint", name=op.f("pk_complaint_ratings")),
    )


def _columns(kind: Callable[[], sa.types.TypeEngine[Any]], names: str, *, empty: bool = False) -> Columns:
    return tuple(sa.Column(name, kind(), nullable=empty) for name in names.split())


def _word() -> sa.String:
    return sa.String(length=24)


def _code() -> sa.String:
    return sa.String(length=64)


def _key(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("id", _number(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _of_complaint(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_complaint_complaints")
    return sa.ForeignKeyConstraint(["complaint"], ["complaints.id"], name=name)


def _where(condition: str | None) -> dict[str, Any]:
    if condition is None:
        return {}
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _json() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
