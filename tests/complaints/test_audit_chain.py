"""A complaint's log is a hash chain over pseudonyms, sealed daily; every break is found, and where."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from accounts.access_log.store import AccessLog, AccessLogEntry
from accounts.access_log.tables import LogActorRow
from complaints.actions.taking import AssignComplaint
from complaints.audit_seals import LogSeal, SealLogs, read_line
from complaints.audit_verification import FoundFault, LogFault, VerifyLogs
from complaints.case import ComplaintCase
from complaints.tables import AuditLogRow
from tests.complaints.scenario import CITIZEN, HEAD, OFFICER, POLICE, ComplaintScenario

LOGS = ("complaint_trail", "looks", "job_switches", "log_seals", "log_seal_heads")
UNCHAINED = ("filing_trail", "card_history")

FILING = (
    "INSERT INTO filings (organisation, obligation, occasion, named_on, lead_on, late_after, expected,"
    " version, state) VALUES ('x', 'x', 'x', '2026-03-19', '2026-03-19', '2026-03-19', true, 1, 'open')"
)
CHANGE = (
    "INSERT INTO filing_trail (filing, what, at, data) "
    "SELECT id, 'x', '2026-03-19 05:00:00', '{}' FROM filings"
)
CARD = (
    "INSERT INTO card_history (slug, body, changed_by, changed_at) "
    "VALUES ('x', '{}', 'x', '2026-03-19 05:00:00')"
)
COPY_OF_THE_LAST = (
    "INSERT INTO complaint_trail (complaint, place, at, role, step, state, what, hash) "
    "SELECT complaint, 4, at, role, step, state, what, hash FROM complaint_trail WHERE place = 3"
)
UNDER_ANOTHER_ID = {  # REPLACE removes the row that has the same place, whatever the id of the new one
    "complaint_trail": "complaint, place, at, actor, role, step, state, what, hash",
    "looks": "subject, place, viewer, what, reason, at, hash",
    "job_switches": "job, number, is_off, reason, by, at",
}


@pytest.fixture
async def written(scenario: ComplaintScenario) -> ComplaintCase:
    """A complaint with steps, looks and a seal."""
    await scenario.connect(POLICE)
    await scenario.staff()
    case = await scenario.taken()
    await AssignComplaint(scenario.context)(HEAD, case.id, OFFICER)
    for field in ("text", "files"):
        await look(scenario, case, field)
    await scenario.session.execute(
        text(
            "INSERT INTO job_switches (job, number, is_off, reason, at) "
            "VALUES ('answers', 1, true, 'x', '2026-03-19 05:00:00')"
        )
    )
    for one in (FILING, CHANGE, CARD):
        await scenario.session.execute(text(one))
    await SealLogs(scenario.session)(scenario.clock.now())
    return case


async def look(scenario: ComplaintScenario, case: ComplaintCase, field: str) -> None:
    entry = AccessLogEntry(viewer=OFFICER, subject=f"complaint/{case.id}", what=field)
    await AccessLog(scenario.session).keep(entry, scenario.clock.now())


def is_sqlite(scenario: ComplaintScenario) -> bool:
    return scenario.session.get_bind().dialect.name == "sqlite"


@asynccontextmanager
async def without_guard(scenario: ComplaintScenario) -> AsyncIterator[None]:
    """As somebody would have it who owns the database: no trigger refuses anything."""
    if is_sqlite(scenario):
        named = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        for name, _ in (await scenario.session.execute(text(named))).all():
            await scenario.session.execute(text(f"DROP TRIGGER {name}"))
    else:
        await scenario.session.execute(text("SET LOCAL session_replication_role = replica"))
    yield


async def test_nobody_changes_removes_or_replaces_a_row(scenario: ComplaintScenario, written: ComplaintCase):
    for log in (*LOGS, *UNCHAINED):
        statements = [f"DELETE FROM {log}"]
        columns = {
            "log_seals": "subjects = 9",
            "log_seal_heads": "seal = 9",
            "job_switches": "reason = 'y'",
        } | {
            "filing_trail": "what = 'y'",
            "card_history": "changed_by = 'y'",
        }
        statements.append(f"UPDATE {log} SET {columns.get(log, 'place = place + 9')}")
        if is_sqlite(scenario):
            statements.append(f"INSERT OR REPLACE INTO {log} SELECT * FROM {log}")
            statements.append(f"UPDATE OR REPLACE {log} SET {columns.get(log, 'place = 1')}")
            if other := UNDER_ANOTHER_ID.get(log):
                statements.append(f"INSERT OR REPLACE INTO {log} ({other}) SELECT {other} FROM {log}")
        else:
            statements.append(f"TRUNCATE {log}")
        for statement in statements:
            nested = await scenario.session.begin_nested()
            with pytest.raises(DBAPIError, match="only added to"):
                await scenario.session.execute(text(statement))
            await nested.rollback()
    assert (await VerifyLogs(scenario.session)()).faults == []


async def given(scenario: ComplaintScenario) -> list[int]:
    """Whom complaints were given, by the logs."""
    rows = await scenario.session.scalars(select(AuditLogRow.what).where(AuditLogRow.step == "assign"))
    return [int(what["to"]) for what in rows]


async def test_log_holds_pseudonyms_and_knows_who_acted(scenario: ComplaintScenario, written: ComplaintCase):
    other = await scenario.taken(name="Басқа Адам")
    rows = (await scenario.session.execute(text("SELECT actor, what FROM complaint_trail"))).all()
    looks = (await scenario.session.execute(text("SELECT viewer FROM looks"))).all()
    persons = {str(CITIZEN), str(OFFICER), str(HEAD)}
    assert not {str(row.actor) for row in rows} & persons
    assert all(value > HEAD * OFFICER * CITIZEN for value in await given(scenario))
    assert not {str(row.viewer) for row in looks} & persons
    assert [step.actor.id for step in await scenario.audit_log(written)] == [CITIZEN, OFFICER, HEAD]
    assert [entry.viewer for entry, _ in await AccessLog(scenario.session).of(f"complaint/{written.id}")] == [
        OFFICER,
        OFFICER,
    ]
    same = select(LogActorRow.alias).where(LogActorRow.person == CITIZEN)
    assert len(set(await scenario.session.scalars(same))) == 2, other  # nothing leads from one to the other


async def _execute(scenario: ComplaintScenario, statement: str) -> None:
    await scenario.session.execute(text(statement))


def attacks(case: ComplaintCase) -> dict[str, tuple[str, set[tuple[str, int, LogFault]]]]:
    """What somebody does to the database, and what is said of it."""
    trail, looks = f"complaint_trail/{case.id}", f"looks/complaint/{case.id}"
    head = (trail, 3, LogFault.NOT_AS_SEALED)
    return {
        "a role": (
            "UPDATE complaint_trail SET role = 'head' WHERE place = 2",
            {(trail, 2, LogFault.CHANGED)},
        ),
        "a day": (
            "UPDATE complaint_trail SET at = '2026-03-18 05:00:00.000000' WHERE place = 1",
            {(trail, 1, LogFault.CHANGED)},
        ),
        "an actor": (
            "UPDATE complaint_trail SET actor = NULL WHERE place = 2",
            {(trail, 2, LogFault.CHANGED)},
        ),
        "a row from the middle": (
            "DELETE FROM complaint_trail WHERE place = 2",
            {(trail, 2, LogFault.MISSING)},
        ),
        "the last row": (
            "DELETE FROM complaint_trail WHERE place = 3",
            {(trail, 3, LogFault.MISSING), head},
        ),
        "the whole log": (
            "DELETE FROM complaint_trail",
            {(trail, 1, LogFault.MISSING), head},
        ),
        "a row that nobody wrote": (
            COPY_OF_THE_LAST,
            {(trail, 4, LogFault.CHANGED), (trail, 4, LogFault.ADDED)},
        ),
        "a look": (
            "DELETE FROM looks WHERE place = 2",
            {(looks, 2, LogFault.NOT_AS_SEALED)},
        ),
        "what was looked at": (
            "UPDATE looks SET what = 'phone' WHERE place = 1",
            {(looks, 1, LogFault.CHANGED)},
        ),
        "a seal": (
            "UPDATE log_seals SET hash = substr(hash, 2) || 'x' WHERE number = 1",
            {("log_seals", 1, LogFault.SEAL_CHANGED)},
        ),
        "a sealed head": (
            "DELETE FROM log_seal_heads WHERE subject LIKE 'looks%'",
            {("log_seals", 1, LogFault.SEAL_CHANGED)},
        ),
    }


async def test_every_break_is_found_where_it_is(scenario: ComplaintScenario, written: ComplaintCase):
    assert (await VerifyLogs(scenario.session)()).faults == []
    for name, (statement, expected) in attacks(written).items():
        nested = await scenario.session.begin_nested()
        async with without_guard(scenario):
            await _execute(scenario, statement)
            scenario.session.expire_all()
            found = {(one.log, one.place, one.fault) for one in (await VerifyLogs(scenario.session)()).faults}
        await nested.rollback()
        scenario.session.expire_all()
        assert found == expected, name


async def rewrite(scenario: ComplaintScenario, change: Callable[[AuditLogRow], None]) -> None:
    """A step is changed, and the chain made anew from there: nothing in it shows it."""
    from complaints.audit_log import HASHED, linked  # noqa: PLC0415

    rows = (await scenario.session.scalars(select(AuditLogRow).order_by(AuditLogRow.place))).all()
    change(rows[1])
    before = ""
    for row in rows:
        row.hash = before = linked(before, {name: getattr(row, name) for name in HASHED})
    await scenario.session.flush()


def make_head(row: AuditLogRow) -> None:
    row.role = "head"


async def test_rewritten_chain_does_not_match_its_seal(scenario: ComplaintScenario, written: ComplaintCase):
    async with without_guard(scenario):
        await rewrite(scenario, make_head)
    assert (await VerifyLogs(scenario.session)()).faults == [
        FoundFault(
            log=f"complaint_trail/{written.id}",
            place=3,
            fault=LogFault.NOT_AS_SEALED,
        )
    ]


async def test_rewritten_seal_does_not_match_the_line_kept_elsewhere(
    scenario: ComplaintScenario, written: ComplaintCase
):
    kept = await SealLogs(scenario.session).last()
    assert kept is not None
    line = f"printed on paper: {LogSeal(number=1, at=kept.at, logs=kept.subjects, hash=kept.hash).line()}"
    async with without_guard(scenario):
        await rewrite(scenario, make_head)
        for table in ("log_seals", "log_seal_heads"):
            await _execute(scenario, f"DELETE FROM {table}")
        scenario.session.expunge_all()
        await SealLogs(scenario.session)(scenario.clock.now())
    assert (await VerifyLogs(scenario.session)()).faults == []
    seal = read_line(line)
    assert seal is not None
    found = (await VerifyLogs(scenario.session)([seal])).faults
    assert [(one.log, one.place, one.fault) for one in found] == [("log_seals", 1, LogFault.SEAL_NOT_AS_KEPT)]
    lost = (await VerifyLogs(scenario.session)([replace(seal, number=7)])).faults
    assert [one.place for one in lost] == [7]


async def test_logs_are_sealed_once_a_day(scenario: ComplaintScenario, written: ComplaintCase):
    def seal() -> Awaitable[LogSeal | None]:
        return SealLogs(scenario.session).daily(scenario.clock.now())

    assert await seal() is None  # sealed today
    await look(scenario, written, "phone")
    scenario.clock.advance(timedelta(days=1))
    made = await seal()
    assert made is not None
    assert (made.number, made.logs, read_line(made.line())) == (2, 1, made)  # only what has grown
    assert await seal() is None
    found = await VerifyLogs(scenario.session)([made])
    assert (found.faults, found.seals, found.last) == ([], 2, made)
