"""A database of the previous version: its Fernet tokens are written anew at the first start, once."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from cryptography.fernet import Fernet
from sqlalchemy import MetaData, insert, select, text

from accounts.cipher import Cipher, make_key
from accounts.keys.tables import RecordKeyRow
from accounts.profile.store import ProfileStore
from cli.keys import data_cipher
from complaints.attachments.folder import FileFolder, StoredFile, file_record
from complaints.attachments.sniffing import FileKind
from complaints.draft import Draft, to_json
from complaints.drafts import DraftStore
from complaints.queries.by_person import ComplaintsOfPerson
from complaints.rewriting import seal_files
from complaints.store import AttachmentStore, ComplaintContent, ComplaintKeys
from complaints.tables import ComplaintRow, RatingRow
from complaints.thread import MessageThread
from database.engine import Database
from database.upgrade import upgrade
from kernel.clock import FixedClock
from tests.complaints.factories import made
from tests.complaints.files import PDF

PREVIOUS = "0073"  # the last migration of the version that wrote Fernet tokens
KEY = make_key()
AT = datetime(2026, 11, 30, 5, 0, 0, 123456, tzinfo=UTC)
IIN, PHONE = "010101200014", "+77010000000"


def token(value: str) -> str:
    return Fernet(KEY).encrypt(value.encode()).decode()


def rows() -> dict[str, list[dict[str, Any]]]:
    """What that version had written: 501 complaints, one of them forgotten, and what else it encrypted."""
    content = {"name_cipher": token("Айгүл"), "iin_cipher": token(IIN), "phone_cipher": token(PHONE)}
    complaints = [
        made(n, date(2026, 11, 30)) | content | {"id": n, "steps": 1, "text_cipher": token(f"text {n}")}
        for n in range(1, 501)
    ]
    forgotten = made(501, date(2026, 11, 30)) | {"id": 501, "steps": 1, "forgotten_at": AT}
    said = {"complaint": 2, "kind": "addition", "author": 1, "at": AT}
    return {
        "complaints": complaints,
        "complaints ": [forgotten],
        "complaint_messages": [said | {"text_cipher": token("said")}, said | {"text_cipher": None}],
        "complaint_ratings": [{"complaint": 2, "stars": 1, "word_cipher": token("word"), "at": AT}],
        "complaint_drafts": [{"person": 7, "body_cipher": token(to_json(Draft(name="Асан")))} | _dated()],
        "kept_values": [{"telegram_id": 7, "field": "name", "ciphertext": token("Асан"), "kept_at": AT}],
    }


def _dated() -> dict[str, datetime]:
    return {"made_at": AT, "changed_at": AT}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'previous.sqlite3'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
async def previous(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setenv("QYZMET_DATA_KEY", KEY)
    database = Database(empty_url)
    await upgrade(database, PREVIOUS)
    async with database.engine.begin() as connection:
        tables = MetaData()
        await connection.run_sync(tables.reflect)
        for name, written in rows().items():
            await connection.execute(insert(tables.tables[name.strip()]), written)
    await upgrade(database)
    yield database
    await database.dispose()


async def test_database_of_the_previous_version_is_written_anew(previous: Database, clock: FixedClock):
    cipher = await data_cipher(previous, clock)
    async with previous.session() as session:
        keys, complaints = ComplaintKeys(session, cipher), await session.scalars(select(ComplaintRow))
        contents = {row.id: await keys.content(row) for row in complaints}
        assert {n: content.text for n, content in contents.items() if n <= 500} == {
            n: f"text {n}" for n in range(1, 501)
        }
        assert (contents[1].name, contents[1].iin, contents[1].phone) == ("Айгүл", IIN, PHONE)
        assert contents[501] == ComplaintContent()
        assert [one.text for one in await MessageThread(session, cipher).of([2])] == ["said", None]
        rating = await session.get(RatingRow, 2)
        assert rating is not None
        assert (await keys.of([2]))[2].open(str(rating.word_cipher), "complaint_ratings.word") == "word"
        drafts = DraftStore(session, cipher)
        draft = await drafts.of(7)
        assert draft is not None
        assert drafts.read(draft).name == "Асан"
        assert list((await ProfileStore(session, cipher).of(7)).values.values()) == ["Асан"]
        assert len(await ComplaintsOfPerson(session, cipher)(iin=IIN)) == 500
        for table in (
            "complaints",
            "complaint_messages",
            "complaint_ratings",
            "complaint_drafts",
            "kept_values",
        ):
            for row in await session.execute(text(f"SELECT * FROM {table}")):
                assert "gAAAAA" not in str(row), table


async def test_it_is_written_anew_once(previous: Database, clock: FixedClock):
    """Afterwards a Fernet token opens nowhere, and no start takes one for a value of before."""
    cipher = await data_cipher(previous, clock)
    async with previous.unit_of_work() as unit:
        await unit.session.execute(text("UPDATE kept_values SET ciphertext = :token"), {"token": token("X")})
        await unit.commit()
    assert (await data_cipher(previous, clock)).keys == cipher.keys
    async with previous.session() as session:
        assert str(await session.scalar(text("SELECT ciphertext FROM kept_values"))).startswith("gAAAAA")


async def test_another_key_changes_nothing(
    previous: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QYZMET_DATA_KEY", make_key())
    with pytest.raises(typer.Exit):
        await data_cipher(previous, clock)
    monkeypatch.setenv("QYZMET_DATA_KEY", KEY)
    cipher = await data_cipher(previous, clock)
    assert isinstance(cipher, Cipher)


async def test_foreign_value_among_those_of_before_stops_the_start(previous: Database, clock: FixedClock):
    """Somebody who deletes the check value to bring in an old token is not obeyed."""
    await data_cipher(previous, clock)
    async with previous.unit_of_work() as unit:
        await unit.session.execute(text("DELETE FROM data_keys"))
        await unit.session.execute(text("UPDATE kept_values SET ciphertext = :token"), {"token": token("X")})
        await unit.commit()
    with pytest.raises(typer.Exit):
        await data_cipher(previous, clock)


async def test_files_of_the_previous_version_are_encrypted(
    previous: Database, tmp_path: Path, clock: FixedClock
):
    """Also after a start that was killed, before it stored the keys or after."""
    cipher, folder = await data_cipher(previous, clock), FileFolder(tmp_path / "files")
    names = [f"{n:032x}.pdf" for n in range(1, 4)]
    for name in names:
        path = folder.path / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PDF)
    path.with_name(f"{names[2]}.sealed").write_bytes(b"of a start that was killed")
    async with previous.unit_of_work() as unit:
        for name in names:
            file = StoredFile(name=name, kind=FileKind.PDF, size=len(PDF), digest="0")
            await AttachmentStore(unit.session).add(file, AT, complaint=1)
        key, wrapped = cipher.new_record_key(file_record(names[0]))
        await folder.seal(names[0], key)  # killed before the file took its place
        unit.session.add(RecordKeyRow(record=file_record(names[0]), wrapped=wrapped))
        await unit.commit()
    assert await seal_files(previous, folder, cipher) == 2
    assert await seal_files(previous, folder, cipher) == 0
    async with previous.session() as session:
        for name in names:
            row = await session.get(RecordKeyRow, file_record(name))
            assert row is not None
            assert await folder.read(name, cipher.record_key(row.wrapped, row.record)) == PDF
    assert sorted(path.name for path in folder.path.rglob("*.*")) == names
