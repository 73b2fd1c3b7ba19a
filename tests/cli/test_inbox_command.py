"""`qyzmet inbox`: what could not be handled is listed without its content, and repeated."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from accounts.cipher import make_key
from cli.keys import data_cipher
from cli.main import app
from database.engine import Database
from kernel.clock import SystemClock
from messaging.inbox import failed
from messaging.inbox.tables import InboxRow
from messaging.inbox.unit import Claimed
from tests.messaging.telegram import as_text, message

AT = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def url(registry_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("QYZMET_DATA_KEY", make_key())
    asyncio.run(_fail(registry_url))
    return registry_url


async def _fail(url: str) -> None:
    database = Database(url)
    cipher = await data_cipher(database, SystemClock())
    why = "UnreadableUpdateError message.text"
    failure = failed.Failure(kind="message", why=why, incident="abcd1234", at=AT)
    async with database.unit_of_work() as work:
        for number in (1, 2):
            payload = as_text(message(number, "a secret"))
            claimed = Claimed(update_id=number, payload=payload, attempts=0, more=False, received_at=AT)
            await failed.keep(work.session, 7, claimed, failure, cipher.close)
        await work.commit()
    await database.dispose()


async def _inbox(url: str) -> dict[int, str]:
    database = Database(url)
    async with database.session() as session:
        rows = (await session.scalars(select(InboxRow))).all()
    await database.dispose()
    return {row.update_id: row.payload for row in rows if row.handled_at is None}


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["inbox", *words])
    return result.exit_code, result.stdout


@pytest.mark.slow
def test_failed_updates_are_listed_and_retried(url: str):
    code, listed = _run("failed", "--database", url, "--json")
    assert code == 0
    assert "secret" not in listed
    assert [(row["update_id"], row["kind"], row["why"]) for row in json.loads(listed)] == [
        (number, "message", "UnreadableUpdateError message.text") for number in (1, 2)
    ]
    assert "abcd1234" in _run("failed", "--database", url)[1]
    assert _run("retry", "2", "3", "--database", url, "--json") == (1, '{"retried": [2], "unknown": [3]}\n')
    assert asyncio.run(_inbox(url)) == {2: as_text(message(2, "a secret"))}
    assert _run("retry", "--database", url) == (0, "Retried: 1.\n")
    assert set(asyncio.run(_inbox(url))) == {1, 2}
    assert _run("failed", "--database", url) == (0, "No update was given up.\n")


def test_wrong_key_changes_nothing(url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QYZMET_DATA_KEY", make_key())
    code, _ = _run("retry", "--database", url)
    assert code == 1
    assert asyncio.run(_inbox(url)) == {}
