"""Logs that are only added to hold pseudonyms and hash chains, and are guarded against INSERT OR REPLACE."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

_LOGS = {  # and what is unique in them, beside the id
    "complaint_trail": ("complaint", "place"),
    "looks": ("subject", "place"),
    "job_switches": ("job", "number"),
    "log_seals": ("number",),
    "log_seal_heads": ("subject", "place"),
}
_GUARDED_BEFORE = {
    "complaint_trail": ("complaint_trail_is_kept", "the trail of complaints is only added to"),
    "job_switches": ("job_switches_are_kept", "the switches are only added to"),
}
_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
Row = Mapping[Any, Any]


def upgrade() -> None:
    _unguard_before()
    _make_tables()
    for name, viewer in (("complaint_trail", "actor"), ("looks", "viewer")):
        op.add_column(name, sa.Column("place", sa.Integer()))
        op.add_column(name, sa.Column("hash", sa.String(64)))
        if name == "looks":
            op.add_column(name, sa.Column("reason", sa.String(24)))
            with op.batch_alter_table(name) as batch:
                batch.alter_column(viewer, existing_type=_number(), nullable=True)
    _chain("complaint_trail", "complaint", _step, _of_complaint)
    _chain("looks", "subject", _look, str)
    for name in ("complaint_trail", "looks"):
        with op.batch_alter_table(name) as batch:
            batch.alter_column("place", existing_type=sa.Integer(), nullable=False)
            batch.alter_column("hash", existing_type=sa.String(64), nullable=False)
    op.drop_index("ix_complaint_trail_complaint", "complaint_trail")
    op.drop_index("ix_looks_subject", "looks")
    op.drop_index("ix_looks_viewer", "looks")
    op.create_index("uq_complaint_trail_place", "complaint_trail", ["complaint", "place"], unique=True)
    op.create_index("uq_looks_place", "looks", ["subject", "place"], unique=True)
    for name, keys in _LOGS.items():
        _guard(name, keys)


def downgrade() -> None:
    for name in _LOGS:
        _unguard(name)
    if not _is_sqlite():
        op.execute("DROP FUNCTION log_is_only_added_to()")
    for name, column, subject in (
        ("complaint_trail", "actor", "'complaint/' || complaint"),
        ("looks", "viewer", "subject"),
    ):
        person = (
            f"SELECT person FROM log_actors WHERE log_actors.alias = {name}.{column}"  # noqa: S608  our names  # nosec B608
            f" AND log_actors.subject = {subject}"
        )
        op.execute(f"UPDATE {name} SET {column} = ({person}) WHERE {column} IS NOT NULL")  # noqa: S608  # nosec B608
    op.execute("UPDATE looks SET viewer = 0 WHERE viewer IS NULL")
    op.drop_index("uq_looks_place", "looks")
    op.drop_index("uq_complaint_trail_place", "complaint_trail")
    with op.batch_alter_table("looks") as batch:
        batch.alter_column("viewer", existing_type=_number(), nullable=False)
        for column in ("place", "hash", "reason"):
            batch.drop_column(column)
    with op.batch_alter_table("complaint_trail") as batch:
        batch.drop_column("place")
        batch.drop_column("hash")
    op.create_index("ix_looks_viewer", "looks", ["viewer"])
    op.create_index("ix_looks_subject", "looks", ["subject"])
    op.create_index("ix_complaint_trail_complaint", "complaint_trail", ["complaint"])
    for name in ("log_seal_heads", "log_seals", "log_actors"):
        op.drop_table(name)
    _guard_as_before()


def _make_tables() -> None:
    op.create_table(
        "log_actors",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("alias", _number(), autoincrement=False, nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", "alias", name="pk_log_actors"),
    )
    op.create_index("ix_log_actors_person", "log_actors", ["person"])
    op.create_index("uq_log_actors_person", "log_actors", ["subject", "person"], unique=True)
    op.create_table(
        "log_seals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log_seals"),
    )
    op.create_table(
        "log_seal_heads",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seal", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("subject", "place", name="pk_log_seal_heads"),
    )
    op.create_index("ix_log_seal_heads_seal", "log_seal_heads", ["seal"])


def _chain(
    name: str, key: str, record: Callable[[Row, str, int], dict[str, Any]], subject: Callable[[Any], str]
) -> None:
    """Give every row its place, its hash and a pseudonym for the person in it."""
    connection = op.get_bind()
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    rows = connection.execute(sa.select(table).order_by(table.c[key], table.c.id)).mappings().all()
    here = sa.update(table).where(table.c.id == sa.bindparam("of_row"))
    for of, group in groupby(rows, key=lambda row: row[key]):
        changed = list(_changed(subject(of), group, record))
        connection.execute(here, changed)


def _changed(
    subject: str, rows: Iterable[Row], record: Callable[[Row, str, int], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    aliases: dict[int, int] = {}
    before = ""
    for place, row in enumerate(rows, start=1):
        person = row["actor"] if "actor" in row else row["viewer"]
        alias = None if person is None else _alias(subject, person, row["at"], aliases)
        values = record(row, subject, place)
        if "actor" in row:
            values["actor"] = alias
            if row["step"] == "assign" and "to" in row["what"]:
                given = _alias(subject, row["what"]["to"], row["at"], aliases)
                values["what"] = {**row["what"], "to": given}
        else:
            values["viewer"] = alias
        before = hashlib.sha256(f"{before}\n{_ENCODE(values)}".encode()).hexdigest()
        written = [name for name in ("place", "actor", "what", "viewer") if name in values]
        yield {"of_row": row["id"], "hash": before} | {name: values[name] for name in written}


def _alias(subject: str, person: int, at: datetime, known: dict[int, int]) -> int:
    """A pseudonym; whom a complaint no longer knows gets none that leads to them."""
    if person not in known:
        known[person] = _stored_alias(subject, person) or secrets.randbits(62)
        if not _is_forgotten(subject, person):
            _store_alias(subject, person, at, known[person])
    return known[person]


def _stored_alias(subject: str, person: int) -> int | None:
    query = sa.text("SELECT alias FROM log_actors WHERE subject = :subject AND person = :person")
    found: int | None = op.get_bind().scalar(query, {"subject": subject, "person": person})
    return found


def _store_alias(subject: str, person: int, at: datetime, alias: int) -> None:
    actors = sa.table(
        "log_actors",
        sa.column("subject", sa.Text()),
        sa.column("alias", _number()),
        sa.column("person", _number()),
        sa.column("since", sa.DateTime(timezone=True)),
    )
    if _stored_alias(subject, person) is None:
        values = {"subject": subject, "alias": alias, "person": person, "since": at}
        op.get_bind().execute(sa.insert(actors), values)


def _is_forgotten(subject: str, person: int) -> bool:
    """Whether the person was the citizen of a complaint that is forgotten already."""
    kind, _, number = subject.partition("/")
    if kind != "complaint":
        return False
    query = sa.text(
        "SELECT 1 FROM complaint_trail t JOIN complaints c ON c.id = t.complaint WHERE t.complaint = :number"
        " AND t.actor = :person AND t.role = 'citizen' AND c.forgotten_at IS NOT NULL LIMIT 1"
    )
    return op.get_bind().scalar(query, {"number": int(number), "person": person}) is not None


def _step(row: Row, _: str, place: int) -> dict[str, Any]:
    values = {name: row[name] for name in ("complaint", "role", "step", "state", "what")}
    return {**values, "place": place, "at": _instant(row["at"])}


def _look(row: Row, _: str, place: int) -> dict[str, Any]:
    return {
        "subject": row["subject"],
        "what": row["what"],
        "reason": None,
        "place": place,
        "at": _instant(row["at"]),
    }


def _of_complaint(complaint: int) -> str:
    return f"complaint/{complaint}"


def _instant(at: datetime) -> str:
    whole = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return whole.isoformat(timespec="microseconds")


def _guard(table: str, keys: tuple[str, ...]) -> None:
    """Refuse every change of a row: SQLite's REPLACE deletes one without asking a trigger for deletes."""
    if not _is_sqlite():
        _make_function()
        op.execute(
            f"CREATE TRIGGER {table}_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION log_is_only_added_to()"
        )
        return
    refuse = f"SELECT RAISE(ABORT, '{table} is only added to')"
    for what in ("update", "delete"):
        op.execute(f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} BEGIN {refuse}; END")
    same = " AND ".join(f"{key} = NEW.{key}" for key in keys)
    known = f"SELECT 1 FROM {table} WHERE ({same}) OR rowid = NEW.rowid"  # noqa: S608  our own names  # nosec B608
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({known}) BEGIN {refuse}; END"
    )


def _make_function() -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"
    )


def _unguard(table: str) -> None:
    if not _is_sqlite():
        op.execute(f"DROP TRIGGER {table}_is_only_added_to ON {table}")
        return
    for what in ("update", "delete", "replace"):
        op.execute(f"DROP TRIGGER {table}_no_{what}")


def _unguard_before() -> None:
    for table, (function, _) in _GUARDED_BEFORE.items():
        if _is_sqlite():
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")
        else:
            op.execute(f"DROP TRIGGER {function} ON {table}")
            op.execute(f"DROP FUNCTION {function}()")


def _guard_as_before() -> None:
    for table, (function, refusal) in _GUARDED_BEFORE.items():
        if _is_sqlite():
            for what in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                )
            continue
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {function} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def _is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
