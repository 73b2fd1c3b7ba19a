"""Typed personal data are nowhere in plain text: not in the database, its files, or the log."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from localgram.client import SimulatedPerson
from sqlalchemy import Connection, MetaData, func, select

from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from cli.local_database import ready_database
from database.engine import Database
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.tables import IS_UNHANDLED, InboxRow
from messaging.outbox.tables import IS_OPEN, OutboxRow
from tests.accounts.numbers import made_up_iin
from tests.bot.complaint_dialog import HEAD, OFFICER, POLICE, citizen, complain, connect
from tests.bot.live_bot import RunningBot, live_bot_on

TELEPHONE = "7010000042"
NAME = "Жансая Құрмағазина"
SECRET_TEXT = "Менің құпия сөзім: до сих пор ничего не готово"


async def type_everything(person: SimulatedPerson, iin: str) -> None:
    """Type name, number and telephone wherever possible, valid and invalid, and show them."""
    await person.ask("/me")
    await person.press("Имя")
    await person.press("✅ Согласен")
    named = await person.say(NAME)
    await person.wait_for_replies(2, named["message_id"])
    await person.press("ИИН/БИН")
    await person.ask(f"{iin}0")  # refused
    sent = await person.say(iin)
    await person.wait_for_replies(2, sent["message_id"])
    await person.edit(sent["message_id"], f"{iin} ")
    await person.press("Телефон")
    await person.ask(f"+{TELEPHONE}")  # refused: no country
    await person.share_contact(f"+7{TELEPHONE}", user_id=999)
    await person.ask(f"+7{TELEPHONE}")
    shown = await person.wait_until(
        lambda seen: any(f"+7{TELEPHONE}" in m.get("text", "") and iin in m["text"] for m in seen)
    )
    assert shown
    await person.ask("/menu")
    await person.ask(f"какая погода, если мой ИИН {iin}, а телефон +7{TELEPHONE}?")


async def complain_of_everything(live_bot: RunningBot, iin: str) -> None:
    """Type the same data into a complaint, send it, add to it, and start another one."""
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    one.iin = iin
    await complain(one, SECRET_TEXT, NAME)
    await one.press("change")
    await one.press("line:phone")
    await one.says(f"+7{TELEPHONE}")
    await one.press("send")
    assert "Жалоба зарегистрирована" in await one.window()
    await one.press("mine")
    await one.press("open:1")
    await one.press("adding")
    await one.says(SECRET_TEXT)
    await complain(one, SECRET_TEXT, NAME)
    assert iin in await one.window()  # the summary of a draft that is never sent


async def settle(database: Database) -> None:
    """Wait until every update is handled and every message is sent."""
    for _ in range(6_000):
        async with database.session() as session:
            waiting = await session.scalar(select(func.count()).select_from(InboxRow).where(IS_UNHANDLED))
            unsent = await session.scalar(select(func.count()).select_from(OutboxRow).where(IS_OPEN))
        if not waiting and not unsent:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("something is never handled or sent")


def every_value(connection: Connection) -> Iterator[str]:
    """Each value of each row of each table, as text."""
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        for row in connection.execute(select(table)):
            yield from (str(value) for value in row)


def spellings(secret: str) -> tuple[str, ...]:
    """The secret as it is and as JSON escapes it."""
    return secret, json.dumps(secret)[1:-1]


async def leaks(database: Database, secrets: list[str]) -> list[str]:
    """The database values that contain a secret."""
    async with database.engine.connect() as connection:
        values = await connection.run_sync(lambda sync: list(every_value(sync)))
    return [value for value in values for secret in secrets for one in spellings(secret) if one in value]


async def profile_of(live_bot: RunningBot, person: SimulatedPerson) -> dict[Field, str]:
    async with live_bot.database.session() as session:
        return dict((await ProfileStore(session, live_bot.cipher).of(person.number)).values)


@pytest.fixture(params=["registry", pytest.param("postgres_registry", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """A database with the registry, on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.mark.slow
async def test_typed_number_and_telephone_are_stored_encrypted(
    url: str, catalogue: LiveCatalogue, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    iin = made_up_iin()
    secrets = [iin, TELEPHONE, NAME]
    async with ready_database(url) as database, live_bot_on(database, catalogue) as live_bot:
        person = await live_bot.person("ru")
        await type_everything(person, iin)
        await settle(database)
        stored = await profile_of(live_bot, person)
        assert stored == {Field.NAME: NAME, Field.NUMBER: iin, Field.TELEPHONE: f"+7{TELEPHONE}"}
        assert await leaks(database, secrets) == []
    printed = capfd.readouterr()
    logged = f"{printed.out}{printed.err}{caplog.text}"
    assert [secret for secret in secrets if secret in logged] == []
    if database.is_sqlite:
        assert found_in_files(Path(str(database.url.database)), secrets) == []


def found_in_files(path: Path, secrets: list[str]) -> list[str]:
    """The secrets found in the bytes of the database file, its freed pages and its journal."""
    content = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    return [secret for secret in secrets if any(one.encode() in content for one in spellings(secret))]


@pytest.mark.slow
async def test_complaint_content_is_stored_encrypted(
    url: str, catalogue: LiveCatalogue, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    iin = made_up_iin()
    secrets = [iin, TELEPHONE, NAME, SECRET_TEXT]
    async with ready_database(url) as database, live_bot_on(database, catalogue) as live_bot:
        await complain_of_everything(live_bot, iin)
        await settle(database)
        assert await leaks(database, secrets) == []
    printed = capfd.readouterr()
    logged = f"{printed.out}{printed.err}{caplog.text}"
    assert [secret for secret in secrets if secret in logged] == []
    if database.is_sqlite:
        assert found_in_files(Path(str(database.url.database)), secrets) == []
