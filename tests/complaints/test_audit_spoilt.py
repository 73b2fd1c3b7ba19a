"""Whoever owns the database spoils a log so that its verification stumbles, or is kept from a row: neither
hides where it is broken.
"""

from sqlalchemy import text

from complaints.audit_seals import SealLogs
from complaints.audit_verification import FoundFault, LogFault, VerifyLogs
from complaints.case import ComplaintCase
from tests.complaints.scenario import ComplaintScenario
from tests.complaints.test_audit_chain import is_sqlite, look, without_guard, written

__all__ = ["written"]

LOOKS, STEPS = "looks/complaint/{}", "complaint_trail/{}"
HEAD_OF_NO_SEAL = (
    "INSERT INTO log_seal_heads (subject, place, seal, hash) "
    "SELECT '{log}/' || {of}, place, 999, hash FROM {log} WHERE place = 1"
)
FAR_AWAY = (
    "INSERT INTO looks (subject, place, viewer, what, at, hash) "
    "SELECT subject, 2000000000, viewer, what, at, hash FROM looks WHERE place = 1"
)
SPOILT = (  # what SQLite takes and PostgreSQL mostly does not
    ("UPDATE complaint_trail SET what = '{broken' WHERE place = 2", (STEPS, 2, LogFault.CHANGED)),
    ("UPDATE complaint_trail SET at = 'yesterday' WHERE place = 2", (STEPS, 2, LogFault.CHANGED)),
    ("UPDATE complaint_trail SET role = x'ff00' WHERE place = 2", (STEPS, 2, LogFault.CHANGED)),
    (
        "UPDATE complaint_trail SET role = CAST(x'ff00' AS TEXT) WHERE place = 2",
        (STEPS, 2, LogFault.CHANGED),
    ),
    ("UPDATE complaint_trail SET actor = 'abc' WHERE place = 2", (STEPS, 2, LogFault.CHANGED)),
    ("UPDATE complaints SET steps = 'x'", (STEPS, 4, LogFault.CHANGED)),
    ("UPDATE looks SET at = 'never' WHERE place = 1", (LOOKS, 1, LogFault.CHANGED)),
    ("UPDATE looks SET place = 'two' WHERE place = 2", (LOOKS, 2, LogFault.CHANGED)),
    ("UPDATE looks SET place = 2.5 WHERE place = 2", (LOOKS, 2, LogFault.CHANGED)),
    ("UPDATE log_seals SET at = 'never'", ("log_seals", 1, LogFault.SEAL_CHANGED)),
    ("UPDATE log_seal_heads SET place = 'x'", ("log_seals", 1, LogFault.SEAL_CHANGED)),
    ("UPDATE log_seal_heads SET subject = CAST(x'ff' AS TEXT)", ("log_seals", 1, LogFault.SEAL_CHANGED)),
)
EVERYWHERE = (
    (HEAD_OF_NO_SEAL.format(log="looks", of="subject"), ("log_seals", 999, LogFault.MISSING)),
    (HEAD_OF_NO_SEAL.format(log="complaint_trail", of="complaint"), ("log_seals", 999, LogFault.MISSING)),
    ("DELETE FROM log_seals", ("log_seals", 1, LogFault.MISSING)),
    (FAR_AWAY, (LOOKS, 3, LogFault.MISSING)),
)


async def test_spoilt_value_is_found_where_it_is(scenario: ComplaintScenario, written: ComplaintCase):
    attacks = (*EVERYWHERE, *(SPOILT if is_sqlite(scenario) else ()))

    async def check(statement: str, expected: tuple[str, int, LogFault]) -> None:
        log, place, fault = expected
        nested = await scenario.session.begin_nested()
        async with without_guard(scenario):
            await scenario.session.execute(text(statement))
            scenario.session.expire_all()
            found = {(one.log, one.place, one.fault) for one in (await VerifyLogs(scenario.session)()).faults}
        await nested.rollback()
        scenario.session.expire_all()
        assert (log.format(written.id), place, fault) in found, found

    for statement, expected in attacks:
        await check(statement, expected)
    assert (await VerifyLogs(scenario.session)()).faults == []


async def test_gap_is_one_fault_however_wide(scenario: ComplaintScenario, written: ComplaintCase):
    async with without_guard(scenario):
        await scenario.session.execute(text(FAR_AWAY))
    log = f"looks/complaint/{written.id}"
    assert (await VerifyLogs(scenario.session)()).faults == [
        FoundFault(log=log, place=3, until=1_999_999_999, fault=LogFault.MISSING)
    ]


async def test_head_written_in_advance_is_no_seal(scenario: ComplaintScenario, written: ComplaintCase):
    """The program may add heads: a row that stands under one would be left out of the next seal."""
    await look(scenario, written, "phone")
    await scenario.session.execute(
        text(
            "INSERT INTO log_seal_heads (subject, place, seal, hash) "
            "SELECT 'looks/' || subject, place, 2, hash FROM looks WHERE place = 3"
        )
    )
    assert (await VerifyLogs(scenario.session)()).faults == [
        FoundFault(log="log_seals", place=2, fault=LogFault.MISSING)
    ]
    await SealLogs(scenario.session)(scenario.clock.now())
    assert (await VerifyLogs(scenario.session)()).faults == [
        FoundFault(log="log_seals", place=2, fault=LogFault.SEAL_CHANGED)
    ]
