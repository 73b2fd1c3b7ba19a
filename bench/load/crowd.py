"""Complaints of four years with all their dependent rows, generated in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from accounts.cipher import Cipher, ValueKey
from accounts.keys.tables import WRAPPED
from complaints.attachments.folder import file_record
from complaints.numbers import ComplaintNumber
from complaints.store import CONSENT_VERSION, record_of
from database.engine import Database

NOW = datetime(2026, 10, 15, 6, 0, tzinfo=UTC)  # a Thursday, eleven o'clock in Kazakhstan
YEARS = timedelta(days=4 * 365)
BIG = "police-almaty"  # its share: two of twenty-five complaints
PER_CITIZEN = 8
FIRST_CITIZEN, FIRST_OFFICIAL = 1_000_000, 500_000  # Telegram ids
OF_BIG, OF_OTHERS = 30, 5  # officials per organisation; FIRST_OFFICIAL + a hundred for each
TEXT = "Жүргізуші куәлігін ауыстыруға өтініш бергеніме үш апта болды, әлі жауап жоқ. " * 5
_CHUNK = 100_000

_NUMBERS = "CREATE UNLOGGED TABLE load_numbers (n bigint PRIMARY KEY, number bigint, at timestamptz)"
_ANSWERS = "CREATE UNLOGGED TABLE load_answers (day timestamptz PRIMARY KEY, text text)"
_DAYS = """
SELECT DISTINCT closed_at AS at FROM complaints
WHERE closed_at IS NOT NULL AND closed_at NOT IN (SELECT day FROM load_answers)
"""
_ORGANISATIONS = f"""
CREATE UNLOGGED TABLE load_organisations AS
SELECT row_number() OVER (ORDER BY key <> '{BIG}', key) - 1 AS place, key AS code FROM organisations
"""
_MEMBERSHIPS = f"""
INSERT INTO memberships (telegram_id, organisation, role, joined_at)
SELECT {FIRST_OFFICIAL} + 100 * place + k, code, CASE k WHEN 0 THEN 'head' ELSE 'officer' END, $1
FROM load_organisations, LATERAL generate_series(0,
    (CASE place WHEN 0 THEN {OF_BIG} ELSE {OF_OTHERS} END) - 1) AS k
"""
_CONNECTIONS = f"""
INSERT INTO connections (organisation, accepted_by, accepted_at, text)
SELECT code, {FIRST_OFFICIAL} + 100 * place, $1, '…' FROM load_organisations
"""
_PEOPLE = f"""
INSERT INTO people (telegram_id, language, first_seen_at)
SELECT {FIRST_CITIZEN} + n, (ARRAY['kk', 'ru'])[n % 2 + 1], $1 FROM generate_series(0, $2 - 1) AS n
"""
_CONSENTS = f"""
INSERT INTO complaint_consents (person, version, given_at)
SELECT {FIRST_CITIZEN} + n, '{CONSENT_VERSION}', $1 FROM generate_series(0, $2 - 1) AS n
"""
# Open until the term ends unless answered early; about one in five hundred stays open for ever. One in twenty
# follows an earlier complaint of the same person. The first and the last official have no work.
_COMPLAINTS = f"""
WITH dated AS (
    SELECT n, number, at, (at AT TIME ZONE 'Asia/Almaty')::date AS day, n % 5 = 0 AS at_agency,
        n % 20 = 0 AND n > 20 AS follows
    FROM load_numbers WHERE n BETWEEN $1 AND $2
), lived AS (
    SELECT *, CASE WHEN at_agency THEN 21 ELSE 7 END AS days,
        CASE WHEN n % 509 <> 1 THEN day + (n % CASE WHEN at_agency THEN 21 ELSE 7 END)::int END AS ends
    FROM dated
), placed AS (
    SELECT lived.*, n - CASE WHEN follows THEN 7 ELSE 0 END AS first, o.code,
        ends IS NOT NULL AND ends < $3::date AS over,
        {FIRST_OFFICIAL} + 100 * o.place
            + 1 + n / 25 % CASE o.place WHEN 0 THEN {OF_BIG - 2} ELSE {OF_OTHERS - 2} END AS official
    FROM lived JOIN load_organisations AS o
        ON o.place = CASE WHEN n % 25 < 2 THEN 0 ELSE n * 7919 % (SELECT count(*) FROM load_organisations) END
)
INSERT INTO complaints (id, number, state, steps, root, previous, came_by, origin, entered_at, person,
    complainant, behalf, name_cipher, iin_cipher, phone_cipher, text_cipher, iin_digest, phone_digest, seal,
    service, organisation,
    region, delivery, kind, source, rule, registered_at, came_on, after_hours, registered_on, due_on,
    late_after, due_version, certainty, extended_by, assignee, closed_at, closed_on, answered_on, outcome,
    restored)
SELECT n, number, CASE WHEN over THEN 'answered' WHEN n % 3 = 0 THEN 'registered' ELSE 'in_work' END, 2,
    CASE WHEN follows THEN first END, CASE WHEN follows THEN first END,
    CASE WHEN follows THEN 'agency' ELSE 'first' END, CASE WHEN n % 4 = 3 THEN 'official' ELSE 'citizen' END,
    at, CASE WHEN n % 4 <> 3 THEN {FIRST_CITIZEN} + first * 104729 % $4 END,
    'natural', 'self', $5, $6, $7, $8, encode(sha256(('iin' || first)::bytea), 'hex'),
    encode(sha256(('phone' || first)::bytea), 'hex'), repeat('0', 64), 'driving-licence', code,
    'almaty', 'office', '3.1',
    'natural_persons', CASE WHEN at_agency THEN 'complaint.authority' ELSE 'complaint.provider' END, at, day,
    false, day, day + days, day + days, CASE WHEN over THEN 2 ELSE 1 END, 'decided', 0,
    CASE WHEN over OR n % 3 > 0 THEN official END, CASE WHEN over THEN ends::timestamptz END,
    CASE WHEN over THEN ends END, CASE WHEN over THEN ends END, CASE WHEN over THEN 'upheld' END,
    CASE WHEN over THEN n % 2 = 0 END
FROM placed
"""
_BESIDE = (
    """INSERT INTO complaint_trail (complaint, place, hash, at, actor, role, step, state, what)
    SELECT n, place, repeat('0', 64), at, CASE WHEN person IS NOT NULL THEN n * 2147483647 + 1 END, 'citizen',
        step, 'registered', json_build_object(
        'organisation', organisation, 'service', service, 'rule', rule, 'registered_on', registered_on,
        'due_on', due_on, 'text', seal)
    FROM chosen, LATERAL unnest(ARRAY['register', 'take']) WITH ORDINALITY AS steps (step, place)""",
    """INSERT INTO log_actors (subject, alias, person, since)
    SELECT 'complaint/' || n, n * 2147483647 + 1, person, at FROM chosen WHERE person IS NOT NULL""",
    """INSERT INTO complaint_messages (complaint, kind, author, text_cipher, at)
    SELECT n, 'answer', assignee, load_answers.text, closed_at
    FROM chosen JOIN load_answers ON load_answers.day = closed_at""",
    """INSERT INTO complaint_attachments (name, complaint, type, size_bytes, digest, added_at)
    SELECT 'load-' || n, n, 'photo', 100000, seal, at FROM chosen WHERE n % 3 = 0""",
    """INSERT INTO complaint_ratings (complaint, stars, at)
    SELECT n, 1 + n % 5, closed_at FROM chosen WHERE n % 5 = 1 AND closed_at IS NOT NULL""",
    """INSERT INTO complaint_extensions (complaint, days, reason, asked_by, asked_at, approved, told_at)
    SELECT n, 5, 'study', assignee, at, true, at FROM chosen WHERE n % 25 = 1 AND assignee IS NOT NULL""",
    """INSERT INTO notice_subjects (subject, version) SELECT 'complaint_event/' || n, 1 FROM chosen""",
    """INSERT INTO outbox (chat_id, method, payload, made_at, send_at, sent_at, attempts, key, has_files,
        subject, version, audience)
    SELECT coalesce(person, n), 'sendMessage', '', at, at, at, 0, 'complaint_event/' || n || '/1/taken_2/1',
        false, 'complaint_event/' || n, 1, 'citizen' FROM chosen""",
)
_CHOSEN = """WITH chosen AS (
    SELECT id AS n, registered_at AS at, * FROM complaints WHERE id BETWEEN $1 AND $2
) """
_FILLED = (
    *(
        "record_keys",
        "log_actors",
        "complaints",
        "complaint_trail",
        "complaint_messages",
        "complaint_attachments",
    ),
    *("complaint_ratings", "complaint_extensions", "notice_subjects", "outbox", "people"),
)


_NEXT_ID = "SELECT setval(pg_get_serial_sequence('complaints', 'id'), max(id)) FROM complaints"
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY($1)
    AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    complaints: int

    @property
    def citizens(self) -> int:
        return max(1, self.complaints // PER_CITIZEN)

    def numbers(self) -> Iterator[tuple[int, int, datetime]]:
        """Id, number and instant of each, oldest first."""
        year, serial = 0, 0
        for n in range(1, self.complaints + 1):
            at = NOW - YEARS * ((self.complaints - n) / self.complaints)
            year, serial = (year, serial + 1) if at.year == year else (at.year, 1)
            yield n, ComplaintNumber(year=year, serial=serial).stored, at


async def fill(database: Database, crowd: Crowd, cipher: Cipher) -> None:
    """Fill a database that holds the registry, and analyse its tables."""
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SET session_replication_role = replica"
        )  # the references are consistent by construction
        indexes = await connection.fetch(_INDEXES, _FILLED)  # rebuilt once the rows are in
        for one in indexes:
            await connection.execute(f"DROP INDEX {one['indexname']}")
        await _fill(connection, crowd, cipher)
        for one in indexes:
            await connection.execute(one["indexdef"])
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _fill(connection: Any, crowd: Crowd, cipher: Cipher) -> None:
    await _found(connection, crowd)
    key, _ = cipher.new_record_key("complaint/0")  # wrapped anew for each: making four million takes long
    words = {"name": 30, "iin": 12, "phone": 12, "text": len(TEXT)}
    closed = [key.close(TEXT[:length], f"complaints.{name}") for name, length in words.items()]
    for first in range(1, crowd.complaints + 1, _CHUNK):
        chunk = first, min(first + _CHUNK - 1, crowd.complaints)
        await connection.execute(_COMPLAINTS, *chunk, NOW.date(), crowd.citizens, *closed)
        await _answers(connection, key)
        for beside in _BESIDE:
            await connection.execute(_CHOSEN + beside, *chunk)
        await connection.copy_records_to_table("record_keys", records=_wrapped(cipher, key, *chunk))
    await connection.execute(_NEXT_ID)


async def _answers(connection: Any, key: ValueKey) -> None:
    """An answer for each instant at which a complaint was closed: it is encrypted for that instant."""
    days = await connection.fetch(_DAYS)
    records = [
        (row["at"], key.close(TEXT[:100], "complaint_messages.text", "answer", row["at"])) for row in days
    ]
    await connection.copy_records_to_table("load_answers", records=records)


def _wrapped(cipher: Cipher, key: ValueKey, first: int, last: int) -> Iterator[tuple[str, str]]:
    """A row for each complaint and each file, as the product has them."""
    for n in range(first, last + 1):
        for record in (record_of(n), *([file_record(f"load-{n}")] if n % 3 == 0 else ())):
            yield record, cipher.close(key.secret.hex(), WRAPPED.field, record)


async def _found(connection: Any, crowd: Crowd) -> None:
    """Numbers, officials, citizens."""
    await connection.execute(_NUMBERS)
    await connection.execute(_ANSWERS)
    await connection.copy_records_to_table("load_numbers", records=crowd.numbers())
    last = ComplaintNumber.of(
        await connection.fetchval("SELECT number FROM load_numbers ORDER BY n DESC LIMIT 1")
    )
    await connection.execute("INSERT INTO complaint_counters VALUES ($1, $2)", last.year, last.serial)
    await connection.execute(_ORGANISATIONS)
    for settled in (_MEMBERSHIPS, _CONNECTIONS):
        await connection.execute(settled, NOW - YEARS)
    for settled in (_PEOPLE, _CONSENTS):
        await connection.execute(settled, NOW - YEARS, crowd.citizens)
