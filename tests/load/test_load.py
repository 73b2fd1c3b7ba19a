"""The load benches at small scale: each produces its figures and does the work it reports."""

import pytest
from sqlalchemy import select, text

from accounts.cipher import Cipher, make_key
from bench.load import country, latency, roles
from bench.load.arrivals import moments
from bench.load.crowd import TEXT, Crowd, fill
from bench.load.people import ACTIONS
from bench.throughput.measurement import postgres_server
from complaints.attachments.folder import file_record
from complaints.store import ComplaintKeys
from complaints.tables import ComplaintRow
from complaints.thread import MessageThread
from database.engine import Database


@pytest.mark.long
@pytest.mark.postgres
async def test_latency_is_reported_for_few_and_many_complaints(empty_postgres_url: str):
    figures = await country.measure(empty_postgres_url, (300, 600), samples=5)
    assert figures["p95_ms"].keys() == ACTIONS.keys()
    assert all(len(row["p95"]) == 2 for row in figures["p95_ms"].values())


@pytest.mark.long
@pytest.mark.postgres
async def test_filled_complaints_open_as_those_of_the_product(postgres_registry_url: str):
    """The words, what was answered, a key for each file: the figures are of real shapes."""
    cipher, database = Cipher.of(make_key()), Database(postgres_registry_url)
    await fill(database, Crowd(complaints=60), cipher)
    async with database.session() as session:
        keys, files = ComplaintKeys(session, cipher), text("SELECT name FROM complaint_attachments")
        for row in await session.scalars(select(ComplaintRow)):
            content = await keys.content(row)
            assert (content.text, content.iin is not None) == (TEXT, True)
            assert row.iin_digest is not None
        said = await MessageThread(session, cipher).of(range(1, 61))
        assert {one.text for one in said} == {TEXT[:100]}
        records = set(await session.scalars(text("SELECT record FROM record_keys")))
        assert {file_record(name) for name in await session.scalars(files)} < records
    await database.dispose()


@pytest.mark.long
@pytest.mark.postgres
async def test_separate_roles_answer_every_question():
    with postgres_server() as server:
        one = await roles.measure(server, "roles", 1, 30, warming=0)
    assert one.questions == 30
    assert one.cpu_ms().keys() == {"web", "worker", "PostgreSQL", "asker and sink"}
    assert one.cores()["worker"] > 0


@pytest.mark.long
@pytest.mark.postgres
async def test_every_random_update_is_timed():
    with postgres_server() as server:
        figures = await latency.measure(server, 1, 30, warming=0)
    assert figures["answered"] == 30
    assert figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"] <= figures["longest_ms"]


def test_updates_arrive_at_the_requested_rate():
    come = moments(10_000, 50, seed=1)
    assert come == sorted(come)
    assert come[-1] == pytest.approx(200, rel=0.05)


def test_percentile_is_the_value_above_the_share():
    seconds = [one / 1000 for one in range(1, 101)]
    assert (latency.percentile_ms(seconds, 0.5), latency.percentile_ms(seconds, 1)) == (51, 100)
